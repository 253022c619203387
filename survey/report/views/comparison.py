"""The comparison with the survey round that this one was made from."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from survey.access import member_required
from survey.models import Segment

from .. import pdf
from ..addresses import addresses_of
from ..comparing import build_comparison


@require_safe
@member_required
def comparison(request, survey_round, segment_id=None):
    """This survey round beside the one it was made from."""
    try:
        compared = build_comparison(survey_round, segment_id)
    except Segment.DoesNotExist as missing:
        raise Http404 from missing
    return render(
        request,
        "survey/report/comparison.html",
        {
            "survey_round": survey_round,
            "addresses": addresses_of(survey_round, segment_id),
            "comparison": compared,
            "can_make_pdf": pdf.is_available(),
        },
    )
