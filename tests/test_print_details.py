"""What the PDF of a poster and of the paper form says where."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.report import pdf

pytestmark = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")


@pytest.fixture
def words_of(sign_in, ilse, zorg):
    """Return a function that returns the text of each page of a print."""

    def words_of(name):
        address = reverse(name, kwargs={"round_id": zorg.survey_round_id, "team_id": zorg.pk})
        document = PdfReader(io.BytesIO(sign_in(ilse).get(address).content))
        return [page.extract_text() for page in document.pages]

    return words_of


@pytest.mark.parametrize("name", ["Zorg", "Dienst voor thuiszorg, poetshulp en gezinszorg " * 2])
def test_the_question_of_a_poster_parts_after_its_comma(words_of, zorg, name):
    zorg.name = name.strip()
    zorg.save()

    [poster] = words_of("poster_pdf")

    assert "Wat leer jij hier,\nen van wie?" in poster


def test_the_front_of_the_paper_form_says_that_there_is_a_back(words_of):
    front, back = words_of("paper_form_pdf")

    assert "Zie achterkant · 1/2" in front
    assert "2/2" in back
    assert "Zie achterkant" not in back
