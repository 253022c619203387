"""What closing now would publish, as HR reads it before she closes (T3)."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.closing import close_round, plan_segments
from survey.holding import hold_unfinished
from survey.models import SurveyRound, Team
from survey.report.names import segment_name


class SegmentsChanged(Exception):
    """Closing now would publish other segments than the page showed."""


@dataclass(frozen=True)
class PlannedSegment:
    """The teams that would get a report together, in the order of the round."""

    teams: tuple[Team, ...]
    threshold: int
    is_changed: bool

    @property
    def response_count(self) -> int:
        return sum(team.response_count for team in self.teams)

    @property
    def name(self) -> str:
        return segment_name([team.name for team in self.teams])

    @property
    def counted(self) -> str:
        """The teams with their numbers of responses: Keuken (3) en Onthaal (2)."""
        return get_text_list(
            [f"{team.name} ({team.response_count})" for team in self.teams], _("en")
        )

    @property
    def reason(self) -> str:
        """Why these teams are taken together; empty for a team that stands alone."""
        if len(self.teams) == 1:
            return ""
        small = [team for team in self.teams if team.response_count < self.threshold]
        if len(small) == len(self.teams):
            return _("Elk apart halen ze de %(threshold)d inzendingen niet, samen wel.") % {
                "threshold": self.threshold
            }
        [joined] = [team for team in self.teams if team not in small]
        return ngettext(
            "%(small)s haalt de %(threshold)d inzendingen niet. Daarom komt %(team)s erbij: het "
            "kleinste team dat ze wel haalt.",
            "%(small)s halen de %(threshold)d inzendingen niet, ook niet samen. Daarom komt "
            "%(team)s erbij: het kleinste team dat ze wel haalt.",
            len(small),
        ) % {"small": list_names(small), "threshold": self.threshold, "team": joined.name}


@dataclass(frozen=True)
class Plan:
    """The segments that closing now would publish. None: too few responses to close."""

    segments: tuple[PlannedSegment, ...]
    silent_teams: tuple[Team, ...]
    missing: int

    @property
    def can_close(self) -> bool:
        return bool(self.segments)

    @property
    def alone(self) -> tuple[PlannedSegment, ...]:
        """The teams that get a report of their own."""
        return tuple(segment for segment in self.segments if len(segment.teams) == 1)

    @property
    def together(self) -> tuple[PlannedSegment, ...]:
        """The teams that share a report; at most one group."""
        return tuple(segment for segment in self.segments if len(segment.teams) > 1)

    @property
    def silent_names(self) -> str:
        return list_names(self.silent_teams)

    @property
    def fingerprint(self) -> str:
        """Which teams are together, as text for a hidden field."""
        return " ".join(_key(segment.teams) for segment in self.segments)

    @property
    def is_changed(self) -> bool:
        return any(segment.is_changed for segment in self.segments)


def make_plan(survey_round: SurveyRound, teams: list[Team], shown: str | None = None) -> Plan:
    """Return what closing now would publish.

    `shown` is the fingerprint of the plan that somebody has before her eyes: segments that
    were not in it are marked as changed.
    """
    threshold = survey_round.threshold if survey_round.is_anonymous else 1
    known = None if shown is None else set(shown.split())
    return Plan(
        segments=tuple(
            PlannedSegment(
                teams=tuple(group),
                threshold=threshold,
                is_changed=known is not None and _key(group) not in known,
            )
            for group in plan_segments(survey_round, teams)
        ),
        silent_teams=tuple(team for team in teams if not team.response_count),
        missing=max(0, threshold - sum(team.response_count for team in teams)),
    )


def close_as_shown(survey_round: SurveyRound, shown: str) -> None:
    """Close the survey round if that publishes exactly the plan with this fingerprint.

    Raises SegmentsChanged, or what `close_round` raises, and then changes nothing.
    """
    with hold_unfinished(survey_round) as held:
        plan = make_plan(held, list(held.teams.all()))
        if plan.can_close and plan.fingerprint != shown:
            raise SegmentsChanged(f"Survey round {held.pk} has other segments than shown.")
        close_round(held)


def list_names(teams) -> str:
    """Return names as people list them: Zorg, Keuken en Onthaal."""
    return get_text_list([team.name for team in teams], _("en"))


def _key(teams):
    return "+".join(sorted(str(team.pk) for team in teams))
