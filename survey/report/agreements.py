"""What all teams of an organisation agreed to do, did, and ask of the management."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from survey.models import ActionPoint, Organisation

from .names import segment_name, untold_names


@dataclass(frozen=True)
class Agreement:
    """The actions of one report, and what it asks of the management."""

    group: str
    teams: tuple[str, ...]  # that the group's name does not tell
    survey_round: str
    address: str
    actions: tuple[ActionPoint, ...]  # that are still to be done or being done
    finished: tuple[ActionPoint, ...]
    asking: tuple[ActionPoint, ...]  # also for actions that are finished: the question may not be


def read_agreements(organisation: Organisation) -> tuple[Agreement, ...]:
    """Return what matters of each report, the newest survey round first; three queries."""
    actions = (
        ActionPoint.objects.filter(
            survey_round__organisation=organisation, survey_round__voided_at=None
        )
        .select_related("survey_round", "segment", "question")
        .prefetch_related("segment__teams", "survey_round__teams")
        .order_by(
            "-survey_round__opened_on",
            "survey_round_id",
            F("segment__position").asc(nulls_first=True),
            "position",
        )
    )
    return tuple(
        _agreement(list(of_report))
        for _key, of_report in groupby(
            actions, lambda action: (action.survey_round, action.segment)
        )
    )


def _agreement(actions):
    first = actions[0]
    return Agreement(
        group=group_name(first),
        teams=group_teams(first),
        survey_round=first.survey_round.title,
        address=first.segment.get_absolute_url()
        if first.segment
        else reverse("report", args=[first.survey_round_id]),
        actions=tuple(action for action in actions if not action.is_finished),
        finished=tuple(action for action in actions if action.is_finished),
        asking=tuple(action for action in actions if action.asked_of_management),
    )


def group_name(action: ActionPoint) -> str:
    """Return who agreed on this action: a segment's name, or the whole organisation."""
    teams = list((action.segment or action.survey_round).teams.all())
    if action.segment or len(teams) == 1:
        return segment_name([team.name for team in teams])
    return _("Hele organisatie")


def group_teams(action: ActionPoint) -> tuple[str, ...]:
    """Return the teams of a segment whose name does not tell them (T3)."""
    if action.segment is None:
        return ()
    return untold_names([team.name for team in action.segment.teams.all()], group_name(action))
