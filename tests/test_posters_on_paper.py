"""A poster fills its sheet, whatever the team is called; and many of them take no minutes."""

import io
import time

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.report import pdf
from tests.factories import TeamFactory

pytestmark = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")

MILLIMETRE = 72 / 25.4
PROMISE_SIZE, FOOT_SIZE = 12, 11
LONG_NAME = "Dienst voor thuiszorg, poetshulp en aanvullende gezinszorg van de regio en de stad"


def heights_of_words(page, points):
    """Return how high above the foot of the sheet each text of this size stands, in mm."""
    heights = []

    def look(text, matrix, text_matrix, _font, size):
        drawn = round(abs(size * text_matrix[3] * matrix[3]), 1)
        if text.strip() and drawn == points:
            height = text_matrix[5] * matrix[3] + matrix[5]
            heights.append(height / MILLIMETRE)

    page.extract_text(visitor_text=look)
    return heights


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
@pytest.mark.parametrize("name", ["Zorg", "Onthaal en administratie", LONG_NAME, "W" * 100])
def test_a_poster_reaches_the_foot_of_its_sheet(sign_in, ilse, zorg, name, language):
    zorg.name = name
    zorg.save()
    client = sign_in(ilse)
    client.cookies["taal"] = language
    address = reverse("poster_pdf", args=[zorg.survey_round_id, zorg.pk])

    [sheet] = PdfReader(io.BytesIO(client.get(address).content)).pages

    *_, foot = heights_of_words(sheet, FOOT_SIZE)
    assert 10 < foot < 20
    assert min(heights_of_words(sheet, PROMISE_SIZE)) > foot + 8


def test_sixty_posters_are_drawn_in_seconds(sign_in, ilse, survey_round):
    for number in range(60):
        TeamFactory(survey_round=survey_round, name=f"Verzorging en nachtdienst {number}")
    client = sign_in(ilse)
    started = time.process_time()

    response = client.get(reverse("posters_pdf", args=[survey_round.pk]))

    assert time.process_time() - started < 10
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 60
