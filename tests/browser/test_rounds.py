"""While a round runs, in a real browser: more time, another team, another name, void; and what
was agreed in all rounds together."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from survey.models import Response
from tests.factories import send

pytestmark = pytest.mark.django_db(transaction=True)


def test_hr_gives_more_time(hr, survey_round, zorg, axe):
    later = timezone.localdate() + timedelta(days=40)
    hr.goto(survey_round.get_absolute_url())
    hr.get_by_role("link", name="Geef meer tijd").click()
    axe(hr)
    hr.get_by_label("Nieuwe einddatum").fill(later.isoformat())
    hr.get_by_role("button", name="Geef meer tijd").click()

    expect(hr.get_by_text("nog 40 dagen")).to_be_visible()
    survey_round.refresh_from_db()
    assert survey_round.closing_date == later


def test_a_team_is_added_and_gets_another_name(hr, survey_round, zorg, axe):
    hr.goto(survey_round.get_absolute_url())
    hr.get_by_role("link", name="Voeg een team toe").click()
    axe(hr)
    hr.get_by_label("Naam van het team").fill("Keuken")
    hr.get_by_label("Aantal collega’s").fill("9")
    hr.get_by_role("button", name="Bewaar").click()
    expect(hr.get_by_role("row", name="Keuken")).to_contain_text("0 van 9")

    hr.get_by_role("row", name="Keuken").get_by_role("link", name="Naam of aantal").click()
    axe(hr)
    hr.get_by_label("Naam van het team").fill("Keuken en zaal")
    hr.get_by_role("button", name="Bewaar").click()

    expect(hr.get_by_role("row", name="Keuken en zaal")).to_contain_text("0 van 9")


def test_who_fills_in_together_gets_one_row_unless_more_are_filled_in(hr, survey_round, axe):
    hr.goto(reverse("survey_round_new", args=[survey_round.organisation_id]))
    rows = hr.locator(".team-row")
    together = hr.get_by_label("Samen: één team vult samen in")
    expect(rows.filter(visible=True)).to_have_count(3)

    together.check()
    expect(rows.filter(visible=True)).to_have_count(1)
    expect(hr.get_by_role("button", name="Nog een team")).to_be_hidden()
    axe(hr)

    hr.get_by_label("Anoniem: elke collega vult apart in").check()
    hr.get_by_label("Naam van team 2").fill("Keuken")
    together.check()
    expect(rows.filter(visible=True)).to_have_count(2)


def test_of_a_void_round_only_the_reason_stays(hr, survey_round, zorg, axe):
    send(zorg, v1="ja")
    hr.goto(survey_round.get_absolute_url())
    hr.get_by_role("link", name="Verklaar ongeldig").click()
    axe(hr)
    hr.get_by_label("Waarom is deze bevraging ongeldig?").fill("De link stond op het internet.")
    hr.get_by_role("button", name="Verklaar ongeldig en wis alles").click()

    expect(hr.get_by_role("heading", name="Deze bevraging is ongeldig")).to_be_visible()
    expect(hr.get_by_text("De link stond op het internet.")).to_be_visible()
    axe(hr)
    assert not Response.objects.exists()


def test_what_all_teams_agreed_stands_on_one_page(hr, de_linde, action, axe):
    hr.goto(de_linde.get_absolute_url())
    hr.get_by_role("link", name="Alle acties").click()

    expect(hr.get_by_text("Eén keer per week samen eten")).to_be_visible()
    axe(hr)
