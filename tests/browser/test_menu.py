"""The menu of who is signed in, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_opens_from_a_button_and_the_header_takes_two_rows(
    new_context, ilse, de_linde, axe, script
):
    page = new_context(viewport=PHONE, java_script_enabled=script).new_page()
    sign_in(page, ilse)
    page.goto("/uitleg/")
    assert page.locator(".site-header").bounding_box()["height"] <= 120  # two rows

    expect(page.get_by_role("link", name="Mijn bevragingen")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    if script:
        axe(page)
    page.get_by_role("link", name="Mijn bevragingen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Woonzorgcentrum De Linde")
