"""Close a survey round, or declare it void: the two things that cannot be undone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.access import hr_required
from survey.closing import TooFewResponses
from survey.kept_sheets import forget_finished_sheets
from survey.models import OtherText

from ..forms import CloseForm, VoidForm
from ..plan import SegmentsChanged, close_as_shown, make_plan
from ..voiding import void_round
from .finished import unfinished_only


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def survey_round_close(request, survey_round):
    """Say exactly what closing would publish, and close what was said."""
    if request.method != "POST":
        return _draw_closing(request, survey_round, CloseForm())

    form = CloseForm(request.POST)
    if not form.is_valid():
        return _draw_closing(request, survey_round, form, status=422)

    try:
        close_as_shown(survey_round, request.POST.get("plan", ""))
    except SegmentsChanged:
        again = CloseForm(initial={"papers_left": 0})
        return _draw_closing(request, survey_round, again, status=409)
    except TooFewResponses:
        messages.error(request, _("Er zijn nog te weinig inzendingen om af te sluiten."))
        return redirect(survey_round)
    forget_finished_sheets(request.session)
    return _go_on(request, survey_round)


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def survey_round_void(request, survey_round):
    """Declare a survey round void, with a reason; all answers are deleted."""
    form = VoidForm(instance=survey_round)
    status = 200
    if request.method == "POST":
        form = VoidForm(request.POST, instance=survey_round)
        if form.is_valid():
            void_round(survey_round, form.cleaned_data["void_reason"])
            forget_finished_sheets(request.session)
            messages.success(request, _("De bevraging is ongeldig en alle antwoorden zijn gewist."))
            return redirect(survey_round)
        status = 422
    responses = sum(team.response_count for team in survey_round.teams.all())
    return render(
        request,
        "survey/prepare/round_void_confirm.html",
        {"survey_round": survey_round, "form": form, "responses": responses},
        status=status,
    )


def _go_on(request, survey_round):
    """After closing, lead to the texts that wait for a reader, or else to the report."""
    if not OtherText.objects.of_round(survey_round).pending().exists():
        messages.success(request, _("Afgesloten: de cijfers liggen vast."))
        return redirect("report", round_id=survey_round.pk)
    messages.success(
        request,
        _(
            "Afgesloten: de cijfers liggen vast. Lees nu eerst na wat collega’s bij ‘Andere’ "
            "schreven."
        ),
    )
    return redirect("review_texts", round_id=survey_round.pk)


def _draw_closing(request, survey_round, form, status=200):
    """Draw the page with the plan of this moment; after sending, mark what changed since."""
    teams = list(survey_round.teams.all())
    shown = request.POST.get("plan") if request.method == "POST" else None
    return render(
        request,
        "survey/prepare/close.html",
        {
            "survey_round": survey_round,
            "teams": teams,
            "plan": make_plan(survey_round, teams, shown),
            "form": form,
        },
        status=status,
    )
