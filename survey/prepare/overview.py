"""What the page of a survey round tells: where it stands, and how many answered."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from survey.answering import cap_of
from survey.models import SurveyRound, Team
from survey.refusals import refused_today

from .next_step import NextStep, find_next_step
from .plan import Plan, list_names, make_plan
from .progress import Progress

# Up to here a bar has one block per colleague; above it, one whole bar.
MOST_BLOCKS = 30
# A team below this headcount seldom reaches the threshold on its own.
SMALL_TEAM = 8

ROAD = (
    _("Klaargezet"),
    _("Collega’s vullen in"),
    _("Afsluiten"),
    _("Rapport"),
    _("Acties"),
)
STOP_IN_STATE = {
    SurveyRound.State.OPEN: 2,
    SurveyRound.State.ENDED: 3,
    SurveyRound.State.CLOSED: 4,
}
ACTING = 5


@dataclass(frozen=True)
class Turnout:
    """How many responses there are, and how many colleagues could answer."""

    responses: int
    headcount: int

    @property
    def length(self) -> int:
        """The length of the bar, in colleagues. There may be more responses than expected."""
        return max(self.responses, self.headcount)

    @property
    def missing(self) -> int:
        return self.length - self.responses

    @property
    def has_blocks(self) -> bool:
        return self.length <= MOST_BLOCKS

    @property
    def exceeds(self) -> bool:
        return self.responses > self.headcount


@dataclass(frozen=True)
class TeamRow:
    """A team with the full address of its form and its turnout."""

    team: Team
    address: str
    turnout: Turnout


@dataclass(frozen=True)
class Stop:
    """A stop on the road from preparing to acting."""

    name: str
    is_current: bool


@dataclass(frozen=True)
class Overview:
    """A survey round as its page shows it: numbers of responses, never an answer (T1)."""

    survey_round: SurveyRound
    rows: tuple[TeamRow, ...]
    total: Turnout
    plan: Plan
    road: tuple[Stop, ...]
    small_teams: str
    days_left: int
    progress: Progress
    next_step: NextStep

    @property
    def full_teams(self) -> tuple[TeamRow, ...]:
        """The teams of which the form takes no more, because far too many came in."""
        return tuple(row for row in self.rows if row.team.response_count >= cap_of(row.team))

    @property
    def refused_today(self) -> int:
        """How many forms were refused today because too many came from one connection."""
        return refused_today(self.survey_round) if self.survey_round.is_unfinished else 0

    @property
    def has_report_already(self) -> bool:
        """Whether there is a report before closing: of what a team filled in together."""
        survey_round = self.survey_round
        is_together = survey_round.is_unfinished and not survey_round.is_anonymous
        return is_together and self.plan.can_close


def build_overview(survey_round: SurveyRound, progress: Progress, *, is_hr: bool) -> Overview:
    """Return what the page of a survey round shows to HR, or to a facilitator; one query."""
    teams = list(survey_round.teams.all())
    total = Turnout(
        sum(team.response_count for team in teams), sum(team.headcount for team in teams)
    )
    plan = make_plan(survey_round, teams)
    return Overview(
        survey_round=survey_round,
        rows=tuple(_row(team) for team in teams),
        total=total,
        plan=plan,
        road=_road(survey_round, progress),
        small_teams=_small_teams(survey_round, teams),
        days_left=(survey_round.closing_date - timezone.localdate()).days,
        progress=progress,
        next_step=find_next_step(survey_round, teams, plan, progress, is_hr=is_hr),
    )


def _row(team):
    return TeamRow(
        team=team,
        address=settings.SITE_URL + team.get_absolute_url(),
        turnout=Turnout(team.response_count, team.headcount),
    )


def _road(survey_round, progress):
    """The road follows what was done: with an action written, a closed round is at its end."""
    current = STOP_IN_STATE.get(survey_round.state)
    if survey_round.is_closed and progress.actions:
        current = ACTING
    return tuple(
        Stop(name=name, is_current=number == current) for number, name in enumerate(ROAD, start=1)
    )


def _small_teams(survey_round, teams):
    """Name the teams that may stay too small, when several teams answer apart."""
    if not survey_round.is_anonymous or len(teams) == 1:
        return ""
    return list_names([team for team in teams if team.headcount < SMALL_TEAM])


def find_latest_closed(overviews: list[Overview]) -> Overview | None:
    """Return the closed round that opened last; None if none is closed."""
    return next((overview for overview in overviews if overview.survey_round.is_closed), None)


def most_pressing(overviews: list[Overview]) -> Overview | None:
    """Return the round that asks for attention first.

    Past its date; then with texts to read, if it is the last one closed; then open; then closed;
    a void one only if there is no other.
    """
    closed = [overview for overview in overviews if overview.survey_round.is_closed]
    to_read = [overview for overview in closed[:1] if overview.progress.pending_texts]
    in_state = {
        state: [overview for overview in overviews if overview.survey_round.state == state]
        for state in (SurveyRound.State.ENDED, SurveyRound.State.OPEN, SurveyRound.State.VOID)
    }
    waiting = [
        *in_state[SurveyRound.State.ENDED],
        *to_read,
        *in_state[SurveyRound.State.OPEN],
        *closed,
        *in_state[SurveyRound.State.VOID],
    ]
    return waiting[0] if waiting else None
