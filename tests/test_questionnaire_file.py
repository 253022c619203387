"""Reading a questionnaire file: what is checked, and what is said about it."""

from copy import deepcopy
from pathlib import Path

import pytest

from survey.models.questionnaire import Prompt, Question
from survey.questionnaires.checks import QuestionnaireFileError
from survey.questionnaires.file import (
    KINDS,
    PLACEHOLDERS_OF_PATTERN,
    check_questionnaire,
    read_questionnaire,
)

SHIPPED = Path(__file__).parent.parent / "survey" / "questionnaires" / "leercultuur-1.toml"

LANGUAGES = ["nl", "fr"]


def say(text):
    return {language: f"{text} ({language})" for language in LANGUAGES}


def written():
    """Return a small correct file, as TOML is parsed."""
    return {
        "code": "proef",
        "version": 1,
        "languages": list(LANGUAGES),
        "source": "Zelf bedacht.",
        "title": say("Proef"),
        "translation_note": {"fr": "Une traduction."},
        "questions": [
            {
                "code": "v1",
                "kind": "YES_NO",
                "text": say("Leer je?"),
                "hint": say("Elke dag?"),
                "topic": say("Leren"),
                "keyword": say("leren"),
                "choices": [
                    {"code": "ja", "text": say("Ja")},
                    {"code": "nee", "text": say("Nee")},
                ],
                "prompts": [say("Wat?"), say("Hoe?")],
            },
            {
                "code": "v2",
                "kind": "MULTIPLE",
                "text": say("Waar leer je?"),
                "hint": say("Op welke plek?"),
                "topic": say("Plekken"),
                "keyword": say("waar"),
                "choices": [
                    {"code": "koffie", "text": say("Bij de koffie")},
                    {"code": "andere", "text": say("Andere"), "other": True},
                ],
                "prompts": [say("Wat?"), say("Hoe?")],
            },
        ],
        "patterns": [
            {"name": name, "prompts": [say("Zien jullie dit?")]} for name in PLACEHOLDERS_OF_PATTERN
        ],
    }


def problems_with(content):
    with pytest.raises(QuestionnaireFileError) as error:
        check_questionnaire(content, "proef.toml")
    return list(error.value.problems)


def test_the_file_and_the_models_know_the_same_kinds_and_patterns():
    assert set(KINDS) == set(Question.Kind)
    assert set(PLACEHOLDERS_OF_PATTERN) == set(Prompt.Pattern)


# The digest


def test_comments_and_layout_do_not_change_the_digest(tmp_path):
    copy = tmp_path / "copy.toml"
    copy.write_text("# nog een opmerking\n\n" + SHIPPED.read_text("utf-8"), "utf-8")

    assert read_questionnaire(copy).digest == read_questionnaire(SHIPPED).digest


def test_a_changed_letter_changes_the_digest():
    changed = written()
    changed["questions"][1]["choices"][0]["text"]["fr"] += "!"

    digests = {check_questionnaire(each, "x").digest for each in (written(), changed)}

    assert len(digests) == 2


# Files that are wrong. Each case: where, what is put there, and what is said about it.

MISSING = object()
WRONG = [
    (["questions", 1, "text", "fr"], MISSING, "questions[2].text.fr: is missing"),
    (["title", "fr"], MISSING, "title.fr: is missing"),
    (["title", "it"], "Prova", "title.it: is not a known key"),
    (["title", "nl"], "  ", "title.nl: is empty"),
    (["title", "nl"], "Proef ", "title.nl: starts or ends with white space"),
    (["title", "nl"], "Een\nregel", "title.nl: holds a line end or another control character"),
    (["title", "nl"], "Een\x00nul", "title.nl: holds a line end or another control character"),
    (["title", "nl"], 7, "title.nl: must be a text"),
    (["title"], "Proef", "title: must have a text per language"),
    (["titel"], say("Proef"), "titel: is not a known key"),
    (["source"], MISSING, "source: is missing"),
    (["code"], "Proef!", "code: must be small letters, digits and single hyphens"),
    (["code"], "p" * 41, "code: has 41 signs, at most 40 fit"),
    (["version"], 0, "version: must be a whole number from 1 to 32767"),
    (["version"], True, "version: must be a whole number from 1 to 32767"),
    (["version"], 10**30, "version: must be a whole number from 1 to 32767"),
    (["translation_note", "fr"], MISSING, "translation_note.fr: is missing"),
    (["translation_note", "nl"], "De bron.", "translation_note.nl: is not a known key"),
    (["questions"], [], "questions: at least 1 needed"),
    (["questions"], {"v1": {}}, "questions: must be a list of tables, written [[…]]"),
    (["questions", 1, "code"], "v1", "questions: 'v1' is there more than once"),
    (["questions", 1, "code"], "v" * 21, "questions[2].code: has 21 signs, at most 20 fit"),
    (["questions", 1, "kind"], "SLIDER", "questions[2].kind: must be one of YES_NO, MULTIPLE"),
    (["questions", 1, "kind"], ["MULTIPLE"], "questions[2].kind: must be one of YES_NO, MULTIPLE"),
    (["questions", 1, "weight"], 2, "questions[2].weight: is not a known key"),
    (
        ["questions", 1, "hint", "nl"],
        "x" * 201,
        "questions[2].hint.nl: has 201 signs, at most 200 fit",
    ),
    (
        ["questions", 1, "topic", "nl"],
        "x" * 61,
        "questions[2].topic.nl: has 61 signs, at most 60 fit",
    ),
    (
        ["questions", 1, "prompts"],
        [say("Wat?")],
        "questions[2].prompts: must be two prompts, not 1",
    ),
    (
        ["questions", 1, "prompts", 0, "nl"],
        "x" * 301,
        "questions[2].prompts[1].nl: has 301 signs, at most 300 fit",
    ),
    (
        ["questions", 1, "prompts", 0],
        say("Wat is {keyword}?"),
        "questions[2].prompts[1].nl: {keyword} cannot be filled in here",
    ),
    (["questions", 1, "choices", 1], MISSING, "questions[2].choices: at least 2 needed"),
    (
        ["questions", 1, "choices", 0, "code"],
        "andere",
        "questions[2].choices: 'andere' is there more than once",
    ),
    (
        ["questions", 1, "choices", 0, "text", "nl"],
        "x" * 121,
        "questions[2].choices[1].text.nl: has 121 signs, at most 120 fit",
    ),
    (
        ["questions", 1, "choices", 0, "other"],
        True,
        "questions[2].choices: at most one choice can be the other one",
    ),
    (
        ["questions", 1, "choices", 1, "other"],
        "ja",
        "questions[2].choices[2].other: must be true or false",
    ),
    (
        ["questions", 0, "choices", 1, "code"],
        "neen",
        "questions[1].choices: a YES_NO question has exactly the choices ja and nee",
    ),
    (
        ["questions", 0, "choices", 1, "other"],
        True,
        "questions[1].choices[2].other: only the last of MULTIPLE can be the other one",
    ),
    (["patterns", 0], MISSING, "patterns: SPLIT is missing"),
    (["patterns", 1, "name"], "SPLIT", "patterns: 'SPLIT' is there more than once"),
    (["patterns", 0, "prompts"], [], "patterns[1].prompts: at least 1 needed"),
    (
        ["patterns", 0, "prompts", 0],
        say("Wie koos {choice}?"),
        "patterns[1].prompts[1].nl: {choice} cannot be filled in here",
    ),
    (
        ["patterns", 0, "prompts", 0, "nl"],
        "Wat is {keyword}?",
        "patterns[1].prompts[1].fr: lacks {keyword}, which other languages have",
    ),
    (
        ["patterns", 0, "prompts", 0, "nl"],
        "Wat is {keyword.__class__}?",
        "patterns[1].prompts[1].nl: has a brace that belongs to no placeholder",
    ),
    (["languages"], ["fr"], "languages: must contain nl, the source"),
    (["languages"], ["nl", "fr", "fr"], "languages: 'fr' is there more than once"),
    (["languages"], ["nl", "fr", "../x"], "languages: '../x' is not a language code such as nl"),
    (["languages"], "nl", "languages: must be a list of language codes"),
]


@pytest.mark.parametrize(("place", "value", "problem"), WRONG)
def test_what_is_wrong_is_said_with_its_key(place, value, problem):
    content = written()
    *path, last = place
    table = content
    for key in path:
        table = table[key]
    if value is MISSING:
        del table[last]
    else:
        table[last] = deepcopy(value)

    assert problem in problems_with(content)


def test_a_correct_small_file_is_read():
    content = check_questionnaire(written(), "proef.toml")

    assert [question.code for question in content.questions] == ["v1", "v2"]
    assert [choice.is_other for choice in content.questions[1].choices] == [False, True]


def test_everything_that_is_wrong_is_said_at_once():
    content = written()
    del content["questions"][0]["text"]["fr"]
    content["version"] = "een"
    content["patterns"][0]["prompts"] = []

    assert problems_with(content) == [
        "version: must be a whole number from 1 to 32767",
        "questions[1].text.fr: is missing",
        "patterns[1].prompts: at least 1 needed",
    ]


@pytest.mark.parametrize("content", [{}, {"questions": [{}]}, {"questions": [{"choices": [{}]}]}])
def test_a_file_without_anything_is_told_what_it_lacks(content):
    assert "code: is missing" in problems_with(content)


# Files that are no questionnaire at all


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'code = "proef"\nversion = = 1\n', "at line 2, column 11"),
        (b'code = "een"\ncode = "twee"\n', "at line 2"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a = " + b"[" * 100_000, "not sensible TOML"),
        (b"version = " + b"9" * 5000, "not sensible TOML"),
        (b"# leeg\n", "code: is missing"),
        (b"#" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, problem):
    path = tmp_path / "proef.toml"
    path.write_bytes(content)

    with pytest.raises(QuestionnaireFileError, match=problem):
        read_questionnaire(path)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(QuestionnaireFileError, match="No such file"):
        read_questionnaire(tmp_path / "weg.toml")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(QuestionnaireFileError, match="directory"):
        read_questionnaire(tmp_path)
