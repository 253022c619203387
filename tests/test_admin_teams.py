"""The teams of a survey round in the admin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from survey.models import Response, SurveyRound, Team
from tests.admin_data import (
    filled_in,
    make_anonymous_round,
    make_team_round,
    url_of,
    words_of,
)

ADD = "/admin/survey/surveyround/add/"


@pytest.fixture
def open_round(questionnaire, de_linde):
    return make_anonymous_round(de_linde)


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


@pytest.fixture
def new_round(questionnaire, de_linde):
    """What the browser sends of a round that is made with the teams Zorg and Keuken."""
    return {
        "organisation": de_linde.pk,
        "title": "Voorjaar",
        "closing_date": timezone.localdate() + timedelta(days=30),
        "mode": "ANONYMOUS",
        "threshold": 6,
        "questionnaire": questionnaire.pk,
        "asked_by": "Ilse",
        "purpose": "Leren",
        "read_by": "Iedereen",
        "heard_when": "Straks",
        "contact": "Ilse",
        "teams-TOTAL_FORMS": 2,
        "teams-INITIAL_FORMS": 0,
        "teams-0-name": "Zorg",
        "teams-0-headcount": 12,
        "teams-1-name": "Keuken",
        "teams-1-headcount": 8,
    }


def test_a_round_is_made_with_its_teams(desk, new_round):
    desk.post(ADD, new_round)

    survey_round = SurveyRound.objects.get()
    assert survey_round.threshold == 6
    assert [team.name for team in survey_round.teams.all()] == ["Zorg", "Keuken"]


@pytest.mark.parametrize("name", ["Zorg", "zorg"])
def test_two_new_teams_have_two_names_whatever_the_capitals(desk, new_round, name):
    page = desk.post(ADD, new_round | {"teams-1-name": name})

    assert page.status_code == 200
    assert "Deze naam staat er al. Geef elk team een eigen naam." in words_of(page)
    assert not SurveyRound.objects.exists()


@pytest.mark.parametrize("name", ["Keuken", "KEUKEN"])
@pytest.mark.parametrize("of_keuken", ["Keuken", "Zorg"])
def test_a_team_gets_no_name_that_another_one_has(desk, open_round, name, of_keuken):
    sent = filled_in(open_round, teams__0__name=name, teams__1__name=of_keuken)

    page = desk.post(url_of(open_round), sent)

    [refused, *_others] = page.context["inline_admin_formsets"][0].formset.errors
    assert refused == {"name": ["Deze naam staat er al. Geef elk team een eigen naam."]}
    assert [team.name for team in open_round.teams.all()] == ["Zorg", "Keuken", "Onthaal"]


def test_the_name_of_a_team_that_goes_is_free(desk, open_round):
    Response.objects.filter(team__name="Keuken").delete()
    Team.objects.filter(name="Keuken").update(response_count=0)
    sent = filled_in(open_round, teams__1__DELETE=1, teams__TOTAL_FORMS=4)

    desk.post(url_of(open_round), sent | {"teams-3-name": "KEUKEN", "teams-3-headcount": 9})

    assert sorted(team.name for team in open_round.teams.all()) == ["KEUKEN", "Onthaal", "Zorg"]


def test_a_team_may_change_the_capitals_of_its_own_name(desk, open_round):
    desk.post(url_of(open_round), filled_in(open_round, teams__0__name="ZORG"))

    assert open_round.teams.filter(name="ZORG").exists()


def test_who_fills_in_together_is_one_team_from_the_start(desk, new_round):
    page = desk.post(ADD, new_round | {"mode": "ORGANISATION"})

    assert "Wie samen invult, doet dat als één team." in words_of(page)
    assert not SurveyRound.objects.exists()


def test_who_fills_in_together_gets_no_second_team(desk, questionnaire, de_linde):
    together = make_team_round(de_linde)
    second = {"teams__1__name": "Zorg", "teams__1__headcount": 5, "teams__TOTAL_FORMS": 2}

    page = desk.post(url_of(together), filled_in(together, **second))

    assert "Wie samen invult, doet dat als één team." in words_of(page)
    assert together.teams.count() == 1


def test_a_round_needs_a_team(desk, open_round):
    sent = filled_in(open_round, teams__0__DELETE=1, teams__1__DELETE=1, teams__2__DELETE=1)
    Team.objects.update(response_count=0)

    page = desk.post(url_of(open_round), sent)

    assert page.status_code == 200
    assert open_round.teams.count() == 3


def test_saving_keeps_a_response_that_came_in_meanwhile(desk, open_round):
    team = open_round.teams.get(name="Zorg")
    counts = [7]

    def come_in_just_before(execute, sql, params, many, context):
        if counts and sql.startswith('UPDATE "survey_team"'):
            Team.objects.filter(pk=team.pk).update(response_count=counts.pop())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(come_in_just_before):
        desk.post(url_of(open_round), filled_in(open_round, teams__0__name="Zorg en nacht"))

    team.refresh_from_db()
    assert (team.name, team.response_count) == ("Zorg en nacht", 7)


def test_a_team_with_responses_stays(desk, open_round):
    page = desk.post(url_of(open_round), filled_in(open_round, teams__1__DELETE=1))

    assert "Team Keuken heeft al inzendingen en kan niet meer weg." in words_of(page)
    assert open_round.teams.count() == 3


def test_a_team_without_responses_can_go(desk, open_round):
    Response.objects.filter(team__name="Keuken").delete()
    Team.objects.filter(name="Keuken").update(response_count=0)

    desk.post(url_of(open_round), filled_in(open_round, teams__1__DELETE=1))

    assert [team.name for team in open_round.teams.all()] == ["Zorg", "Onthaal"]
