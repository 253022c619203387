"""What to answer when somebody changes a survey round that is closed or void."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from survey.holding import AlreadyFinished
from survey.models import SurveyRound


def what_it_means(survey_round) -> str:
    """Return why nothing can be changed about this finished round."""
    if survey_round.state == SurveyRound.State.VOID:
        return _("Deze bevraging is ongeldig verklaard. Er verandert niets meer aan.")
    return _(
        "Deze bevraging is afgesloten. Er verandert niets meer aan, zodat wat jullie ervan "
        "deelden, blijft kloppen."
    )


def unfinished_only(view):
    """Call the view for rounds that are neither closed nor void; say so for the others (T5).

    The view itself may raise AlreadyFinished, when somebody else was first.
    """

    @wraps(view)
    def wrapped(request, survey_round, **kwargs):
        try:
            if not survey_round.is_unfinished:
                raise AlreadyFinished(f"Survey round {survey_round.pk} is {survey_round.state}.")
            return view(request, survey_round, **kwargs)
        except AlreadyFinished:
            survey_round.refresh_from_db()
            messages.info(request, what_it_means(survey_round))
            return redirect(survey_round)

    return wrapped
