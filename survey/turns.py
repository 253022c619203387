"""A fair turn for everybody who sends a form or closes a survey round, on SQLite.

SQLite lets one in at a time, and those who wait look again after ever longer pauses, up to a
tenth of a second: who came last often goes first, and the unluckiest waits a second. Here it is
the other way round: who waits longer looks more often. PostgreSQL is fair by itself.
"""

import fcntl
import os
import time
from contextlib import contextmanager

from django.db import connection

# After that long, somebody else has the database for long, and SQLite's own patience starts.
LONGEST_WAIT = 2  # seconds
FIRST_PAUSE, LAST_PAUSE = 0.005, 0.0005


@contextmanager
def in_turn():
    """Hold the turn on this machine while writing; go without one rather than wait long.

    The turn is a courtesy: nothing is stored wrongly without it. The operating system gives it
    back when a process dies. Its lock lies on the folder of the database, because opening and
    closing the database file would drop the locks that SQLite has on it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:  # we are the writer already
        yield
        return
    folder = os.open(os.path.dirname(connection.settings_dict["NAME"]) or ".", os.O_RDONLY)
    try:
        _wait_for_turn(folder)
        yield
    finally:
        os.close(folder)


def _wait_for_turn(folder):
    start = time.monotonic()
    while (waited := time.monotonic() - start) < LONGEST_WAIT:
        try:
            return fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(max(LAST_PAUSE, FIRST_PAUSE - waited / 10))
