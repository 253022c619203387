"""The printed page as a PDF: the same HTML as on screen, through WeasyPrint.

WeasyPrint needs Pango. Without it `is_available` says no, the button goes away and printing
from the browser remains.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as pages
from django.template.loader import render_to_string

from .drawing import draw_results

STYLESHEETS = ["base.css", "tally.css", "report.css", "comparison.css", "print.css"]
FACES = [
    ("Source Serif Pro", "SourceSerifPro-Regular.ttf", 400, "normal"),
    ("Source Serif Pro", "SourceSerifPro-It.ttf", 400, "italic"),
    ("Source Serif Pro", "SourceSerifPro-Semibold.ttf", 600, "normal"),
    ("Source Serif Pro", "SourceSerifPro-Bold.ttf", 700, "normal"),
    ("Source Sans Pro", "SourceSansPro-Regular.ttf", 400, "normal"),
    ("Source Sans Pro", "SourceSansPro-It.ttf", 400, "italic"),
    ("Source Sans Pro", "SourceSansPro-Semibold.ttf", 600, "normal"),
    ("Source Sans Pro", "SourceSansPro-Bold.ttf", 700, "normal"),
]
AN_HOUR = 60 * 60


@cache
def is_available() -> bool:
    """Return whether this machine can make a PDF."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def write_pdf(report, comparison=None) -> bytes:
    """Return the report as a tagged PDF (PDF/UA-1) in the active language.

    With a comparison that stands behind it as an annex.
    """
    context = {
        "report": report,
        "drawn_results": draw_results(report),
        "comparison": comparison,
    }
    if report.is_trial:  # nothing of it is kept
        return draw(render_to_string("survey/report/print.html", context), STYLESHEETS)
    return write_page("survey/report/print.html", context, STYLESHEETS)


def write_page(template: str, context: dict, stylesheets: list[str], zoom: float = 1) -> bytes:
    """Return a printed page as a tagged PDF; `zoom` enlarges everything, the paper too.

    The same content is drawn once and kept for an hour: the key is the content itself, so
    nothing has to make it stale.
    """
    html = render_to_string(template, context)
    key = f"pdf:{zoom}:" + hashlib.sha256(html.encode()).hexdigest()
    document = pages.get(key)
    if document is None:
        document = draw(html, stylesheets, zoom)
        pages.set(key, document, AN_HOUR)
    return document


def draw(html: str, stylesheets: list[str], zoom: float = 1) -> bytes:
    """Return the page as a tagged PDF. The page itself can load nothing, from nowhere."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts = FontConfiguration()
    faces = CSS(string="".join(font_face(*face) for face in FACES), font_config=fonts)
    sheets = [
        CSS(filename=settings.BASE_DIR / "static" / "css" / name, font_config=fonts)
        for name in stylesheets
    ]
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=[]))
    return page.write_pdf(
        stylesheets=[faces, *sheets], font_config=fonts, pdf_variant="pdf/ua-1", zoom=zoom
    )


def font_face(family, file_name, weight, style):
    """Return the CSS that tells WeasyPrint where one of our fonts is."""
    path = next(
        path
        for directory in settings.FONT_DIRS
        if (path := Path(str(directory)) / file_name).exists()
    )
    return (
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style};"
        f" src: url('{path.as_uri()}'); }}\n"
    )
