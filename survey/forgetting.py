"""Forget what rows held before: SQLite keeps old pages in its write-ahead log (T6, T7).

On PostgreSQL only the daily command can do that (`survey/keeping/retention.py`).
"""

import logging
import time

from django.db import connection

logger = logging.getLogger(__name__)

PAUSES = (0.1, 0.2, 0.3, 0.4)  # seconds in which a reader may finish


def forget_old_pages():
    """Empty SQLite's write-ahead log, which still holds the rows as they were.

    Call it when the change is committed. Who reads meanwhile can keep that from being done;
    then the daily command does it.
    """
    if connection.vendor == "sqlite":
        for pause in PAUSES:
            if _empty_log():
                return
            time.sleep(pause)
        if _empty_log():
            return
        logger.warning(
            "The log of SQLite still holds old rows, because somebody went on reading. "
            "`manage.py daily` empties it."
        )


def _empty_log() -> bool:
    """Return whether the log is empty now; waits briefly, for who writes waits for us."""
    with connection.cursor() as cursor:
        [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 200")
        try:
            is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not is_busy
