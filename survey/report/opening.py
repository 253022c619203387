"""Find the report that an address asks for."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect

from survey.models import Segment

from .addresses import addresses_of
from .build import build_report


def build_or_404(survey_round, segment_id):
    """Return the report; a segment that this round does not have is not found."""
    try:
        return build_report(survey_round, segment_id)
    except Segment.DoesNotExist as missing:
        raise Http404 from missing


def with_results(view):
    """Call the view with the report, if it has results.

    A withheld report leads to its own page, which says why (T1).
    """

    @wraps(view)
    def wrapped(request, survey_round, segment_id=None):
        report = build_or_404(survey_round, segment_id)
        if report.withheld:
            return redirect(addresses_of(survey_round, segment_id)["report"])
        return view(request, survey_round, segment_id, report)

    return wrapped
