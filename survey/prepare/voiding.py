"""Void a survey round: all answers are deleted, only the reason remains."""

from django.db import transaction
from django.utils import timezone

from survey.closing import forget_old_pages
from survey.holding import hold_unfinished
from survey.models import Answer, OtherText, Response


def void_round(survey_round, reason):
    """Declare an open or ended survey round void and delete everything colleagues answered.

    Raises AlreadyFinished and then changes nothing: what is closed stays (T5).
    """
    with hold_unfinished(survey_round) as held:
        responses = Response.objects.of_round(held)
        answers = Answer.objects.filter(response__in=responses)
        texts = OtherText.objects.of_round(held)
        # Plain DELETE: the ordinary one would first fetch every row to look for cascades.
        for answered in (answers, responses, texts):
            answered._raw_delete(answered.db)
        held.teams.update(response_count=0)
        held.voided_at = timezone.now()
        held.void_reason = reason
        held.save(update_fields=["voided_at", "void_reason"])
        transaction.on_commit(forget_old_pages)
