"""The report of a survey round: on screen, as PDF and as a table."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from survey.access import member_required
from survey.models import Segment

from . import export, pdf
from .addresses import addresses_of
from .build import build_report
from .comparing import build_comparison
from .drawing import draw_results

LONGEST_NAME = 80  # of a file


@require_safe
@member_required
def report(request, survey_round, segment_id=None):
    """The report on screen; printing this page gives the A4 report."""
    built = build_or_404(survey_round, segment_id)
    return render(
        request,
        "survey/report/report.html",
        {
            "report": built,
            "drawn_results": draw_results(built),
            "survey_round": survey_round,
            "addresses": addresses_of(survey_round, segment_id),
            "can_make_pdf": pdf.is_available(),
        },
    )


@require_safe
@member_required
def report_pdf(request, survey_round, segment_id=None):
    """The A4 report as a tagged PDF; `?met=vergelijking` adds the comparison as an annex."""
    built = build_or_404(survey_round, segment_id)
    if built.withheld or not pdf.is_available():
        return redirect("report", round_id=survey_round.pk)
    comparison = None
    if request.GET.get("met") == "vergelijking":
        comparison = build_comparison(survey_round, segment_id)
    return pdf_response(built, comparison)


@require_safe
@member_required
def report_csv(request, survey_round, segment_id=None):
    """The counts as CSV."""
    built = build_or_404(survey_round, segment_id)
    if built.withheld:
        return redirect("report", round_id=survey_round.pk)
    return export.csv_response(built)


@require_safe
@member_required
def report_xlsx(request, survey_round, segment_id=None):
    """The counts as a workbook."""
    built = build_or_404(survey_round, segment_id)
    if built.withheld:
        return redirect("report", round_id=survey_round.pk)
    return export.xlsx_response(built)


def pdf_response(report, comparison=None):
    """Return the report as a PDF to open in the browser."""
    return show_pdf(pdf.write_pdf(report, comparison), report)


def show_pdf(document, report, kind=""):
    """Return a PDF about a report to open in the browser, under a name that tells what it is."""
    title = f"{kind} {report.title} {report.name or report.organisation}"
    name = slugify(title)[:LONGEST_NAME] or "leercultuur"
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def build_or_404(survey_round, segment_id):
    """Return the report; a segment that this round does not have is not found."""
    try:
        return build_report(survey_round, segment_id)
    except Segment.DoesNotExist as missing:
        raise Http404 from missing
