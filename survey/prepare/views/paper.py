"""The blank paper form, and typing what was written on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.access import hr_required, member_required
from survey.answering import Outcome, draw_questions
from survey.instrument import read_instrument

from ..paper import SheetForm, last_sheet, next_number, save_sheet, undo_last_sheet
from ..printing import show_print
from ..sharing import make_handouts
from .finished import unfinished_only


@require_safe
@member_required
@unfinished_only
def paper_form(request, survey_round, team_id, *, as_pdf=False):
    """The eleven questions on one sheet of A4, both sides, in the language of the page."""
    team = get_object_or_404(survey_round.teams, pk=team_id)
    [handout] = make_handouts([team])
    context = {
        "survey_round": survey_round,
        "organisation": survey_round.organisation,
        "team": team,
        "link": handout.link,
        "instrument": read_instrument(survey_round.questionnaire_id, get_language()),
    }
    name = _("Papieren formulier %(team)s") % {"team": team.name}
    return show_print(request, "survey/prepare/paper/form.html", context, name=name, as_pdf=as_pdf)


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def paper_entry(request, survey_round, team_id):
    """Type one sheet after another. What was saved is never shown again (T9)."""
    team = _find_team(request, survey_round, team_id)
    if request.method != "POST":
        return _draw(request, survey_round, team, SheetForm.blank(survey_round))

    form = SheetForm.read(survey_round, request.POST)
    if not form.is_valid():
        return _draw(request, survey_round, team, form, status=422)

    outcome = save_sheet(request.session, team, form)
    if outcome is Outcome.FULL and not survey_round.teams.filter(pk=team.pk).exists():
        # Somebody joined teams while we received this sheet.
        team = _find_team(request, survey_round, team_id)
        outcome = save_sheet(request.session, team, form)

    match outcome:
        case Outcome.DIFFERENT:
            messages.error(
                request,
                _(
                    "Dit blad was al bewaard, met andere antwoorden; die tellen. Is het het "
                    "laatste blad, maak het dan ongedaan en typ het opnieuw."
                ),
            )
        case Outcome.FULL:
            messages.error(
                request,
                _(
                    "Dit blad is niet bewaard: dit team heeft al veel meer inzendingen dan "
                    "collega’s. Klopt het aantal collega’s?"
                ),
            )
            return _draw(request, survey_round, team, form, status=409)
        case Outcome.SHUT:
            messages.error(
                request,
                _("Dit blad is niet bewaard: de bevraging werd net afgesloten of ongeldig."),
            )
            return redirect(survey_round)
    return redirect("paper_entry", round_id=survey_round.pk, team_id=team.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def paper_undo(request, survey_round, team_id):
    """Take back the last sheet typed in this session; the button stands where one types."""
    team = _find_team(request, survey_round, team_id)
    if request.method != "POST":
        return redirect("paper_entry", round_id=survey_round.pk, team_id=team.pk)

    undone = undo_last_sheet(request.session, team)
    if undone:
        messages.success(
            request, _("Blad %(number)d is ongedaan gemaakt.") % {"number": undone.number}
        )
    else:
        messages.info(request, _("Er is geen blad om ongedaan te maken."))
    return redirect("paper_entry", round_id=survey_round.pk, team_id=team.pk)


def _find_team(request, survey_round, team_id):
    """Return the team; if it was joined since its page was opened, the team that it is part of."""
    teams = survey_round.teams
    token = request.POST.get("link", "")
    return teams.filter(pk=team_id).first() or get_object_or_404(teams, former_links__token=token)


def _draw(request, survey_round, team, form, status=200):
    return render(
        request,
        "survey/prepare/paper/entry.html",
        {
            "survey_round": survey_round,
            "team": team,
            "form": form,
            "questions": draw_questions(form),
            "number": next_number(request.session, team),
            "last_sheet": last_sheet(request.session, team),
        },
        status=status,
    )
