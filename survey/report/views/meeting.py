"""What comes on paper around the table and on the board."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.access import member_required
from survey.instrument import read_instrument

from .. import pdf
from ..addresses import addresses_of
from ..notice import NoticeForm, build_notice, shared_codes
from ..opening import with_results
from ..pdf import Print

NAMES = "namen"


@require_safe
@member_required
@with_results
def participant_sheet(request, survey_round, segment_id, report):
    """Two pages for everybody around the table."""
    return render(
        request,
        "survey/report/participant_sheet.html",
        {
            "report": report,
            "addresses": addresses_of(survey_round, segment_id),
            "can_make_pdf": pdf.is_available(),
        },
    )


@require_safe
@member_required
@with_results
def participant_sheet_pdf(request, survey_round, segment_id, report):
    """The same two pages as a tagged PDF."""
    if not pdf.is_available():
        return redirect(addresses_of(survey_round, segment_id)["report"])
    document = pdf.write_print(Print.PARTICIPANT_SHEET, report, {})
    return pdf.show_pdf(document, report, _("deelnemersblad"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@with_results
def notice(request, survey_round, segment_id, report):
    """Choose what hangs on the board, and see it.

    Names are not kept: who prints the board chooses them each time.
    """
    addresses = addresses_of(survey_round, segment_id)
    shared, has_names = shared_codes(survey_round, report), NAMES in request.GET
    draw = partial(_draw_notice, request, survey_round, addresses, report, shared, has_names)
    make_form = partial(
        NoticeForm,
        instrument=read_instrument(survey_round.questionnaire_id, get_language()),
        report=report,
        shared_codes=shared,
        has_names=has_names,
    )
    if request.method != "POST":
        return draw(make_form())

    form = make_form(request.POST)
    if not form.is_valid():
        return draw(form, status=422)
    form.save(survey_round, report)
    messages.success(request, _("Dit komt op het blad. Druk het nu af."))
    names = f"?{NAMES}=ja" if form.cleaned_data.get("has_names") else ""
    return redirect(addresses["notice"] + names)


@require_safe
@member_required
@with_results
def notice_pdf(request, survey_round, segment_id, report):
    """The board on A4, or with `?formaat=a3` on A3; with `?namen=ja` it says who does it."""
    addresses = addresses_of(survey_round, segment_id)
    if not pdf.is_available():
        return redirect(addresses["report"])
    shared = shared_codes(survey_round, report)
    board = build_notice(report, shared, has_names=NAMES in request.GET)
    if board.is_empty:
        return redirect(addresses["notice"])
    kind = Print.NOTICE_A3 if request.GET.get("formaat") == "a3" else Print.NOTICE
    document = pdf.write_print(kind, report, {"survey_round": survey_round, "notice": board})
    return pdf.show_pdf(document, report, _("mededeling"))


def _draw_notice(request, survey_round, addresses, report, shared, has_names, form, status=200):
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
