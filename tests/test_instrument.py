import pytest

from survey.instrument import read_instrument
from survey.models import Questionnaire
from survey.models.questionnaire import Prompt


def test_a_questionnaire_costs_one_query_and_then_none(questionnaire, django_assert_num_queries):
    with django_assert_num_queries(1):
        read_instrument(questionnaire.pk, "nl")

    with django_assert_num_queries(0):
        read_instrument(questionnaire.pk, "nl")


def test_questions_come_in_the_order_of_the_leaflet(questionnaire):
    instrument = read_instrument(questionnaire.pk, "nl")

    assert [question.number for question in instrument.questions] == list(range(1, 12))
    assert [question.code for question in instrument.yes_no_questions] == [
        "v1", "v2", "v3", "v4", "v5",
    ]  # fmt: skip
    assert [question.code for question in instrument.multiple_questions] == [
        "v6", "v7", "v8", "v9", "v10", "v11",
    ]  # fmt: skip


def test_a_question_has_its_own_choices_and_prompts_in_order(questionnaire):
    question = read_instrument(questionnaire.pk, "nl").questions[5]

    assert [choice.text for choice in question.choices] == [
        "Bij de koffie",
        "Gezamenlijke werkruimte",
        "Bij overlegmomenten",
        "Online en live",
        "Teambuilding",
        "Andere",
    ]
    assert question.other == question.choices[-1]
    stored = Prompt.objects.filter(question=question.id).order_by("position")
    assert question.prompts == tuple(prompt.text["nl"] for prompt in stored)


def test_a_yes_no_question_has_no_other_choice(questionnaire):
    question = read_instrument(questionnaire.pk, "nl").questions[0]

    assert [choice.code for choice in question.choices] == ["ja", "nee"]
    assert question.other is None


@pytest.mark.parametrize(
    ("language", "yes"), [("nl", "Ja"), ("fr", "Oui"), ("en", "Yes"), ("de", "Ja")]
)
def test_texts_are_in_the_language_of_the_reader(questionnaire, language, yes):
    instrument = read_instrument(questionnaire.pk, language)

    assert instrument.questions[0].choices[0].text == yes


def test_a_language_that_the_file_lacks_reads_dutch(questionnaire):
    instrument = read_instrument(questionnaire.pk, "it")

    assert instrument.questions[0].choices[0].text == "Ja"


def test_a_translation_says_that_it_is_one_and_the_source_does_not(questionnaire):
    assert read_instrument(questionnaire.pk, "nl").translation_note == ""
    assert "translation" in read_instrument(questionnaire.pk, "en").translation_note


def test_every_pattern_has_its_prompts(questionnaire):
    prompts = read_instrument(questionnaire.pk, "nl").pattern_prompts

    assert set(prompts) == set(Prompt.Pattern)
    assert [pattern for pattern, texts in prompts.items() if not texts] == []


@pytest.mark.django_db
def test_an_unknown_questionnaire_does_not_exist():
    with pytest.raises(Questionnaire.DoesNotExist):
        read_instrument(4711, "nl")
