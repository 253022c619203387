"""What colleagues wrote at Andere: HR shows one and hides one, and the report follows."""

import pytest
from playwright.sync_api import expect

from survey.closing import close_round
from survey.models import OtherText
from tests.factories import send

pytestmark = pytest.mark.django_db(transaction=True)

SHOWN, HIDDEN = "Aan de koffie, na de late", "Bij Marleen thuis"


@pytest.fixture
def closed(survey_round, zorg):
    """A closed round in which two colleagues wrote something at question 6."""
    for text in [SHOWN, HIDDEN]:
        send(zorg, v1="ja", v6=["andere"], texts={"v6": text})
    for _ in range(3):
        send(zorg, v1="ja")
    return close_round(survey_round)


def decide(page, text, button):
    page.locator("li.review-text", has_text=text).get_by_role("button", name=button).click()


def test_the_report_has_what_was_shown_and_not_what_was_hidden(hr, closed, axe):
    hr.reload()
    hr.get_by_role("link", name=closed.title, exact=True).click()
    hr.get_by_role("link", name="Lees na").click()
    expect(hr.get_by_role("heading", name="Nog 2 na te lezen")).to_be_visible()

    # From the top of the page down, in whatever order the texts were shuffled.
    decisions = {SHOWN: "Toon in het rapport", HIDDEN: "Verberg"}
    texts = hr.locator("li.review-text blockquote").all_inner_texts()
    assert sorted(texts) == sorted(decisions)
    decide(hr, texts[0], decisions[texts[0]])
    expect(hr.get_by_role("heading", name="Nog één na te lezen")).to_be_visible()
    decide(hr, texts[1], decisions[texts[1]])
    expect(hr.get_by_text("Er is niets na te lezen.")).to_be_visible()
    axe(hr)
    hr.get_by_role("link", name="Naar het rapport").click()

    expect(hr.get_by_text(f"‘{SHOWN}’").first).to_be_visible()
    expect(hr.get_by_text(HIDDEN)).to_have_count(0)
    states = dict(OtherText.objects.values_list("text", "state"))
    assert states == {SHOWN: OtherText.State.SHOWN, HIDDEN: OtherText.State.HIDDEN}


def test_hr_changes_her_mind_about_a_text_that_the_report_has(hr, closed):
    OtherText.objects.update(state=OtherText.State.SHOWN)
    hr.reload()
    hr.get_by_role("link", name=closed.title, exact=True).click()
    hr.get_by_role("link", name="Aanvullingen").click()

    decide(hr, HIDDEN, "Verberg")
    expect(hr.locator("li.review-text", has_text=HIDDEN)).to_contain_text("verborgen")
    hr.get_by_role("link", name="Naar het rapport").click()

    expect(hr.get_by_text(f"‘{SHOWN}’").first).to_be_visible()
    expect(hr.get_by_text(HIDDEN)).to_have_count(0)


def test_how_many_are_left_stays_in_view_above_the_next_text(hr, survey_round, zorg, axe):
    for number in range(9):
        send(zorg, v1="ja", v6=["andere"], texts={"v6": f"Plek {number}"})
    closed = close_round(survey_round)
    hr.set_viewport_size({"width": 360, "height": 640})
    hr.goto(f"{closed.get_absolute_url()}aanvullingen/")
    in_order = hr.locator("li.review-text blockquote").all_inner_texts()

    decide(hr, in_order[4], "Verberg")

    left = hr.get_by_role("heading", name="Nog 8 na te lezen")
    following = hr.locator("li.review-text", has_text=in_order[5])
    expect(left).to_be_in_viewport()
    expect(following).to_be_in_viewport()
    below = left.bounding_box()["y"] + left.bounding_box()["height"]
    assert following.bounding_box()["y"] >= below
    axe(hr)
