"""Void a survey round: all answers are deleted, only the reason remains."""

from django.db import transaction
from django.utils import timezone

from survey.forgetting import forget_old_pages
from survey.holding import hold_unfinished
from survey.models import OtherText, Response, erase


def void_round(survey_round, reason):
    """Declare an open or ended survey round void and delete everything colleagues answered.

    Raises AlreadyFinished and then changes nothing: what is closed stays (T5).
    """
    with hold_unfinished(survey_round) as held:
        erase(Response.objects.of_round(held), OtherText.objects.of_round(held))
        held.teams.update(response_count=0)
        held.voided_at = timezone.now()
        held.void_reason = reason
        held.save(update_fields=["voided_at", "void_reason"])
        transaction.on_commit(forget_old_pages)
