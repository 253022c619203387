"""The whole road in a real browser: HR prepares, colleagues answer, HR closes, the team reads.

Every count in the report and its PDF is exactly what was clicked.
"""

import io
import re
from collections import Counter

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from survey.models import Questionnaire, Response
from tests.browser.signing_in import sign_in

TEAMS = {"Zorg": 7, "Keuken": 3, "Onthaal": 2}
LANGUAGES = ["nl-BE", "fr-BE", "en-GB", "de-BE"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def questions(questionnaire):
    """The codes of each question's options, by the code of the question."""
    return {
        question.code: [choice.code for choice in question.choices.all()]
        for question in Questionnaire.objects.get(pk=questionnaire.pk).questions.all()
    }


def answers_of(person, questions):
    """Return what this person answers: every question, differently for each person."""
    answers = {}
    for place, (code, options) in enumerate(questions.items()):
        if options == ["ja", "nee"]:
            answers[code] = [options[(person + place) % 3 // 2]]
        else:
            answers[code] = [
                option for index, option in enumerate(options) if (person + place + index) % 3 == 0
            ] or [options[0]]
    return answers


def fill_in(page: Page, answers, *, as_a_thumb):
    """Tick the options: scrolling to each and pressing it, or all at once."""
    labels = [
        f'label:has(input[name="{code}"][value="{option}"])'
        for code, options in answers.items()
        for option in options
    ]
    if as_a_thumb:
        for label in labels:
            page.locator(label).click()
    else:
        page.evaluate("all => all.forEach(each => document.querySelector(each).click())", labels)


def send(page: Page):
    page.locator("form.answers .send button[type=submit]").click()


def prepare(page: Page, axe):
    """HR makes a survey round with three teams and returns its address."""
    page.get_by_role("link", name="Start een bevraging").first.click()
    page.get_by_label("Titel", exact=True).fill("Leercultuur najaar 2026")
    for row, (name, headcount) in enumerate(TEAMS.items()):
        page.locator(f"[name$='-{row}-name']").fill(name)
        page.locator(f"[name$='-{row}-headcount']").fill(str(headcount))
    axe(page)
    page.get_by_role("button", name="Start de bevraging").click()
    page.get_by_role("heading", name="Leercultuur najaar 2026").wait_for()
    axe(page)
    return page.url


def links_on(page: Page):
    """Return the link of each team, as HR reads it on the page."""
    return {
        name: page.locator(f"tr:has(th:has-text('{name}'))").get_by_text("/v/").first.inner_text()
        for name in TEAMS
    }


def answer(new_context, link, person, answers):
    """One colleague on a phone; the fourth sends twice, the eighth loses the connection once."""
    language = LANGUAGES[person % len(LANGUAGES)]
    page = new_context(locale=language, viewport={"width": 360, "height": 740}).new_page()
    page.goto(link if "://" in link else f"http://{link}")
    assert page.locator("html").get_attribute("lang") == language[:2]
    fill_in(page, answers, as_a_thumb=person < len(LANGUAGES))
    progress = page.locator("[data-progress]").inner_text()
    assert re.findall(r"\d+", progress) == ["11", "11"]
    if person == 7:
        page.route("**/v/**", lambda route: route.abort(), times=1)
        send(page)
        page.wait_for_timeout(200)
        page.goto(link if "://" in link else f"http://{link}")
        page.locator("[data-draft-line]").wait_for()
    send(page)
    page.wait_for_url("**/bedankt/")
    if person == 3:
        page.go_back()
        send(page)
        page.wait_for_url("**/bedankt/**")
    page.context.close()


def close(page: Page, axe):
    page.reload()
    page.get_by_role("link", name="Sluit", exact=False).first.click()
    axe(page)
    plan = page.locator("#inhoud").inner_text()
    papers = page.locator("input[type=number]")
    if papers.count():
        papers.fill("0")
    page.locator("form label:has(input[type=checkbox])").click()
    page.get_by_role("button", name="Sluit definitief af").click()
    page.wait_for_url("**/rapport/**")
    return plan


def counted(tables):
    """Return the counts that a page or a text shows, in order."""
    return [int(line.split(" van ")[0]) for line in tables]


def counted_in_print(text, total):
    """Return the counts beside the bars of the eleven questions, in order.

    Counts in the name of a pattern stand in brackets and are left out.
    """
    _, questions = text.split("De elf vragen")
    return [int(count) for count in re.findall(rf"(?<!\()\b(\d+) van {total}\b", questions)]


def expected(people, questions):
    """Return, in leaflet order, how often each option was clicked by these people."""
    clicked = Counter(
        (code, option)
        for person in people
        for code, options in answers_of(person, questions).items()
        for option in options
    )
    return [clicked[code, option] for code, options in questions.items() for option in options]


def test_the_whole_road(new_context, ilse, bram, questions, axe):
    hr = new_context().new_page()
    sign_in(hr, ilse)
    prepare(hr, axe)
    links = links_on(hr)

    teams = [team for team, size in TEAMS.items() for _ in range(size)]
    for person, team in enumerate(teams):
        answer(new_context, links[team], person, answers_of(person, questions))
    assert Response.objects.count() == 12

    plan = close(hr, axe)
    assert "Keuken en Onthaal samen" in plan

    facilitator = new_context().new_page()
    sign_in(facilitator, bram)
    facilitator.goto(hr.url)
    axe(facilitator)
    for name, people in [("Zorg", range(7)), ("Keuken en Onthaal samen", range(7, 12))]:
        facilitator.locator(".report-segments").get_by_role("link", name=name).click()
        axe(facilitator)
        shown = facilitator.locator(".tally tr:not(.skipped) .count").all_inner_texts()

        assert counted(shown) == expected(people, questions)

        href = facilitator.get_by_role("link", name="PDF om af te drukken").get_attribute("href")
        pdf = PdfReader(io.BytesIO(facilitator.request.get(href).body()))
        text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
        assert counted_in_print(text, len(people)) == expected(people, questions)
