"""`manage.py verify` sees what is wrong: each mistake is first put there."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from survey.closing import close_round
from survey.keeping.verify import find_problems
from survey.models import (
    Answer,
    Choice,
    OtherText,
    Question,
    Questionnaire,
    Response,
    Segment,
    SurveyRound,
    Tally,
    Team,
)
from tests.factories import send

AN_AGE_AGO = timezone.now() - timedelta(days=500)
RETENTION_ENDED = AN_AGE_AGO.date()


@pytest.fixture
def closed(survey_round, zorg):
    answered(zorg)
    return close_round(survey_round)


def answered(team):
    for number in range(6):
        given = "ja" if number < 4 else "nee"
        send(team, v1=given, v6=["koffie", "andere"], texts={"v6": "Een aanvulling"})


def choice(question, code):
    return Choice.objects.get(question__code=question, code=code)


def elsewhere():
    """An option of another questionnaire."""
    other = Questionnaire.objects.create(
        code="ander", version=1, title={}, languages=[], source="", digest=""
    )
    question = Question.objects.create(
        questionnaire=other,
        number=1,
        code="v1",
        kind=Question.Kind.MULTIPLE,
        text={},
        hint={},
        topic={},
        keyword={},
    )
    return Choice.objects.create(question=question, position=1, code="x", text={})


def test_all_is_well_before_and_after_closing(survey_round, zorg):
    answered(zorg)
    before = list(find_problems())
    close_round(survey_round)

    assert (before, list(find_problems())) == ([], [])


BREAK_OPEN = {
    "another questionnaire": lambda: Answer.objects.create(
        response=Response.objects.first(), choice=elsewhere()
    ),
    "more than one answer": lambda: Answer.objects.create(
        response=Answer.objects.filter(choice__code="ja").first().response,
        choice=choice("v1", "nee"),
    ),
    "says 7 responses and has 6": lambda: Team.objects.update(response_count=7),
    "says 6 responses and has 7": lambda: Response.objects.create(team=Team.objects.get()),
    "without Andere": lambda: OtherText.objects.update(question=Question.objects.get(code="v1")),
    "before its survey round was closed": lambda: Segment.objects.create(
        survey_round=SurveyRound.objects.get(), position=1, response_count=6
    ),
    "is void but has responses": lambda: void(),
    "is void but has texts": lambda: void(),
    "is void but its teams say 6 responses": lambda: void(),
    "had to go (T10)": lambda: SurveyRound.objects.update(
        opened_on=date(2024, 1, 1), closing_date=RETENTION_ENDED
    ),
}
BREAK_CLOSED = {
    "add up to 7, not 6": lambda: Tally.objects.filter(choice=choice("v1", "ja")).update(count=5),
    "more often than there are": lambda: Tally.objects.filter(choice=choice("v6", "koffie")).update(
        count=7
    ),
    "the report says 3, the responses say 6": lambda: Tally.objects.filter(
        choice=choice("v6", "koffie")
    ).update(count=3),
    "5 gave no answer, the responses say 6": lambda: Tally.objects.filter(
        choice=None, question__code="v7"
    ).update(count=5),
    "had to go (T10)": lambda: SurveyRound.objects.update(closed_at=AN_AGE_AGO),
    "tallies are missing": lambda: Tally.objects.filter(choice=choice("v7", "andere")).delete(),
    "fewer than the threshold": lambda: SurveyRound.objects.update(threshold=7),
    "still have a team": lambda: Response.objects.create(id=uuid.uuid4(), team=Team.objects.get()),
    "says 6 responses and has 7": lambda: Response.objects.create(segment=Segment.objects.get()),
    "says 6 responses and its teams 5": lambda: Team.objects.update(response_count=5),
    "has responses but no segment": lambda: Team.objects.update(segment=None),
    "says 6 responses and has 0": lambda: (
        Answer.objects.all().delete(),
        Response.objects.all().delete(),
    ),
}


def void():
    SurveyRound.objects.update(voided_at=timezone.now(), void_reason="Spam")


@pytest.mark.sqlite
def test_a_text_that_is_too_long_is_named(survey_round, zorg):
    """PostgreSQL takes none."""
    answered(zorg)
    OtherText.objects.filter(pk=OtherText.objects.first().pk).update(text="x" * 301)

    assert list(find_problems()) == ["1 texts are longer than 300 characters."]


@pytest.mark.parametrize("says", BREAK_OPEN)
def test_what_is_wrong_in_an_open_round_is_named(survey_round, zorg, says):
    answered(zorg)
    BREAK_OPEN[says]()

    assert [problem for problem in find_problems() if says in problem]


@pytest.mark.parametrize("says", BREAK_CLOSED)
def test_what_is_wrong_in_a_closed_round_is_named(closed, says):
    BREAK_CLOSED[says]()

    assert [problem for problem in find_problems() if says in problem]


def test_the_few_days_in_which_daily_may_catch_up_are_no_mistake(closed):
    a_year = timedelta(days=366 + 2)
    SurveyRound.objects.update(closed_at=timezone.now() - a_year)

    assert list(find_problems()) == []


def test_what_a_team_filled_in_together_may_stay_but_not_what_it_hid(survey_round, zorg):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)
    answered(zorg)
    SurveyRound.objects.update(opened_on=date(2024, 1, 1), closing_date=RETENTION_ENDED)
    before = list(find_problems())

    OtherText.objects.update(state=OtherText.State.HIDDEN)

    assert before == []
    assert [problem for problem in find_problems() if "had to go (T10)" in problem]


def test_the_command_ends_with_1_and_names_no_person_or_text(closed, capsys):
    Tally.objects.filter(choice=choice("v6", "koffie")).update(count=7)

    with pytest.raises(SystemExit) as ended:
        call_command("verify")

    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "counted more often" in said
    assert "aanvulling" not in said
    assert not any(str(key) in said for key in Response.objects.values_list("pk", flat=True))
