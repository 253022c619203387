"""The big screen in a real browser: the count follows, HR closes, keys walk the slides."""

import pytest
from playwright.sync_api import expect

from survey.closing import close_round
from survey.models import SurveyRound
from tests.browser.signing_in import sign_in
from tests.factories import TeamFactory, send

pytestmark = pytest.mark.django_db(transaction=True)

WALL = {"width": 1280, "height": 720}
SMALLEST_TEXT = 28  # pixels: from five metres


@pytest.fixture
def zorg(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg", headcount=30)
    for number in range(6):
        send(team, v1="ja", v2="ja" if number < 3 else "nee", v10=["interesse"], v11=["goesting"])
    return team


def slide_in_view(page):
    """Return the number of the slide at the top of the screen."""
    return page.evaluate(
        """[...document.querySelectorAll('.slide')].findIndex(
          (slide) => Math.abs(slide.getBoundingClientRect().top) < 120) + 1"""
    )


def smallest_text(page, inside):
    return page.evaluate(
        """(inside) => Math.min(...[...document.querySelectorAll(`${inside} *`)]
          .filter((element) => element.offsetWidth > 1
            && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
          .map((element) => parseFloat(getComputedStyle(element).fontSize)))""",
        inside,
    )


def test_the_road_of_the_big_screen(new_context, ilse, bram, survey_round, zorg, axe):
    facilitator = new_context(viewport=WALL).new_page()
    sign_in(facilitator, bram)
    facilitator.goto(survey_round.get_absolute_url())
    facilitator.get_by_role("link", name="Op het grote scherm").click()
    expect(facilitator.locator(".counter")).to_have_text("6 van 30 vulden in")
    expect(facilitator.get_by_role("link", name="Sluit af")).to_have_count(0)
    assert smallest_text(facilitator, ".waiting") >= SMALLEST_TEXT
    axe(facilitator)

    send(zorg, v1="nee")
    expect(facilitator.locator(".counter")).to_have_text("7 van 30 vulden in", timeout=8000)

    hr = new_context(viewport=WALL).new_page()
    sign_in(hr, ilse)
    hr.goto(f"{survey_round.get_absolute_url()}scherm/")
    hr.get_by_role("link", name="Sluit af").click()
    expect(hr.get_by_text("Zorg").first).to_be_visible()
    hr.locator("input[type=number]").fill("0")
    hr.locator("form label:has(input[type=checkbox])").click()
    hr.get_by_role("button", name="Sluit definitief af").click()
    hr.wait_for_url("**/rapport/**")
    assert SurveyRound.objects.get().is_closed

    expect(facilitator.get_by_role("heading", name="Wij verwachten …")).to_be_attached(timeout=8000)
    axe(facilitator)
    assert smallest_text(facilitator, ".slide") >= SMALLEST_TEXT
    assert (
        facilitator.evaluate(
            "[...document.querySelectorAll('.slide')].filter((slide) => slide.offsetHeight > 720)"
            ".map((slide) => slide.innerText.slice(0, 60))"
        )
        == []
    )


@pytest.mark.parametrize(("name", "may_close"), [("bram", False), ("ilse", True)])
def test_who_opens_the_big_screen_by_clicking_closes_from_there_only_as_hr(
    request, new_context, survey_round, zorg, name, may_close
):
    page = new_context(viewport=WALL).new_page()
    sign_in(page, request.getfixturevalue(name))
    page.get_by_role("link", name=survey_round.title).click()
    page.get_by_role("link", name="Op het grote scherm").click()

    expect(page.locator(".counter")).to_have_text("6 van 30 vulden in")
    expect(page.get_by_role("link", name="Sluit af")).to_have_count(int(may_close))
    expect(page.get_by_text("HR sluit de bevraging af.")).to_have_count(int(not may_close))
    if may_close:
        page.get_by_role("link", name="Sluit af").click()
        expect(page.get_by_role("heading", name="Sluit de bevraging af")).to_be_visible()


@pytest.fixture
def slides(new_context, bram, zorg, survey_round):
    """The slides of a closed round, on the wall."""
    close_round(survey_round)
    page = new_context(viewport=WALL).new_page()
    sign_in(page, bram)
    page.goto(f"{survey_round.get_absolute_url()}scherm/")
    return page


def test_keys_walk_from_slide_to_slide(slides):
    total = slides.locator(".slide").count()

    seen = [slide_in_view(slides)]
    for key in ["ArrowRight", "ArrowDown", "PageDown", "ArrowLeft", "End", "ArrowRight", "Home"]:
        slides.keyboard.press(key)
        slides.wait_for_timeout(100)
        seen.append(slide_in_view(slides))

    assert seen == [1, 2, 3, 4, 3, total, total, 1]


def test_what_stands_out_is_not_told_beside_the_question(slides):
    marked = slides.locator(".slide-question mark").evaluate_all(
        "marks => marks.map((mark) => getComputedStyle(mark).backgroundColor)"
    )

    assert set(marked) <= {"rgba(0, 0, 0, 0)"}
    expect(slides.locator(".slide-noticed").first).to_contain_text("Wat opvalt")


def test_without_script_links_do_the_same(new_context, bram, zorg, survey_round):
    page = new_context(viewport=WALL, java_script_enabled=False).new_page()
    sign_in(page, bram)
    page.goto(f"{survey_round.get_absolute_url()}scherm/")
    send(zorg, v1="nee")
    page.get_by_role("link", name="Tel opnieuw").click()
    expect(page.locator(".counter")).to_have_text("7 van 30 vulden in")


def test_on_a_phone_nothing_sticks_out(slides, axe):
    slides.set_viewport_size({"width": 320, "height": 640})

    axe(slides)
    assert slides.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_way_to_close_appears_once_enough_colleagues_answered(
    new_context, ilse, survey_round, axe
):
    team = TeamFactory(survey_round=survey_round, headcount=9)
    for _ in range(4):
        send(team, v1="ja")
    hr = new_context(viewport=WALL).new_page()
    sign_in(hr, ilse)
    hr.goto(f"{survey_round.get_absolute_url()}scherm/")
    expect(hr.get_by_role("link", name="Sluit af")).to_have_count(0)
    axe(hr)

    send(team, v1="ja")

    expect(hr.get_by_role("link", name="Sluit af")).to_be_visible(timeout=8000)
