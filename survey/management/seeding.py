"""An organisation with any number of made-up responses, written as fast as the database takes.

For benchmarks and trials only. Rows go in through COPY on PostgreSQL and a prepared statement
on SQLite, a batch at a time, so memory stays flat.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from survey.instrument import Instrument, read_instrument
from survey.models import Answer, Organisation, OtherText, Response, SurveyRound, Team

BATCH = 20_000
WAYS_TO_ANSWER = 500  # responses repeat after that many on average, which counting never notices
SEED = 11


def seed_responses(questionnaire, size: int, *, team_count: int = 10, text_count: int = 0):
    """Return a new open anonymous survey round with this many responses, in a new organisation.

    The same call always gives the same answers; keys and tokens differ.
    """
    with transaction.atomic():
        survey_round = _make_round(questionnaire, size)
        teams = _make_teams(survey_round, size, team_count)
        instrument = read_instrument(questionnaire.pk, "nl")
        _write_responses(instrument, teams, random.Random(SEED))  # noqa: S311
        _write_texts(instrument, teams, text_count)
    return survey_round


def _make_round(questionnaire, size):
    return SurveyRound.objects.create(
        organisation=Organisation.objects.create(name=f"Proef met {size} inzendingen"),
        questionnaire=questionnaire,
        title=f"Proef met {size} inzendingen",
        closing_date=timezone.localdate() + timedelta(days=365),
        asked_by="Ilse Maes, HR",
        purpose="Om te meten hoe snel alles gaat.",
        read_by="Wie meet.",
        heard_when="Meteen.",
        contact="Wie meet.",
    )


def _make_teams(survey_round, size, team_count):
    """Return teams that share the responses as evenly as whole numbers can."""
    shares = [size // team_count + (place < size % team_count) for place in range(team_count)]
    return Team.objects.bulk_create(
        Team(
            survey_round=survey_round,
            position=place,
            name=f"Team {place + 1}",
            headcount=min(max(share, 1) * 2, 100_000),
            response_count=share,
        )
        for place, share in enumerate(shares)
    )


def _write_responses(instrument, teams, chance):
    ways = [_way_to_answer(instrument, chance) for _ in range(WAYS_TO_ANSWER)]
    for team in teams:
        for start in range(0, team.response_count, BATCH):
            keys = _rising_keys(min(BATCH, team.response_count - start))
            _write(Response, ("id", "team_id"), ((key, team.pk.hex) for key in keys))
            answers = ((key, choice) for key in keys for choice in chance.choice(ways))
            _write(Answer, ("response_id", "choice_id"), answers)


def _write_texts(instrument, teams, text_count):
    """Write texts that wait for review, in turn at each question and each team."""
    questions = [question.id for question in instrument.questions if question.other]
    for start in range(0, text_count, BATCH):
        numbers = range(start, min(start + BATCH, text_count))
        rows = (
            (
                uuid.uuid4().hex,
                teams[number % len(teams)].pk.hex,
                questions[number % len(questions)],
                f"Een aanvulling van een collega, nummer {number}",
                OtherText.State.PENDING.value,
            )
            for number in numbers
        )
        _write(OtherText, ("id", "team_id", "question_id", "text", "state"), rows)


def _way_to_answer(instrument: Instrument, chance) -> list[int]:
    """Return the keys of the choices of one response that is not empty."""
    choices = []
    for question in instrument.questions:
        if chance.random() < 0.05:
            continue
        if question.is_yes_no:
            choices.append(chance.choice(question.choices).id)
        else:
            choices += [choice.id for choice in question.choices if chance.random() < 0.3]
    return choices or [instrument.questions[0].choices[0].id]


def _rising_keys(count: int) -> list[str]:
    """Return random keys in rising order: a database appends these fastest."""
    return sorted(uuid.uuid4().hex for _ in range(count))


def _write(model: type[Model], columns: tuple[str, ...], rows: Iterator[tuple]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
                rows,  # type: ignore[arg-type]  # any iterator will do
            )
