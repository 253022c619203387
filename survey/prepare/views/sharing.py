"""Share a survey round: links and texts, posters, cards, and a page to hand over."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from survey.access import member_required
from survey.models import SurveyRound

from ..printing import show_print
from ..sharing import ask_in_other_languages, link_to, list_links, make_handouts, write_invitations
from .finished import unfinished_only

CARDS_ON_A4 = 8


@require_safe
@member_required
@unfinished_only
def share(request, survey_round):
    """Each team's link, and one for everybody that asks for the team first.

    With one team there is one link: that of the team.
    """
    teams = list(survey_round.teams.all())
    team = teams[0] if len(teams) == 1 else None
    return render(
        request,
        "survey/prepare/share/share.html",
        {
            "survey_round": survey_round,
            "organisation": survey_round.organisation,
            "team": team,
            "team_links": list_links(teams),
            "link": link_to(team or survey_round),
            "invitations": write_invitations(survey_round, team),
        },
    )


@require_safe
@member_required
@unfinished_only
def share_team(request, survey_round, team_id):
    """A team's link, its texts ready to send, and what can be printed for it."""
    team = get_object_or_404(survey_round.teams, pk=team_id)
    return render(
        request,
        "survey/prepare/share/share_team.html",
        {
            "survey_round": survey_round,
            "organisation": survey_round.organisation,
            "team": team,
            "link": link_to(team),
            "invitations": write_invitations(survey_round, team),
        },
    )


@require_safe
@member_required
@unfinished_only
def posters(request, survey_round, team_id=None, *, as_pdf=False):
    """The poster of one team, or those of all teams, one A4 each."""
    teams = survey_round.teams.all()
    name = _("Affiches %(title)s") % {"title": survey_round.title}
    if team_id:
        teams = [get_object_or_404(teams, pk=team_id)]
        name = _("Affiche %(team)s") % {"team": teams[0].name}
    context = {
        "survey_round": survey_round,
        "organisation": survey_round.organisation,
        "handouts": make_handouts(teams),
        "other_languages": ask_in_other_languages(),
    }
    return show_print(
        request, "survey/prepare/share/posters.html", context, name=name, as_pdf=as_pdf
    )


@require_safe
@member_required
@unfinished_only
def cards(request, survey_round, team_id, *, as_pdf=False):
    """Small cards to hand out, eight to an A4."""
    team = get_object_or_404(survey_round.teams, pk=team_id)
    [handout] = make_handouts([team])
    context = {
        "survey_round": survey_round,
        "organisation": survey_round.organisation,
        "handout": handout,
        "copies": range(CARDS_ON_A4),
        "other_languages": ask_in_other_languages(),
    }
    name = _("Kaartjes %(team)s") % {"team": team.name}
    return show_print(request, "survey/prepare/share/cards.html", context, name=name, as_pdf=as_pdf)


@require_safe
@member_required
def hand_over(request, survey_round, *, as_pdf=False):
    """What works council and data-protection officer want to know, also after closing."""
    if survey_round.state == SurveyRound.State.VOID:
        return redirect(survey_round)
    context = {
        "survey_round": survey_round,
        "organisation": survey_round.organisation,
        "teams": survey_round.teams.all(),
        "retention_months": settings.RETENTION_MONTHS,
        "backup_days": settings.BACKUP_DAYS,
        "questions_address": settings.SITE_URL + reverse("try"),
        "explanation_address": settings.SITE_URL + reverse("explanation"),
    }
    name = _("Om te overhandigen %(title)s") % {"title": survey_round.title}
    return show_print(
        request, "survey/prepare/share/hand_over.html", context, name=name, as_pdf=as_pdf
    )


@require_safe
@member_required
@unfinished_only
def five_sentences(request, survey_round, *, as_pdf=False):
    """What who leads a team can say to announce the survey round, on a sheet of its own."""
    context = {"survey_round": survey_round, "organisation": survey_round.organisation}
    name = _("Vijf zinnen %(title)s") % {"title": survey_round.title}
    return show_print(
        request, "survey/prepare/share/five_sentences.html", context, name=name, as_pdf=as_pdf
    )
