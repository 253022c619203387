"""Responses become counts, and so do the tallies of what is closed: each in one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, IntegerField, Value

from .models import Answer, Segment, SurveyRound, Tally, Team


@dataclass(frozen=True)
class Counts:
    """How a group answered: number of responses, per option and per question.

    `chosen` maps the key of a choice to the responses that chose it, `answered` the key of a
    question to the responses that gave any answer to it. A missing key means 0.
    """

    responses: int = 0
    chosen: dict[int, int] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)

    def skipped(self, question_id: int) -> int:
        """Return how many responses left this question open."""
        return self.responses - self.answered.get(question_id, 0)


def add_counts(parts: Iterable[Counts]) -> Counts:
    """Return the counts of several groups together (T4)."""
    responses = 0
    chosen: dict[int, int] = defaultdict(int)
    answered: dict[int, int] = defaultdict(int)
    for part in parts:
        responses += part.responses
        for choice_id, count in part.chosen.items():
            chosen[choice_id] += count
        for question_id, count in part.answered.items():
            answered[question_id] += count
    return Counts(responses, dict(chosen), dict(answered))


def count_teams(survey_round: SurveyRound, teams: Iterable[Team]) -> dict[UUID, Counts]:
    """Return the counts of each of these teams by its key; one query.

    The caller holds the teams' locks if the numbers must agree with `response_count`.
    """
    of_round = Answer.objects.filter(response__team__survey_round=survey_round).order_by()
    per_choice = of_round.values_list(
        "response__team_id", "choice__question_id", "choice_id"
    ).annotate(count=Count("response_id"))
    per_question = of_round.values_list(
        "response__team_id", "choice__question_id", Value(None, IntegerField())
    ).annotate(count=Count("response_id", distinct=True))

    counts = {team.pk: Counts(team.response_count) for team in teams}
    for team_id, question_id, choice_id, count in per_choice.union(per_question, all=True):
        if choice_id is None:
            counts[team_id].answered[question_id] = count
        else:
            counts[team_id].chosen[choice_id] = count
    return counts


def count_segments(*groups: Iterable[Segment]) -> list[Counts]:
    """Return what was counted at closing (T5) of each of these groups together; one query.

    No segment is in two groups.
    """
    sizes = [{segment.pk: segment.response_count for segment in group} for group in groups]
    counts = [Counts(sum(size.values())) for size in sizes]
    for number, question_id, choice_id, count in Tally.objects.sums_of(*sizes):
        of_group = counts[number]
        if choice_id is None:
            of_group.answered[question_id] = of_group.responses - count
        else:
            of_group.chosen[choice_id] = count
    return counts
