"""Bars on paper are long enough to compare, also where percentages stand beside them."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.closing import close_round
from survey.report import pdf
from tests.factories import TeamFactory, send

pytestmark = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")

MILLIMETRE = 72 / 25.4
RESPONSES = 22


def bar_lengths(document):
    """Return how long the bars in a PDF are, in whole mm: the lines over all responses."""
    lengths = set()

    def look(operator, operands, matrix, _text_matrix):
        if operator == b"l" and float(operands[0]) == RESPONSES:
            lengths.add(round(float(operands[0]) * matrix[0] / MILLIMETRE))

    for page in PdfReader(io.BytesIO(document)).pages:
        page.extract_text(visitor_operand_before=look)
    return lengths


@pytest.mark.parametrize("name", ["report_pdf", "participant_sheet_pdf"])
@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_a_bar_beside_a_percentage_is_at_least_25_millimetres(
    sign_in, ilse, survey_round, zorg, name, language
):
    for _ in range(RESPONSES):
        send(zorg, v1="ja", v6=["koffie"])
    close_round(survey_round)
    client = sign_in(ilse)
    client.cookies["taal"] = language

    response = client.get(reverse(name, args=[survey_round.pk]))

    assert min(bar_lengths(response.content)) >= 25


def test_a_bar_in_the_comparison_is_at_least_25_millimetres(sign_in, ilse, earlier, later):
    for survey_round in (earlier, later):
        team = TeamFactory(survey_round=survey_round, name="Zorg")
        for _ in range(RESPONSES):
            send(team, v1="ja", v6=["koffie"])
        close_round(survey_round)

    address = reverse("report_pdf", args=[later.pk]) + "?met=vergelijking"
    response = sign_in(ilse).get(address)

    assert min(bar_lengths(response.content)) >= 25


def test_the_comparison_of_answers_that_turned_around_adds_two_pages(sign_in, ilse, earlier, later):
    questions = ["v1", "v2", "v3", "v4", "v5"]
    for survey_round, answer in ((earlier, "ja"), (later, "nee")):
        team = TeamFactory(survey_round=survey_round, name="Zorg")
        for _ in range(RESPONSES):
            send(team, **dict.fromkeys(questions, answer), v6=["koffie"])
        send(team)  # who left everything open
        close_round(survey_round)
    client, address = sign_in(ilse), reverse("report_pdf", args=[later.pk])

    alone, compared = (
        len(PdfReader(io.BytesIO(client.get(each).content)).pages)
        for each in (address, f"{address}?met=vergelijking")
    )

    assert compared - alone == 2
