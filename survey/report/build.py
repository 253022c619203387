"""Build a report from counts: tallies once closed, responses while a team fills in together.

Reads the database in at most five queries, whatever the number of responses or teams; the
questionnaire costs one more the first time a process reads it, and so does a team of which
nobody noted which team it was the time before.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from survey.counting import Counts, add_counts, count_segments, count_teams
from survey.instrument import Instrument, read_instrument
from survey.models import OtherText, Segment, SurveyRound, Team

from .contents import TEXTS_TO_COUNT, Report, SegmentLink, Withheld
from .names import segment_name, untold_names
from .reading import read_actions, read_teams, segments_before
from .results import TEXTS_TO_READ, Texts, build_results


def build_report(survey_round: SurveyRound, segment_id: UUID | None = None) -> Report:
    """Return the report of a segment, or without segment of the whole organisation.

    With one segment both are the same report. An anonymous round that is not closed, and a
    void one, give a report without results. Raises Segment.DoesNotExist if the round has no
    such segment.
    """
    teams, earlier_segments = read_teams(survey_round)
    segments = _teams_by_segment(teams)
    if segment_id is None and len(segments) == 1:
        [segment_id] = segments
    if segment_id is not None and segment_id not in segments:
        raise Segment.DoesNotExist(f"No segment {segment_id} in round {survey_round.pk}.")

    instrument = read_instrument(survey_round.questionnaire_id, get_language())
    shown_teams = segments[segment_id] if segment_id else teams
    withheld = why_withheld(survey_round, teams)
    results = None
    if not withheld:
        group = _Group(survey_round, shown_teams)
        results = build_results(instrument, group.counts(), group.texts(instrument))

    is_only = len(segments) <= 1
    earlier = segments_before(survey_round, shown_teams, earlier_segments)
    earlier_actions, actions = read_actions(survey_round, segment_id, earlier, is_only=is_only)
    name = _report_name(segment_id, shown_teams, teams)
    return Report(
        survey_round_id=survey_round.pk,
        organisation=survey_round.organisation.name,
        title=survey_round.title,
        segment_id=segment_id,
        name=name,
        teams=untold_names([team.name for team in shown_teams], name),
        silent_teams=tuple(
            team.name for team in teams if survey_round.is_closed and team.segment_id is None
        ),
        headcount=sum(team.headcount for team in shown_teams),
        read_by=survey_round.told.read_by,
        opened_on=survey_round.opened_on,
        last_day=_last_day(survey_round),
        is_anonymous=survey_round.is_anonymous,
        is_closed=survey_round.is_closed,
        is_trial=False,
        language=instrument.language,
        translation_note=instrument.translation_note,
        earlier_actions=earlier_actions,
        actions=actions,
        segments=_links(segments, segment_id),
        withheld=withheld,
        results=results,
    )


def build_trial_report(instrument: Instrument, counts: Counts, texts: dict[int, str]) -> Report:
    """Return the report of one form that is stored nowhere."""
    shown = {key: Texts(first=(text,), count=1) for key, text in texts.items()}
    today = timezone.localdate()
    return Report(
        survey_round_id=None,
        organisation="",
        title=instrument.title,
        segment_id=None,
        name="",
        teams=(),
        silent_teams=(),
        headcount=None,
        read_by="",
        opened_on=today,
        last_day=today,
        is_anonymous=False,
        is_closed=False,
        is_trial=True,
        language=instrument.language,
        translation_note=instrument.translation_note,
        earlier_actions=(),
        actions=(),
        segments=(),
        withheld=None,
        results=build_results(instrument, counts, shown),
    )


def why_withheld(survey_round: SurveyRound, teams: Iterable[Team]) -> Withheld | None:
    """Return why nobody may see results, or None if members may (T1)."""
    if survey_round.state == SurveyRound.State.VOID:
        return Withheld.VOID
    if survey_round.is_closed:
        return None
    if survey_round.is_anonymous:
        return Withheld.NOT_CLOSED
    if not any(team.response_count for team in teams):
        return Withheld.NO_RESPONSES
    return None


@dataclass(frozen=True)
class _Group:
    """The responses that a report is about: frozen in segments, or still in teams."""

    survey_round: SurveyRound
    teams: list[Team]

    def counts(self) -> Counts:
        if self.survey_round.is_closed:
            [counts] = count_segments(self._segments())
            return counts
        return add_counts(count_teams(self.survey_round, self.teams).values())

    def texts(self, instrument: Instrument) -> dict[int, Texts]:
        """Return the first shown texts by question, and how many there are at least; one query."""
        if self.survey_round.is_closed:
            field, keys = "segment", [segment.pk for segment in self._segments()]
        else:
            field, keys = "team", [team.pk for team in self.teams]
        questions = [question.id for question in instrument.multiple_questions]
        return _sort_texts(
            OtherText.objects.first_of_each(
                field, keys, questions, first=TEXTS_TO_READ, most=TEXTS_TO_COUNT
            )
        )

    def _segments(self) -> set[Segment]:
        return {team.segment for team in self.teams if team.segment}


def _sort_texts(rows) -> dict[int, Texts]:
    first: dict[int, list[tuple[str, str]]] = defaultdict(list)
    counts: dict[tuple[int, str], int] = {}
    questions = set()
    for question_id, state, key, text, count in rows:
        questions.add(question_id)
        if key is None:
            counts[question_id, state] = count
        else:
            first[question_id].append((str(key), text))
    return {
        question_id: Texts(
            first=tuple(text for _, text in sorted(first[question_id])),
            count=counts[question_id, OtherText.State.SHOWN],
            pending=counts[question_id, OtherText.State.PENDING],
        )
        for question_id in questions
    }


def _teams_by_segment(teams) -> dict[UUID, list[Team]]:
    """Return the teams of each published segment, in the order of publication."""
    segments: dict[UUID, list[Team]] = defaultdict(list)
    for team in sorted(
        (team for team in teams if team.segment), key=lambda team: team.segment.position
    ):
        segments[team.segment_id].append(team)
    return dict(segments)


def _report_name(segment_id, shown_teams, teams):
    if segment_id or len(teams) == 1:
        return segment_name([team.name for team in shown_teams])
    return ""


def _links(segments, segment_id):
    if len(segments) < 2:
        return ()
    links = [
        SegmentLink(
            key,
            segment_name([team.name for team in teams]),
            teams[0].segment.response_count,
            key == segment_id,
        )
        for key, teams in segments.items()
    ]
    total = sum(link.response_count for link in links)
    return (SegmentLink(None, "", total, segment_id is None), *links)


def _last_day(survey_round) -> date:
    if survey_round.closed_at:
        return min(survey_round.closing_date, timezone.localdate(survey_round.closed_at))
    return survey_round.closing_date
