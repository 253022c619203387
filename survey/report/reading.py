"""What a report reads of its teams, of the teams that they were before, and of their actions."""

from uuid import UUID

from django.db.models import F, Q

from survey.models import ActionPoint, Team


def read_teams(survey_round) -> tuple[list[Team], dict[Team, set[UUID | None]]]:
    """Return the teams, and of each the segments of the previous round that its colleagues were in.

    A team of which nothing was noted has no segments of before; one query.
    """
    rows = Team.objects.filter(survey_round=survey_round).select_related("segment")
    if not survey_round.previous_id:
        return list(rows), {}
    segments: dict[Team, set[UUID | None]] = {}
    # A team stands there once for each team that it was.
    noted = rows.annotate(origin=F("previous_teams"), before=F("previous_teams__segment"))
    for team in noted:
        segments.setdefault(team, set()).update([team.before] if team.origin else [])
    return list(segments), segments


def segments_before(survey_round, teams, segments) -> set[UUID | None]:
    """Return the segments that these teams were in; asks by name for teams without any."""
    found: set[UUID | None] = set().union(*(segments.get(team, ()) for team in teams))
    unnoted = [team for team in teams if survey_round.previous_id and not segments[team]]
    if unnoted:
        earlier = Team.objects.before(survey_round, unnoted)
        found.update(earlier.values_list("segment", flat=True))
    return found - {None}


def read_actions(survey_round, segment_id, earlier_segments, *, is_only) -> list[ActionPoint]:
    """Return this report's actions, and those of any of its teams the time before; one query.

    The only report of a round is also the whole organisation's.
    """
    of_teams = Q(segment__in=earlier_segments)
    of_all = Q(segment=None)
    mine = Q(survey_round=survey_round) & (
        Q(segment=segment_id) | of_all if is_only else Q(segment=segment_id)
    )
    if survey_round.previous_id:
        theirs = of_teams | of_all if is_only else of_teams if segment_id else of_all
        mine |= Q(survey_round=survey_round.previous_id, survey_round__voided_at=None) & theirs
    # Both conditions lead to these two rounds; said apart, the planner sees it too.
    of_rounds = Q(survey_round__in=[survey_round.pk, survey_round.previous_id or survey_round.pk])
    actions = ActionPoint.objects.filter(of_rounds, mine).select_related("question")
    unread = ("question__text", "question__hint", "question__keyword")
    return list(actions.defer(*unread).order_by("segment__position", "position"))
