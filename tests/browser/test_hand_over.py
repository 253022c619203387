"""From sharing to the page for works council and data protection, and onto paper."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from survey.models import SurveyRound
from survey.report import pdf
from tests.browser.signing_in import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("zorg")]


@pytest.fixture
def hand_over(new_context, ilse, survey_round):
    """The page, as HR comes to it from the link that she shares."""
    SurveyRound.objects.update(asked_by="Ilse Maes, HR", threshold=7)
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    sign_in(page, ilse)
    page.goto(survey_round.get_absolute_url())
    page.get_by_role("link", name="Deel de bevraging").click()
    page.get_by_role("link", name="Voor ondernemingsraad en gegevensbescherming").click()
    return page


def test_the_page_is_filled_in_with_this_round(hand_over, axe):
    expect(
        hand_over.get_by_role("heading", name="Wat we vragen, wat we bewaren en wie wat ziet")
    ).to_be_visible()
    told = hand_over.locator("article.hand-over").inner_text()
    assert "Ilse Maes, HR" in told
    assert "7 " in told
    assert "Woonzorgcentrum De Linde" in told
    axe(hand_over)


def test_only_the_page_itself_is_printed(hand_over):
    hand_over.emulate_media(media="print")

    expect(hand_over.locator("article.hand-over")).to_be_visible()
    expect(hand_over.locator("header.site-header")).to_be_hidden()
    expect(hand_over.locator("footer.site-footer")).to_be_hidden()
    expect(hand_over.get_by_role("link", name="PDF").first).to_be_hidden()


@pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")
def test_the_pdf_holds_the_same(hand_over):
    href = hand_over.get_by_role("link", name="PDF").first.get_attribute("href")

    document = PdfReader(io.BytesIO(hand_over.request.get(href).body()))

    assert len(document.pages) <= 4
    assert "Ilse Maes, HR" in "".join(each.extract_text() for each in document.pages)
