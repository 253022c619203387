"""A database and a production server of their own for these tests, which break both."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

import dj_database_url
import pytest
from django.core.management import call_command
from django.db import connection

from survey.closing import close_round
from survey.models import Answer, OtherText, Response, Segment, Tally
from tests.factories import TeamFactory
from tests.faults.server import Server
from tools import postgresql

FIGURES = pytest.StashKey()


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL that may be crashed: unlike that of the other tests it is durable."""
    if connection.vendor != "postgresql":
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="lc-fault-", ignore_cleanup_errors=True) as folder:
        cluster = postgresql.Cluster(postgresql.find_binaries(), Path(folder), "-c fsync=on")
        cluster.make("--no-sync")
        cluster.start()
        yield cluster
        cluster.stop()


@pytest.fixture(scope="session")
def database_url(cluster, django_db_blocker, tmp_path_factory):
    """The address of a migrated database that is not the one of the other tests."""
    folder = tmp_path_factory.mktemp("faults")
    with django_db_blocker.unblock():
        return make_database(folder, cluster)


def make_database(folder, cluster=None):
    """Return the address of a new database: in this cluster, or else a file in the folder."""
    url = cluster.url if cluster else f"sqlite:///{folder}/leercultuur.sqlite3"
    with connected_to(url):
        call_command("migrate", verbosity=0)
        call_command("load_questionnaire", verbosity=0)
    return url


@pytest.fixture
def db(database_url, django_db_blocker):
    """Let this test, with all fixtures and factories, work on that database, emptied."""
    with django_db_blocker.unblock(), connected_to(database_url):
        call_command("flush", interactive=False, verbosity=0)
        yield


@contextmanager
def connected_to(url):
    """Point Django at another database of the same kind."""
    connection.close()
    kept = dict(connection.settings_dict)
    there = dj_database_url.parse(url)
    place = {name: there[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    options = kept.get("OPTIONS", {}) | there.get("OPTIONS", {})
    connection.settings_dict.update(place | {"OPTIONS": options})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)


@pytest.fixture
def team(survey_round):
    return TeamFactory(survey_round=survey_round, name="Zorg", headcount=100_000)


@pytest.fixture
def start_server(database_url, tmp_path):
    """Return a function that starts a gunicorn on that database; none outlives the test."""
    servers = []

    def start(url=database_url, **options):
        server = Server(url, tmp_path, **options)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.kill_everything()


@pytest.fixture
def server(start_server):
    return start_server()


@pytest.fixture
def figures(request):
    """Return a function that keeps figures for the summary at the end of the run."""
    kept = request.config.stash.setdefault(FIGURES, [])

    def write_down(seen=None, **more):
        counts = (
            {"sent": seen.counts["sent"], "acknowledged": len(seen.acknowledged)} if seen else {}
        )
        others = (
            {what: seen.counts[what] for what in ("503", "cut", "hung up", "shut")} if seen else {}
        )
        kept.append((request.node.name, counts | others | more))

    return write_down


def pytest_terminal_summary(terminalreporter, config):
    for name, counts in config.stash.get(FIGURES, []):
        said = ", ".join(f"{what} {count}" for what, count in counts.items())
        terminalreporter.write_line(f"{name}: {said}")


@pytest.fixture
def check_stored_once(team):
    """Return a function that holds what was acknowledged against what is stored and published."""

    def check(acknowledged):
        """Look before and after closing; `acknowledged` is texts by key of their form."""
        connection.close()  # what broke for the server may have broken for us too
        total, texts = len(acknowledged), sorted(acknowledged.values())
        call_command("verify")
        team.refresh_from_db()
        keys = Response.objects.filter(team=team).values_list("pk", flat=True)
        assert {str(key) for key in keys} == set(acknowledged)
        assert team.response_count == total
        close_round(team.survey_round)
        check_published(team.survey_round, total, texts)

    return check


def check_published(survey_round, total, texts):
    """The closed round published exactly these: in its segment, rows and tallies."""
    segment = Segment.objects.get(survey_round=survey_round)
    assert segment.response_count == total
    assert Response.objects.filter(segment=segment).count() == total
    assert Answer.objects.filter(response__segment=segment).count() == 3 * total
    stored = OtherText.objects.filter(segment=segment).values_list("text", flat=True)
    assert sorted(stored) == texts
    chosen = Tally.objects.filter(segment=segment, count__gt=0, choice__isnull=False)
    assert sorted(chosen.values_list("choice__code", "count")) == [
        ("andere", total),
        ("ja", total),
        ("koffie", total),
    ]
    call_command("verify")
