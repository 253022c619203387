"""Recount what must always be true, and name what is not."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Length
from django.utils import timezone

from survey.models import Answer, OtherText, Question, Response, Segment, SurveyRound, Tally, Team
from survey.models.responses import OTHER_TEXT_LENGTH

from .retention import closed_to_empty, is_past_retention, months_before, unfinished_to_empty

DAYS_TO_CATCH_UP = timedelta(days=7)  # a server that was away has not deleted everything yet


def find_problems() -> Iterator[str]:
    """Yield a sentence in English for everything that is wrong; nothing when all is well.

    Names keys of rounds, teams and segments, never of responses, and never a text.
    """
    yield from _answers()
    yield from _texts()
    yield from _unfinished_rounds()
    for survey_round in SurveyRound.objects.closed().order_by("pk"):
        yield from _closed_round(survey_round)
    for survey_round in SurveyRound.objects.exclude(voided_at=None).order_by("pk"):
        yield from _void_round(survey_round)
    yield from _past_retention()


def _answers():
    strange = Answer.objects.exclude(
        choice__question__questionnaire=Coalesce(
            "response__team__survey_round__questionnaire",
            "response__segment__survey_round__questionnaire",
        )
    )
    if count := strange.count():
        yield f"{count} answers choose an option of another questionnaire."
    both = (
        Answer.objects.filter(choice__question__kind=Question.Kind.YES_NO)
        .values("response_id", "choice__question_id")
        .annotate(count=Count("choice_id"))
        .filter(count__gt=1)
    )
    if count := both.count():
        yield f"{count} times a yes/no question has more than one answer."


def _texts():
    without_other = OtherText.objects.exclude(question__choices__is_other=True)
    if count := without_other.count():
        yield f"{count} texts are at a question without Andere."
    elsewhere = OtherText.objects.exclude(
        question__questionnaire=Coalesce(
            "team__survey_round__questionnaire", "segment__survey_round__questionnaire"
        )
    )
    if count := elsewhere.count():
        yield f"{count} texts are at a question of another questionnaire."
    lengths = OtherText.objects.annotate(length=Length("text"))
    if count := lengths.filter(length__gt=OTHER_TEXT_LENGTH).count():
        yield f"{count} texts are longer than {OTHER_TEXT_LENGTH} characters."


def _unfinished_rounds():
    rows = (
        Response.objects.filter(team=OuterRef("pk"))
        .order_by()
        .values("team")
        .annotate(count=Count("pk"))
        .values("count")
    )
    miscounted = (
        Team.objects.filter(survey_round__in=SurveyRound.objects.unfinished())
        .annotate(rows=Coalesce(Subquery(rows), 0))
        .exclude(response_count=F("rows"))
    )
    for team in miscounted.order_by("pk"):
        yield f"Team {team.pk} says {team.response_count} responses and has {team.rows}."
    early = Segment.objects.filter(survey_round__closed_at=None)
    for segment in early.order_by("pk"):
        yield f"Segment {segment.pk} was published before its survey round was closed (T1)."


def _closed_round(survey_round):
    left = Response.objects.filter(team__survey_round=survey_round).count()
    left += OtherText.objects.filter(team__survey_round=survey_round).count()
    if left:
        yield f"Survey round {survey_round.pk} is closed but {left} rows still have a team (T6)."
    segments = survey_round.segments.annotate(
        teams_count=Subquery(
            Team.objects.filter(segment=OuterRef("pk"))
            .order_by()
            .values("segment")
            .annotate(count=Count("pk"))
            .values("count")
        )
    )
    if not segments:
        yield f"Survey round {survey_round.pk} is closed without a segment."
    for segment in segments:
        yield from _segment(survey_round, segment)
    in_teams = sum(survey_round.teams.values_list("response_count", flat=True))
    in_segments = sum(segment.response_count for segment in segments)
    if in_teams != in_segments:
        yield (
            f"Survey round {survey_round.pk} has {in_teams} responses by team and {in_segments} "
            "by segment (T3)."
        )
    alone = survey_round.teams.filter(response_count__gt=0, segment=None)
    for team in alone.order_by("pk"):
        yield f"Team {team.pk} has responses but no segment (T3)."


def _void_round(survey_round):
    where = f"Survey round {survey_round.pk} is void but"
    if Response.objects.of_round(survey_round).exists():
        yield f"{where} has responses."
    if OtherText.objects.of_round(survey_round).exists():
        yield f"{where} has texts."
    if in_teams := sum(survey_round.teams.values_list("response_count", flat=True)):
        yield f"{where} its teams say {in_teams} responses."


def _past_retention():
    today = timezone.localdate() - DAYS_TO_CATCH_UP
    last_day = months_before(today, settings.RETENTION_MONTHS)
    for rounds in (closed_to_empty(last_day), unfinished_to_empty(last_day)):
        for key in rounds.order_by("pk").values_list("pk", flat=True):
            yield f"Survey round {key} has answers or unshown texts that had to go (T10)."


def _segment(survey_round, segment):
    size = segment.response_count
    if survey_round.is_anonymous and size < survey_round.threshold:
        yield f"Segment {segment.pk} has {size} responses, fewer than the threshold (T3)."
    of_teams = sum(segment.teams.values_list("response_count", flat=True))
    if of_teams != size:
        yield f"Segment {segment.pk} says {size} responses and its teams {of_teams}."
    rows = Response.objects.filter(segment=segment).count()
    if rows != size and not (rows == 0 and is_past_retention(survey_round, timezone.localdate())):
        yield f"Segment {segment.pk} says {size} responses and has {rows}."
    yield from _tallies(survey_round, segment)
    if rows:
        yield from _recount(segment)


def _tallies(survey_round, segment):
    counts: dict[int, dict[int | None, int]] = defaultdict(dict)
    for question_id, choice_id, count in Tally.objects.filter(segment=segment).values_list(
        "question_id", "choice_id", "count"
    ):
        counts[question_id][choice_id] = count
    size = segment.response_count
    questions = survey_round.questionnaire.questions.prefetch_related("choices")
    for question in questions:
        found = counts.get(question.pk, {})
        where = f"Segment {segment.pk}, question {question.number}"
        expected = {None, *(choice.pk for choice in question.choices.all())}
        if found.keys() != expected:
            yield f"{where}: tallies are missing or too many (T5)."
            continue
        if question.kind == Question.Kind.YES_NO and sum(found.values()) != size:
            yield f"{where}: yes, no and no answer add up to {sum(found.values())}, not {size}."
        if max(found.values()) > size:
            yield f"{where}: an option was counted more often than there are responses."


def _recount(segment):
    """Compare the frozen tallies with the responses that are still there (T5)."""
    counted = dict(
        Answer.objects.filter(response__segment=segment)
        .order_by()
        .values_list("choice_id")
        .annotate(count=Count("response_id"))
    )
    tallies = Tally.objects.filter(segment=segment, choice__isnull=False)
    for choice_id, code, count in tallies.values_list("choice_id", "choice__code", "count"):
        if counted.get(choice_id, 0) != count:
            yield (
                f"Segment {segment.pk}, option {code}: the report says {count}, the responses say "
                f"{counted.get(choice_id, 0)} (T5)."
            )
    answered = dict(
        Answer.objects.filter(response__segment=segment)
        .order_by()
        .values_list("choice__question_id")
        .annotate(count=Count("response_id", distinct=True))
    )
    skipped = Tally.objects.filter(segment=segment, choice=None)
    for question_id, number, count in skipped.values_list(
        "question_id", "question__number", "count"
    ):
        left_open = segment.response_count - answered.get(question_id, 0)
        if left_open != count:
            yield (
                f"Segment {segment.pk}, question {number}: the report says {count} gave no answer, "
                f"the responses say {left_open} (T5)."
            )
