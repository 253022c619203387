"""The counts of a report as a table, for who wants to reckon further."""

from django.utils.translation import gettext as _

from . import tables
from .contents import Report


def count_rows(report: Report):
    """Yield the heading and one row per option: question, option, count and total."""
    yield [
        _("vraag"),
        _("tekst van de vraag"),
        _("antwoord"),
        _("aantal"),
        _("van"),
    ]
    questions = report.results.questions if report.results else ()
    for question in questions:
        for choice in question.choices:
            yield [question.number, question.text, choice.text, choice.count, choice.total]
        skipped = question.skipped
        yield [question.number, question.text, _("geen antwoord"), skipped.count, skipped.total]


def csv_response(report: Report):
    """Return a download of the counts as CSV."""
    return tables.csv_response(count_rows(report), file_title(report))


def xlsx_response(report: Report):
    """Return a download of the counts as a workbook."""
    return tables.xlsx_response(count_rows(report), file_title(report))


def file_title(report: Report) -> str:
    """Return what a file about this report is called."""
    return f"{report.title} {report.name or report.organisation}"
