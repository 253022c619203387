"""Trying the eleven questions: the report follows the language of its reader."""

import pytest
from playwright.sync_api import expect

from survey.models import Response

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("script", [True, False])
def test_the_report_is_read_in_another_language_with_the_same_answers(
    new_context, questionnaire, axe, width, script
):
    context = new_context(viewport={"width": width, "height": 740}, java_script_enabled=script)
    page = context.new_page()
    page.goto("/probeer/")
    page.locator('label:has(input[name="v1"][value="nee"])').click()
    page.locator('label:has(input[name="v6"][value="andere"])').click()
    page.locator("#v6-tekst").fill("Op de parking")
    page.get_by_role("button", name="Toon mijn rapport").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jouw elf antwoorden")

    page.get_by_role("button", name="Français").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Vos onze réponses")
    expect(page.get_by_text("Op de parking")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if script:
        axe(page)
    assert not Response.objects.exists()
