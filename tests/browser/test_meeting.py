"""The team's meeting in a real browser: review, plan, sheet, notice board, and the time before."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from survey.closing import close_round
from survey.models import ActionPoint, OtherText
from tests.browser.signing_in import sign_in
from tests.factories import SurveyRoundFactory, TeamFactory, send

pytestmark = pytest.mark.django_db(transaction=True)


def close_with(survey_round, yes):
    """Close the round with ten responses of Zorg, of which so many say yes to question 1."""
    zorg = TeamFactory(survey_round=survey_round, name="Zorg", headcount=15)
    for number in range(10):
        texts = {"v6": "Vraag het aan Marleen"} if number == 0 else {}
        send(zorg, v1="ja" if number < yes else "nee", v6=["koffie"], texts=texts)
    return close_round(survey_round)


@pytest.fixture
def closed_round(questionnaire, de_linde):
    before = close_with(SurveyRoundFactory(organisation=de_linde, title="Vorig jaar"), yes=2)
    return close_with(
        SurveyRoundFactory(organisation=de_linde, title="Dit jaar", previous=before), yes=9
    )


@pytest.fixture
def report(new_context, closed_round):
    """Return a function that opens the report as somebody."""

    def open_report(person):
        page = new_context(viewport={"width": 1280, "height": 800}).new_page()
        sign_in(page, person)
        page.goto(reverse("report", args=[closed_round.pk]))
        return page

    return open_report


def test_hr_blacks_a_name_out_before_the_report_shows_it(report, ilse, closed_round, axe):
    page = report(ilse)
    expect(page.get_by_text("Eén aanvulling is nog niet nagelezen")).to_be_visible()
    page.get_by_role("link", name="Eén aanvulling na te lezen").click()
    axe(page)
    expect(page.get_by_text("Zorg")).to_have_count(0)

    page.get_by_text("Zeg het met andere woorden", exact=True).click()
    page.locator("details textarea").fill("Vraag het aan ███")
    page.get_by_role("button", name="Toon in deze woorden").click()
    page.goto(reverse("report", args=[closed_round.pk]))

    expect(page.get_by_text("‘Vraag het aan ███’").first).to_be_visible()
    assert not OtherText.objects.of_round(closed_round).filter(text__contains="Marleen").exists()


def test_the_facilitator_fills_in_the_plan_and_prints_it(report, bram, closed_round, axe):
    page = report(bram)
    page.get_by_role("link", name="Vul het plan in").first.click()
    axe(page)
    page.get_by_label("Wij kiezen").first.fill("Elke nieuwe collega krijgt een meter of peter.")
    page.get_by_label("Wie trekt de kar?").first.fill("Nele")
    in_a_month = (timezone.localdate() + timedelta(days=30)).isoformat()
    page.get_by_label("We bekijken het opnieuw op").first.fill(in_a_month)
    page.get_by_label("mededelingenbord").first.check()
    page.get_by_role("button", name="Bewaar het plan").click()

    page.goto(reverse("report", args=[closed_round.pk]))
    expect(page.locator(".plan dd", has_text="meter of peter")).to_be_visible()
    pdf = PdfReader(io.BytesIO(page.request.get(f"{page.url}pdf/").body()))
    assert "meter of peter" in pdf.pages[-1].extract_text()
    assert ActionPoint.objects.get().who == "Nele"


def test_sheet_and_notice_board_are_one_click_from_the_report(report, bram, closed_round, axe):
    page = report(bram)
    page.get_by_role("link", name="Deelnemersblad").click()
    axe(page)
    href = page.get_by_role("link", name="PDF van twee bladzijden").get_attribute("href")
    assert len(PdfReader(io.BytesIO(page.request.get(href).body())).pages) == 2

    page.goto(reverse("report", args=[closed_round.pk]))
    page.get_by_role("link", name="Voor op het bord").click()
    page.get_by_label("1. ").first.check()
    page.get_by_role("button", name="Hang dit op het bord").click()
    axe(page)
    href = page.get_by_role("link", name="PDF op A3").get_attribute("href")
    [sheet] = PdfReader(io.BytesIO(page.request.get(href).body())).pages
    assert round(float(sheet.mediabox.width) / 72 * 25.4) == 297


def test_the_time_before_stands_beside_and_only_large_differences_are_named(report, bram, axe):
    page = report(bram)
    page.get_by_role("link", name="Vergelijk met vorige keer").click()
    axe(page)

    first = page.locator("section", has=page.get_by_role("heading", name="Heeft elke")).last
    assert "2 van 10" in first.inner_text()
    assert "9 van 10" in first.inner_text()
    expect(first.get_by_text("nu vaker")).to_be_visible()
    second = page.locator("section", has=page.get_by_role("heading", name="Waar ontmoeten")).last
    expect(second.get_by_text("nu vaker")).to_have_count(0)
