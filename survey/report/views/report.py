"""The report of a survey round: on screen, as PDF and as a table."""

from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from survey.access import member_required

from .. import export, pdf
from ..addresses import addresses_of
from ..comparing import build_comparison
from ..drawing import Page, draw_report
from ..opening import build_or_404, with_results


@require_safe
@member_required
def report(request, survey_round, segment_id=None):
    """The report on screen; printing this page gives the A4 report."""
    built = build_or_404(survey_round, segment_id)
    context = {"report": built, "survey_round": survey_round}
    if not built.withheld:
        page = Page(
            segment_id,
            survey_round.previous_id,
            is_for_hr=survey_round.reader_is_hr,
            can_make_pdf=pdf.is_available(),
        )
        context["drawn_report"] = draw_report(built, page, csrf_token=get_token(request))
    return render(request, "survey/report/report.html", context)


@require_safe
@member_required
@with_results
def report_pdf(request, survey_round, segment_id, report):
    """The A4 report as a tagged PDF; `?met=vergelijking` adds the comparison as an annex."""
    if not pdf.is_available():
        return redirect(addresses_of(survey_round, segment_id)["report"])
    comparison = None
    if request.GET.get("met") == "vergelijking":
        comparison = build_comparison(survey_round, segment_id)
    return pdf.show_pdf(pdf.write_pdf(report, comparison), report)


@require_safe
@member_required
@with_results
def report_csv(request, survey_round, segment_id, report):
    """The counts as CSV."""
    return export.csv_response(report)


@require_safe
@member_required
@with_results
def report_xlsx(request, survey_round, segment_id, report):
    """The counts as a workbook."""
    return export.xlsx_response(report)
