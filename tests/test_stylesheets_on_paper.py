"""Stylesheets are read once for all PDFs of a process."""

import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from survey.prepare.printing import STYLESHEETS
from survey.report import pdf
from survey.report.pdf import Print

SHEETS = sorted({*STYLESHEETS, *(name for kind in Print for name in kind.stylesheets)})
PAGE = '<html lang="nl"><body><h1>Dag</h1><p>Wat leer jij hier?</p></body></html>'


def look(document):
    """Return what is on the page, where, and in which fonts."""
    [page] = PdfReader(io.BytesIO(document)).pages
    fonts = {font.get_object()["/BaseFont"][7:] for font in page["/Resources"]["/Font"].values()}
    return page.get_contents().get_data(), fonts


@pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")
def test_a_page_looks_the_same_after_pages_with_other_styles():
    first = look(pdf.draw(PAGE, Print.REPORT.stylesheets))
    board = look(pdf.draw(PAGE, Print.NOTICE.stylesheets))

    again = look(pdf.draw(PAGE, Print.REPORT.stylesheets))

    assert first == again != board
    assert any("Source" in font for font in again[1])


@pytest.mark.parametrize("name", SHEETS)
def test_no_stylesheet_names_a_font_file(name):
    assert "@font-face" not in (settings.BASE_DIR / "static" / "css" / name).read_text()
