"""Who may open a page about an organisation or a survey round.

Members see their own organisations; everything else does not exist for them (404).
"""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from .models import Membership, Organisation, SurveyRound


def member_required(view):
    """Call the view with the survey round of `round_id`, for members of its organisation."""
    return _with_round(view, hr_only=False)


def hr_required(view):
    """Call the view with the survey round of `round_id`, for HR of its organisation."""
    return _with_round(view, hr_only=True)


def organisation_member_required(view):
    """Call the view with the organisation of `organisation_id`, for its members."""
    return _with_organisation(view, hr_only=False)


def organisation_hr_required(view):
    """Call the view with the organisation of `organisation_id`, for its HR members."""
    return _with_organisation(view, hr_only=True)


def _with_round(view, *, hr_only):
    @wraps(view)
    @never_cache
    @login_required
    def wrapped(request, round_id, **kwargs):
        rounds = SurveyRound.objects.for_member(request.user).select_related("organisation")
        survey_round = get_object_or_404(rounds, pk=round_id)
        _check_role(survey_round, hr_only)
        return view(request, survey_round, **kwargs)

    return wrapped


def _with_organisation(view, *, hr_only):
    @wraps(view)
    @never_cache
    @login_required
    def wrapped(request, organisation_id, **kwargs):
        organisations = Organisation.objects.for_member(request.user)
        organisation = get_object_or_404(organisations, pk=organisation_id)
        _check_role(organisation, hr_only)
        return view(request, organisation, **kwargs)

    return wrapped


def _check_role(found, hr_only):
    """`found` carries the reader's role, see the querysets' `for_member`."""
    found.reader_is_hr = found.reader_role == Membership.Role.HR
    if hr_only and not found.reader_is_hr:
        raise PermissionDenied
