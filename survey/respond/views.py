"""What a colleague meets: the form, and what became of it.

These pages know nobody: they ignore a signed-in session and set no cookie but those of CSRF
protection and language (T8).
"""

import uuid

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering import Outcome, draw_questions, find_stored, store_response
from survey.models import SurveyRound, Team

from . import pages
from .forms import PublicForm
from .languages import chosen_language, remember

SENT_BEFORE = {Outcome.REPEATED: pages.SAME, Outcome.DIFFERENT: pages.OTHER}

# The browser may keep the page for its back button, but asks before it shows it anew.
for_this_browser = cache_control(private=True, no_cache=True)


@require_http_methods(["GET", "HEAD", "POST"])
@for_this_browser
def respond(request, token):
    """The form of a team; with the general link first the question which team."""
    if request.method == "POST":
        team = _find_team(token)
        return _receive(request, team) if team else choose_team(request, token)
    survey_round = pages.find_round(token)
    if survey_round is None:
        return choose_team(request, token)
    if not survey_round.is_open:
        team = _find_team(token)
        return _shut(request, team) if team else choose_team(request, token)
    page = pages.blank_form(survey_round, csrf_token=get_token(request), key=uuid.uuid4())
    return HttpResponse(page)


@require_safe
@for_this_browser
def thanks(request, token):
    """Say that the answers arrived and what happens next."""
    survey_round = pages.find_round(token)
    if survey_round is None:
        return redirect("thanks", token=_find_joined_team_or_404(token).grouped_token)
    page = pages.thanks_page(
        survey_round,
        sent_before=request.GET.get("eerder", ""),
        fresh=uuid.uuid4().hex[:8],
    )
    return HttpResponse(page)


def choose_team(request, token):
    """List the teams of a survey round, for who has the general link.

    The link of a team that was joined with another leads to that one.
    """
    survey_round = (
        SurveyRound.objects.select_related("organisation")
        .prefetch_related("teams")
        .filter(token=token)
        .first()
    )
    if survey_round is None:
        return redirect(_find_joined_team_or_404(token))
    teams = list(survey_round.teams.all())
    if not survey_round.is_open:
        return _shut(request, teams[0])
    if len(teams) == 1:
        return redirect(teams[0])
    return render(
        request,
        "survey/respond/choose_team.html",
        {
            "survey_round": survey_round,
            "organisation": survey_round.organisation,
            "teams": teams,
        },
    )


def expired_form(request):
    """Return the filled-in form of which the CSRF token expired; one click sends it.

    Returns None for a request that was for another page.
    """
    match = request.resolver_match
    team = _find_team(match.kwargs["token"]) if match and match.url_name == "respond" else None
    if team is None or not request.POST:
        return None
    form = PublicForm.read(team.survey_round.questionnaire_id, request.POST)
    if team.survey_round.is_open:
        page = _draw(request, team, form, status=403, expired=True)
    else:
        page = _answer_late(request, team, form)
    add_never_cache_headers(page)  # it holds what somebody answered
    return page


def _find_team(token):
    """Return the team of this link; teams that were joined have the links of all of them."""
    teams = Team.objects.select_related("survey_round__organisation")
    return teams.filter(token=token).first() or teams.filter(former_links__token=token).first()


def _find_joined_team_or_404(token):
    return get_object_or_404(Team, former_links__token=token)


def _receive(request, team):
    """Store what was sent; whatever happens, the answers stay on the page."""
    questionnaire_id = team.survey_round.questionnaire_id
    language = chosen_language(request)
    if language:
        form = PublicForm.read(questionnaire_id, request.POST)
        draw = _draw if team.survey_round.is_open else _answer_late
        return remember(draw(request, team, form), language)

    form = PublicForm.read(questionnaire_id, request.POST)
    if form.is_from_bot():
        return _draw(request, team, form)
    if not form.is_valid():
        return _draw(request, team, form, status=422, problems=form.problems())

    try:
        outcome = store_response(team, form.key, form.submission())
    except SurveyRound.DoesNotExist:
        raise Http404 from None  # deleted while we received this form
    if outcome is Outcome.FULL and (now := _find_team(team.token)) != team:
        if now is None:
            raise Http404  # deleted too
        return _receive(request, now)  # HR joined teams while we received this form

    match outcome:
        case Outcome.STORED | Outcome.REPEATED | Outcome.DIFFERENT:
            return _thank(team, outcome)
        case _:
            return _shut(request, team, form=form, is_full=outcome is Outcome.FULL)


def _answer_late(request, team, form):
    """Thank for a form that was stored in time; say of another that it is too late."""
    outcome = find_stored(team, form.key, form.submission()) if form.is_valid() else None
    return _thank(team, outcome) if outcome else _shut(request, team, form=form)


def _thank(team, outcome):
    """Lead to the page that thanks; it says so when this form was stored before."""
    address = reverse("thanks", args=[team.grouped_token])
    sent_before = SENT_BEFORE.get(outcome)
    return redirect(f"{address}?{urlencode({'eerder': sent_before})}" if sent_before else address)


def _draw(request, team, form, *, status=200, problems=(), expired=False):
    """Draw the form again with what was filled in."""
    return render(
        request,
        "survey/respond/form.html",
        {
            "team": team,
            "survey_round": team.survey_round,
            "organisation": team.survey_round.organisation,
            "has_other_teams": team.survey_round.teams.exclude(pk=team.pk).exists(),
            "key": form.data["sleutel"],
            "questions": draw_questions(form),
            "question_count": len(form.instrument.questions),
            "translation_note": form.instrument.translation_note,
            "is_filled_in": True,
            "problems": problems,
            "expired": expired,
        },
        status=status,
    )


def _shut(request, team, *, form=None, is_full=False):
    """Say why the form takes no answers; what was just sent stays readable."""
    return render(
        request,
        "survey/respond/shut.html",
        {
            "team": team,
            "survey_round": team.survey_round,
            "organisation": team.survey_round.organisation,
            "questions": draw_questions(form) if form else "",
            "is_full": is_full,
        },
        status=409 if form else 200,
    )
