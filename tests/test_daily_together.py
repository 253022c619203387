"""The daily command in two real processes at one moment, after a week in which nobody ran it."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from survey.closing import close_round
from survey.models import ActionPoint, OtherText, Response, SurveyRound, Tally
from tests.factories import SurveyRoundFactory, TeamFactory, send

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 15  # so many that two processes meet at one of them
A_WEEK_AGO = timezone.localdate() - timedelta(days=8)


def run_together(work, argument, number):
    """Start so many processes, let them go at one moment, and return what each said."""
    command = [sys.executable, "-m", "tests.worker", connection.settings_dict["NAME"]]
    workers = [
        subprocess.Popen(
            [*command, work, str(argument)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(number)
    ]
    try:
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        said = [worker.communicate(timeout=60) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    assert [worker.returncode for worker in workers] == [0] * number
    assert {errors for _, errors in said} == {""}
    return [output.strip() for output, _ in said]


@pytest.fixture
def overdue(survey_round, zorg, de_linde, ilse, bram, tmp_path):
    """A week's work: dates and an action to mail about, old answers, a session, a backup."""
    for number in range(ROUNDS - 1):
        SurveyRoundFactory(organisation=de_linde, title=f"Bevraging {number}")
    SurveyRound.objects.update(opened_on=A_WEEK_AGO - timedelta(days=30), closing_date=A_WEEK_AGO)
    closed = SurveyRoundFactory(organisation=de_linde, title="Vorig jaar")
    team = TeamFactory(survey_round=closed, name="Keuken")
    for _ in range(6):
        send(team, v1="ja", v6=["andere"], texts={"v6": "iets"})
    closed = close_round(closed)
    a_year_ago = timezone.now() - timedelta(days=366 + 8)
    SurveyRound.objects.filter(pk=closed.pk).update(closed_at=a_year_ago)
    ActionPoint.objects.create(
        survey_round=closed, position=1, text="Terugkijken", review_on=A_WEEK_AGO
    )
    Session.objects.create(session_key="oud", session_data="x", expire_date=a_year_ago)
    (tmp_path / "backups").mkdir()
    made = datetime.now(UTC) - timedelta(days=38)
    (tmp_path / "backups" / made.strftime("leercultuur-%Y%m%d-%H%M%S.dump")).touch()
    return tmp_path


def test_two_at_one_moment_catch_up_a_missed_week_once(overdue, ilse, bram):
    said = run_together("daily", overdue, 2)
    again = run_together("daily", overdue, 1)

    # To HR about each date; to HR and the facilitator about the action.
    assert sum(map(int, said)) == ROUNDS + 2
    assert again == ["0"]
    assert (Response.objects.count(), OtherText.objects.count()) == (0, 0)
    assert Tally.objects.filter(count=6).exists()
    assert not Session.objects.exists()
    assert list((overdue / "backups").iterdir()) == []
    assert SurveyRound.objects.unfinished().count() == ROUNDS
    call_command("verify")
