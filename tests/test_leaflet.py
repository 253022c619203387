"""The shipped questionnaire is the leaflet, word for word."""

from pathlib import Path

import pytest

from survey.questionnaires.file import read_questionnaire

SHIPPED = Path(__file__).parent.parent / "survey" / "questionnaires" / "leercultuur-1.toml"


@pytest.fixture(scope="module")
def shipped():
    return read_questionnaire(SHIPPED)


def test_the_shipped_file_has_the_eleven_questions_with_their_kind(shipped):
    assert [question.code for question in shipped.questions] == [f"v{n}" for n in range(1, 12)]
    assert [question.kind for question in shipped.questions] == ["YES_NO"] * 5 + ["MULTIPLE"] * 6
    assert shipped.languages == ("nl", "fr", "en", "de")


def test_the_shipped_file_has_35_fixed_options_and_six_times_andere(shipped):
    multiple = shipped.questions[5:]

    fixed = [sum(not choice.is_other for choice in question.choices) for question in multiple]
    other = [[choice.text["nl"] for choice in each.choices if choice.is_other] for each in multiple]

    assert fixed == [5, 5, 6, 6, 6, 7]
    assert sum(fixed) == 35
    assert other == [["Andere"]] * 6


def test_four_options_of_the_leaflet_hold_a_comma(shipped):
    texts = [choice.text["nl"] for question in shipped.questions for choice in question.choices]

    assert [text for text in texts if "," in text] == [
        "Interne handleidingen, draaiboeken, …",
        "Mentor, meter/peter, …",
        "Nabespreken, debriefing, … in team",
        "Reflectiegesprekken, (loopbaan)gesprekken, … met leidinggevenden",
    ]


def test_the_questions_are_the_leaflet_word_for_word(shipped):
    assert [question.text["nl"] for question in shipped.questions] == [
        "Heeft elke medewerker vrije toegang tot informatie en de kennis van de gebruiken en de "
        "procedures in de organisatie?",
        "Kan elke medewerker deelnemen aan meetings, lid zijn van een team, projectgroep, …?",
        "Wordt er tijd vrijgemaakt om de samenwerking tussen collega’s te bespreken?",
        "Is er aandacht voor (levenslang) leren van medewerkers?",
        "Werken jullie met mentorschap, meter/peter, … voor (nieuwe) medewerkers?",
        "Waar ontmoeten medewerkers elkaar?",
        "Welke mogelijkheden zijn er voor medewerkers om nieuwe kennis op te doen?",
        "Wat en wie kunnen de medewerkers consulteren om bij te leren?",
        "Welke leerkansen op de werkplek worden al benut?",
        "Wat van de persoonlijkheid van de medewerker wordt meegenomen in het (levenslang) leren?",
        "Welke elementen spelen een rol wanneer een mentor of meter/peter wordt aangeduid?",
    ]
