"""What stands out in a report, its eleven questions and the annex, drawn once.

They are most of the page (some 600 template nodes) and depend on nothing but the results and the
language. Results are frozen values, so they are the key themselves and nothing makes them stale:
a text that is hidden or shown makes other results.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from .contents import Report, Results


def draw_results(report: Report) -> str:
    """Return the drawn results in the active language; nothing for a withheld report.

    Of a trial nothing is kept, not even for a moment.
    """
    if report.results is None:
        return ""
    if report.is_trial:
        return _draw(report.results)
    return _draw_once(report.results, get_language())


@lru_cache(maxsize=128)
def _draw_once(results: Results, language: str) -> str:
    return _draw(results)


def _draw(results):
    return render_to_string("survey/report/_results.html", {"results": results})
