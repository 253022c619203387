"""Keep what was tried without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from survey import kept_trial

from ..keeping import AlreadyKept, keep_in, where_form


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def keep_answers(request):
    """Ask where the answers of a trial belong, and make them a survey round there."""
    trial = kept_trial.find(request.session)
    if trial is None:
        return redirect("home")
    if request.method != "POST":
        return _draw(request, where_form(request.user))
    if "forget" in request.POST:
        kept_trial.forget(request.session)
        messages.info(request, _("De antwoorden zijn weg. Er is niets bewaard."))
        return redirect("home")

    form = where_form(request.user, request.POST)
    if not form.is_valid():
        return _draw(request, form, status=422)
    try:
        survey_round = keep_in(form.chosen(), request.user, trial)
    except AlreadyKept:
        kept_trial.forget(request.session)
        return redirect("home")
    kept_trial.forget(request.session)
    messages.success(request, _("Je antwoorden staan nu in een bevraging van je organisatie."))
    return redirect(survey_round)


def _draw(request, form, status=200):
    return render(request, "survey/prepare/keep_answers.html", {"form": form}, status=status)
