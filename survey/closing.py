"""Close a survey round: the one moment at which results come into being.

Count, publish and rewrite happen in one transaction (T3 to T6). After it nobody can tell who
sent what, when or in which of the pooled teams.
"""

import secrets

from django.db import connection, transaction
from django.db.models import CharField, F, UUIDField, Value
from django.db.models.functions import SHA256, Cast, Concat, Substr
from django.utils import timezone

from .counting import Counts, add_counts, count_teams
from .disclosure import partition
from .forgetting import forget_old_pages
from .holding import hold_unfinished
from .instrument import read_instrument
from .models import Answer, OtherText, Response, Segment, SurveyRound, Tally, Team, erase


class TooFewResponses(Exception):
    """Fewer responses than the round's threshold: give more time, or void (T3)."""


def plan_segments(survey_round: SurveyRound, teams: list[Team]) -> list[list[Team]]:
    """Return the teams of each segment that closing now would publish (T3).

    Empty if there are too few responses. A round that a team fills in together has no
    threshold: one response is enough.
    """
    threshold = survey_round.threshold if survey_round.is_anonymous else 1
    by_name = {team.name: team for team in teams}
    counts = {team.name: team.response_count for team in teams}
    return [[by_name[name] for name in names] for names in partition(counts, threshold)]


def close_round(survey_round: SurveyRound) -> SurveyRound:
    """Close the survey round for good and return it as it is now.

    Holds the round and its teams, so that a response is either acknowledged before and
    counted, or refused after. Raises AlreadyFinished or TooFewResponses and then changes
    nothing.
    """
    with hold_unfinished(survey_round) as survey_round:
        teams = list(survey_round.teams.all())
        plan = plan_segments(survey_round, teams)
        if not plan:
            raise TooFewResponses(f"Survey round {survey_round.pk} stays below its threshold.")

        _publish(survey_round, plan, count_teams(survey_round, teams))
        _rewrite(survey_round)
        survey_round.closed_at = timezone.now()
        survey_round.save(update_fields=["closed_at"])
        transaction.on_commit(forget_old_pages)
    return survey_round


def _publish(survey_round, plan, counts_of_team):
    """Store a segment and its tallies for each group of teams."""
    tallies = []
    for position, teams in enumerate(plan, start=1):
        counts = add_counts(counts_of_team[team.pk] for team in teams)
        segment = Segment.objects.create(
            survey_round=survey_round, position=position, response_count=counts.responses
        )
        Team.objects.filter(pk__in=[team.pk for team in teams]).update(segment=segment)
        tallies += _tallies(segment, survey_round.questionnaire_id, counts)
    Tally.objects.bulk_create(tallies, batch_size=1000)


def _tallies(segment: Segment, questionnaire_id: int, counts: Counts) -> list[Tally]:
    """Return a tally for every option, chosen or not, and one per question for no answer."""
    tallies: list[tuple[int, int | None, int]] = []
    for question in read_instrument(questionnaire_id, "nl").questions:
        for choice in question.choices:
            tallies.append((question.id, choice.id, counts.chosen.get(choice.id, 0)))
        tallies.append((question.id, None, counts.skipped(question.id)))
    return [
        Tally(segment=segment, question_id=question_id, choice_id=choice_id, count=count)
        for question_id, choice_id, count in tallies
    ]


def _rewrite(survey_round):
    """Write all responses and texts anew, shuffled, with their segment instead of their team.

    The new key follows from the old one and a salt that nobody keeps, and rows are written in
    the order of their new keys: neither key nor order nor row version tells anything (T6).
    """
    responses = Response.objects.filter(team__survey_round=survey_round)
    answers = Answer.objects.filter(response__in=responses)
    texts = OtherText.objects.filter(team__survey_round=survey_round)
    salt, texts_salt = secrets.token_hex(32), secrets.token_hex(32)
    in_segment = {"segment_id": F("team__segment_id")}
    _copy(responses, {"id": _new_key("pk", salt), **in_segment})
    _copy(answers, {"response_id": _new_key("response_id", salt), "choice_id": F("choice_id")})
    kept = {name: F(name) for name in ("question_id", "text", "state")}
    _copy(texts, {"id": _new_key("pk", texts_salt), **in_segment, **kept})

    erase(responses, texts)


def _new_key(old, salt):
    """Return an expression for the key that replaces the old one: 128 bits of a SHA-256."""
    salted = Concat(Value(salt), Cast(old, CharField()), output_field=CharField())
    return Cast(Substr(_Sha256(salted), 1, 32), UUIDField())


class _Sha256(SHA256):
    """SHA-256 by PostgreSQL's own function; Django's needs the extension pgcrypto."""

    def as_postgresql(self, compiler, connection, **context):
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **context)


def _copy(rows, columns):
    """Insert a copy of the rows with these columns, in the order of the first one.

    INSERT … SELECT: the rows never come to Python, so memory stays flat.
    """
    table = rows.model._meta.db_table
    aliases = {f"new_{name}": expression for name, expression in columns.items()}
    select = rows.order_by().annotate(**aliases).values_list(*aliases).order_by(next(iter(aliases)))
    query, params = select.query.sql_with_params()
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) {query}", params)
