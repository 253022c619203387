"""How many forms of a survey round were refused today because of a flood, to tell HR.

A number in the cache, that goes after a day: nothing of who sent them, and nothing of what.
Without REDIS_URL each process counts what it refused itself.
"""

import logging

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from survey.models import SurveyRound

logger = logging.getLogger(__name__)

A_DAY = 24 * 60 * 60


def count_refusal(token: str) -> None:
    """Count a form that was refused on the link with this token; an unknown link is not counted."""
    of_link = Q(token=token) | Q(teams__token=token) | Q(teams__former_links__token=token)
    try:
        key = SurveyRound.objects.filter(of_link).values_list("pk", flat=True).first()
        if key is None:
            return
        cache.add(_name(key), 0, A_DAY)
        cache.incr(_name(key))
    except Exception as error:
        # Database or cache is away. Who floods us is refused even so.
        logger.warning("A refusal is not counted: %s", type(error).__name__)


def refused_today(survey_round: SurveyRound) -> int:
    """Return how many forms of this round were refused today, as far as we know."""
    try:
        return cache.get(_name(survey_round.pk), 0)
    except Exception as error:
        logger.warning("The cache does not answer: %s", type(error).__name__)
        return 0


def _name(key):
    return f"refused:{key}:{timezone.localdate()}"
