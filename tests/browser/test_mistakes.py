"""After a mistake the summary is what a screen reader and a keyboard meet first, each time."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("has_script", [True, False])
def test_the_summary_gets_the_focus_again_and_again(new_context, ilse, survey_round, has_script):
    page = new_context(java_script_enabled=has_script).new_page()
    sign_in(page, ilse)
    page.goto(reverse("team_new", args=[survey_round.pk]))

    for _ in range(2):
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_role("alert")).to_be_focused()
        page.get_by_role("link", name="Naam van het team:").click()
        expect(page.get_by_label("Naam van het team")).to_be_focused()


@pytest.mark.parametrize("has_script", [True, False])
def test_the_form_of_a_colleague_does_so_too(new_context, zorg, has_script):
    page = new_context(java_script_enabled=has_script).new_page()
    page.goto(zorg.get_absolute_url())

    for _ in range(2):
        page.get_by_role("button", name="Verstuur mijn antwoorden").click()
        expect(page.get_by_role("alert")).to_be_focused()
        page.get_by_role("link", name="Je formulier is nog leeg").click()
        page.wait_for_timeout(1100)  # a second press within a second is a double click
