"""A narrow phone, also with large text: nothing sticks out, shrinks away or breaks raw."""

import pytest

from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def addresses(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg", headcount=15)
    return {"landing": "/", "form": team.get_absolute_url(), "trial": "/probeer/"}


@pytest.mark.parametrize("name", ["landing", "form", "trial"])
def test_text_at_one_and_a_half_times_its_size_fits_a_phone(new_context, addresses, name):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(addresses[name])

    page.evaluate("document.documentElement.style.fontSize = '150%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 390, 412, 1280])
def test_the_bars_of_the_sample_are_bars_on_every_screen(new_context, addresses, width):
    page = new_context(viewport={"width": width, "height": 740}).new_page()
    page.goto(addresses["landing"])

    bars = page.locator(".excerpt .tally tbody tr:not(.skipped) .bar").all()
    assert bars
    assert all(bar.bounding_box()["width"] > 75 for bar in bars)


@pytest.mark.parametrize("name", ["form", "trial"])
def test_long_answers_break_between_syllables_on_a_phone(new_context, addresses, name):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(addresses[name])

    answer = page.locator(".multiple .choice span").first
    assert answer.evaluate("it => getComputedStyle(it).hyphens") == "auto"
    assert answer.evaluate("it => getComputedStyle(it).overflowWrap") == "break-word"
