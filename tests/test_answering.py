import uuid
from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from survey.answering import AnswerForm, Outcome, blank_questions, draw_questions, store_response
from survey.instrument import read_instrument
from survey.models import Answer, OtherText, Response, SurveyRound
from tests.factories import TeamFactory, send, submission


@pytest.fixture
def instrument(questionnaire):
    return read_instrument(questionnaire.pk, "nl")


def fill_in(instrument, **fields):
    """Return the form as it was sent; in names, `_` stands for `-`."""
    sent = QueryDict(mutable=True)
    for name, values in fields.items():
        sent.setlist(name.replace("_", "-"), [values] if isinstance(values, str) else values)
    return AnswerForm(instrument, sent)


def codes_of(instrument, sent):
    return [
        (question.code, choice.code)
        for question in instrument.questions
        for choice in question.choices
        if choice.id in sent.choices
    ]


# What a form says


def test_a_form_gives_the_choices_in_the_order_of_the_leaflet(instrument):
    form = fill_in(instrument, v6=["teambuilding", "koffie"], v1="nee")

    assert form.is_valid()
    assert codes_of(instrument, form.submission()) == [
        ("v1", "nee"), ("v6", "koffie"), ("v6", "teambuilding"),
    ]  # fmt: skip


def test_an_empty_form_is_refused_kindly(instrument):
    form = fill_in(instrument, v1="", v6_tekst=" \r\n ")

    assert not form.is_valid()
    assert form.non_field_errors().as_data()[0].code == "empty"


def test_one_answer_is_enough(instrument):
    assert fill_in(instrument, v11=["tijd"]).is_valid()


def test_text_without_a_tick_counts_as_a_tick(instrument):
    form = fill_in(instrument, v6_tekst="Op de trap")

    assert form.is_valid()
    assert codes_of(instrument, form.submission()) == [("v6", "andere")]
    assert list(form.submission().texts.values()) == ["Op de trap"]


def test_a_tick_without_text_is_fine(instrument):
    form = fill_in(instrument, v6=["andere"])

    assert form.is_valid()
    assert codes_of(instrument, form.submission()) == [("v6", "andere")]
    assert form.submission().texts == {}


def test_a_line_end_counts_as_one_character(instrument):
    form = fill_in(instrument, v6_tekst="a\r\n" * 149 + "ab")

    assert form.is_valid()
    [text] = form.submission().texts.values()
    assert text == "a\n" * 149 + "ab"
    assert len(text) == 300


def test_a_text_that_is_too_long_says_by_how_much(instrument):
    form = fill_in(instrument, v6_tekst="x" * 303)

    assert not form.is_valid()
    [error] = form.errors["v6-tekst"]
    assert "303" in error
    assert "3 tekens" in error


@pytest.mark.parametrize(
    "fields",
    [
        {"v1": "misschien"},
        {"v6": ["koffie", "thee"]},
        {"v1": "9" * 40},
        {"v6_tekst": "naam\x00bestand"},
    ],
)
def test_hostile_values_are_refused(instrument, fields):
    form = fill_in(instrument, **fields)

    assert not form.is_valid()


def test_blank_questions_are_drawn_once(questionnaire, django_assert_num_queries):
    first = blank_questions(questionnaire.pk, "nl")

    with django_assert_num_queries(0):
        again = blank_questions(questionnaire.pk, "nl")

    assert again is first


def test_drawn_questions_keep_what_was_filled_in(instrument):
    drawn = draw_questions(fill_in(instrument, v1="nee", v6_tekst="<b>Op de trap</b>"))

    assert "&lt;b&gt;Op de trap&lt;/b&gt;" in drawn
    assert drawn.count("checked") == 1


# Storing it


def test_a_response_is_stored_once_with_its_answers(zorg):
    key = uuid.uuid4()

    outcome = send(zorg, key=key, v1="ja", v6=["koffie", "andere"], texts={"v6": "Op de trap"})

    assert outcome == Outcome.STORED
    zorg.refresh_from_db()
    assert zorg.response_count == 1
    stored = Answer.objects.filter(response=key, response__team=zorg)
    assert set(stored.values_list("choice__question__code", "choice__code")) == {
        ("v1", "ja"), ("v6", "koffie"), ("v6", "andere"),
    }  # fmt: skip
    text = OtherText.objects.get()
    assert (text.team, text.question.code, text.text) == (zorg, "v6", "Op de trap")
    assert text.state == OtherText.State.PENDING


def test_storing_takes_five_queries(zorg, django_assert_num_queries):
    sent = submission(zorg.survey_round.questionnaire, v1="ja", v6=["andere"], texts={"v6": "X"})

    with django_assert_num_queries(5 + 2):  # the transaction's begin and end are two
        store_response(zorg, uuid.uuid4(), sent)


def test_sending_twice_counts_once(zorg):
    key = uuid.uuid4()
    send(zorg, key=key, v1="ja", v6=["andere"], texts={"v6": "Op de trap"})

    again = send(zorg, key=key, v1="ja", v6=["andere"], texts={"v6": "Op de trap"})

    assert again == Outcome.REPEATED
    zorg.refresh_from_db()
    assert (zorg.response_count, Response.objects.count(), OtherText.objects.count()) == (1, 1, 1)


def test_a_key_that_comes_back_with_other_answers_changes_nothing(zorg):
    key = uuid.uuid4()
    send(zorg, key=key, v1="ja")

    again = send(zorg, key=key, v1="nee")

    assert again == Outcome.DIFFERENT
    assert [answer.choice.code for answer in Answer.objects.all()] == ["ja"]


def test_a_key_of_another_team_is_not_counted_again(zorg, survey_round):
    kitchen = TeamFactory(survey_round=survey_round, name="Keuken")
    key = uuid.uuid4()
    send(zorg, key=key, v1="ja")

    outcome = send(kitchen, key=key, v1="ja")

    assert outcome == Outcome.DIFFERENT
    kitchen.refresh_from_db()
    assert kitchen.response_count == 0


def test_a_round_that_is_filled_in_together_shows_texts_at_once(zorg, survey_round):
    survey_round.mode = SurveyRound.Mode.ORGANISATION
    survey_round.save()

    send(zorg, v6=["andere"], texts={"v6": "Op de trap"})

    assert OtherText.objects.get().state == OtherText.State.SHOWN


@pytest.mark.parametrize("field", ["closed_at", "voided_at"])
def test_a_finished_round_takes_nothing(zorg, survey_round, field):
    SurveyRound.objects.filter(pk=survey_round.pk).update(
        **{field: timezone.now()}, void_reason="Spam"
    )

    outcomes = [
        send(zorg, v1="ja"),
        store_response(
            zorg, uuid.uuid4(), submission(survey_round.questionnaire, v1="ja"), from_paper=True
        ),
    ]

    assert outcomes == [Outcome.SHUT, Outcome.SHUT]
    zorg.refresh_from_db()
    assert (zorg.response_count, Response.objects.count()) == (0, 0)


def test_a_team_takes_three_forms_per_colleague_and_at_least_fifty(survey_round):
    small = TeamFactory(survey_round=survey_round, name="Onthaal", headcount=2, response_count=49)
    large = TeamFactory(survey_round=survey_round, name="Zorg", headcount=20, response_count=59)

    outcomes = [send(team, v1="ja") for team in (small, small, large, large)]

    assert outcomes == [Outcome.STORED, Outcome.FULL, Outcome.STORED, Outcome.FULL]


def test_a_retry_is_known_also_when_the_team_is_full(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Onthaal", headcount=2, response_count=49)
    key = uuid.uuid4()
    send(team, key=key, v1="ja")

    assert send(team, key=key, v1="ja") == Outcome.REPEATED


# Days end in Brussels


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 12, 4, 22, 59, tzinfo=UTC), True),  # 23:59 in Brussels
        (datetime(2026, 12, 4, 23, 0, tzinfo=UTC), False),  # midnight in Brussels
        (datetime(2026, 12, 5, 0, 30, tzinfo=UTC), False),
    ],
)
def test_the_public_form_is_shut_after_midnight_in_brussels(
    zorg, survey_round, monkeypatch, moment, is_open
):
    survey_round.opened_on = survey_round.closing_date = date(2026, 12, 4)
    survey_round.save()
    monkeypatch.setattr(timezone, "now", lambda: moment)

    outcome = send(zorg, v1="ja")

    assert outcome == (Outcome.STORED if is_open else Outcome.SHUT)


def test_paper_is_taken_after_the_closing_date(zorg, survey_round):
    survey_round.opened_on = survey_round.closing_date = date(2026, 1, 2)
    survey_round.save()
    sent = submission(survey_round.questionnaire, v1="ja")

    assert store_response(zorg, uuid.uuid4(), sent) == Outcome.SHUT
    assert store_response(zorg, uuid.uuid4(), sent, from_paper=True) == Outcome.STORED


def test_a_form_that_came_in_before_midnight_is_not_refused_after_it(zorg, survey_round):
    """Its answer was lost on the way, so it is sent again the next morning."""
    key, sent = uuid.uuid4(), submission(survey_round.questionnaire, v1="ja")
    other = submission(survey_round.questionnaire, v1="nee")
    store_response(zorg, key, sent)
    survey_round.opened_on = survey_round.closing_date = date(2026, 1, 2)
    survey_round.save()

    assert store_response(zorg, key, sent) == Outcome.REPEATED
    assert store_response(zorg, key, other) == Outcome.DIFFERENT
    assert store_response(zorg, uuid.uuid4(), sent) == Outcome.SHUT
