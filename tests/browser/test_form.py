"""The form on a phone: with and without script, with keys, narrow, and light."""

import gzip

import pytest
from playwright.sync_api import expect

from survey.models import Answer, Response
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def team(survey_round):
    TeamFactory(survey_round=survey_round, name="Keuken")
    return TeamFactory(survey_round=survey_round, name="Zorg", headcount=15)


@pytest.fixture
def phone(new_context, team):
    page = new_context(viewport=PHONE).new_page()
    page.goto(team.get_absolute_url())
    return page


def tick(page, name, value):
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def packed(body):
    """Return about how many bytes travel; brotli needs even fewer."""
    return len(gzip.compress(body))


def send(page):
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_the_first_answer_stands_within_a_screen_and_a_half(new_context, team, language):
    page = new_context(viewport=PHONE, locale=language).new_page()
    page.goto(team.get_absolute_url())

    assert page.locator("#vraag-1 .choice").first.bounding_box()["y"] <= 1.5 * PHONE["height"]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_the_language_buttons_stand_on_one_row(new_context, team, language):
    page = new_context(viewport={"width": 320, "height": 740}, locale=language).new_page()
    page.goto(team.get_absolute_url())

    buttons = page.locator(".languages button").all()
    assert len(buttons) == 4
    assert len({button.bounding_box()["y"] for button in buttons}) == 1


def test_a_marked_answer_of_two_lines_stays_in_its_column(new_context, team):
    page = new_context(viewport={"width": 320, "height": 740}, locale="de").new_page()
    page.goto(team.get_absolute_url())
    for label in page.locator(".multiple label.choice").all():
        label.click()

    sticking_out = page.evaluate(
        """() => [...document.querySelectorAll(':checked + span')]
           .filter(mark => [...mark.getClientRects()].some(line =>
             line.right > mark.closest('form').getBoundingClientRect().right + 0.5))
           .map(mark => mark.textContent)"""
    )

    assert page.locator(":checked + span").count() == page.locator(".multiple .choice").count()
    assert sticking_out == []


def test_every_state_of_the_form_is_accessible(phone, axe):
    axe(phone)
    tick(phone, "v1", "ja")
    tick(phone, "v6", "andere")
    axe(phone)
    phone.locator("#v6-tekst").fill("x" * 301)
    send(phone)
    axe(phone)
    phone.locator("#v6-tekst").fill("Op de parking")
    send(phone)
    phone.wait_for_url("**/bedankt/")
    axe(phone)


def test_errors_stand_on_top_get_the_focus_and_lead_to_the_field(phone):
    phone.locator("label.choice-other").first.click()
    phone.locator("#v6-tekst").fill("x" * 301)
    send(phone)

    expect(phone.locator("#fouten")).to_be_focused()
    phone.get_by_role("link", name="Vraag 6: Je tekst is 301 tekens lang").click()
    expect(phone.locator("#v6-tekst")).to_be_focused()
    expect(phone.locator("#v6-tekst")).to_have_value("x" * 301)


def test_andere_opens_when_ticked_and_never_hides_what_was_typed(phone):
    text = phone.locator("#v6-tekst")
    expect(text).to_be_hidden()

    tick(phone, "v6", "andere")
    expect(text).to_be_visible()
    text.fill("Op de parking")
    tick(phone, "v6", "andere")

    expect(text).to_be_visible()


def test_progress_counts_questions_and_an_answer_can_be_taken_back(phone):
    progress = phone.locator("[data-progress]")
    tick(phone, "v1", "ja")
    tick(phone, "v6", "koffie")
    tick(phone, "v6", "teambuilding")
    expect(progress).to_have_text("2 van 11 beantwoord")

    tick(phone, "v1", "geen")

    expect(progress).to_have_text("1 van 11 beantwoord")


def test_a_draft_survives_a_reload_in_this_tab_and_can_be_wiped(phone):
    tick(phone, "v1", "ja")
    phone.locator("label.choice-other").first.click()
    phone.locator("#v6-tekst").fill("Op de parking")
    phone.reload()

    expect(phone.locator('input[name="v1"][value="ja"]')).to_be_checked()
    expect(phone.locator("#v6-tekst")).to_have_value("Op de parking")
    expect(phone.get_by_text("staan je antwoorden enkel in dit tabblad")).to_be_visible()

    phone.get_by_role("button", name="Wis wat ik invulde").click()
    phone.reload()

    expect(phone.locator('input[name="v1"][value="ja"]')).not_to_be_checked()


def test_after_sending_the_tab_says_so_and_keeps_no_answers(phone, team):
    tick(phone, "v1", "ja")
    send(phone)
    phone.wait_for_url("**/bedankt/")
    phone.goto(team.get_absolute_url())

    expect(phone.get_by_text("in dit tabblad al ingevuld")).to_be_visible()
    expect(phone.locator('input[name="v1"][value="ja"]')).not_to_be_checked()
    assert '"answers"' not in phone.evaluate("JSON.stringify(sessionStorage)")
    assert phone.evaluate("localStorage.length") == 0


def test_somebody_else_gets_a_fresh_form_and_counts_too(phone):
    tick(phone, "v1", "ja")
    send(phone)
    phone.wait_for_url("**/bedankt/")
    phone.get_by_role("link", name="Iemand anders vult in").click()
    expect(phone.get_by_text("in dit tabblad al ingevuld")).to_be_hidden()
    tick(phone, "v1", "nee")
    send(phone)
    phone.wait_for_url("**/bedankt/")

    assert sorted(Answer.objects.values_list("choice__code", flat=True)) == ["ja", "nee"]


def test_a_double_click_and_the_back_button_count_once(phone):
    tick(phone, "v1", "ja")
    phone.get_by_role("button", name="Verstuur mijn antwoorden").dblclick()
    phone.wait_for_url("**/bedankt/")
    phone.go_back()
    send(phone)
    phone.wait_for_url("**/bedankt/**")

    assert Response.objects.count() == 1


def test_everything_works_without_script(new_context, team, axe):
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(team.get_absolute_url())
    tick(page, "v1", "ja")
    tick(page, "v6", "andere")
    page.locator("#v6-tekst").fill("Op de parking")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("#v6-tekst")).to_have_value("Op de parking")
    page.locator(".send button[type=submit]").click()
    page.wait_for_url("**/bedankt/")

    assert Answer.objects.count() == 2


def test_everything_works_with_keys(phone):
    phone.locator('input[name="v1"]').first.focus()
    phone.keyboard.press("Space")
    phone.locator('input[name="v6"]').first.focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.get_by_role("button", name="Verstuur mijn antwoorden").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/bedankt/")

    assert Answer.objects.count() == 3


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_sticks_out_at_any_width(new_context, team, width):
    page = new_context(viewport={"width": width, "height": 740}).new_page()
    page.goto(team.get_absolute_url())

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_targets_are_large_enough_for_a_thumb(phone):
    small = phone.evaluate(
        """() => [...document.querySelectorAll(
             'label.choice, button, summary, .languages button, .team-choice a')]
           .filter(target => target.checkVisibility())
           .filter(target => target.getBoundingClientRect().height < 43.9)
           .map(target => target.textContent.trim())"""
    )

    assert small == []


def test_the_first_visit_is_three_files_and_one_later(new_context, team):
    context = new_context(viewport=PHONE)
    page = context.new_page()
    sizes = {}
    page.on("response", lambda response: sizes.update({response.url: packed(response.body())}))
    page.goto(team.get_absolute_url(), wait_until="networkidle")

    assert len(sizes) <= 4  # page, style, script, icon
    assert sum(sizes.values()) <= 40_000


def test_a_button_stays_legible_under_the_mouse(phone):
    tick(phone, "v1", "ja")
    wipe = phone.get_by_role("button", name="Wis wat ik invulde")

    wipe.hover()

    style = wipe.evaluate(
        "it => (({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(it))"
    )
    assert style == ["rgb(248, 244, 234)", "rgb(35, 31, 26)"]


def test_a_block_is_filled_for_each_answered_question(phone):
    blocks = phone.locator(".blocks")
    expect(blocks.locator("b")).to_have_count(0)
    expect(blocks.locator("i")).to_have_count(11)

    tick(phone, "v1", "ja")
    tick(phone, "v2", "nee")

    expect(blocks.locator("b")).to_have_count(2)
    expect(blocks.locator("i")).to_have_count(9)
    assert blocks.get_attribute("aria-hidden") == "true"
