"""What stands out in a report, its eleven questions and the annex, drawn once.

They are most of the page (some 600 template nodes) and depend on nothing but the results and the
language. Results are frozen values, so they are the key themselves and nothing makes them stale.

What colleagues wrote is not in what is kept: it is filled in each time, so that former words of a
text are nowhere in memory once it was reworded or hidden (T7).
"""

import re
import secrets
from dataclasses import replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from .contents import Report, Results

# Other in every process, so that nobody can type one.
PLACE = secrets.token_hex(16)
PLACES = re.compile(rf"{PLACE}-(\d+)")


def draw_results(report: Report) -> str:
    """Return the drawn results in the active language; nothing for a withheld report.

    Of a trial nothing is kept, not even for a moment.
    """
    if report.results is None:
        return ""
    if report.is_trial:
        return _draw(report.results)
    wordless, words = take_words_out(report.results)
    drawn = _draw_once(wordless, get_language())
    filled_in = PLACES.sub(lambda place: escape(words[int(place[1])]), drawn)
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


@lru_cache(maxsize=128)
def _draw_once(results: Results, language: str) -> str:
    return _draw(results)


def _draw(results):
    return render_to_string("survey/report/_results.html", {"results": results})
