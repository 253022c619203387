"""Which single responses an administrator may see, and what is in them (T7, T9)."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language

from survey.instrument import ChoiceText, Instrument, QuestionText, read_instrument
from survey.models import Answer, Question, Response, Segment, SurveyRound, Tally
from survey.models.responses import InTeamOrSegmentQuerySet
from survey.report.names import segment_name

NOT_ANONYMOUS = SurveyRound.Mode.ORGANISATION


def reviewable(rows: InTeamOrSegmentQuerySet) -> InTeamOrSegmentQuerySet:
    """Return the responses or texts that may be seen now (T9).

    Of an anonymous round only after closing, when they have a segment; of the other at once.
    """
    return rows.filter(Q(segment__isnull=False) | Q(team__survey_round__mode=NOT_ANONYMOUS))


def reviewable_responses(responses: InTeamOrSegmentQuerySet) -> InTeamOrSegmentQuerySet:
    """Return the responses that may be seen now: none of a segment that `tells_who_wrote`."""
    asked = segments_to_ask().values_list("pk", flat=True)
    withheld = [segment_id for segment_id in asked if tells_who_wrote(segment_id)]
    return reviewable(responses).exclude(segment__in=withheld)


def reviewable_rounds():
    """Return the survey rounds whose responses may be seen now (T9)."""
    return SurveyRound.objects.filter(Q(closed_at__isnull=False) | Q(mode=NOT_ANONYMOUS))


def with_round(rows: InTeamOrSegmentQuerySet) -> InTeamOrSegmentQuerySet:
    """Fetch with each row its team or segment, survey round and organisation; one query."""
    return rows.select_related(
        "team__survey_round__organisation", "segment__survey_round__organisation"
    )


def place_name(row) -> str:
    """Return the name of the row's segment, or before closing of its team."""
    if row.team:
        return row.team.name
    return segment_name([team.name for team in row.segment.teams.all()])


@dataclass(frozen=True)
class ChoiceShown:
    """An option as on paper: with or without a cross."""

    text: str
    is_chosen: bool


@dataclass(frozen=True)
class QuestionShown:
    """One question of one response."""

    number: int
    text: str
    choices: tuple[ChoiceShown, ...]
    hides_other: bool = False  # a tick on Andere is left out (T7)
    is_withheld: bool = False  # the whole question is left out (T7)

    @property
    def is_skipped(self) -> bool:
        return not any(choice.is_chosen for choice in self.choices)


def instrument_of(survey_round: SurveyRound) -> Instrument:
    """Return the questionnaire of the survey round in the reader's language."""
    return read_instrument(survey_round.questionnaire_id, get_language())


def choices_shown(question: QuestionText, *, is_anonymous: bool) -> list[ChoiceText]:
    """Return the options of a single response: without Andere where that is anonymous (T7)."""
    return [choice for choice in question.choices if not (is_anonymous and choice.is_other)]


@lru_cache(maxsize=1024)
def telling_questions(segment_id: UUID) -> frozenset[int]:
    """Return the keys of the questions that would lead from a response to a text; one query.

    Somebody ticked *Andere* there, alone or among few. The report says how many gave no answer at
    all: without *Andere*, a response that ticked it alone would be one too many. And where fewer
    answered than the threshold, one of those few wrote the text (T7). Nothing in a segment changes
    any more, so this does not either.
    """
    more_of_the_same = Answer.objects.filter(
        response=OuterRef("response"), choice__question=OuterRef("choice__question")
    ).exclude(choice=OuterRef("choice"))
    alone = Answer.objects.filter(
        ~Exists(more_of_the_same), response__segment=segment_id, choice__is_other=True
    )
    other_ticks = Tally.objects.filter(segment=segment_id, choice__is_other=True, count__gt=0)
    few = Tally.objects.filter(
        segment=segment_id,
        choice=None,  # no answer
        question__in=other_ticks.values("question"),
        count__gt=F("segment__response_count") - F("segment__survey_round__threshold"),
    )
    of_alone = alone.order_by().values_list("choice__question_id", flat=True)
    return frozenset(of_alone.union(few.order_by().values_list("question_id", flat=True)))


def segments_to_ask():
    """Return the segments in which a response could be empty in every question that is shown.

    A yes/no question is always shown, so nobody's is empty where all of them answered one.
    """
    tallies = Tally.objects.filter(segment=OuterRef("pk"))
    of_all = tallies.filter(choice=None, count=0, question__kind=Question.Kind.YES_NO)
    return Segment.objects.filter(
        Exists(tallies.filter(choice__is_other=True, count__gt=0)),
        ~Exists(of_all),
        Exists(Response.objects.filter(segment=OuterRef("pk"))),
        survey_round__mode=SurveyRound.Mode.ANONYMOUS,
    ).order_by()


@lru_cache(maxsize=100_000)
def tells_who_wrote(segment_id: UUID) -> bool:
    """Return whether no single response of this segment may be shown; three queries, once.

    Nobody sends an empty form. So a response without an answer in any question that is shown
    holds nothing but Andere, or a question that is withheld because of it: where there are fewer
    of those than the threshold, a text would lead to one of few (T7).
    """
    threshold = SurveyRound.objects.get(segments=segment_id).threshold
    shown = Answer.objects.filter(response=OuterRef("pk"), choice__is_other=False).exclude(
        choice__question__in=telling_questions(segment_id)
    )
    empty = Response.objects.filter(~Exists(shown), segment=segment_id)
    return 0 < empty.order_by()[:threshold].count() < threshold


def withheld_questions(response: Response) -> frozenset[int]:
    """Return the keys of the questions that this single response does not show (T7)."""
    if response.segment_id and response.survey_round.is_anonymous:
        return telling_questions(response.segment_id)
    return frozenset()


def read_response(response: Response) -> tuple[QuestionShown, ...]:
    """Return all questions of a response in the order of the leaflet.

    One query, or none if its answers are prefetched; another one for the first of a segment.
    """
    survey_round = response.survey_round
    withheld = withheld_questions(response)
    chosen = {answer.choice_id for answer in response.answers.all()}
    return tuple(
        QuestionShown(
            number=question.number,
            text=question.text,
            choices=()
            if question.id in withheld
            else tuple(
                ChoiceShown(choice.text, choice.id in chosen)
                for choice in choices_shown(question, is_anonymous=survey_round.is_anonymous)
            ),
            is_withheld=question.id in withheld,
            hides_other=survey_round.is_anonymous and question.other is not None,
        )
        for question in instrument_of(survey_round).questions
    )
