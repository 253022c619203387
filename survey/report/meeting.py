"""What comes on paper around the table and on the board, and the comparison."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.access import member_required
from survey.instrument import read_instrument
from survey.models import Segment

from . import pdf
from .addresses import addresses_of
from .comparing import build_comparison
from .notice import NoticeForm, build_notice, shared_codes
from .pdf import Print
from .views import build_or_404, show_pdf

NAMES = "namen"


@require_safe
@member_required
def participant_sheet(request, survey_round, segment_id=None):
    """Two pages for everybody around the table."""
    report = build_or_404(survey_round, segment_id)
    addresses = addresses_of(survey_round, segment_id)
    if report.withheld:
        return redirect(addresses["report"])
    return render(
        request,
        "survey/report/participant_sheet.html",
        {
            "report": report,
            "addresses": addresses,
            "can_make_pdf": pdf.is_available(),
        },
    )


@require_safe
@member_required
def participant_sheet_pdf(request, survey_round, segment_id=None):
    """The same two pages as a tagged PDF."""
    report = build_or_404(survey_round, segment_id)
    if report.withheld or not pdf.is_available():
        return redirect(addresses_of(survey_round, segment_id)["report"])
    document = pdf.write_print(Print.PARTICIPANT_SHEET, report, {})
    return show_pdf(document, report, _("deelnemersblad"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def notice(request, survey_round, segment_id=None):
    """Choose what hangs on the board, and see it.

    Names are not kept: who prints the board chooses them each time.
    """
    report = build_or_404(survey_round, segment_id)
    addresses = addresses_of(survey_round, segment_id)
    if report.withheld:
        return redirect(addresses["report"])

    shared, has_names = shared_codes(survey_round, report), NAMES in request.GET
    instrument = read_instrument(survey_round.questionnaire_id, get_language())
    sent = request.POST if request.method == "POST" else None
    form = NoticeForm(
        sent, instrument=instrument, report=report, shared_codes=shared, has_names=has_names
    )
    status = 200
    if sent is not None:
        if form.is_valid():
            form.save(survey_round, report)
            messages.success(request, _("Dit komt op het blad. Druk het nu af."))
            names = f"?{NAMES}=ja" if form.cleaned_data.get("has_names") else ""
            return redirect(addresses["notice"] + names)
        status = 422
    return render(
        request,
        "survey/report/notice.html",
        {
            "report": report,
            "survey_round": survey_round,
            "addresses": addresses,
            "notice": build_notice(report, shared, has_names=has_names),
            "form": form,
            "can_make_pdf": pdf.is_available(),
        },
        status=status,
    )


@require_safe
@member_required
def notice_pdf(request, survey_round, segment_id=None):
    """The board on A4, or with `?formaat=a3` on A3; with `?namen=ja` it says who does it."""
    report = build_or_404(survey_round, segment_id)
    addresses = addresses_of(survey_round, segment_id)
    if report.withheld or not pdf.is_available():
        return redirect(addresses["report"])
    shared = shared_codes(survey_round, report)
    board = build_notice(report, shared, has_names=NAMES in request.GET)
    if board.is_empty:
        return redirect(addresses["notice"])
    kind = Print.NOTICE_A3 if request.GET.get("formaat") == "a3" else Print.NOTICE
    document = pdf.write_print(kind, report, {"survey_round": survey_round, "notice": board})
    return show_pdf(document, report, _("mededeling"))


@require_safe
@member_required
def comparison(request, survey_round, segment_id=None):
    """This survey round beside the one it was made from."""
    try:
        compared = build_comparison(survey_round, segment_id)
    except Segment.DoesNotExist as missing:
        raise Http404 from missing
    return render(
        request,
        "survey/report/comparison.html",
        {
            "survey_round": survey_round,
            "addresses": addresses_of(survey_round, segment_id),
            "comparison": compared,
            "can_make_pdf": pdf.is_available(),
        },
    )
