"""A report from its heading to its plan, drawn once for all who see the same.

That is most of the page (some 900 template nodes). It is drawn from the values that it is kept
under and from nothing else: no row, no request, no clock. So nothing makes it stale: another
count, name or action is another report.

What colleagues wrote is not in what is kept: it is filled in each time, so that former words of a
text are nowhere in memory once it was reworded or hidden (T7).
"""

import re
import secrets
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from survey.models import SurveyRound

from .addresses import addresses_of
from .contents import Report, Results

# About 45 kB each. While somebody works on the templates, nothing is kept.
KEPT_REPORTS = 0 if settings.DEBUG else 128

# Other in every process, so that nobody can type one.
PLACE = secrets.token_hex(16)
PLACES = re.compile(rf"{PLACE}-(\w+)")
TOKEN = "csrf_token"  # noqa: S105, the name of a place


@dataclass(frozen=True)
class Page:
    """What a page on screen has and its report does not: an address, and tools for its reader."""

    segment_id: UUID | None  # in its address
    previous_id: UUID | None  # the survey round to compare with
    is_for_hr: bool
    can_make_pdf: bool


def draw_report(report: Report, page: Page | None = None, *, csrf_token: str = "") -> str:
    """Return the drawn report in the active language, on paper or on this page.

    Of a trial nothing is kept, not even for a moment. A withheld report is not for here.
    """
    if report.is_trial or report.results is None:
        return _draw(report, page)
    results, words = take_words_out(report.results)
    drawn = _draw_once(replace(report, results=results), page, get_language())
    values = {str(number): escape(text) for number, text in enumerate(words)} | {TOKEN: csrf_token}
    filled_in = PLACES.sub(lambda place: values[place[1]], drawn)
    return mark_safe(filled_in)  # noqa: S308, drawn by a template and escaped here


def take_words_out(results: Results) -> tuple[Results, list[str]]:
    """Return the results with places where colleagues' words stand, and the words in that order."""
    words: list[str] = []

    def place(text):
        words.append(text)
        return f"{PLACE}-{len(words) - 1}"

    def without_words(question):
        pattern = question.pattern  # its prompts may quote a text
        return replace(
            question,
            texts=tuple(map(place, question.texts)),
            further_texts=tuple(map(place, question.further_texts)),
            pattern=pattern and replace(pattern, prompts=tuple(map(place, pattern.prompts))),
        )

    wordless = replace(
        results,
        questions=tuple(map(without_words, results.questions)),
        added=tuple(replace(added, text=place(added.text)) for added in results.added),
    )
    return wordless, words


@lru_cache(maxsize=KEPT_REPORTS)
def _draw_once(report: Report, page: Page | None, language: str) -> str:
    return _draw(report, page)


def _draw(report, page):
    context = {"report": report}
    if page:
        survey_round = SurveyRound(pk=report.survey_round_id, previous_id=page.previous_id)
        survey_round.reader_is_hr = page.is_for_hr
        context |= {
            "survey_round": survey_round,
            "addresses": addresses_of(survey_round, page.segment_id),
            "can_make_pdf": page.can_make_pdf,
            "csrf_token": f"{PLACE}-{TOKEN}",
        }
    return render_to_string("survey/report/_report.html", context)
