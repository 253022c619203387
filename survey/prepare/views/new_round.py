"""Start a survey round."""

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.access import organisation_hr_required
from survey.models import Questionnaire, SurveyRound

from ..new_round import (
    NewRoundForm,
    TeamRows,
    blank_rows,
    default_texts,
    find_example,
    one_row_more,
    problems_in,
    rows_of,
    start_round,
    texts_of,
)
from ..overview import SMALL_TEAM


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_hr_required
def survey_round_new(request, organisation):
    """Make a survey round with its teams. It is open as soon as it is made.

    With `?vorige=` in the address it starts from the teams and texts of that one: a closed one
    is followed and later compared, of a void one nothing remains to compare with.
    """
    questionnaire = Questionnaire.objects.newest()
    if questionnaire is None:
        messages.error(request, _("Er is nog geen vragenlijst geladen. Vraag het de beheerder."))
        return redirect(organisation)

    example = _example_or_404(request, organisation, questionnaire)
    if request.method != "POST":
        texts = default_texts(request.user) | (texts_of(example) if example else {})
        rows = rows_of(example) if example else blank_rows()
        return _draw(request, organisation, NewRoundForm(initial=texts), rows, example)
    if "add_row" in request.POST:
        form = NewRoundForm(initial=request.POST.dict())
        return _draw(request, organisation, form, one_row_more(request.POST), example)

    form, rows = NewRoundForm(request.POST), TeamRows(request.POST, prefix="team")
    if not all([form.is_valid(), rows.is_valid()]):
        problems = problems_in(form, rows)
        return _draw(request, organisation, form, rows, example, problems, status=422)

    # Of a void one nothing remains; what it followed itself can be followed again.
    previous = example and (example if example.is_closed else example.previous)
    try:
        survey_round = start_round(organisation, questionnaire, form, rows, previous)
    except IntegrityError:  # it was sent twice
        return redirect(
            get_object_or_404(organisation.survey_rounds, pk=form.cleaned_data["sleutel"])
        )
    if survey_round.is_anonymous:
        messages.success(request, _("De bevraging is begonnen. Deel nu de links."))
    else:
        messages.success(request, _("De bevraging is begonnen. Vul ze nu samen in."))
    return redirect(survey_round)


def _example_or_404(request, organisation, questionnaire):
    """Return the round that is asked again, or None if this one starts from nothing."""
    if "vorige" not in request.GET:
        return None
    try:
        return find_example(organisation, questionnaire, request.GET["vorige"])
    except SurveyRound.DoesNotExist as missing:
        raise Http404 from missing


def _draw(request, organisation, form, rows, example, problems=(), status=200):
    return render(
        request,
        "survey/prepare/round_new.html",
        {
            "organisation": organisation,
            "is_first": not organisation.survey_rounds.exists(),
            "form": form,
            "rows": rows,
            "example": example,
            "problems": problems,
            "threshold": settings.THRESHOLD,
            "small_team": SMALL_TEAM,
        },
        status=status,
    )
