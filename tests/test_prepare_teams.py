"""The teams of a survey round, before closing."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from survey.models import SurveyRound
from survey.models.teams import is_name_taken
from tests.factories import SurveyRoundFactory, TeamFactory, send


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


def page(response):
    return response.content.decode()


def at(name, survey_round, **arguments):
    return reverse(name, kwargs={"round_id": survey_round.pk, **arguments})


def changing(name, team):
    arguments = {"team_id": team.pk} if name == "team_edit" else {}
    return at(name, team.survey_round, **arguments)


def test_a_team_can_be_added_at_the_end(sign_in, ilse, survey_round, keuken):
    response = sign_in(ilse).post(
        at("team_new", survey_round), {"name": "Onthaal", "headcount": "4"}
    )

    assert response.status_code == 302
    teams = survey_round.teams.values_list("position", "name", "headcount")
    assert list(teams) == [(2, "Keuken", 6), (3, "Onthaal", 4)]


def test_a_team_keeps_its_link_and_responses_when_it_changes(sign_in, ilse, zorg):
    send(zorg, v1="ja")
    token = zorg.token

    sign_in(ilse).post(changing("team_edit", zorg), {"name": "Zorg en nacht", "headcount": "18"})

    zorg.refresh_from_db()
    assert (zorg.name, zorg.headcount, zorg.response_count) == ("Zorg en nacht", 18, 1)
    assert zorg.token == token


def test_a_team_may_change_the_capitals_of_its_own_name(sign_in, ilse, zorg):
    response = sign_in(ilse).post(changing("team_edit", zorg), {"name": "ZORG", "headcount": "15"})

    assert response.status_code == 302


@pytest.mark.parametrize("name", ["team_new", "team_edit"])
@pytest.mark.parametrize(
    "sent",
    [
        {"name": "keuken", "headcount": "5"},
        {"name": "", "headcount": "5"},
        {"name": "x" * 101, "headcount": "5"},
        {"name": "Onthaal", "headcount": "0"},
        {"name": "Onthaal", "headcount": "-3"},
        {"name": "Onthaal", "headcount": "veel"},
        {},
    ],
)
def test_bad_input_about_a_team_stores_nothing(sign_in, ilse, zorg, keuken, name, sent):
    response = sign_in(ilse).post(changing(name, zorg), sent)

    assert response.status_code == 422
    assert page(response).count('class="error-summary"') == 1
    assert set(zorg.survey_round.teams.values_list("name", flat=True)) == {"Zorg", "Keuken"}


def test_who_fill_in_together_stay_one_team(sign_in, ilse, de_linde, questionnaire):
    together = SurveyRoundFactory(organisation=de_linde, mode=SurveyRound.Mode.ORGANISATION)
    TeamFactory(survey_round=together)

    sign_in(ilse).post(at("team_new", together), {"name": "Onthaal", "headcount": "4"})

    assert together.teams.count() == 1


def test_a_team_of_another_round_is_not_found(sign_in, ilse, survey_round, de_linde):
    elsewhere = TeamFactory(survey_round=SurveyRoundFactory(organisation=de_linde))

    response = sign_in(ilse).get(at("team_edit", survey_round, team_id=elsewhere.pk))

    assert response.status_code == 404


@pytest.mark.parametrize("other", ["Straße", "STRASSE", "straße"])
def test_capitals_make_no_other_name(other):
    assert is_name_taken("Strasse", ["Zorg", other])


def test_a_turkish_capital_makes_no_other_name():
    """PostgreSQL says so, and would refuse the second."""
    assert is_name_taken("izmir", ["İzmir"])


def test_the_database_holds_a_name_once_whatever_the_capitals(zorg):
    with pytest.raises(IntegrityError):
        TeamFactory(survey_round=zorg.survey_round, name="ZORG")
