"""The database is away, locked, full or read-only: nothing is lost, and no 500."""

import errno
import html
import re
import sqlite3
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from survey.front.outage import is_outage
from survey.models import Answer, OtherText, Response

MARKUP = 'Samen <b>koken</b> & "praten"\r\n</textarea>\'{{ x }}'


@pytest.fixture
def strict_client():
    """A browser that checks CSRF and shows errors as pages, as the real one does."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def away():
    """Refuse every query, as a database does that is not there."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection to 10.0.0.7 as leercultuur failed")

    with connection.execute_wrapper(refuse):
        yield


def hidden_fields(page):
    """Return what the page would send again."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


def form_of(client, team):
    """Return the fields of a form that somebody just opened and filled in."""
    page = client.get(team.get_absolute_url()).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    return {
        "csrfmiddlewaretoken": token,
        "sleutel": str(uuid.uuid4()),
        "v1": "ja",
        "v6": ["koffie", "andere"],
        "v6-tekst": MARKUP,
    }


def check_that_answers_survive(client, team, break_it):
    sent = form_of(client, team)

    with break_it():
        page = client.post(team.get_absolute_url(), sent)

    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "<b>koken" not in page.content.decode()
    again = hidden_fields(page.content.decode())
    assert [each for each in again if each[0] != "csrfmiddlewaretoken"] == [
        ("sleutel", sent["sleutel"]),
        ("v1", "ja"),
        ("v6", "koffie"),
        ("v6", "andere"),
        ("v6-tekst", MARKUP),
    ]
    assert Response.objects.count() == 0

    names = {name for name, _ in again}
    resent = client.post(
        team.get_absolute_url(), {name: [v for n, v in again if n == name] for name in names}
    )

    assert resent.url == reverse("thanks", args=[team.grouped_token])
    assert str(Response.objects.get().pk) == sent["sleutel"]
    assert Answer.objects.count() == 3
    assert OtherText.objects.get().text == MARKUP.replace("\r\n", "\n")


@pytest.mark.parametrize("name", ["landing", "try", "home"])
def test_every_page_says_so_and_when_to_come_back(strict_client, db, away, name):
    page = strict_client.get(reverse(name), HTTP_COOKIE="session=" + "a" * 32)

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "60"
    assert "Even niet bereikbaar" in page.content.decode()
    assert "10.0.0.7" not in page.content.decode()


def test_an_outage_in_the_second_step_of_staff_is_no_500(strict_client, ada, settings):
    settings.STAFF_2FA = True
    strict_client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    def refuse(execute, sql, params, many, context):
        raise InterfaceError("connection already closed")

    with connection.execute_wrapper(refuse):
        page = strict_client.get("/admin/")

    assert page.status_code == 503


def test_the_page_is_in_the_visitors_language(strict_client, db, away):
    page = strict_client.get("/", HTTP_ACCEPT_LANGUAGE="fr")

    assert '<html lang="fr">' in page.content.decode()


def test_what_was_sent_stays_on_the_page_and_one_click_sends_it(strict_client, zorg):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("database or disk is full")

    check_that_answers_survive(strict_client, zorg, lambda: connection.execute_wrapper(refuse))


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_database_that_another_process_locks(strict_client, zorg):
    class Locked:
        def __enter__(self):
            connection.cursor().execute("PRAGMA busy_timeout = 50")
            self.other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            self.other.execute("BEGIN EXCLUSIVE")

        def __exit__(self, *error):
            self.other.rollback()
            self.other.close()
            connection.cursor().execute("PRAGMA busy_timeout = 20000")

    check_that_answers_survive(strict_client, zorg, Locked)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_be_written(strict_client, zorg):
    class ReadOnly:
        def __enter__(self):
            connection.cursor().execute("PRAGMA query_only = ON")

        def __exit__(self, *error):
            connection.cursor().execute("PRAGMA query_only = OFF")

    check_that_answers_survive(strict_client, zorg, ReadOnly)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", ["ended", "read-only"])
def test_a_postgresql_that_ends_our_connection_or_cannot_be_written(strict_client, zorg, failure):
    class Gone:
        def __enter__(self):
            if failure == "read-only":
                connection.cursor().execute("SET default_transaction_read_only = on")
                return
            self.wrapper = connection.execute_wrapper(self.end)
            self.wrapper.__enter__()

        def end(self, execute, sql, params, many, context):
            if sql.startswith("INSERT"):
                other = connection.copy()
                pid = connection.connection.info.backend_pid
                other.cursor().execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
                other.close()
            return execute(sql, params, many, context)

        def __exit__(self, *error):
            if failure == "read-only":
                connection.cursor().execute("SET default_transaction_read_only = off")
            else:
                self.wrapper.__exit__(None, None, None)
                connection.close()

    check_that_answers_survive(strict_client, zorg, Gone)


def test_passwords_are_never_put_on_a_page(db, away):
    client = Client(raise_request_exception=False)

    page = client.post("/account/login/", {"login": "a@b.example", "password": "geheim-woord"})

    assert page.status_code == 503
    assert "geheim-woord" not in page.content.decode()


def test_a_mistake_of_ours_is_no_outage():
    assert not is_outage(IntegrityError())
    assert not is_outage(ValueError())
    assert not is_outage(None)
    assert is_outage(DatabaseError("malformed"))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EROFS, True), (errno.ENOENT, False)],
)
def test_a_full_disk_is_an_outage_too(number, expected):
    assert is_outage(OSError(number, "x")) is expected
