"""Start a survey round."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.access import organisation_hr_required

from ..new_round import (
    NewRoundForm,
    TeamRows,
    blank_rows,
    default_texts,
    newest_questionnaire,
    one_row_more,
    start_round,
)
from ..overview import SMALL_TEAM


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_hr_required
def survey_round_new(request, organisation):
    """Make a survey round with its teams. It is open as soon as it is made."""
    questionnaire = newest_questionnaire()
    if questionnaire is None:
        messages.error(request, _("Er is nog geen vragenlijst geladen. Vraag het de beheerder."))
        return redirect(organisation)

    if request.method != "POST":
        form = NewRoundForm(initial=default_texts(request.user))
        return _draw(request, organisation, form, blank_rows())
    if "add_row" in request.POST:
        form = NewRoundForm(initial=request.POST.dict())
        return _draw(request, organisation, form, one_row_more(request.POST))

    form, rows = NewRoundForm(request.POST), TeamRows(request.POST, prefix="team")
    if not all([form.is_valid(), rows.is_valid()]):
        return _draw(request, organisation, form, rows, status=422)

    survey_round = start_round(organisation, questionnaire, form, rows)
    messages.success(request, _("De bevraging is begonnen. Deel nu de links."))
    return redirect(survey_round)


def _draw(request, organisation, form, rows, status=200):
    return render(
        request,
        "survey/prepare/round_new.html",
        {
            "organisation": organisation,
            "form": form,
            "rows": rows,
            "threshold": settings.THRESHOLD,
            "small_team": SMALL_TEAM,
        },
        status=status,
    )
