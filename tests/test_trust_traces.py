"""Promises T6 and T10 of docs/promises.md: no trace of who, when, where or in which order.

What must not leak is first put there, and each scan is shown to see it where it may stand.
"""

import sqlite3
import subprocess
import time
import uuid
from contextlib import closing
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from survey.closing import close_round
from survey.instrument import read_instrument
from survey.keeping.retention import delete_old_answers, vacuum
from survey.models import Answer, OtherText, Response, SurveyRound, Tally
from survey.prepare.voiding import void_round
from tests.factories import TeamFactory, send
from tests.scan import (
    MARKER,
    columns,
    dump,
    in_order_of_writing,
    rank_correlation,
    raw_bytes,
)


def test_t6_a_response_has_no_room_for_a_person_time_or_device(db):
    assert columns("survey_response") == {"id", "team_id", "segment_id"}
    assert columns("survey_answer") == {"response_id", "choice_id"}
    assert columns("survey_othertext") == {
        "id",
        "team_id",
        "segment_id",
        "question_id",
        "text",
        "state",
    }


def test_t6_nothing_of_the_request_reaches_the_database(zorg):
    headers = {
        "HTTP_USER_AGENT": f"Browser {MARKER}",
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "198.51.100.7",
        "HTTP_REFERER": f"http://localhost/{MARKER}",
        "HTTP_ACCEPT_LANGUAGE": "fr-BE",
    }

    answer = Client().post(
        zorg.get_absolute_url(),
        {"sleutel": str(uuid.uuid4()), "v1": "ja", "v6-tekst": "hier-staat-het"},
        **headers,
    )

    everything = dump()
    assert answer.status_code == 302
    assert "hier-staat-het" in everything
    for secret in [MARKER, "203.0.113.77", "198.51.100.7", "fr-BE"]:
        assert secret not in everything


def send_200_marked(team):
    """Send 200 forms whose answers say which one it was; return how to read that back."""
    questions = read_instrument(team.survey_round.questionnaire_id, "nl").questions
    bits = [choice for question in questions for choice in question.choices
            if not question.is_yes_no and not choice.is_other][:8]  # fmt: skip
    codes = {each.id: question.code for question in questions for each in question.choices}
    for number in range(200):
        chosen = {}
        for place, choice in enumerate(bits):
            if number >> place & 1:
                chosen.setdefault(codes[choice.id], []).append(choice.code)
        send(team, v1="ja", texts={"v6": f"tekst {number}"}, **chosen)
    worth = {choice.id: 1 << place for place, choice in enumerate(bits)}

    def numbers(keys):
        found = dict.fromkeys(keys, 0)
        for key, choice_id in Answer.objects.values_list("response_id", "choice_id"):
            found[key.hex if connection.vendor == "sqlite" else str(key)] += worth.get(choice_id, 0)
        return [found[key] for key in keys]

    return numbers


@pytest.mark.django_db(transaction=True)
def test_t6_after_closing_no_order_key_or_row_version_tells_anything(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg", headcount=400)
    numbers = send_200_marked(team)
    old_keys = {str(key) for key in Response.objects.values_list("pk", flat=True)}
    sent_order = numbers(in_order_of_writing("survey_response", "id"))
    assert rank_correlation(sent_order) > 0.99  # the scan sees it while it is there

    close_round(survey_round)

    by_place = numbers(in_order_of_writing("survey_response", "id"))
    assert sorted(by_place) == list(range(200))
    assert abs(rank_correlation(by_place)) < 0.3
    assert (
        abs(rank_correlation(numbers(sorted(in_order_of_writing("survey_response", "id"))))) < 0.3
    )
    texts = dict(OtherText.objects.values_list("pk", "text"))
    keys = in_order_of_writing("survey_othertext", "id")
    text_order = [int(texts[uuid.UUID(key)].split()[1]) for key in keys]
    assert abs(rank_correlation(text_order)) < 0.3
    # Nor does the place of a text tell whose answers lie at the same place.
    ranks = {number: place for place, number in enumerate(by_place)}
    assert abs(rank_correlation([ranks[number] for number in text_order])) < 0.3
    assert not any(key in dump() or key.replace("-", "") in dump() for key in old_keys)


@pytest.mark.django_db(transaction=True)
def test_t6_who_knows_an_old_key_cannot_work_out_the_new_one(survey_round, zorg):
    """A form's key stood in a browser: closing the same round again gives other keys."""
    for _ in range(20):
        send(zorg, v1="ja", texts={"v6": "iets"})

    def keys_after_closing():
        with transaction.atomic():
            close_round(survey_round)
            keys = {*Response.objects.values_list("pk"), *OtherText.objects.values_list("pk")}
            transaction.set_rollback(True)
        return keys

    first, second = keys_after_closing(), keys_after_closing()

    assert (len(first), len(second), first & second) == (40, 40, set())


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_t6_on_postgresql_all_rows_have_one_version(survey_round, zorg):
    for _ in range(20):
        send(zorg, v1="ja", texts={"v6": "iets"})

    def versions(table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")  # noqa: S608
            return len(cursor.fetchall())

    before = versions("survey_response")
    close_round(survey_round)
    after = [versions(f"survey_{table}") for table in ("response", "answer", "othertext")]

    assert (before, after) == (20, [1, 1, 1])


def bring_to_an_end(survey_round, finish):
    match finish:
        case "close":
            close_round(survey_round)
        case "void":
            void_round(survey_round, "spam")
        case "retention":
            long_ago = date(2020, 1, 1)
            SurveyRound.objects.update(opened_on=long_ago, closing_date=long_ago)
            delete_old_answers(timezone.localdate())


def key_in_database(key):
    """Return the bytes of a key as they stand in SQLite's file, or in a dump of PostgreSQL."""
    return (key.hex if connection.vendor == "sqlite" else str(key)).encode()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("finish", ["close", "void", "retention"])
def test_t6_and_t10_the_raw_file_forgets_old_keys_and_texts(survey_round, zorg, finish):
    for _ in range(30):
        send(zorg, v1="ja", texts={"v6": MARKER})
    keys = [key.hex.encode() for key in Response.objects.values_list("pk", flat=True)]
    assert all(key in raw_bytes() for key in keys)
    assert MARKER.encode() in raw_bytes()

    bring_to_an_end(survey_round, finish)

    left = raw_bytes()
    assert [key for key in keys if key in left] == []
    assert (MARKER.encode() in left) == (finish == "close")


@pytest.fixture
def reader():
    """Somebody who reads a long report: SQLite keeps the log for them."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM survey_response").fetchone()
        yield reading


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_t6_who_reads_while_a_round_is_closed_delays_forgetting_and_the_log_says_so(
    survey_round, zorg, request, caplog
):
    for _ in range(6):
        send(zorg, v1="ja")
    keys = [key.hex.encode() for key in Response.objects.values_list("pk", flat=True)]
    reader = request.getfixturevalue("reader")
    start = time.monotonic()

    close_round(survey_round)
    took = time.monotonic() - start
    left = raw_bytes()
    reader.close()
    vacuum()

    assert took < 5
    assert all(key in left for key in keys)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "still holds old rows" in caplog.text
    assert [key for key in keys if key in raw_bytes()] == []


def in_backup(path):
    """Return what a backup holds, as bytes; a dump of PostgreSQL is packed, so as SQL."""
    if connection.vendor == "sqlite":
        return path.read_bytes()
    return subprocess.run(["pg_restore", "-f", "-", path], check=True, capture_output=True).stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("finish", ["nothing", "close", "void", "retention"])
def test_t6_and_t10_a_backup_holds_no_more_than_the_database(
    survey_round, zorg, settings, tmp_path, finish
):
    settings.DATA_DIR = tmp_path
    for _ in range(30):
        send(zorg, v1="ja", texts={"v6": MARKER})
    keys = [key_in_database(key) for key in Response.objects.values_list("pk", flat=True)]
    bring_to_an_end(survey_round, finish)

    call_command("backup")

    [backup] = (tmp_path / "backups").iterdir()
    held = in_backup(backup)
    assert sum(key in held for key in keys) == (30 if finish == "nothing" else 0)
    assert (MARKER.encode() in held) == (finish in {"nothing", "close"})


def test_t10_after_retention_nothing_raw_is_left_anywhere(survey_round, zorg):
    for _ in range(6):
        send(zorg, v1="ja", texts={"v6": MARKER})
    close_round(survey_round)
    keys = [str(key) for key in Response.objects.values_list("pk", flat=True)]
    assert MARKER in dump()
    SurveyRound.objects.update(closed_at=timezone.make_aware(timezone.datetime(2020, 1, 1)))

    delete_old_answers(timezone.localdate())

    left = dump()
    assert MARKER not in left
    assert not any(key in left or key.replace("-", "") in left for key in keys)
    assert Tally.objects.filter(count=6).exists()
