"""Upgrading: every step of the database forwards and back again, with data in it."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

STEPS = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "survey")


@pytest.fixture
def empty_database(tmp_path, db):
    """The address of a database with nothing in it, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"steps_{connection.settings_dict['NAME']}"
    given_to = connection.get_connection_params()
    server = os.environ | {"PGHOST": given_to["host"], "PGUSER": given_to["user"]}
    subprocess.run(["dropdb", "--if-exists", name], env=server, check=True)
    subprocess.run(["createdb", name], env=server, check=True)
    yield given._replace(path=f"/{name}").geturl()
    subprocess.run(["dropdb", "--force", name], env=server, check=True)


WALK = """
import sys
import django
django.setup()
from django.core.management import call_command
from survey.management.demo.build import build_demo
from survey.models import Answer, Response, Tally, Team

call_command("migrate", verbosity=0)
call_command("load_questionnaire", verbosity=0)
build_demo()
counted = (Response, Answer, Tally, Team.previous_teams.through)
before = [model.objects.count() for model in counted]
assert all(before)
for step in sys.argv[:0:-1]:
    call_command("migrate", "survey", step, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("verify")
    assert [model.objects.count() for model in counted] == before, step
for step in sys.argv[:0:-1]:
    call_command("migrate", "survey", step, verbosity=0)
call_command("migrate", verbosity=0)
call_command("verify")
"""


def test_each_step_goes_back_and_forth_with_data(empty_database, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WALK, *STEPS[:-1]],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DATABASE_URL": empty_database,
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "leercultuur.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    # After each step, and after going all the way back and forth at once.
    assert done.stdout.splitlines() == ["Everything adds up."] * len(STEPS)
