"""The link for everybody: choose a team, and choose again who chose the wrong one."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from survey.models import Response
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("script", [True, False])
def test_who_chose_the_wrong_team_still_counts_in_the_right_one(
    new_context, survey_round, zorg, axe, script
):
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    page = new_context(viewport=PHONE, java_script_enabled=script).new_page()
    page.goto(reverse("respond", args=[survey_round.grouped_token]))
    page.get_by_role("link", name="Keuken").click()
    expect(page.locator(".for-whom")).to_contain_text("Keuken")

    page.get_by_role("link", name="Niet jouw team?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("In welk team werk je?")
    if script:
        axe(page)
    page.get_by_role("link", name="Zorg").click()
    expect(page.locator(".for-whom")).to_contain_text("Zorg")
    page.locator('label:has(input[name="v1"][value="ja"])').click()
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()

    page.wait_for_url("**/bedankt/")
    expect(page.locator(".for-whom")).to_contain_text("Zorg")
    assert Response.objects.get().team == zorg
    zorg.refresh_from_db()
    keuken.refresh_from_db()
    assert (zorg.response_count, keuken.response_count) == (1, 0)
