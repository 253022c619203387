"""Everything on paper about a survey round, from the page where HR looks for it to the PDF."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from survey.report import pdf
from tests.factories import TeamFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there"),
]


@pytest.fixture
def on_round(hr, survey_round, zorg):
    """The page of the round, as HR comes to it from her organisation."""
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    hr.reload()
    hr.get_by_role("link", name=survey_round.title).click()
    return hr


def save(page, name):
    """Save what this link leads to; return the text of each sheet."""
    link = page.get_by_role("link", name=name)
    with page.expect_download() as download:
        link.click(modifiers=["Alt"])  # without Alt the browser shows it in a viewer of its own
    document = Path(download.value.path()).read_bytes()
    assert document.startswith(b"%PDF")
    return [
        " ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(document)).pages
    ]


def test_from_the_round_to_poster_blank_form_and_five_sentences(on_round):
    prints = {
        "Affiche van Zorg": ["Wat leer jij hier, en van wie?"],
        "Papier van Zorg": ["Wie typt dit over?", "Bedankt. Kijk gerust nog even na"],
        "Vijf zinnen voor wie leidinggeeft": ["Meedoen mag, moet niet, en elke vraag mag je"],
    }

    for name, on_sheets in prints.items():
        on_round.get_by_role("link", name=name).click()
        sheets = save(on_round, "PDF om af te drukken")
        assert len(sheets) == len(on_sheets), name
        for sheet, words in zip(sheets, on_sheets, strict=True):
            assert words in sheet
        on_round.get_by_role("link", name="Terug naar de bevraging").click()
        expect(on_round.get_by_role("heading", name="Teams", exact=True)).to_be_visible()


def test_from_the_link_of_a_team_to_each_of_its_prints(on_round):
    on_round.get_by_role("link", name="Link en teksten van Zorg").click()
    prints = {
        "Affiche": ".poster",
        "Papieren formulier": ".paper-form",
        "Vijf zinnen": ".five-sentences",
        "Kaartjes": ".cards",
    }

    for name, print_on_screen in prints.items():
        on_round.get_by_role("link", name=name, exact=True).click()
        expect(on_round.locator(print_on_screen)).to_be_visible()
        if name != "Kaartjes":
            on_round.go_back()
    [sheet] = save(on_round, "PDF om af te drukken")

    assert sheet.count("Zorg") == 8


def test_from_the_link_for_everybody_to_the_posters_of_all_teams(on_round):
    on_round.get_by_role("link", name="Eén link voor iedereen").click()

    zorg, keuken = save(on_round, "Alle affiches in één PDF")

    assert "Zorg" in zorg
    assert "Keuken" in keuken
