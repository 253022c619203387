"""Closing (T3 to T6): what is published, what is rewritten, and what is refused."""

import uuid
from datetime import date

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.closing import TooFewResponses, close_round, plan_segments
from survey.holding import AlreadyFinished
from survey.models import Answer, OtherText, Response, Segment, SurveyRound, Tally, Team
from tests.factories import SurveyRoundFactory, TeamFactory, send


@pytest.fixture
def kitchen(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=4)


@pytest.fixture
def reception(survey_round):
    return TeamFactory(survey_round=survey_round, name="Onthaal", headcount=3)


@pytest.fixture
def answered(survey_round, zorg, kitchen, reception):
    """Six answers in Zorg, two in Keuken, three in Onthaal."""
    for number in range(6):
        send(zorg, v1="ja" if number < 4 else "nee", v6=["koffie"])
    send(kitchen, v1="ja", v6=["andere"], texts={"v6": "Aan de afwas"})
    send(kitchen, v2="nee")
    for _ in range(3):
        send(reception, v1="nee", v6=["koffie", "andere"], texts={"v6": "Aan de balie"})
    return survey_round


def tally_of(segment, question, choice):
    tallies = Tally.objects.filter(segment=segment, question__code=question)
    return tallies.get(choice__code=choice) if choice else tallies.get(choice=None)


def content(model):
    return sorted(map(str, model.objects.values_list()))


# What is published


def test_teams_stand_alone_or_are_pooled(answered):
    close_round(answered)

    segments = Segment.objects.filter(survey_round=answered)
    assert [(str(segment), segment.position, segment.response_count) for segment in segments] == [
        ("Zorg", 1, 6),
        ("Keuken, Onthaal", 2, 5),
    ]


def test_every_choice_and_every_silence_is_counted(answered):
    close_round(answered)

    zorg, pool = Segment.objects.all()
    counted = [
        tally_of(segment, question, choice).count
        for segment, question, choice in [
            (zorg, "v1", "ja"), (zorg, "v1", "nee"), (zorg, "v1", None),
            (zorg, "v6", "koffie"), (zorg, "v6", "andere"), (zorg, "v11", None),
            (pool, "v1", "ja"), (pool, "v1", "nee"), (pool, "v1", None),
            (pool, "v2", "nee"), (pool, "v6", "koffie"), (pool, "v6", "andere"),
            (pool, "v6", None),
        ]
    ]  # fmt: skip
    assert counted == [4, 2, 0, 6, 0, 6, 1, 3, 1, 1, 3, 4, 1]
    # 10 yes/no choices, 35 fixed options, 6 times Andere and 11 times no answer.
    assert Tally.objects.filter(segment=zorg).count() == 10 + 35 + 6 + 11


def test_a_team_without_responses_is_in_no_segment(answered):
    empty = TeamFactory(survey_round=answered, name="Technische dienst")

    close_round(answered)

    empty.refresh_from_db()
    assert empty.segment is None
    assert Segment.objects.count() == 2


def test_a_team_that_answers_together_needs_one_response(survey_round, zorg):
    survey_round.mode = SurveyRound.Mode.ORGANISATION
    survey_round.save()
    send(zorg, v1="ja")

    close_round(survey_round)

    assert Segment.objects.get().response_count == 1


def test_the_plan_is_what_closing_publishes(answered):
    plan = plan_segments(answered, list(answered.teams.all()))

    close_round(answered)

    assert [[team.name for team in teams] for teams in plan] == [
        [team.name for team in segment.teams.all()] for segment in Segment.objects.all()
    ]


def test_a_round_can_be_closed_after_its_date(answered):
    answered.opened_on = answered.closing_date = date(2026, 1, 2)
    answered.save()

    assert close_round(answered).is_closed


# What is rewritten


def test_responses_get_new_keys_and_a_segment_instead_of_a_team(answered):
    old_keys = set(Response.objects.values_list("pk", flat=True))

    close_round(answered)

    new_keys = set(Response.objects.values_list("pk", flat=True))
    assert len(new_keys) == 11
    assert new_keys & old_keys == set()
    assert not Response.objects.exclude(team=None).exists()
    assert not Response.objects.filter(segment=None).exists()


def test_answers_stay_together_in_their_response(answered):
    before = sorted(_sheets())

    close_round(answered)

    assert sorted(_sheets()) == before


def _sheets():
    return [
        tuple(sorted(each.answers.values_list("choice__question__code", "choice__code")))
        for each in Response.objects.all()
    ]


def test_texts_get_new_keys_of_their_own(answered):
    old_keys = set(OtherText.objects.values_list("pk", flat=True))
    pool = "Keuken, Onthaal"

    close_round(answered)

    assert [(str(text.segment), text.team, text.text) for text in OtherText.objects.all()].count(
        (pool, None, "Aan de balie")
    ) == 3
    keys = set(OtherText.objects.values_list("pk", flat=True))
    assert len(keys) == 4
    assert keys & old_keys == set()
    assert keys & set(Response.objects.values_list("pk", flat=True)) == set()


def test_the_order_in_the_table_says_nothing_about_the_order_of_sending(survey_round, zorg):
    sent = [uuid.UUID(int=number) for number in range(40)]
    for key in sent:
        send(zorg, key=key, v1="ja" if key.int < 20 else "nee")

    close_round(survey_round)

    row = "rowid" if connection.vendor == "sqlite" else "ctid"
    stored = list(Response.objects.raw(f"SELECT * FROM survey_response ORDER BY {row}"))  # noqa: S608
    answers = [each.answers.get().choice.code for each in stored]
    assert sorted(answers) == ["ja"] * 20 + ["nee"] * 20
    assert answers != sorted(answers)
    keys = [each.pk for each in stored]
    assert keys == sorted(keys)


@pytest.mark.postgresql
def test_all_rows_have_the_same_row_version(answered):
    close_round(answered)

    with connection.cursor() as cursor:
        for model in (Response, Answer, OtherText):
            cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {model._meta.db_table}")  # noqa: S608
            assert cursor.fetchone() == (1,)


def test_what_is_deleted_in_many_parts_is_all_gone(answered, monkeypatch):
    monkeypatch.setattr("survey.models.responses.PART", 1)
    before = Answer.objects.count()

    close_round(answered)

    assert Answer.objects.count() == before
    assert Response.objects.exclude(segment=None).count() == Response.objects.count()


def test_other_rounds_are_left_alone(answered, questionnaire, de_linde):
    other = TeamFactory(
        survey_round=SurveyRoundFactory(
            organisation=de_linde, questionnaire=questionnaire, title="Een andere"
        )
    )
    key = uuid.uuid4()
    send(other, key=key, v1="ja", v6=["andere"], texts={"v6": "Elders"})

    close_round(answered)

    assert Response.objects.get(pk=key).team == other
    assert Answer.objects.filter(response=key).count() == 2
    assert OtherText.objects.get(text="Elders").team == other


def test_a_closed_round_takes_nothing_any_more(answered, zorg):
    close_round(answered)
    before = [content(model) for model in (Tally, Response, Segment)]

    send(zorg, v1="ja")

    assert [content(model) for model in (Tally, Response, Segment)] == before


# What it costs


@pytest.mark.parametrize("more", [0, 20])
def test_closing_takes_as_many_queries_for_many_responses_as_for_few(answered, zorg, more):
    for _ in range(more):
        send(zorg, v1="ja", v6=["andere"], texts={"v6": "Nog iets"})

    with CaptureQueriesContext(connection) as queries:
        close_round(answered)

    transaction = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    work = [each["sql"] for each in queries if not each["sql"].startswith(transaction)]
    # Hold 3, teams 1, count 1, each segment and its teams 2 × 2, tallies 1, rewrite 3,
    # count and delete 4, closed 1.
    assert len(work) == 18


# What is refused


def test_too_few_responses_change_nothing(survey_round, zorg):
    for _ in range(4):
        send(zorg, v1="ja")
    before = _everything()

    with pytest.raises(TooFewResponses):
        close_round(survey_round)

    assert _everything() == before


def test_a_closed_round_cannot_be_closed_again(answered):
    close_round(answered)
    before = _everything()

    with pytest.raises(AlreadyFinished):
        close_round(answered)

    assert _everything() == before


def test_a_void_round_cannot_be_closed(answered):
    SurveyRound.objects.filter(pk=answered.pk).update(voided_at=timezone.now(), void_reason="Spam")
    before = _everything()

    with pytest.raises(AlreadyFinished):
        close_round(answered)

    assert _everything() == before


@pytest.mark.parametrize("table", ["survey_tally", "survey_answer", "survey_othertext"])
def test_an_error_halfway_changes_nothing(answered, table):
    before = _everything()

    def refuse(execute, sql, params, many, context):
        if sql.startswith(f'INSERT INTO "{table}"'):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError, match="is full"):
        close_round(answered)

    assert _everything() == before


def _everything():
    models = (SurveyRound, Team, Response, Answer, OtherText, Segment, Tally)
    return {model.__name__: content(model) for model in models}
