"""The page of a survey round, the form as a colleague sees it, and changing texts or date."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.access import hr_required, member_required
from survey.answering import blank_questions
from survey.holding import hold_unfinished
from survey.instrument import read_instrument
from survey.models import SurveyRound

from ..forms import MoreTimeForm, RoundForm
from ..overview import SMALL_TEAM, build_overview
from ..progress import read_progress
from ..published import published_segments
from .finished import unfinished_only

# What "more time" proposes.
MORE_TIME = timedelta(weeks=1)


@require_safe
@member_required
def survey_round(request, survey_round):
    """Where a survey round stands and what to do next; when void, only the reason."""
    progress = read_progress([survey_round])[survey_round]
    overview = build_overview(survey_round, progress, is_hr=survey_round.reader_is_hr)
    if survey_round.state == SurveyRound.State.VOID:
        return render(
            request,
            "survey/prepare/round_void.html",
            {"survey_round": survey_round, "overview": overview},
        )
    return render(
        request,
        "survey/prepare/round.html",
        {
            "survey_round": survey_round,
            "overview": overview,
            "published": published_segments(survey_round) if survey_round.is_closed else (),
            "small_team": SMALL_TEAM,
        },
    )


@require_safe
@member_required
def preview(request, survey_round):
    """The form as a colleague sees it. Nothing on it can be sent."""
    if survey_round.state == SurveyRound.State.VOID:
        return redirect(survey_round)
    teams = list(survey_round.teams.all())
    instrument = read_instrument(survey_round.questionnaire_id, get_language())
    return render(
        request,
        "survey/prepare/preview.html",
        {
            "survey_round": survey_round,
            "organisation": survey_round.organisation,
            "team": teams[0],
            "has_other_teams": len(teams) > 1,
            "questions": blank_questions(survey_round.questionnaire_id, get_language()),
            "question_count": len(instrument.questions),
            "translation_note": instrument.translation_note,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def survey_round_edit(request, survey_round):
    """Change the title, the last day and what colleagues read."""
    template = "survey/prepare/round_edit.html"
    if request.method != "POST":
        form = RoundForm(instance=survey_round)
        return render(request, template, {"survey_round": survey_round, "form": form})

    with hold_unfinished(survey_round) as held:
        form = RoundForm(request.POST, instance=held)
        if form.is_valid():
            form.save()
            messages.success(request, _("De wijzigingen zijn bewaard."))
            return redirect(survey_round)
    return render(request, template, {"survey_round": survey_round, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
@unfinished_only
def survey_round_extend(request, survey_round):
    """Give colleagues more time."""
    template = "survey/prepare/round_extend.html"
    if request.method != "POST":
        form = MoreTimeForm(instance=survey_round)
        form.initial["closing_date"] = form.earliest + MORE_TIME
        return render(request, template, {"survey_round": survey_round, "form": form})

    with hold_unfinished(survey_round) as held:
        form = MoreTimeForm(request.POST, instance=held)
        if form.is_valid():
            form.save()
            messages.success(request, _("Collega’s hebben meer tijd."))
            return redirect(survey_round)
    return render(request, template, {"survey_round": survey_round, "form": form}, status=422)
