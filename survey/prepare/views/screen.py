"""The big screen: the link and how many answered, and after closing the questions one by one."""

from django.db.models import Sum
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from survey.access import member_required
from survey.models import SurveyRound
from survey.report.opening import build_or_404

from ..screen import make_slides
from ..sharing import link_to


@require_safe
@member_required
def screen(request, survey_round, segment_id=None):
    """What a group looks at together: before closing never more than counts (T1)."""
    if survey_round.state == SurveyRound.State.VOID:
        return redirect(survey_round)
    report = build_or_404(survey_round, segment_id)
    if report.withheld:
        return _draw_waiting(request, survey_round)
    return render(
        request,
        "survey/prepare/screen/slides.html",
        {
            "survey_round": survey_round,
            "report": report,
            "results": report.results,
            "slides": make_slides(report, may_close=_may_close(survey_round)),
        },
    )


@require_safe
@member_required
def screen_count(request, survey_round):
    """How many answered, for the counter that refreshes itself; of a void round nothing."""
    if survey_round.state == SurveyRound.State.VOID:
        return JsonResponse({"is_finished": True})
    return JsonResponse(_count(survey_round) | {"is_finished": not survey_round.is_unfinished})


def _may_close(survey_round):
    return survey_round.reader_is_hr and survey_round.is_unfinished


def _draw_waiting(request, survey_round):
    return render(
        request,
        "survey/prepare/screen/waiting.html",
        {
            "survey_round": survey_round,
            "link": link_to(survey_round),
            "count": _count(survey_round),
            "closes_from": survey_round.threshold if survey_round.is_anonymous else 1,
        },
    )


def _count(survey_round):
    return survey_round.teams.aggregate(
        responses=Sum("response_count", default=0), headcount=Sum("headcount", default=0)
    )
