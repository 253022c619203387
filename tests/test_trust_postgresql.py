"""Promises T6 to T8 and T10 on PostgreSQL: what its log and its files hold, with our settings.

A server of its own, made ready with deploy/postgresql.sql as an administrator would.
"""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
from django.conf import settings

from tests.marked import RESPONSES, text_of
from tests.scan import MARKER
from tools import postgresql

pytestmark = pytest.mark.postgresql


class Server:
    """A PostgreSQL with the settings of deploy/."""

    def __init__(self, url):
        self.host = parse_qs(urlsplit(url).query)["host"][0]

    def connect(self, user):
        connection = psycopg2.connect(host=self.host, user=user, dbname="leercultuur")
        connection.autocommit = True
        return connection

    def psql(self, *arguments, database="leercultuur"):
        binary = postgresql.find_binaries() / "psql"
        command = [binary, "-qAt", "-U", "postgres", "-h", self.host, "-d", database]
        done = subprocess.run(
            [*command, "-v", "ON_ERROR_STOP=1", *arguments],
            cwd=settings.BASE_DIR,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def work(self, name, data_dir):
        """Let the app do something in a process of its own; return what it printed."""
        return self.run(name, data_dir).stdout

    def warnings(self, name, data_dir):
        """Let the app do something; return what it wrote in its log."""
        return self.run(name, data_dir).stderr

    def run(self, name, data_dir):
        url = f"postgres://leercultuur@/leercultuur?host={self.host}"
        return subprocess.run(
            [sys.executable, "-m", "tests.marked", name],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url, "DATA_DIR": str(data_dir)},
            check=True,
            capture_output=True,
            text=True,
        )

    def restore(self, backup):
        """Put a backup back as deploy/README.md says, but for its last line."""
        self.psql("-c", "DROP DATABASE leercultuur", database="postgres")
        self.psql("-c", "CREATE DATABASE leercultuur OWNER leercultuur", database="postgres")
        subprocess.run(
            [
                postgresql.find_binaries() / "pg_restore",
                *("-U", "postgres", "-h", self.host, "-d", "leercultuur"),
                *("--no-owner", "--role=leercultuur", "--single-transaction", backup),
            ],
            check=True,
        )

    def log(self):
        return Path(self.host, "log").read_text()

    def files(self, folder):
        """Return the bytes of every file in this folder of the data, as the disk has them."""
        self.psql("-c", "CHECKPOINT")
        found = [path for path in Path(self.host, "data", folder).rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in found)


@pytest.fixture
def server():
    with postgresql.running(postgresql.find_binaries()) as url:
        server = Server(url)
        server.psql("-f", "deploy/postgresql.sql", database="postgres")
        yield server


# The log


def provoke(server, user):
    """Let statements with a marker fail in every way that PostgreSQL writes down."""
    with closing(server.connect(user)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE trial (id uuid PRIMARY KEY, text varchar(40) CHECK (text > ''))"
        )
        key = str(uuid.uuid4())
        cursor.execute("INSERT INTO trial VALUES (%s, %s)", [key, MARKER])
        for text in [MARKER, "", MARKER * 10, f"{MARKER}\0"]:
            with suppress(psycopg2.Error, ValueError):
                cursor.execute("INSERT INTO trial VALUES (%s, %s)", [key, text])
        with suppress(psycopg2.Error):
            cursor.execute("INSERT INTO trial VALUES (%s, '')", [MARKER])  # no key: said with it
        with suppress(psycopg2.Error):
            cursor.execute("SELECT %s FROM bestaat_niet", [MARKER])
        cursor.execute("SET statement_timeout = '50ms'")
        with suppress(psycopg2.Error):
            cursor.execute("SELECT pg_sleep(10), %s", [MARKER])
        cursor.execute("SET statement_timeout = 0")
    wait_in_vain(server, user)
    for send_signal in (terminate, kill):
        die_while_busy(server, user, send_signal)


def wait_in_vain(server, user):
    """Two transactions that wait for each other: PostgreSQL ends one and names both."""
    with closing(server.connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trial SELECT gen_random_uuid(), n::text FROM generate_series(1, 2) n"
        )
    one, other = server.connect(user), server.connect(user)
    update = "UPDATE trial SET text = text WHERE text = %s AND %s <> ''"
    for connection in (one, other):
        connection.autocommit = False
    one.cursor().execute(update, ["1", MARKER])
    other.cursor().execute(update, ["2", MARKER])

    def cross(connection, which):
        with suppress(psycopg2.Error):
            connection.cursor().execute(update, [which, MARKER])
        connection.rollback()

    threads = [threading.Thread(target=cross, args=pair) for pair in [(one, "2"), (other, "1")]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.close()
    other.close()


def die_while_busy(server, user, send_signal):
    connection = server.connect(user)
    process = connection.get_backend_pid()
    threading.Timer(0.3, send_signal, [server, process]).start()
    with suppress(psycopg2.Error):
        connection.cursor().execute("SELECT pg_sleep(10), %s", [MARKER])
    connection.close()
    wait_until_it_answers(server)


def terminate(server, process):
    server.psql("-c", f"SELECT pg_terminate_backend({process})")


def kill(server, process):
    """As the kernel does when memory runs out."""
    os.kill(process, signal.SIGKILL)


def wait_until_it_answers(server):
    for _ in range(100):
        with suppress(psycopg2.Error):
            server.connect("postgres").close()
            return
        time.sleep(0.1)
    pytest.fail("PostgreSQL did not come back.")


def test_t8_the_log_of_postgresql_holds_no_answer(server):
    provoke(server, "leercultuur")

    said = server.log()

    assert "was terminated by signal 9" in said
    assert MARKER not in said


def test_t8_without_our_settings_the_scan_would_see_it(server):
    provoke(server, "postgres")

    said = server.log()

    assert said.count(MARKER) > 5
    assert f"Failed process was running: SELECT pg_sleep(10), '{MARKER}'" in said


# The files


def found(raw, keys):
    """Return how many old keys, as PostgreSQL writes them, and how many texts there are."""
    texts = [text_of(number).encode() for number in range(RESPONSES)]
    return sum(key.bytes in raw for key in keys), sum(text in raw for text in texts)


def test_t6_t7_and_t10_the_files_of_postgresql_forget_what_is_gone(server, tmp_path):
    keys = [uuid.UUID(key) for key in server.work("fill", tmp_path).split()]
    assert found(server.files("."), keys) == (RESPONSES, RESPONSES)

    server.work("close", tmp_path)
    server.work("daily", tmp_path)
    assert found(server.files("."), keys) == (0, RESPONSES)

    server.work("reword", tmp_path)
    server.work("daily", tmp_path)
    left = server.files(".")
    assert found(left, keys) == (0, RESPONSES - 1)
    assert text_of(7).encode() not in left

    server.work("grow_old", tmp_path)
    server.work("daily", tmp_path)
    assert found(server.files("."), keys) == (0, 0)


def test_t6_until_the_daily_command_old_rows_can_be_read_in_the_files(server, tmp_path):
    """What deploy/README.md says to the operator."""
    keys = [uuid.UUID(key) for key in server.work("fill", tmp_path).split()]

    server.work("close", tmp_path)
    server.psql("-c", "VACUUM")

    assert found(server.files("base"), keys)[0] > 0
    assert found(server.files("pg_wal"), keys)[0] == RESPONSES


def test_t6_a_restored_database_must_be_allowed_to_forget_its_log_again(server, tmp_path):
    server.work("fill", tmp_path)
    before = server.warnings("daily", tmp_path)

    server.restore(server.work("backup", tmp_path).strip())
    restored = server.warnings("daily", tmp_path)
    server.psql("-f", "deploy/postgresql-log.sql")
    allowed = server.warnings("daily", tmp_path)

    assert (before, allowed) == ("", "")
    assert restored.startswith("WARNING survey.keeping.retention The write-ahead log")
    assert "deploy/postgresql-log.sql" in restored


def test_t10_postgresql_samples_no_texts_to_plan_with(server, tmp_path):
    server.work("fill", tmp_path)

    server.psql("-c", "ANALYZE")

    sampled = server.psql("-c", "SELECT tablename || '.' || attname FROM pg_stats")
    assert "survey_othertext.text" not in sampled
    assert "survey_othertext.state" in sampled
