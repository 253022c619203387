"""Put two closed survey rounds beside each other, the second made from the first.

Reads the database in three queries, whatever the number of responses or teams.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from survey.counting import count_segments
from survey.instrument import QuestionText, read_instrument
from survey.models import Segment, SurveyRound, Team
from survey.models.questionnaire import SOURCE_LANGUAGE, Prompt

from .comparison import Change, Obstacle, Side, find_change
from .contents import ChoiceResult
from .names import segment_name


@dataclass(frozen=True)
class ComparedChoice:
    """One option, before and now."""

    text: str
    before: ChoiceResult
    now: ChoiceResult
    change: Change | None


@dataclass(frozen=True)
class ComparedQuestion:
    """One question that was asked both times in the same words."""

    number: int
    text: str
    choices: tuple[ComparedChoice, ...]
    skipped: ComparedChoice

    @property
    def has_percentages(self) -> bool:
        """Whether one of the two groups is large enough for percentages."""
        return any(side.percentage is not None for side in (self.skipped.before, self.skipped.now))


@dataclass(frozen=True)
class Comparison:
    """Two rounds beside each other; with an obstacle there are no counts in it."""

    organisation: str
    name: str
    title: str
    title_before: str
    obstacle: Obstacle | None
    response_count: int = 0
    response_count_before: int = 0
    questions: tuple[ComparedQuestion, ...] = ()
    left_out: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


def build_comparison(survey_round: SurveyRound, segment_id: UUID | None = None) -> Comparison:
    """Return this round beside the one it was made from, of a segment or the organisation.

    Raises Segment.DoesNotExist if the round has no such segment.
    """
    previous = survey_round.previous
    now, before, origins = _read_teams(survey_round)
    segments, segments_before = _by_segment(now), _by_segment(before)
    if segment_id is not None and segment_id not in segments:
        raise Segment.DoesNotExist(f"No segment {segment_id} in round {survey_round.pk}.")
    same = _same_segment(segments, segments_before, segment_id, origins)
    obstacle = _find_obstacle(survey_round, previous, before, origins)
    if obstacle is None and segment_id is not None and same is None:
        obstacle = Obstacle.OTHER_SEGMENT

    names = [team.name for team in segments[segment_id]] if segment_id else []
    title_before, title = _titles(previous, survey_round)
    comparison = Comparison(
        organisation=survey_round.organisation.name,
        name=segment_name(names) if names else "",
        title=title,
        title_before=title_before,
        obstacle=obstacle,
    )
    if obstacle:
        return comparison
    return _with_counts(
        comparison,
        survey_round,
        previous,
        segments if segment_id is None else {segment_id: segments[segment_id]},
        segments_before if segment_id is None else {same: segments_before[same]},
    )


def _titles(previous, survey_round) -> tuple[str, str]:
    """Return what both rounds are called beside each other: told apart, also by equal titles."""
    if previous is None:
        return "", survey_round.title
    if previous.title.casefold() != survey_round.title.casefold():
        return previous.title, survey_round.title
    before, now = (date_format(each.opened_on, "DATE_FORMAT") for each in (previous, survey_round))
    if before == now:
        before, now = _("toen"), _("nu")
    return f"{previous.title} ({before})", f"{survey_round.title} ({now})"


def _read_teams(survey_round):
    """Return the teams of this round, those of the one before, and what the first come from.

    For each team of this round the keys of the earlier ones that it was: as was noted, or else the
    one of the same name, unless that was noted for another team; one query.
    """
    both = Team.objects.filter(survey_round__in=[survey_round.pk, survey_round.previous_id])
    teams: dict[UUID, Team] = {}
    origins: dict[UUID, set[UUID]] = defaultdict(set)
    # A team stands there once for each team that it was.
    for team in both.select_related("segment").annotate(origin=F("previous_teams")):
        teams.setdefault(team.pk, team)
        if team.survey_round_id == survey_round.pk and team.origin:
            origins[team.pk].add(team.origin)
    now = [team for team in teams.values() if team.survey_round_id == survey_round.pk]
    before = [team for team in teams.values() if team.survey_round_id != survey_round.pk]

    taken = set().union(*origins.values())
    by_name = {team.name: team.pk for team in before if team.pk not in taken}
    for team in now:
        if not origins[team.pk] and team.name in by_name:
            origins[team.pk].add(by_name[team.name])
    return now, before, dict(origins)


def _find_obstacle(survey_round, previous, before, origins) -> Obstacle | None:
    if previous is None:
        return Obstacle.NO_PREVIOUS
    if not (survey_round.is_closed and previous.is_closed):
        return Obstacle.NOT_CLOSED
    # Each team of then must be in exactly one of now, and each of now must have been one.
    found = [key for of_team in origins.values() for key in of_team]
    if not all(origins.values()) or sorted(found) != sorted(team.pk for team in before):
        return Obstacle.OTHER_TEAMS
    return None


def _by_segment(teams) -> dict[UUID | None, list[Team]]:
    segments: dict[UUID | None, list[Team]] = defaultdict(list)
    for team in teams:
        if team.segment_id:
            segments[team.segment_id].append(team)
    return dict(segments)


def _same_segment(segments, segments_before, segment_id, origins) -> UUID | None:
    """Return the earlier segment of exactly the teams that these were."""
    if segment_id is None:
        return None
    were = set().union(*(origins[team.pk] for team in segments[segment_id]))
    found = (key for key, teams in segments_before.items() if {team.pk for team in teams} == were)
    return next(found, None)


def _with_counts(comparison, survey_round, previous, segments, segments_before) -> Comparison:
    counts, counts_before = count_segments(_segments(segments), _segments(segments_before))
    pairs, left_out = _match_questions(survey_round, previous)
    if not pairs:
        return replace(comparison, obstacle=Obstacle.OTHER_QUESTIONS)
    instrument = read_instrument(survey_round.questionnaire_id, get_language())
    return replace(
        comparison,
        response_count=counts.responses,
        response_count_before=counts_before.responses,
        questions=tuple(
            _compare_question(question, earlier, counts, counts_before)
            for question, earlier in pairs
        ),
        left_out=left_out,
        prompts=(
            *instrument.pattern_prompts[Prompt.Pattern.NEXT_TIME],
            _("Wat bleef zoals het was, en is dat wat jullie willen? Wat zien de cijfers niet?"),
        ),
    )


def _segments(teams_by_segment) -> list[Segment]:
    return [teams[0].segment for teams in teams_by_segment.values()]


def _match_questions(survey_round, previous):
    """Return the questions that say the same in Dutch both times, as they are read; and others.

    A question of which an option changed is another question.
    """
    same = {
        question.code: _wording(question)
        for question in read_instrument(previous.questionnaire_id, SOURCE_LANGUAGE).questions
    }
    source = read_instrument(survey_round.questionnaire_id, SOURCE_LANGUAGE).questions
    comparable = {
        question.code for question in source if same.get(question.code) == _wording(question)
    }
    language = get_language()
    earlier = {
        question.code: question
        for question in read_instrument(previous.questionnaire_id, language).questions
    }
    questions = read_instrument(survey_round.questionnaire_id, language).questions
    return (
        [(each, earlier[each.code]) for each in questions if each.code in comparable],
        tuple(each.text for each in questions if each.code not in comparable),
    )


def _wording(question: QuestionText):
    return (question.text, [(choice.code, choice.text) for choice in question.choices])


def _compare_question(question, earlier, counts, counts_before) -> ComparedQuestion:
    now, before = _side(question, counts), _side(earlier, counts_before)
    return ComparedQuestion(
        number=question.number,
        text=question.text,
        choices=tuple(
            ComparedChoice(
                text=choice.text,
                before=_result(choice, before.chosen[choice.code], before.responses),
                now=_result(choice, now.chosen[choice.code], now.responses),
                change=None if choice.is_other else find_change(choice.code, before, now),
            )
            for choice in question.choices
        ),
        skipped=ComparedChoice(
            text="",
            before=_result(None, before.responses - before.answered, before.responses),
            now=_result(None, now.responses - now.answered, now.responses),
            change=None,
        ),
    )


def _side(question, counts) -> Side:
    return Side(
        chosen={choice.code: counts.chosen.get(choice.id, 0) for choice in question.choices},
        answered=counts.answered.get(question.id, 0),
        responses=counts.responses,
    )


def _result(choice, count, total) -> ChoiceResult:
    return ChoiceResult(
        code=choice.code if choice else "",
        text=choice.text if choice else "",
        is_other=bool(choice and choice.is_other),
        count=count,
        total=total,
        mark=None,
    )
