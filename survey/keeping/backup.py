"""A copy of the whole database, readable by its owner alone, that goes away again (T10)."""

import os
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

NAME = "leercultuur-%Y%m%d-%H%M%S"
SUFFIX = {"sqlite": ".sqlite3", "postgresql": ".dump"}


class CannotBackUp(Exception):
    """No backup was made; the message says why."""


def backup_folder() -> Path:
    """Return where backups are written; it may not exist yet."""
    return settings.DATA_DIR / "backups"


def make_backup() -> Path:
    """Write a backup while the site goes on; return its path. Raises CannotBackUp."""
    folder = backup_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / (datetime.now(UTC).strftime(NAME) + SUFFIX[connection.vendor])
    unfinished = path.with_suffix(".part")
    try:
        # Made by us first, so that nobody else can read it for a moment.
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise CannotBackUp("Another backup is being made this second.") from None
    try:
        _copy_sqlite(unfinished) if connection.vendor == "sqlite" else _dump(unfinished)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def delete_expired_backups(now: datetime) -> int:
    """Delete our backups older than BACKUP_DAYS, by the time in their names; return how many."""
    oldest = now - timedelta(days=settings.BACKUP_DAYS)
    deleted = 0
    for path in backup_folder().glob("leercultuur-*"):
        made_at = _time_in(path.name)
        if made_at and made_at < oldest:
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted


def _time_in(name):
    try:
        return datetime.strptime(name.split(".")[0], NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def _copy_sqlite(path):
    """Copy through SQLite's own backup: the file alone would miss what is still in the WAL."""
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    try:
        connection.connection.backup(copy)
    except sqlite3.Error as error:
        raise CannotBackUp(f"SQLite could not copy: {error}") from error
    finally:
        copy.close()


def _dump(path):
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotBackUp("pg_dump is not installed (Debian: apt-get install postgresql-client).")
    given = connection.get_connection_params()
    # In the environment: arguments can be read by every user of the machine.
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    environment = {names[name]: str(given[name]) for name in names if given.get(name)}
    done = subprocess.run(  # noqa: S603, no part of it comes from outside
        [program, "--format=custom", "--no-owner", "--no-privileges", f"--file={path}"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBackUp(f"pg_dump failed: {done.stderr.strip()}")
