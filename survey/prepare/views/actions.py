"""What all teams of an organisation agreed on, on one page to print."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from survey.access import organisation_member_required
from survey.report.agreements import read_agreements


@require_safe
@organisation_member_required
def organisation_actions(request, organisation):
    """The unfinished actions per team, the questions to the management, and what is finished."""
    agreements = read_agreements(organisation)
    return render(
        request,
        "survey/prepare/actions.html",
        {
            "organisation": organisation,
            "agreements": [agreement for agreement in agreements if agreement.actions],
            "finished": [agreement for agreement in agreements if agreement.finished],
            "asking": [agreement for agreement in agreements if agreement.asking],
        },
    )
