"""A backup is complete, private, and can be restored."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from survey.closing import close_round
from survey.models import SurveyRound, Tally
from tests.factories import send

WRITTEN_LAST = "Een titel van na het afsluiten"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(survey_round, zorg, settings, tmp_path, capsys):
    """The path of a backup of a closed round; what was written last stands in the log alone."""
    settings.DATA_DIR = tmp_path
    for number in range(7):
        send(zorg, v1="ja" if number else "nee", v6=["koffie"])
    close_round(survey_round)
    SurveyRound.objects.update(title=WRITTEN_LAST)
    call_command("backup")
    return capsys.readouterr().out.strip()


def test_only_its_owner_can_read_it(backup):
    assert stat.S_IMODE(os.stat(backup).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(backup)).st_mode) == 0o700
    assert os.listdir(os.path.dirname(backup)) == [os.path.basename(backup)]


def numbers(database_url):
    """What a fresh process reads in the restored database: verify, the title, and all tallies."""
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('verify')\n"
        "from survey.models import SurveyRound, Tally\n"
        "print(SurveyRound.objects.get().title)\n"
        "for row in Tally.objects.order_by('question', 'choice')"
        ".values_list('question_id', 'choice_id', 'count'): print(*row)\n"
    )
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "leercultuur.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def expected():
    rows = Tally.objects.order_by("question", "choice")
    said = [
        " ".join(map(str, row)) for row in rows.values_list("question_id", "choice_id", "count")
    ]
    return ["Everything adds up.", WRITTEN_LAST, *said]


@pytest.mark.sqlite
def test_restored_on_sqlite_it_verifies_and_its_reports_are_equal(backup, tmp_path):
    restored = tmp_path / "leercultuur.sqlite3"
    shutil.copy(backup, restored)

    assert numbers(f"sqlite:///{restored}") == expected()
    assert sqlite3.connect(restored).execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.postgresql
def test_restored_on_postgresql_it_verifies_and_its_reports_are_equal(backup):
    given = connection.get_connection_params()
    environment = os.environ | {"PGHOST": given["host"], "PGUSER": given["user"]}
    subprocess.run(["dropdb", "--if-exists", "restored"], env=environment, check=True)
    subprocess.run(["createdb", "restored"], env=environment, check=True)
    try:
        subprocess.run(
            ["pg_restore", "--no-owner", "--single-transaction", "--dbname=restored", backup],
            env=environment,
            check=True,
        )

        said = numbers(f"postgres://{given['user']}@/restored?host={given['host']}")
    finally:
        subprocess.run(["dropdb", "--force", "restored"], env=environment, check=True)

    assert said == expected()


def test_a_backup_that_fails_says_so_and_leaves_nothing(settings, tmp_path, monkeypatch, db):
    settings.DATA_DIR = tmp_path
    if connection.vendor == "postgresql":
        monkeypatch.setenv("PATH", "")
    else:
        (tmp_path / "backups").mkdir()
        monkeypatch.setattr("survey.keeping.backup.NAME", "ontbreekt/x")

    with pytest.raises((CommandError, OSError)):
        call_command("backup")

    assert not list(tmp_path.glob("backups/*"))
