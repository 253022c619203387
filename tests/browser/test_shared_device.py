"""Promise T8 of docs/promises.md on a device that several colleagues use."""

import pytest

from survey.models import Response
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)

STORES = """async () => ({
    local: localStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: window.caches ? (await caches.keys()).length : 0,
    workers: navigator.serviceWorker
        ? (await navigator.serviceWorker.getRegistrations()).length : 0,
})"""
NOTHING = {"local": 0, "databases": 0, "caches": 0, "workers": 0}
TEXT = "merkteken-aanvulling"


@pytest.fixture
def team(survey_round):
    return TeamFactory(survey_round=survey_round, name="Zorg", headcount=15)


def fill_in(page, team):
    page.goto(team.get_absolute_url())
    page.locator('label:has(input[name="v1"][value="ja"])').click()
    page.locator('label:has(input[name="v6"][value="andere"])').click()
    page.locator('[name="v6-tekst"]').fill(TEXT)


def check_that_only_two_cookies_are_left(context, team):
    assert {cookie["name"] for cookie in context.cookies()} <= {"csrf", "taal"}
    assert TEXT not in str(context.cookies())
    next_tab = context.new_page()
    next_tab.goto(team.get_absolute_url())
    assert next_tab.evaluate("sessionStorage.length") == 0
    assert next_tab.evaluate(STORES) == NOTHING
    assert next_tab.locator('[name="v6-tekst"]').input_value() == ""
    assert not next_tab.locator('input[name="v1"][value="ja"]').is_checked()


def test_t8_of_a_form_that_was_sent_only_two_cookies_outlive_the_tab(new_context, team):
    context = new_context()
    page = context.new_page()
    fill_in(page, team)
    page.locator('button[name="taal"][value="fr"]').first.click()
    page.wait_for_load_state()
    page.locator("form.answers .send button[type=submit]").click()
    page.wait_for_url("**/bedankt/**")
    page.close()

    assert Response.objects.count() == 1
    check_that_only_two_cookies_are_left(context, team)


def test_t8_of_a_form_that_was_not_sent_the_draft_goes_with_the_tab(new_context, team):
    context = new_context()
    page = context.new_page()
    fill_in(page, team)
    assert TEXT in page.evaluate("JSON.stringify(sessionStorage)")  # the scan would see it
    page.close()

    check_that_only_two_cookies_are_left(context, team)
