"""Read and check a questionnaire file. Pure: knows no Django and no database.

The format is TOML; `leercultuur-1.toml` shows and explains it. Everything wrong with a file is
told at once, each with its key; questions and choices are counted from 1, as people do.
"""

import hashlib
import json
import re
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from .checks import Checker, QuestionnaireFileError

SOURCE_LANGUAGE = "nl"
YES_NO_CODES = ["ja", "nee"]
KINDS = ("YES_NO", "MULTIPLE")
PROMPTS_PER_QUESTION = 2

# What can be filled in where. A prompt of a question is printed as it is.
PLACEHOLDERS_OF_PATTERN = {
    "SPLIT": {"keyword"},
    "ALMOST_ALL_NO": {"keyword"},
    "CHOSEN_BY_NONE": {"keyword", "choice"},
    "ALMOST_ALL_YES": {"keyword"},
    "CHOSEN_BY_ALMOST_ALL": {"keyword", "choice"},
    "NEW": {"keyword", "text"},
    "FEW_ANSWERS": set(),
    "NEXT_TIME": set(),
}

# Longer texts break the form on a phone or the report on A4.
TITLE_LENGTH, TOPIC_LENGTH, KEYWORD_LENGTH = 60, 60, 60
CHOICE_LENGTH, HINT_LENGTH, QUESTION_LENGTH, PROMPT_LENGTH = 120, 200, 300, 300
CODE_LENGTH, QUESTIONNAIRE_CODE_LENGTH = 20, 40
SOURCE_LENGTH, NOTE_LENGTH = 1000, 200
LARGEST_FILE = 1_000_000  # bytes

Texts = dict[str, str]


@dataclass(frozen=True)
class ChoiceContent:
    """An option of a question, in every language of the file."""

    code: str
    text: Texts
    is_other: bool


@dataclass(frozen=True)
class QuestionContent:
    """A question with its options and its two prompts, in every language of the file."""

    code: str
    kind: str
    text: Texts
    hint: Texts
    topic: Texts
    keyword: Texts
    choices: tuple[ChoiceContent, ...]
    prompts: tuple[Texts, ...]


@dataclass(frozen=True)
class QuestionnaireContent:
    """A whole checked file."""

    code: str
    version: int
    languages: tuple[str, ...]
    source: str
    title: Texts
    translation_note: Texts
    questions: tuple[QuestionContent, ...]
    pattern_prompts: dict[str, tuple[Texts, ...]]

    @property
    def digest(self) -> str:
        """64 hexadecimal signs that change with the content, not with comments or layout."""
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def read_questionnaire(path: Path) -> QuestionnaireContent:
    """Return the checked content of a questionnaire file.

    Raises QuestionnaireFileError with every problem, each with its key or line.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise QuestionnaireFileError(path.name, ["the file is larger than 1 MB"])
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise QuestionnaireFileError(path.name, ["the file is not UTF-8 text"]) from None
    except OSError as error:
        raise QuestionnaireFileError(path.name, [error.strerror or str(error)]) from None
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireFileError(path.name, [str(error)]) from None
    except (RecursionError, ValueError):
        # Thousands of nested brackets, or a number of thousands of digits.
        raise QuestionnaireFileError(path.name, ["the file is not sensible TOML"]) from None
    return check_questionnaire(written, path.name)


def check_questionnaire(written: dict, name: str) -> QuestionnaireContent:
    """Return the content of a parsed file; `name` is what errors call it.

    Raises QuestionnaireFileError with every problem, each with its key.
    """
    check = Checker(_languages(written))
    check.keys(
        written,
        "",
        required={"code", "version", "languages", "source", "title", "questions", "patterns"},
        optional={"translation_note"},
    )
    content = QuestionnaireContent(
        code=check.code(written.get("code"), "code", QUESTIONNAIRE_CODE_LENGTH),
        version=check.number(written.get("version"), "version", highest=32767),
        languages=_checked_languages(check, written.get("languages")),
        source=check.sentence(written.get("source"), "source", SOURCE_LENGTH),
        title=check.texts(written.get("title"), "title", TITLE_LENGTH),
        translation_note=_translation_note(check, written.get("translation_note", {})),
        questions=_questions(check, written.get("questions")),
        pattern_prompts=_patterns(check, written.get("patterns")),
    )
    if check.problems:
        raise QuestionnaireFileError(name, check.problems)
    return content


def _languages(written):
    """Return the usable languages, so that other checks can go on after a wrong list."""
    languages = written.get("languages")
    return [each for each in languages if isinstance(each, str)] if _is_list(languages) else []


def _is_list(value):
    return isinstance(value, list)


def _checked_languages(check, languages):
    if not _is_list(languages) or not all(isinstance(each, str) for each in languages):
        check.problem("languages", "must be a list of language codes")
        return ()
    check.once(languages, "languages")
    for language in languages:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z]{2,4})?", language):
            check.problem("languages", f"{language!r} is not a language code such as nl")
    if SOURCE_LANGUAGE not in languages:
        check.problem("languages", f"must contain {SOURCE_LANGUAGE}, the source")
    return tuple(languages)


def _translation_note(check, note):
    """The source needs no note that it is a translation; every other language does."""
    others = [language for language in check.languages if language != SOURCE_LANGUAGE]
    return Checker(others, check.problems).texts(note, "translation_note", NOTE_LENGTH)


def _questions(check, questions):
    found = tuple(
        _question(check, question, key)
        for question, key in check.tables(questions, "questions", at_least=1)
    )
    check.once([question.code for question in found], "questions")
    return found


def _question(check, question, key):
    texts = {"text", "hint", "topic", "keyword"}
    check.keys(question, key, required={"code", "kind", "choices", "prompts"} | texts)
    kind = check.one_of(question.get("kind"), f"{key}.kind", KINDS)
    choices = tuple(
        _choice(check, choice, choice_key)
        for choice, choice_key in check.tables(
            question.get("choices"), f"{key}.choices", at_least=2
        )
    )
    _check_choices_together(check, kind, choices, f"{key}.choices")
    prompts = _prompts(check, question.get("prompts"), f"{key}.prompts")
    if len(prompts) != PROMPTS_PER_QUESTION:
        check.problem(f"{key}.prompts", f"must be two prompts, not {len(prompts)}")
    return QuestionContent(
        code=check.code(question.get("code"), f"{key}.code", CODE_LENGTH),
        kind=kind,
        text=check.texts(question.get("text"), f"{key}.text", QUESTION_LENGTH),
        hint=check.texts(question.get("hint"), f"{key}.hint", HINT_LENGTH),
        topic=check.texts(question.get("topic"), f"{key}.topic", TOPIC_LENGTH),
        keyword=check.texts(question.get("keyword"), f"{key}.keyword", KEYWORD_LENGTH),
        choices=choices,
        prompts=prompts,
    )


def _choice(check, choice, key):
    check.keys(choice, key, required={"code", "text"}, optional={"other"})
    return ChoiceContent(
        code=check.code(choice.get("code"), f"{key}.code", CODE_LENGTH),
        text=check.texts(choice.get("text"), f"{key}.text", CHOICE_LENGTH),
        is_other=check.yes_or_no(choice.get("other", False), f"{key}.other"),
    )


def _check_choices_together(check, kind, choices, key):
    codes = [choice.code for choice in choices]
    check.once(codes, key)
    if kind == "YES_NO" and codes != YES_NO_CODES:
        check.problem(key, "a YES_NO question has exactly the choices ja and nee")
    others = [number for number, choice in enumerate(choices, start=1) if choice.is_other]
    if len(others) > 1:
        check.problem(key, "at most one choice can be the other one")
    elif others and (kind == "YES_NO" or others != [len(choices)]):
        check.problem(f"{key}[{others[0]}].other", "only the last of MULTIPLE can be the other one")


def _prompts(check, prompts, key, placeholders=frozenset()):
    return tuple(
        check.texts(prompt, prompt_key, PROMPT_LENGTH, placeholders)
        for prompt, prompt_key in check.tables(prompts, key, at_least=1)
    )


def _patterns(check, patterns):
    found = {}
    names = []
    for pattern, key in check.tables(patterns, "patterns", at_least=1):
        check.keys(pattern, key, required={"name", "prompts"})
        name = check.one_of(pattern.get("name"), f"{key}.name", tuple(PLACEHOLDERS_OF_PATTERN))
        names.append(name)
        placeholders = PLACEHOLDERS_OF_PATTERN.get(name, set())
        found[name] = _prompts(check, pattern.get("prompts"), f"{key}.prompts", placeholders)
    check.once(names, "patterns")
    for missing in sorted(PLACEHOLDERS_OF_PATTERN.keys() - found.keys()):
        check.problem("patterns", f"{missing} is missing")
    return found
