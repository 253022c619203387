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
            "survey_round": survey_round,
            "addresses": addresses_of(survey_round, segment_id),
            "can_make_pdf": pdf.is_available(),
        },
    )


@require_safe
@member_required
def report_pdf(request, survey_round, segment_id=None):
    """The A4 report as a tagged PDF."""
    built = build_or_404(survey_round, segment_id)
    if built.withheld or not pdf.is_available():
        return redirect("report", round_id=survey_round.pk)
    return pdf_response(built)


@require_safe
@member_required
def report_csv(request, survey_round, segment_id=None):
    built = build_or_404(survey_round, segment_id)
    if built.withheld:
        return redirect("report", round_id=survey_round.pk)
    return export.csv_response(built)


@require_safe
@member_required
def report_xlsx(request, survey_round, segment_id=None):
    built = build_or_404(survey_round, segment_id)
    if built.withheld:
        return redirect("report", round_id=survey_round.pk)
    return export.xlsx_response(built)


def pdf_response(report):
    """Return the report as a PDF to open in the browser, under a name that tells what it is."""
    name = slugify(f"{report.title} {report.name or report.organisation}") or "leercultuur"
    return HttpResponse(
        pdf.write_pdf(report),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def build_or_404(survey_round, segment_id):
    """Return the report; a segment that this round does not have is not found."""
    try:
        return build_report(survey_round, segment_id)
    except Segment.DoesNotExist as missing:
        raise Http404 from missing
