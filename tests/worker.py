"""A process of its own that works on the test database: `python -m tests.worker DATABASE …`.

It says "ready", waits for a line, does its work and prints the outcome, so that several can
start at the same moment.
"""

import io
import os
import signal
import sys
import time
import uuid
from pathlib import Path

import django
from django.conf import settings


def close(round_id):
    from survey.closing import close_round
    from survey.holding import AlreadyFinished
    from survey.models import SurveyRound

    survey_round = SurveyRound.objects.get(pk=round_id)
    try:
        close_round(survey_round)
    except AlreadyFinished:
        return "already finished"
    return "closed"


def close_later(round_id):
    """Close when the others have been sending for a while, however busy the machine is."""
    from survey.models import Response, SurveyRound

    sent = Response.objects.of_round(SurveyRound.objects.get(pk=round_id))
    before = sent.count()
    while sent.count() < before + 20:
        time.sleep(0.05)
    return close(round_id)


def close_and_die(round_id):
    """Kill ourselves when the results are written and the old rows are being deleted."""
    from django.db import connection

    def die_when_deleting(execute, sql, params, many, context):
        if sql.startswith("DELETE"):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die_when_deleting):
        return close(round_id)


def send_until_shut(team_id):
    """Send forms until the round is shut; return how many were acknowledged."""
    from survey.answering import Outcome
    from survey.models import Team
    from tests.factories import send

    team = Team.objects.get(pk=team_id)
    acknowledged = 0
    while True:
        outcome = send(
            team, key=uuid.uuid4(), v1="ja", v6=["koffie", "andere"], texts={"v6": "Nog iets"}
        )
        if outcome is not Outcome.STORED:
            return f"{acknowledged} {outcome.name}"
        acknowledged += 1


def daily(data_dir):
    """Run the daily command; return how many mails left."""
    from django.core import mail
    from django.core.management import call_command

    settings.DATA_DIR = Path(data_dir)
    call_command("daily", stdout=io.StringIO())
    return len(mail.outbox) if hasattr(mail, "outbox") else 0


WORK = {each.__name__: each for each in (close, close_later, close_and_die, send_until_shut, daily)}


if __name__ == "__main__":
    _, database, work, key = sys.argv
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    print(WORK[work](key), flush=True)
