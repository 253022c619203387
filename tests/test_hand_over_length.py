"""The page to hand over, for an organisation of many teams."""

import io
import time

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.report import pdf
from tests.factories import TeamFactory

pytestmark = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")


def test_eighty_teams_with_long_names_are_drawn_in_seconds(sign_in, ilse, survey_round):
    for number in range(10, 90):
        TeamFactory(survey_round=survey_round, name=f"Verzorging en nachtdienst {number}")
    client = sign_in(ilse)
    started = time.process_time()

    response = client.get(reverse("hand_over_pdf", kwargs={"round_id": survey_round.pk}))

    assert time.process_time() - started < 15
    words = " ".join(
        "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages
        ).split()
    )
    assert "nachtdienst 89" in words


def test_there_is_room_for_remarks_over_the_whole_width(sign_in, ilse, zorg):
    client = sign_in(ilse)

    response = client.get(reverse("hand_over", kwargs={"round_id": zorg.survey_round_id}))

    remarks = response.content.decode().split('class="remarks"')[1].split("</dd>")[0]
    assert remarks.count("line-to-fill") == 5


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_page_to_hand_over_takes_three_sheets(sign_in, ilse, zorg, language):
    client = sign_in(ilse)
    client.cookies["taal"] = language

    response = client.get(reverse("hand_over_pdf", kwargs={"round_id": zorg.survey_round_id}))

    assert len(PdfReader(io.BytesIO(response.content)).pages) == 3
