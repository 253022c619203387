"""What was done with the results of closed survey rounds: texts read, actions written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from survey.models import ActionPoint, OtherText, SurveyRound


@dataclass(frozen=True)
class Progress:
    """How far a round is: texts to read, actions written, and those still to do."""

    pending_texts: int = 0
    actions: int = 0
    unfinished_actions: int = 0
    review_on: date | None = None  # the first day on which a team looks again


def read_progress(survey_rounds: Sequence[SurveyRound]) -> dict[SurveyRound, Progress]:
    """Return how far each of these rounds is; three queries if any of them is closed, else none."""
    closed = [survey_round.pk for survey_round in survey_rounds if survey_round.is_closed]
    texts = OtherText.objects.pending().filter(segment__survey_round__in=closed).order_by()
    pending = dict(texts.values_list("segment__survey_round").annotate(Count("pk")))
    of_closed = ActionPoint.objects.filter(survey_round__in=closed).order_by()
    written = dict(of_closed.values_list("survey_round").annotate(Count("pk")))
    unfinished = {
        key: (count, review_on)
        for key, count, review_on in of_closed.unfinished()
        .values_list("survey_round")
        .annotate(Count("pk"), Min("review_on"))
    }
    return {
        survey_round: Progress(
            pending.get(survey_round.pk, 0),
            written.get(survey_round.pk, 0),
            *unfinished.get(survey_round.pk, ()),
        )
        for survey_round in survey_rounds
    }
