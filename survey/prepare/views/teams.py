"""Add a team to a survey round, or change one, before closing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.access import hr_required
from survey.holding import hold_unfinished
from survey.models import Team

from ..forms import TeamForm
from ..overview import SMALL_TEAM
from .finished import unfinished_only


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def team_new(request, survey_round):
    """Add a team; it gets its own link."""
    if not survey_round.is_anonymous:
        messages.info(request, _("Wie samen invult, doet dat als één team."))
        return redirect(survey_round)
    if request.method != "POST":
        return _draw(request, survey_round, TeamForm(instance=Team(survey_round=survey_round)))

    with hold_unfinished(survey_round) as held:
        form = TeamForm(request.POST, instance=Team(survey_round=held))
        if form.is_valid():
            form.instance.position = held.teams.next_position()
            form.save()
            messages.success(request, _("Het team staat erbij. Deel zijn link."))
            return redirect(survey_round)
    return _draw(request, survey_round, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def team_edit(request, survey_round, team_id):
    """Change the name or the headcount of a team; its link stays the same."""
    team = get_object_or_404(survey_round.teams, pk=team_id)
    if request.method != "POST":
        return _draw(request, survey_round, TeamForm(instance=team), team)

    with hold_unfinished(survey_round) as held:
        form = TeamForm(request.POST, instance=get_object_or_404(held.teams, pk=team_id))
        if form.is_valid():
            form.save()
            messages.success(request, _("De wijzigingen zijn bewaard."))
            return redirect(survey_round)
    return _draw(request, survey_round, form, team, status=422)


def _draw(request, survey_round, form, team=None, status=200):
    return render(
        request,
        "survey/prepare/team.html",
        {
            "survey_round": survey_round,
            "team": team,
            "form": form,
            "small_team": SMALL_TEAM,
        },
        status=status,
    )
