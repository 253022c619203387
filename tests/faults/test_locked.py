"""Another process holds SQLite's lock: a backup that hangs, a shell that somebody left open.

Seen failing with five seconds of patience, without the outage page, and with workers that take
more visitors than they have threads (the form then took 21 seconds).
"""

import subprocess
import sys
import threading
import time

import pytest
from django.db import connection

from tests.faults.server import status_of
from tests.faults.visitors import Crowd

pytestmark = pytest.mark.sqlite

HOLD = """
import sqlite3, sys, time
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
other.execute("ROLLBACK")
"""


@pytest.fixture
def lock():
    """Return a function that lets another process lock the database for so many seconds."""
    processes = []

    def lock(seconds):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, connection.settings_dict["NAME"], str(seconds)],
            stdout=subprocess.PIPE,
        )
        processes.append(process)
        assert process.stdout.readline() == b"locked\n"
        return process

    yield lock
    for process in processes:
        process.kill()
        process.communicate()


def test_a_lock_of_ten_seconds_only_makes_people_wait(
    server, team, lock, check_stored_once, figures
):
    lock(10)
    start = time.monotonic()

    with Crowd(server.port, team.get_absolute_url(), forms=1) as crowd:
        seen = crowd.finish()

    seconds = time.monotonic() - start
    figures(seen, seconds=round(seconds, 1))
    assert (len(seen.acknowledged), seen.counts["503"], seen.counts["cut"]) == (8, 0, 0)
    assert 9 < seconds < 15
    check_stored_once(seen.acknowledged)


def test_a_lock_of_forty_seconds_gives_our_page_and_readers_go_on(
    server, team, lock, check_stored_once, figures
):
    waits, path = [], team.get_absolute_url()

    def read(other):
        while other.poll() is None:
            start = time.monotonic()
            assert status_of(server.port, path) == 200
            waits.append(time.monotonic() - start)
            # It asks the disk too, which may be busy with something else.
            assert status_of(server.port, "/readyz") == 200
            time.sleep(0.2)

    other = lock(40)
    with Crowd(server.port, path, forms=1) as crowd:
        reader = threading.Thread(target=read, args=[other])
        reader.start()
        seen = crowd.finish()
        reader.join()

    figures(seen, forms_read=len(waits), slowest_read=round(max(waits), 2))
    assert len(seen.acknowledged) == 8
    assert seen.counts["503"] >= 8
    assert len(waits) > 100
    assert max(waits) < 2
    check_stored_once(seen.acknowledged)
