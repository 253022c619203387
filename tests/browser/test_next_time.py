"""What a team agrees on after one round is where its report of the next one begins."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from survey.models import ActionPoint, SurveyRound
from tests.factories import send

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Eén keer per week samen eten"


@pytest.fixture
def on_round(hr, closed):
    """The page of a closed round, as HR comes to it from her organisation."""
    hr.reload()
    hr.get_by_role("link", name=closed.title, exact=True).click()
    return hr


def write_plan(page, review_on):
    """From the round to the plan of Zorg."""
    page.get_by_role("link", name="Zorg", exact=True).click()
    page.get_by_role("link", name="Vul het plan in", exact=True).click()
    page.get_by_label("Wij kiezen").fill(TEXT)
    page.get_by_label("Wie trekt de kar?").fill("Sofie")
    page.get_by_label("We bekijken het opnieuw op").fill(review_on.isoformat())
    page.get_by_role("button", name="Bewaar het plan").click()
    expect(page.get_by_role("status")).to_have_text("Het plan is bewaard.")


def close(page):
    page.get_by_role("link", name="Sluit af").click()
    page.get_by_label("Hoeveel papieren formulieren").fill("0")
    page.locator("form label:has(input[type=checkbox])").click()
    page.get_by_role("button", name="Sluit definitief af").click()
    page.wait_for_url("**/rapport/**")


def test_the_date_of_an_action_goes_into_a_calendar(on_round, closed):
    review_on = timezone.localdate() + timedelta(days=30)
    write_plan(on_round, review_on)

    with on_round.expect_download() as download:
        on_round.get_by_role("link", name="Zet in mijn agenda").click()

    assert download.value.suggested_filename == "leercultuur.ics"
    lines = Path(download.value.path()).read_bytes().decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert f"DTSTART;VALUE=DATE:{review_on:%Y%m%d}" in lines
    assert f"SUMMARY:Hoe loopt het? {TEXT}" in lines
    assert ActionPoint.objects.get().review_on == review_on


def test_the_next_report_begins_with_what_was_agreed(on_round, closed, axe):
    write_plan(on_round, timezone.localdate() + timedelta(days=30))
    on_round.get_by_role("link", name="Naar de bevraging").click()

    on_round.get_by_role("link", name="Vraag het opnieuw").click()
    on_round.get_by_label("Titel").fill("Een jaar later")
    on_round.get_by_role("button", name="Start de bevraging").click()
    expect(on_round.get_by_role("heading", level=1)).to_have_text("Een jaar later")
    later = SurveyRound.objects.get(previous=closed)
    for team in later.teams.all():
        for _ in range(5):
            send(team, v1="ja")
    on_round.reload()
    close(on_round)
    on_round.get_by_role("link", name="Zorg", exact=True).click()

    agreed = on_round.get_by_role("region", name="Wat spraken we vorige keer af?")
    expect(agreed.get_by_role("listitem")).to_contain_text([TEXT])
    axe(on_round)
    parts = on_round.locator(".report-part h2").all_inner_texts()
    assert parts.index("Wat spraken we vorige keer af?") < parts.index("Wij verwachten …")
    on_round.get_by_role("link", name="Keuken", exact=True).click()
    expect(on_round.get_by_role("link", name="Keuken", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    expect(on_round.get_by_text(TEXT)).to_have_count(0)
