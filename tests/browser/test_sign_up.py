"""From the front page to a link to share: how many clicks, and that it takes two minutes."""

import time

import pytest
from playwright.sync_api import expect

from survey.models import SurveyRound

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("questionnaire")]

# Reading and typing takes a person longer than a script: seconds per click and per field.
PER_CLICK, PER_FIELD = 8, 10


class Person:
    """Somebody who clicks and types, and counts both."""

    def __init__(self, page):
        self.page = page
        self.clicks = self.fields = 0

    def click(self, role, name):
        self.page.get_by_role(role, name=name).first.click()
        self.clicks += 1

    def fill(self, label, text):
        self.page.get_by_label(label).first.fill(text)
        self.fields += 1


def test_from_the_front_page_to_a_link_in_two_minutes(new_context, axe):
    page = new_context().new_page()
    person = Person(page)
    start = time.monotonic()

    page.goto("/")
    person.click("link", "Start een bevraging")
    person.fill("E-mail", "eva@esdoorn.example")
    person.fill("Wachtwoord", "koffie om tien")
    person.click("button", "Maak mijn account")
    axe(page)
    person.fill("Naam van je organisatie", "De Esdoorn")
    person.click("button", "Ga verder")
    axe(page)
    person.fill("Naam van team 1", "Zorg")
    person.fill("Collega’s in team 1", "15")
    person.click("button", "Start de bevraging")

    link = page.get_by_role("link", name="/v/").first
    expect(link).to_be_visible()
    axe(page)
    assert person.clicks == 4
    assert person.fields == 5
    by_a_person = person.clicks * PER_CLICK + person.fields * PER_FIELD
    assert time.monotonic() - start + by_a_person < 120

    colleague = new_context(viewport={"width": 360, "height": 740}).new_page()
    colleague.goto(link.get_attribute("href"))
    expect(colleague.locator("#vraag-1")).to_be_attached()


def test_what_was_tried_is_kept_after_signing_up(new_context, axe):
    page = new_context().new_page()
    page.goto("/probeer/")
    page.locator('label:has(input[name="v1"][value="ja"])').click()
    page.get_by_role("button", name="Toon mijn rapport").click()
    axe(page)
    page.get_by_role("button", name="Hou dit bij").click()
    page.get_by_label("E-mail").fill("eva@esdoorn.example")
    page.get_by_label("Wachtwoord").first.fill("koffie om tien")
    page.get_by_role("button", name="Maak mijn account").click()
    axe(page)
    page.get_by_label("Naam van je organisatie").fill("De Esdoorn")
    page.get_by_role("button", name="Hou dit bij").click()

    page.get_by_role("link", name="Lees het rapport").first.click()

    expect(page.get_by_text("aangekruist", exact=True).first).to_be_visible()
    assert SurveyRound.objects.get().organisation.name == "De Esdoorn"
