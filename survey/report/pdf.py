"""The printed page as a PDF: the same HTML as on screen, through WeasyPrint.

WeasyPrint needs Pango. Without it `is_available` says no, the button goes away and printing
from the browser remains.
"""

import hashlib
import logging
from collections.abc import Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from threading import BoundedSemaphore
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language

from .contents import Report
from .drawing import draw_report
from .paper.unbroken import keep_together

logger = logging.getLogger(__name__)

TEN_MINUTES = 10 * 60
LONGEST_NAME = 80  # of a file
# Each is a second of work, and more for long lists: they may not take all threads of a process.
AT_ONCE, PATIENCE = 2, 10  # PDFs; seconds that the next one waits
_places = BoundedSemaphore(AT_ONCE)
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


class TooManyPdfs(Exception):
    """This process makes as many PDFs as it may; whoever asks can try again in a minute."""


class Print(Enum):
    """What of a report comes on paper: its template, its styles, and how much it is enlarged."""

    REPORT = (
        "survey/report/print.html",
        ("base.css", "tally.css", "report.css", "comparison.css", "print.css"),
        1,
    )
    PARTICIPANT_SHEET = (
        "survey/report/participant_sheet_print.html",
        ("base.css", "tally.css", "report.css", "print.css", "participant.css"),
        1,
    )
    NOTICE = ("survey/report/notice_print.html", ("base.css", "print.css", "notice.css"), 1)
    NOTICE_A3 = (*NOTICE[:2], 2**0.5)

    def __init__(self, template: str, stylesheets: tuple[str, ...], zoom: float):
        self.template = template
        self.stylesheets = stylesheets
        self.zoom = zoom


@cache
def is_available() -> bool:
    """Return whether this machine can make a PDF."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def write_pdf(report: Report, comparison=None) -> bytes:
    """Return the report as a tagged PDF (PDF/UA-1) in the active language.

    With a comparison that stands behind it as an annex.
    """
    context = {"drawn_report": draw_report(report), "comparison": comparison}
    return write_print(Print.REPORT, report, context)


def write_print(kind: Print, report: Report, context: dict) -> bytes:
    """Return this print of the report as a tagged PDF in the active language.

    The last one of its kind is kept for ten minutes with a hash of what it was drawn from, so that
    it is never given out for anything else. Of a trial nothing is kept.
    """
    html = render_to_string(kind.template, {"report": report} | context)
    if report.is_trial:
        return draw(html, kind.stylesheets, kind.zoom)
    key = _key(kind, get_language(), report.survey_round_id, report.segment_id)
    drawn_from = hashlib.sha256(html.encode()).hexdigest()
    with _cache_may_be_away("answer"):
        kept_from, document = caches["prints"].get(key, ("", b""))
        if kept_from == drawn_from:
            return document
    document = draw(html, kind.stylesheets, kind.zoom)
    with _cache_may_be_away("keep"):
        caches["prints"].set(key, (drawn_from, document), TEN_MINUTES)
    return document


@contextmanager
def _cache_may_be_away(what):
    """Go on without the cache: what it does not do costs time, and what it keeps goes by itself."""
    try:
        yield
    except Exception as error:
        logger.warning("The cache does not %s: %s", what, type(error).__name__)


def show_pdf(document: bytes, report: Report, kind: str = "") -> HttpResponse:
    """Return a PDF about a report to open in the browser, under a name that tells what it is."""
    title = f"{kind} {report.title} {report.name or report.organisation}"
    name = slugify(title)[:LONGEST_NAME] or "leercultuur"
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def forget_prints(survey_round_id: UUID, segment_id: UUID | None) -> None:
    """Drop what is kept of this segment and of the organisation: it may hold former words (T7).

    Call it when the change is committed. What other processes keep, this one reaches only in a
    cache that they share (docs/promises.md).
    """
    languages = [language for language, _name in settings.LANGUAGES]
    kept = product(Print, languages, [survey_round_id], {segment_id, None})
    with _cache_may_be_away("forget"):
        caches["prints"].delete_many([_key(*each) for each in kept])


def _key(kind, language, survey_round_id, segment_id):
    return f"print:{survey_round_id}:{segment_id}:{kind.name}:{language}"


def draw(html: str, stylesheets: Sequence[str], zoom: float = 1) -> bytes:
    """Return the page as a tagged PDF. The page itself can load nothing, from nowhere.

    Raises TooManyPdfs if for PATIENCE seconds this process was busy with others.
    """
    if not _places.acquire(timeout=PATIENCE):
        raise TooManyPdfs
    try:
        return _draw(html, stylesheets, zoom)
    finally:
        _places.release()


def _draw(html, stylesheets, zoom):
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts = FontConfiguration()
    faces = CSS(string="".join(font_face(*face) for face in FACES), font_config=fonts)
    sheets = [_stylesheet(name) for name in stylesheets]
    page = HTML(string=keep_together(html), url_fetcher=URLFetcher(allowed_protocols=[]))
    return page.write_pdf(
        stylesheets=[faces, *sheets], font_config=fonts, pdf_variant="pdf/ua-1", zoom=zoom
    )


@lru_cache(maxsize=0 if settings.DEBUG else 16)
def _stylesheet(name):
    """Return one of our stylesheets, parsed: that takes a third of what a page to print costs.

    None of them names a font, which would belong to one drawing.
    """
    from weasyprint import CSS

    return CSS(filename=settings.BASE_DIR / "static" / "css" / name)


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
