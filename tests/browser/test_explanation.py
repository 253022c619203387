"""From the front page to the explanation and back to a form, with real clicks; and on paper."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}
LANGUAGES = ["nl", "fr", "en", "de"]


def has_scrolled_to(page, anchor):
    """Whether the reader now looks at this place, once scrolling has come to rest."""
    page.wait_for_function(
        """anchor => {
             const top = document.getElementById(anchor).getBoundingClientRect().top;
             return top >= 0 && top < innerHeight;
           }""",
        arg=anchor,
    )
    return page.url.endswith(f"#{anchor}")


def print_page(page):
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("width", [320, 1280])
def test_from_the_front_page_to_every_part_of_the_explanation(new_context, questionnaire, width):
    page = new_context(viewport={"width": width, "height": 740}).new_page()
    page.goto("/")

    page.get_by_role("link", name="Uitleg", exact=True).click()
    page.wait_for_url("**/uitleg/")
    anchors = [
        link.get_attribute("href").removeprefix("#") for link in page.locator(".contents a").all()
    ]

    assert len(anchors) == 8
    for anchor in anchors:
        page.locator(f'.contents a[href="#{anchor}"]').click()
        assert has_scrolled_to(page, anchor)

    page.get_by_role("link", name="Toegankelijkheid").click()
    page.wait_for_url("**/toegankelijkheid/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Toegankelijkheid")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_front_page_leads_to_what_cannot_be_promised(new_context, questionnaire):
    page = new_context(viewport=PHONE).new_page()
    page.goto("/")

    page.get_by_role("link", name="Lees ook wat we niet kunnen beloven").click()

    assert has_scrolled_to(page, "grenzen")


def test_who_reads_the_promises_halfway_finds_the_answers_again(new_context, survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg")
    page = new_context(viewport=PHONE).new_page()
    page.goto(team.get_absolute_url())
    page.locator('label:has(input[name="v1"][value="nee"])').click()
    page.locator('label:has(input[name="v6"][value="andere"])').click()
    page.locator("#v6-tekst").fill("Op de parking")

    page.get_by_role("link", name="Wat we wel en niet kunnen beloven").click()
    assert has_scrolled_to(page, "beloften")
    page.go_back()

    expect(page.locator('input[name="v1"][value="nee"]')).to_be_checked()
    expect(page.locator("#v6-tekst")).to_have_value("Op de parking")
    expect(page.locator("[data-progress]")).to_have_text("2 van 11 beantwoord")


@pytest.mark.parametrize("language", LANGUAGES)
def test_leading_the_conversation_is_printed_on_one_page(new_context, language):
    page = new_context(locale=language).new_page()
    page.goto("/uitleg/")
    heading = page.locator("#gesprek").inner_text()
    last_line = page.locator(".conversation li").last.inner_text()

    sheets = [" ".join(sheet.extract_text().split()) for sheet in print_page(page).pages]

    assert [heading in sheet for sheet in sheets].index(True) == len(sheets) - 1
    assert "20’" in sheets[-1]
    assert last_line[-20:] in sheets[-1]


def test_on_paper_nothing_is_left_to_click(new_context):
    page = new_context().new_page()
    page.goto("/uitleg/")
    page.emulate_media(media="print")

    for of_the_screen in [".site-header", ".contents", ".site-footer"]:
        expect(page.locator(of_the_screen)).to_be_hidden()
    expect(page.locator("#beloften")).to_be_visible()
