"""Share a survey round and type its paper, as HR does it: with a mouse here, with keys there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from survey.models import Answer, OtherText
from tests.browser.signing_in import sign_in
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)

# A sheet as people fill it in: five times ja or nee, two or three crosses at each question.
A_SHEET = ["1", "1", "2", "1", "2", "ac", "be", "adf", "ce", "ac", "bg"]
AGAIN = ["2", "1", "2", "1", "1", "b", "ab", "cd", "a", "bdf", "ah"]


@pytest.fixture
def zorg(survey_round):
    TeamFactory(survey_round=survey_round, name="Keuken", position=2, headcount=6)
    return TeamFactory(survey_round=survey_round, name="Zorg", position=1, headcount=15)


OF_ROUND = ["share", "posters", "hand_over", "five_sentences"]


def at(name, team):
    return reverse(name, kwargs={"round_id": team.survey_round.pk, "team_id": team.pk})


def open_as_hr(new_context, ilse, address, **options):
    page = new_context(viewport={"width": 1280, "height": 800}, **options).new_page()
    sign_in(page, ilse)
    page.goto(address)
    return page


class Typist:
    """Somebody at the keyboard, who counts."""

    def __init__(self, page):
        self.page = page
        self.keystrokes = 0

    def press(self, key):
        self.page.keyboard.press(key)
        self.keystrokes += 1

    def type_sheet(self, answers):
        for keys in answers:
            for key in keys:
                self.press(key)
            self.press("Enter")
        self.press("Enter")  # the button


def chosen_in(team):
    return Answer.objects.filter(response__team=team).count()


def test_from_the_round_to_a_copied_link(new_context, ilse, survey_round, zorg, site_url):
    page = open_as_hr(
        new_context,
        ilse,
        survey_round.get_absolute_url(),
        permissions=["clipboard-read", "clipboard-write"],
    )

    page.get_by_role("link", name="Link en teksten van Zorg").click()
    page.get_by_role("button", name="Kopieer de link").click()

    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == site_url + zorg.get_absolute_url()
    expect(page.get_by_role("button", name="Kopieer de link")).to_be_visible()


def test_the_text_for_french_speakers_is_copied_whole(new_context, ilse, zorg):
    page = open_as_hr(
        new_context,
        ilse,
        at("share_team", zorg),
        permissions=["clipboard-read", "clipboard-write"],
    )

    page.locator("summary", has_text="Français").click()
    page.get_by_role("button", name="Kopieer de mail, Français").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#mail-fr").text_content()
    assert zorg.grouped_token in copied


def test_without_script_there_are_no_dead_buttons(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("share_team", zorg), java_script_enabled=False)

    assert page.get_by_role("button", name="Kopieer").count() == 0
    expect(page.locator("#link")).to_contain_text(zorg.grouped_token)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_nothing_sticks_out(new_context, ilse, zorg, axe, width):
    page = open_as_hr(new_context, ilse, at("share_team", zorg))
    page.set_viewport_size({"width": width, "height": 800})
    round_id = zorg.survey_round.pk
    addresses = [reverse(name, args=[round_id]) for name in OF_ROUND]
    addresses += [
        at(name, zorg) for name in ["share_team", "poster", "cards", "paper_form", "paper_entry"]
    ]

    for address in addresses:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_sheets_are_typed_with_the_keyboard_alone(new_context, ilse, survey_round, zorg, axe):
    survey_round.opened_on = survey_round.closing_date = timezone.localdate() - timedelta(days=1)
    survey_round.save()
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))
    typist = Typist(page)

    typist.type_sheet(A_SHEET)
    expect(page.get_by_role("status")).to_have_text("Blad 1 is bewaard.")

    assert typist.keystrokes == 30
    assert chosen_in(zorg) == 18
    expect(page.locator(".sheet-number strong")).to_have_text("2")
    assert page.locator("input:checked").count() == 0
    expect(page.locator("#vraag-1")).to_be_focused()

    typist.type_sheet(AGAIN)
    expect(page.get_by_role("status")).to_have_text("Blad 2 is bewaard.")
    zorg.refresh_from_db()
    assert zorg.response_count == 2
    axe(page)


def test_a_letter_opens_andere_and_enter_leaves_its_text(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))
    for _ in range(5):
        page.keyboard.press("Enter")

    page.keyboard.press("f")
    page.keyboard.type("Op de parking, bij de fiets")
    page.keyboard.press("Enter")

    expect(page.locator("#vraag-7")).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Blad 1 is bewaard.")
    assert [text.text for text in OtherText.objects.all()] == ["Op de parking, bij de fiets"]


def test_a_key_twice_takes_a_cross_back_and_zero_an_answer(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))

    for key in ["1", "0", "Enter", "2", "Shift+Enter", "1", "2"]:
        page.keyboard.press(key)
    expect(page.locator('input[name="v1"][value="nee"]')).to_be_checked()
    for key in ["Enter", "Enter", "Enter", "Enter", "Enter", "a", "b", "a"]:
        page.keyboard.press(key)

    expect(page.locator('input[name="v6"]:checked')).to_have_count(1)
    expect(page.locator('input[name="v2"][value="nee"]')).to_be_checked()


def test_an_empty_sheet_is_refused_and_typing_goes_on(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))

    Typist(page).type_sheet([""] * 11)

    expect(page.get_by_role("alert")).to_contain_text("Dit blad is leeg")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#vraag-1")).to_be_focused()
    Typist(page).type_sheet(A_SHEET)
    expect(page.get_by_role("status")).to_have_text("Blad 1 is bewaard.")


def test_from_the_summary_enter_leads_to_the_text_that_is_too_long(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))
    page.locator('label:has(input[name="v6"][value="andere"])').click()
    page.locator("#v6-tekst").fill("x" * 301)
    page.get_by_role("button", name="Bewaar, volgende").click()

    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#v6-tekst")).to_be_focused()


def test_the_last_sheet_is_taken_back_with_one_button(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))
    Typist(page).type_sheet(A_SHEET)

    page.get_by_role("button", name="Maak blad 1 ongedaan").click()

    expect(page.locator(".sheet-number strong")).to_have_text("1")
    assert chosen_in(zorg) == 0
    expect(page.get_by_role("button", name="ongedaan")).to_have_count(0)


def test_going_back_does_not_show_the_sheet_that_was_saved(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))
    Typist(page).type_sheet(A_SHEET)
    expect(page.get_by_role("status")).to_have_text("Blad 1 is bewaard.")

    page.go_back()

    expect(page.locator(".sheet-number strong")).to_have_text("2")
    assert page.locator("input:checked").count() == 0


def test_without_script_paper_is_typed_in_an_ordinary_form(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg), java_script_enabled=False)

    page.locator('label:has(input[name="v1"][value="ja"])').click()
    page.get_by_role("button", name="Bewaar, volgende").click()

    expect(page.get_by_role("status")).to_have_text("Blad 1 is bewaard.")
    assert chosen_in(zorg) == 1


def test_all_questions_fit_on_a_desk_screen(new_context, ilse, zorg):
    page = open_as_hr(new_context, ilse, at("paper_entry", zorg))
    page.set_viewport_size({"width": 1920, "height": 940})

    last = page.get_by_role("button", name="Bewaar, volgende").bounding_box()

    assert last["y"] + last["height"] <= 940
