"""What a session keeps of typed sheets is forgotten once their round is finished (T6, T9)."""

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from survey.closing import close_round
from survey.keeping.retention import clear_sessions
from survey.models import Team
from survey.prepare.voiding import void_round
from tests.factories import SurveyRoundFactory, TeamFactory, send


def kept():
    """What all sessions keep of sheets."""
    names = ("last_sheet", "sheet_numbers")
    decoded = [session.get_decoded() for session in Session.objects.all()]
    return [{name: each[name] for name in names if each.get(name)} for each in decoded]


@pytest.fixture
def hr(sign_in, ilse, zorg):
    """HR, who typed a sheet of Zorg with a text."""
    client = sign_in(ilse)
    for _ in range(4):
        send(zorg, v1="ja")
    type_sheet(client, zorg)
    assert kept()[0]["sheet_numbers"] == {str(zorg.pk): 1}
    return client


def type_sheet(client, team):
    address = reverse("paper_entry", kwargs={"round_id": team.survey_round_id, "team_id": team.pk})
    client.post(address, {"sleutel": str(uuid.uuid4()), "v6-tekst": "Op de trap"})


def test_who_closes_forgets_her_own_sheets_at_once(hr, survey_round):
    address = reverse("survey_round_close", args=[survey_round.pk])
    plan = hr.get(address).context["plan"]

    hr.post(address, {"papers_left": "0", "is_certain": "on", "plan": plan.fingerprint})

    survey_round.refresh_from_db()
    assert survey_round.is_closed
    assert kept() == [{}]


@pytest.mark.parametrize("finish", [close_round, lambda each: void_round(each, "spam")])
def test_the_sheets_of_somebody_else_go_with_the_daily_command(hr, survey_round, finish):
    finish(survey_round)

    clear_sessions()

    assert kept() == [{}]


def test_sheets_of_a_team_that_is_gone_go_too(hr, zorg):
    Team.objects.filter(pk=zorg.pk).delete()

    clear_sessions()

    assert kept() == [{}]


def test_sheets_of_open_rounds_stay(hr, survey_round, zorg, de_linde, questionnaire):
    other = SurveyRoundFactory(organisation=de_linde, questionnaire=questionnaire)
    nacht = TeamFactory(survey_round=other, name="Nacht")
    type_sheet(hr, nacht)
    close_round(survey_round)

    clear_sessions()

    [left] = kept()
    assert left["sheet_numbers"] == {str(nacht.pk): 1}
    assert left["last_sheet"]["team_id"] == str(nacht.pk)


def test_a_session_without_sheets_is_left_alone(client, sign_in, ilse):
    sign_in(ilse)
    before = Session.objects.get().session_data

    clear_sessions()

    assert Session.objects.get().session_data == before
