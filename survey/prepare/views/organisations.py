"""A user's organisations, and the survey rounds of one of them."""

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from survey.access import organisation_member_required
from survey.kept_trial import KEPT
from survey.models import Organisation

from ..forms import NewOrganisationForm
from ..keeping import add_organisation
from ..overview import build_overview, find_latest_closed, most_pressing
from ..progress import read_progress


@require_safe
@never_cache
@login_required
def home(request):
    """The user's organisations; with exactly one, that one; with none, the first step.

    Who still has to say where a trial is kept, does that first.
    """
    if KEPT in request.session:
        return redirect("keep_answers")
    organisations = list(Organisation.objects.for_member(request.user))
    match organisations:
        case []:
            return _draw_new(request, NewOrganisationForm())
        case [only]:
            return redirect(only)
        case _:
            return render(request, "survey/prepare/home.html", {"organisations": organisations})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def organisation_new(request):
    """Make an organisation; who makes it is its first HR member, and starts a survey round."""
    if request.method != "POST":
        return _draw_new(request, NewOrganisationForm())

    form = NewOrganisationForm(request.POST)
    if not form.is_valid():
        return _draw_new(request, form, status=422)

    organisation = form.save(commit=False)
    organisation.pk = form.cleaned_data["sleutel"]
    try:
        add_organisation(organisation, request.user)
    except IntegrityError:  # it was sent twice
        own = Organisation.objects.for_member(request.user)
        organisation = get_object_or_404(own, pk=organisation.pk)
    return redirect("survey_round_new", organisation_id=organisation.pk)


@require_safe
@organisation_member_required
def organisation(request, organisation):
    """The survey rounds of an organisation, and what to do next."""
    survey_rounds = list(organisation.survey_rounds.prefetch_related("teams"))
    overviews = [
        build_overview(survey_round, progress, is_hr=organisation.reader_is_hr)
        for survey_round, progress in read_progress(survey_rounds).items()
    ]
    return render(
        request,
        "survey/prepare/organisation.html",
        {
            "organisation": organisation,
            "overviews": overviews,
            "pressing": most_pressing(overviews),
            "latest_closed": find_latest_closed(overviews),
        },
    )


def _draw_new(request, form, status=200):
    return render(
        request,
        "survey/prepare/organisation_new.html",
        {"form": form, "is_first": not request.user.memberships.exists()},
        status=status,
    )
