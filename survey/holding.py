"""Hold a survey round that is neither closed nor void, while something about it changes."""

from contextlib import contextmanager

from django.db import transaction

from .models import SurveyRound
from .turns import in_turn


class AlreadyFinished(Exception):
    """Somebody closed or voided the round before us."""


@contextmanager
def hold_unfinished(survey_round):
    """Yield the survey round as it is now, in a transaction that holds it and its teams.

    Until the end nobody can close or void it, send answers or change its teams. Raises
    AlreadyFinished if somebody closed or voided it before us.
    """
    with in_turn(), transaction.atomic():
        # The order of a submission and of closing: first the teams, then the round.
        _lock_teams(survey_round)
        held = SurveyRound.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
        # A team that was added while we waited for the round.
        _lock_teams(survey_round)
        if not held.is_unfinished:
            raise AlreadyFinished(f"Survey round {held.pk} is {held.state}.")
        yield held


def _lock_teams(survey_round):
    list(survey_round.teams.for_update().values_list("pk"))
