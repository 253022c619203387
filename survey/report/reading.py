"""What a report reads of its teams, of the teams that they were before, and of their actions."""

from uuid import UUID

from django.db.models import F, Q

from survey.models import ActionPoint, Team
from survey.models.questionnaire import in_language

from .contents import AgreedAction

COLUMNS = (
    "pk", "position", "text", "first_step", "who", "needed", "asked_of_management", "noticed_by",
    "review_on", "state", "is_shared",
)  # fmt: skip


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


def read_actions(
    survey_round, segment_id, earlier_segments, *, is_only
) -> tuple[tuple[AgreedAction, ...], tuple[AgreedAction, ...]]:
    """Return what any of its teams agreed the time before, and this report's actions; one query.

    The only report of a round is also the whole organisation's.
    """
    of_all = Q(segment=None)
    mine = Q(segment=segment_id) | of_all if is_only else Q(segment=segment_id)
    # Both conditions lead to these rounds; said apart, the planner sees it too.
    of_rounds = Q(survey_round=survey_round.pk)
    if survey_round.previous_id:
        of_teams = Q(segment__in=earlier_segments)
        theirs = of_teams | of_all if is_only else of_teams if segment_id else of_all
        before = Q(survey_round=survey_round.previous_id, survey_round__voided_at=None)
        mine = of_rounds & mine | before & theirs
        of_rounds = Q(survey_round__in=[survey_round.pk, survey_round.previous_id])
    rows = (
        ActionPoint.objects.filter(of_rounds, mine)
        .order_by("segment__position", "position")
        .values_list("survey_round", "question__number", "question__topic", *COLUMNS)
    )
    earlier: list[AgreedAction] = []
    now: list[AgreedAction] = []
    for round_id, number, topic, *columns in rows:
        values = dict(zip(COLUMNS, columns, strict=True))
        action = AgreedAction(
            topic=f"{number}. {in_language(topic)}" if number else "",
            state_name=str(ActionPoint.State(values["state"]).label),
            **values,
        )
        (now if round_id == survey_round.pk else earlier).append(action)
    return tuple(earlier), tuple(now)
