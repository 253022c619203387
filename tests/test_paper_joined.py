"""Sheets of paper of a team that is joined with another, before or while one types."""

import pytest
from django.urls import reverse

from survey.holding import hold_unfinished
from survey.models import Answer, OtherText
from survey.prepare.joining import join_teams
from tests.factories import TeamFactory
from tests.forms_on_pages import forms_on
from tests.scan import stored


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


@pytest.fixture
def hr(sign_in, ilse):
    return sign_in(ilse)


def at(name, team):
    return reverse(name, kwargs={"round_id": team.survey_round_id, "team_id": team.pk})


def forms_of(hr, team):
    """What the forms on the page where one types hold before one types, by their address."""
    path = at("paper_entry", team)
    return hidden_on(hr.get(path))


def hidden_on(page):
    forms = forms_on(page.content.decode(), "/")
    hidden = {"sleutel", "link"}
    return {
        form.action: {name: form.values[name] for name in hidden & {*form.values}} for form in forms
    }


def join(*teams):
    with hold_unfinished(teams[0].survey_round) as held:
        return join_teams(held, list(teams), "Huis")


def test_the_last_sheet_of_either_team_can_be_taken_back(hr, zorg, keuken):
    hr.post(at("paper_entry", zorg), forms_of(hr, zorg)[at("paper_entry", zorg)] | {"v1": "ja"})
    sheet = forms_of(hr, keuken)[at("paper_entry", keuken)]
    hr.post(at("paper_entry", keuken), sheet | {"v1": "nee", "v8-tekst": "YouTube"})
    huis = join(zorg, keuken)

    page = hr.post(at("paper_undo", huis), follow=True).content.decode()

    assert "Blad 1 is ongedaan gemaakt" in page
    huis.refresh_from_db()
    assert huis.response_count == 1
    assert [answer.choice.code for answer in Answer.objects.all()] == ["ja"]
    assert not OtherText.objects.exists()


def test_a_sheet_that_was_being_typed_goes_to_the_new_team(hr, zorg, keuken):
    sheet = forms_of(hr, keuken)[at("paper_entry", keuken)]
    huis = join(zorg, keuken)

    saved = hr.post(at("paper_entry", keuken), sheet | {"v1": "ja", "v8-tekst": "YouTube"})

    huis.refresh_from_db()
    assert saved.url == at("paper_entry", huis)
    assert huis.response_count == 1
    assert stored() == (1, 2, 1)


def test_a_sheet_that_was_saved_just_before_can_be_taken_back_from_its_old_page(hr, zorg, keuken):
    sheet = forms_of(hr, keuken)[at("paper_entry", keuken)]
    hr.post(at("paper_entry", keuken), sheet | {"v1": "ja"})
    button = forms_of(hr, keuken)[at("paper_undo", keuken)]
    huis = join(zorg, keuken)

    answer = hr.post(at("paper_undo", keuken), button)

    assert answer.url == at("paper_entry", huis)
    assert stored() == (0, 0, 0)


def test_what_was_typed_comes_back_at_the_new_team_if_it_is_refused(hr, zorg, keuken):
    sheet = forms_of(hr, keuken)[at("paper_entry", keuken)]
    huis = join(zorg, keuken)

    refused = hr.post(at("paper_entry", keuken), sheet | {"v1": "ja", "v6-tekst": "x" * 301})
    page, again = refused.content.decode(), hidden_on(refused)[at("paper_entry", huis)]
    saved = hr.post(at("paper_entry", huis), again | {"v1": "ja", "v6-tekst": "kort"})

    assert refused.status_code == 422
    assert ("Papier van Huis" in page, "x" * 301 in page) == (True, True)
    assert (saved.status_code, stored()) == (302, (1, 2, 1))


def test_a_link_of_a_team_elsewhere_leads_nowhere(hr, zorg, keuken, earlier):
    elsewhere = TeamFactory(survey_round=earlier)
    address = at("paper_entry", keuken)
    join(zorg, keuken)

    statuses = [
        hr.post(address, {"v1": "ja", "link": token}).status_code
        for token in (elsewhere.token, zorg.token, "", "x" * 5000)
    ]

    assert statuses == [404, 404, 404, 404]
