"""The disk of the database is full while colleagues send their answers.

Seen failing without the outage page, with one without answers or always in Dutch, and with a
/readyz that only reads.
"""

import tempfile
from pathlib import Path

import pytest
from django.db import connection

from tests.faults.conftest import make_database
from tests.faults.disks import Limited, Small, can_mount
from tests.faults.server import status_of, wait_for
from tests.faults.visitors import Crowd
from tools import postgresql

DISKS = [Limited, Small] if can_mount() else [Limited]


@pytest.fixture(params=DISKS)
def disk(request):
    with tempfile.TemporaryDirectory(prefix="lc-disk-", ignore_cleanup_errors=True) as folder:
        disk = request.param(Path(folder))
        yield disk
        disk.remove()


@pytest.fixture
def cluster(disk):
    """A PostgreSQL on that disk, with a log in short pieces so that it soon needs a new one."""
    if connection.vendor != "postgresql":
        yield None
        return
    options = "-c fsync=on -c min_wal_size=2MB -c max_wal_size=4MB"
    cluster = postgresql.Cluster(postgresql.find_binaries(), disk.folder, options)
    cluster.make("--no-sync", "--wal-segsize=1")
    cluster.start()
    yield cluster
    if cluster.is_running():
        cluster.stop()


@pytest.fixture
def database_url(disk, cluster, django_db_blocker):
    with django_db_blocker.unblock():
        return make_database(disk.folder, cluster)


def test_a_full_disk_loses_nothing_and_all_is_well_when_there_is_room(
    disk, cluster, server, team, check_stored_once, figures
):
    def writers():
        """Who writes the database: our own processes to SQLite's file, or PostgreSQL's."""
        if cluster is None:
            return [server.process.pid]
        return [cluster.pid] if cluster.is_running() else []

    def is_well():
        """As long as its log cannot be written PostgreSQL gives up; somebody then starts it."""
        if not writers():
            cluster.start()
        return status_of(server.port, "/readyz") == 200

    assert is_well()
    with Crowd(server.port, team.get_absolute_url(), pause=0.3) as crowd:
        wait_for(lambda: crowd.acknowledged() > 50)
        disk.fill(*writers())
        wait_for(lambda: crowd.count("503") > 20)
        ready, alive = status_of(server.port, "/readyz"), status_of(server.port, "/healthz")
        disk.make_room(*writers())
        wait_for(is_well)
        before = crowd.acknowledged()
        wait_for(lambda: crowd.acknowledged() > before + 50)
        crowd.stopped.set()
        seen = crowd.finish()

    figures(seen)
    assert (ready, alive) == (503, 200)
    assert seen.counts["sent"] == len(seen.acknowledged)
    check_stored_once(seen.acknowledged)
