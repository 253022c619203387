"""PostgreSQL crashes, goes away or does not react while colleagues send their answers.

Seen failing with synchronous_commit off, without the outage page, and without connect_timeout.
"""

import socket
import time

import pytest

from tests.faults.server import status_of, wait_for
from tests.faults.visitors import Crowd, Visitor

pytestmark = pytest.mark.postgresql

SECONDS_AWAY = 60
# What somebody waits for an answer when the database does not react.
PATIENCE = 15


def test_a_crash_of_postgresql_loses_nothing(server, cluster, team, check_stored_once, figures):
    workers = server.workers()
    with Crowd(server.port, team.get_absolute_url(), forms=100) as crowd:
        for at_least in (100, 300, 500):
            wait_for(lambda at_least=at_least: crowd.acknowledged() > at_least)
            cluster.stop("immediate")
            cluster.start()
        seen = crowd.finish()

    figures(seen, crashes=3)
    assert seen.counts["sent"] == len(seen.acknowledged) == 800
    assert seen.counts["503"] > 0
    assert server.workers() == workers
    check_stored_once(seen.acknowledged)


def test_postgresql_away_for_a_minute(server, cluster, team, check_stored_once, figures):
    workers = server.workers()
    with Crowd(server.port, team.get_absolute_url(), pause=1) as crowd:
        wait_for(lambda: crowd.acknowledged() > 100)
        cluster.stop("fast")
        gone_at, before = time.monotonic(), crowd.acknowledged()
        while time.monotonic() - gone_at < SECONDS_AWAY:
            assert status_of(server.port, "/healthz") == 200
            assert status_of(server.port, "/readyz") == 503
            time.sleep(5)
        meanwhile = crowd.acknowledged() - before
        cluster.start()
        wait_for(lambda: crowd.acknowledged() > before + 200)
        crowd.stopped.set()
        seen = crowd.finish()

    figures(seen, seconds_away=SECONDS_AWAY)
    assert seen.counts["sent"] == len(seen.acknowledged)
    assert meanwhile <= len(crowd.visitors)  # thanked while it stopped
    assert seen.counts["503"] > 100
    assert server.workers() == workers
    assert status_of(server.port, "/readyz") == 200
    check_stored_once(seen.acknowledged)


def test_a_database_server_that_never_answers_is_not_waited_for(start_server, team, figures):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        server = start_server(f"postgres://postgres@127.0.0.1:{port}/leercultuur")
        visitor = Visitor(server.port, timeout=PATIENCE)
        start = time.monotonic()

        page = visitor.ask("GET", team.get_absolute_url())

    figures(seconds=round(time.monotonic() - start, 1))
    assert page.status == 503
    visitor.check_outage(page, [])
