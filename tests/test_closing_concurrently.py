"""Closing among real processes, on the database that the tests run on."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from survey.closing import close_round
from survey.models import Answer, OtherText, Response, Segment, Tally
from tests.factories import TeamFactory, send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team(survey_round):
    return TeamFactory(survey_round=survey_round, name="Zorg", headcount=100_000)


@pytest.fixture
def start():
    """Return a function that starts a worker, ready to go; none outlives the test."""
    workers = []

    def start(work, key):
        worker = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.worker",
                connection.settings_dict["NAME"],
                work,
                str(key),
            ],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.communicate()


def run_together(workers):
    """Let all workers go at once; return what each of them says."""
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return [worker.communicate(timeout=60)[0].strip() for worker in workers]


def test_of_two_who_close_at_once_one_does_it(survey_round, team, start):
    for number in range(30):
        send(team, v1="ja" if number < 20 else "nee")

    said = run_together([start("close", survey_round.pk) for _ in range(2)])

    assert sorted(said) == ["already finished", "closed"]
    assert Segment.objects.get().response_count == 30
    assert Response.objects.count() == 30
    yes_no = Tally.objects.filter(question__code="v1", choice__isnull=False)
    assert sorted(yes_no.values_list("choice__code", "count")) == [("ja", 20), ("nee", 10)]


def test_what_was_acknowledged_while_somebody_closes_is_published(survey_round, team, start):
    for _ in range(5):
        send(team, v1="ja", v6=["koffie", "andere"], texts={"v6": "Nog iets"})
    senders = [start("send_until_shut", team.pk) for _ in range(4)]

    *sent, closed = run_together([*senders, start("close_later", survey_round.pk)])

    assert closed == "closed"
    assert {each.split()[1] for each in sent} == {"SHUT"}
    acknowledged = 5 + sum(int(each.split()[0]) for each in sent)
    assert acknowledged > 5
    segment = Segment.objects.get()
    team.refresh_from_db()
    assert segment.response_count == acknowledged
    assert team.response_count == acknowledged
    assert Response.objects.filter(segment=segment).count() == acknowledged
    assert Answer.objects.filter(response__segment=segment).count() == 3 * acknowledged
    assert OtherText.objects.filter(segment=segment).count() == acknowledged
    chosen = Tally.objects.filter(count__gt=0, choice__isnull=False)
    assert set(chosen.values_list("choice__code", "count")) == {
        ("ja", acknowledged),
        ("koffie", acknowledged),
        ("andere", acknowledged),
    }


def test_a_crash_in_the_middle_of_closing_loses_nothing(survey_round, team, start):
    for _ in range(6):
        send(team, v1="ja")
    keys = set(Response.objects.values_list("pk", flat=True))
    worker = start("close_and_die", survey_round.pk)

    [said] = run_together([worker])

    assert (said, worker.returncode) == ("", -signal.SIGKILL)
    survey_round.refresh_from_db()
    team.refresh_from_db()
    assert survey_round.is_open
    assert team.segment is None
    assert set(Response.objects.values_list("pk", flat=True)) == keys
    assert not Segment.objects.exists()
    assert not Tally.objects.exists()

    close_round(survey_round)

    assert Segment.objects.get().response_count == 6
