"""One row per response, read in pages of fixed size, so that memory stays flat."""

from collections.abc import Callable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from survey.instrument import QuestionText
from survey.models import Answer, Segment, SurveyRound, Team
from survey.report.names import segment_name
from survey.report.tables import Cell, Row

from .reviewing import choices_shown, instrument_of, telling_questions

ROWS_AT_ONCE = 1000

# The question, the label above it, and what stands there for the chosen options.
Column = tuple[int, str, Callable[[set[int]], Cell]]


class MixedQuestionnaires(Exception):
    """The responses belong to more than one questionnaire: their columns differ."""


def rounds_of(responses: QuerySet) -> list[SurveyRound]:
    """Return the survey rounds of these responses, with their organisation; one query."""
    before = Q(pk__in=responses.order_by().values("team__survey_round"))
    after = Q(pk__in=responses.order_by().values("segment__survey_round"))
    return list(SurveyRound.objects.filter(before | after).select_related("organisation"))


def response_rows(responses: QuerySet, rounds: list[SurveyRound]) -> Iterator[Row]:
    """Return the head and then a row per response, in the order of their random keys.

    Two queries per thousand rows. Andere is left out as soon as one of the rounds is anonymous
    (T7), and so is each question that would tell who ticked it alone in the segment of that row.
    Raises MixedQuestionnaires, at once.
    """
    if len({survey_round.questionnaire_id for survey_round in rounds}) > 1:
        raise MixedQuestionnaires
    is_anonymous = any(survey_round.is_anonymous for survey_round in rounds)
    columns: list[Column] = []
    for question in instrument_of(rounds[0]).questions if rounds else ():
        columns += _columns(question, is_anonymous)
    head = [
        _("organisatie"),
        _("bevraging"),
        _("deelrapport"),
        *(label for _question, label, _cell in columns),
    ]
    withheld = telling_questions if is_anonymous else lambda _segment_id: frozenset()
    return _rows(head, columns, _places(rounds), responses, withheld)


def _rows(head, columns, places, responses, withheld):
    yield head
    for page in _pages(responses):
        chosen = _chosen_in(page)
        for key, team_id, segment_id in page:
            hidden = withheld(segment_id) if segment_id else frozenset()
            cells = [
                None if question_id in hidden else cell(chosen[key])
                for question_id, _label, cell in columns
            ]
            yield [*places[segment_id or team_id], *cells]


def _columns(question: QuestionText, is_anonymous: bool) -> list[Column]:
    """Return one column for yes or no, and one per option, 1 or 0, for the other kind."""
    label = f"{question.number}. {question.text}"
    if question.is_yes_no:
        texts = {choice.id: choice.text for choice in question.choices}

        def answer(chosen):
            return next((texts[key] for key in chosen & texts.keys()), None)

        return [(question.id, label, answer)]
    return [
        (question.id, f"{label} {choice.text}", lambda chosen, key=choice.id: int(key in chosen))
        for choice in choices_shown(question, is_anonymous=is_anonymous)
    ]


def _places(rounds):
    """Return organisation, survey round and segment or team, by key of segment or team."""
    by_key = {survey_round.pk: survey_round for survey_round in rounds}
    named = [(team, team.name) for team in Team.objects.filter(survey_round__in=rounds)]
    for segment in Segment.objects.filter(survey_round__in=rounds).prefetch_related("teams"):
        named.append((segment, segment_name([team.name for team in segment.teams.all()])))
    return {
        place.pk: (
            by_key[place.survey_round_id].organisation.name,
            by_key[place.survey_round_id].title,
            name,
        )
        for place, name in named
    }


def _pages(responses):
    """Yield the keys of a page of responses, its team and segment; one query each."""
    rows = responses.select_related(None).prefetch_related(None).order_by("pk")
    rows = rows.values_list("pk", "team_id", "segment_id")
    page = list(rows[:ROWS_AT_ONCE])
    yield page
    while len(page) == ROWS_AT_ONCE:
        last_key = page[-1][0]
        page = list(rows.filter(pk__gt=last_key)[:ROWS_AT_ONCE])
        yield page


def _chosen_in(page):
    """Return the keys of the chosen options by key of the response; one query."""
    chosen = {key: set() for key, _team_id, _segment_id in page}
    answers = Answer.objects.filter(response__in=chosen.keys())
    for response_id, choice_id in answers.values_list("response_id", "choice_id"):
        chosen[response_id].add(choice_id)
    return chosen
