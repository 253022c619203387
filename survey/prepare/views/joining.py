"""Join small teams, before closing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.access import hr_required
from survey.holding import hold_unfinished

from ..joining import FEWEST_TO_JOIN, JoinForm, join_teams
from ..plan import make_plan
from .finished import unfinished_only


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def teams_join(request, survey_round):
    """Say what joining does, and what closing would do without it; then join."""
    teams = list(survey_round.teams.all())
    if len(teams) < FEWEST_TO_JOIN:
        messages.info(request, _("Er is maar één team. Samenvoegen kan vanaf twee."))
        return redirect(survey_round)
    if request.method != "POST":
        return _draw(request, survey_round, teams, JoinForm(teams=teams))

    with hold_unfinished(survey_round) as held:
        teams = list(held.teams.all())
        form = JoinForm(request.POST, teams=teams)
        if form.is_valid():
            team = join_teams(held, form.cleaned_data["teams"], form.cleaned_data["name"])
            messages.success(
                request,
                _("De teams zijn nu één team: %(team)s. Alle links en affiches blijven werken.")
                % {"team": team.name},
            )
            return redirect(survey_round)
    return _draw(request, survey_round, teams, form, status=422)


def _draw(request, survey_round, teams, form, status=200):
    return render(
        request,
        "survey/prepare/teams_join.html",
        {
            "survey_round": survey_round,
            "plan": make_plan(survey_round, teams),
            "form": form,
        },
        status=status,
    )
