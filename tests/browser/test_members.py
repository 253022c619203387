"""Preparing together, in a real browser: inviting a colleague, joining teams, asking again."""

import pytest
from playwright.sync_api import expect

from survey.closing import close_round
from survey.models import Membership, SurveyRound
from tests.factories import TeamFactory, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_colleague_is_invited_and_becomes_facilitator(new_context, hr, de_linde, axe):
    hr.get_by_role("link", name="Leden").click()
    axe(hr)
    hr.get_by_label("E-mailadres van je collega").fill("mia@delinde.example")
    hr.get_by_role("button", name="Verstuur de uitnodiging").click()
    axe(hr)
    link = hr.get_by_text("/uitnodiging/").first.inner_text()

    mia = new_context().new_page()
    mia.goto(link)
    axe(mia)
    mia.locator("#inhoud button[type=submit]").first.click()
    mia.get_by_label("E-mail", exact=True).fill("mia@delinde.example")
    mia.locator("input[type=password]").first.fill("koffie om tien uur")
    mia.locator("form:has(input[type=password]) button[type=submit]").click()
    mia.wait_for_load_state()
    if "/uitnodiging/" in mia.url:
        mia.locator("#inhoud button[type=submit]").first.click()

    expect(mia.get_by_role("heading", name="Woonzorgcentrum De Linde")).to_be_visible()
    member = Membership.objects.get(organisation=de_linde, user__email="mia@delinde.example")
    assert member.role == Membership.Role.FACILITATOR


def test_two_small_teams_become_one_and_their_links_keep_working(
    new_context, hr, survey_round, zorg, axe
):
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", headcount=4, position=1)
    TeamFactory(survey_round=survey_round, name="Onthaal", headcount=3, position=2)
    send(keuken, v1="ja")
    hr.goto(survey_round.get_absolute_url())
    hr.get_by_role("link", name="Voeg teams samen").click()
    axe(hr)
    hr.get_by_label("Keuken").check()
    hr.get_by_label("Onthaal").check()
    hr.get_by_label("Naam van het nieuwe team").fill("Keuken en onthaal")
    hr.get_by_role("button", name="Voeg samen").click()

    expect(hr.get_by_role("row", name="Keuken en onthaal")).to_contain_text("1 van 7")
    colleague = new_context().new_page()
    colleague.goto(keuken.get_absolute_url())
    expect(colleague.get_by_text("Keuken en onthaal")).to_be_visible()


def test_a_closed_round_is_asked_again_with_the_same_teams(hr, survey_round, zorg, axe):
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(survey_round)
    hr.goto(survey_round.get_absolute_url())
    hr.get_by_role("link", name="Vraag het opnieuw").click()
    axe(hr)
    expect(hr.get_by_label("Naam van team 1")).to_have_value("Zorg")
    hr.get_by_role("button", name="Start de bevraging").click()

    hr.get_by_role("row", name="Zorg").wait_for()
    assert SurveyRound.objects.get(previous=survey_round).teams.get().headcount == 15
