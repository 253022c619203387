"""Who sends a form waits for a fair turn, and never long."""

import fcntl
import os
import time
import uuid
from pathlib import Path

import pytest
from django.db import connection, transaction

from survey import turns
from survey.models import Response
from survey.turns import in_turn
from tests.factories import send

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def folder():
    """The folder of the database, opened as another process would."""
    opened = os.open(Path(connection.settings_dict["NAME"]).parent, os.O_RDONLY)
    yield opened
    os.close(opened)


def is_free(folder):
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(folder, fcntl.LOCK_UN)
    return True


def test_one_at_a_time_has_the_turn(folder):
    with in_turn():
        during = is_free(folder)

    assert not during
    assert is_free(folder)


def test_the_turn_comes_back_after_a_failure(folder):
    with pytest.raises(ZeroDivisionError), in_turn():
        raise ZeroDivisionError

    assert is_free(folder)


def test_who_writes_already_needs_no_turn(folder):
    with transaction.atomic(), in_turn():
        during = is_free(folder)

    assert during


def test_a_form_is_stored_although_the_turn_never_comes(folder, zorg, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.05)
    fcntl.flock(folder, fcntl.LOCK_EX)
    start = time.monotonic()

    send(zorg, key=uuid.uuid4(), v1="ja")

    assert Response.objects.count() == 1
    assert 0.05 <= time.monotonic() - start < 2
