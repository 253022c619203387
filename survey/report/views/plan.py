"""Writing the plan on screen, and telling how an action went."""

from datetime import UTC, datetime
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.access import member_required
from survey.instrument import read_instrument
from survey.models import ActionPoint, SurveyRound
from survey.models.actions import ANSWERS

from ..actions import (
    MOST_ACTIONS,
    PlanChanged,
    actions_of,
    fingerprint,
    forms_after_change,
    one_form_more,
    plan_forms,
    save_plan,
)
from ..addresses import addresses_of, report_of
from ..agreements import group_name, group_teams
from ..calendar import all_day_event
from ..opening import with_results


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@with_results
def plan(request, survey_round, segment_id, report):
    """One to three actions, written by HR or a facilitator."""
    instrument = read_instrument(survey_round.questionnaire_id, get_language())
    addresses = addresses_of(survey_round, segment_id)
    actions = list(actions_of(survey_round, report))
    draw = partial(_draw_plan, request, survey_round, addresses, report)
    if request.method != "POST":
        return draw(plan_forms(survey_round, actions, instrument), fingerprint(actions))

    seen = request.POST.get("gezien", "")
    if "nog_een" in request.POST:
        return draw(one_form_more(survey_round, actions, instrument, request.POST), seen)
    forms = plan_forms(survey_round, actions, instrument, request.POST)
    if not all(form.is_valid() for form in forms if form.is_bound):
        return draw(forms, seen, status=422)
    try:
        save_plan(survey_round, report, forms, seen)
    except PlanChanged:
        actions = list(actions_of(survey_round, report))
        forms = forms_after_change(survey_round, actions, instrument, request.POST)
        return draw(forms, fingerprint(actions), status=409)
    if all(form.is_empty for form in forms):
        messages.info(request, _("Er staat nu geen actie in het plan. Toevoegen kan altijd nog."))
    else:
        messages.success(request, _("Het plan is bewaard."))
    return redirect(addresses["report"])  # to its top, where the message stands


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def action(request, survey_round, action_id):
    """One action, to which the mail on its date leads; a press tells how it went.

    With `?stand=DONE` that answer stands first, as the mail offers it; looking changes nothing.
    """
    found = _find_action(survey_round, action_id)
    if request.method != "POST":
        return _draw_action(request, survey_round, found)

    state = request.POST.get("stand")
    if state not in ActionPoint.State:
        return _draw_action(request, survey_round, found, status=422)
    ActionPoint.objects.filter(pk=found.pk).update(state=state)
    messages.success(request, _("Genoteerd. Dank je."))
    return redirect(report_of(found))


@require_safe
@member_required
def action_calendar(request, survey_round, action_id):
    """The day on which the team looks again, for a calendar."""
    found = _find_action(survey_round, action_id)
    if found.review_on is None:
        raise Http404
    address = settings.SITE_URL + reverse("action", args=[survey_round.pk, found.pk])
    event = all_day_event(
        key=f"actie-{found.pk}-{survey_round.pk}",
        day=found.review_on,
        title=_("Hoe loopt het? %(action)s") % {"action": found.text},
        description="\n".join(part for part in (found.who, found.noticed_by, address) if part),
        address=address,
        made_at=datetime.now(UTC),
    )
    return HttpResponse(
        event,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="leercultuur.ics"'},
    )


def _draw_plan(request, survey_round, addresses, report, forms, seen, status=200):
    return render(
        request,
        "survey/report/plan.html",
        {
            "report": report,
            "survey_round": survey_round,
            "addresses": addresses,
            "forms": forms,
            "can_add": len(forms) < MOST_ACTIONS,
            "seen": seen,
            "problems": [problem for form in forms for problem in form.problems()]
            if status == 422
            else [],
            "is_changed": status == 409,
        },
        status=status,
    )


def _find_action(survey_round, action_id):
    """Return the action; of a void round nothing remains."""
    if survey_round.state == SurveyRound.State.VOID:
        raise Http404
    actions = survey_round.action_points.select_related("survey_round", "segment", "question")
    return get_object_or_404(actions, pk=action_id)


def _offered_answer(request):
    """Return the answer that a link in the mail offers, or None."""
    asked = request.GET.get("stand")
    return ActionPoint.State(asked) if asked in ANSWERS else None


def _draw_action(request, survey_round, found, status=200):
    return render(
        request,
        "survey/report/action.html",
        {
            "survey_round": survey_round,
            "action": found,
            "group": group_name(found),
            "teams": group_teams(found),
            "answer": _offered_answer(request),
            "address": report_of(found),
            "is_refused": status == 422,
        },
        status=status,
    )
