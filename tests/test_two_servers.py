"""Two app servers on one PostgreSQL behind a balancer: nothing is local, every number is exact."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from survey.models import Answer, OtherText, Response, Segment, SurveyRound, Tally
from tests.balancer import Balancer
from tests.factories import TeamFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

VISITORS = 4
ANSWERS = [("v1", "ja"), ("v6", "koffie"), ("v6-tekst", "Nog iets")]
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|sleutel|plan)" value="([^"]*)"')


@pytest.fixture
def team(survey_round):
    return TeamFactory(survey_round=survey_round, name="Zorg", headcount=100_000)


@pytest.fixture
def balancer():
    balancer = Balancer([])
    threading.Thread(target=balancer.serve_forever, daemon=True).start()
    yield balancer
    balancer.shutdown()
    balancer.server_close()


@pytest.fixture
def start_server():
    """Return a function that starts an app server and returns its process and port."""
    processes = []

    def start():
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
             "--bind", f"127.0.0.1:{port}", "--workers", "1"],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "DATABASE_URL": url_of_database(),
                "FORMS_PER_MINUTE": "0",
                "LOG_LEVEL": "ERROR",
            },
        )  # fmt: skip
        processes.append(process)
        wait_for(lambda: ask(port, "GET", "/healthz")[0] == 200)
        return process, port

    yield start
    for process in processes:
        process.kill()
        process.wait()


def test_two_servers_lose_nothing_while_one_is_replaced_and_a_round_is_closed(
    balancer, start_server, sign_in, ilse, survey_round, team
):
    (old, old_port), (_, other_port) = start_server(), start_server()
    balancer.ports = [old_port, other_port]
    session = {"session": sign_in(ilse).cookies["session"].value}

    with visitors(balancer.port, team) as acknowledged:
        wait_for(lambda: len(acknowledged) > 20)

        _, new_port = start_server()
        balancer.ports = [new_port, other_port]
        old.terminate()
        stopped = old.wait(timeout=30)
        at_replacement = len(acknowledged)
        wait_for(lambda: len(acknowledged) > at_replacement + 20)

        close_page = reverse("survey_round_close", args=[survey_round.pk])
        closing = close(new_port, close_page, session)

    survey_round = SurveyRound.objects.get()
    segment = Segment.objects.get()
    total = len(acknowledged)
    assert (stopped, closing, survey_round.is_closed) == (0, 302, True)
    assert len(set(acknowledged)) == total
    assert segment.response_count == total
    assert Response.objects.filter(segment=segment).count() == Response.objects.count() == total
    assert OtherText.objects.filter(segment=segment).count() == total
    assert Answer.objects.count() == 3 * total
    chosen = Tally.objects.filter(count__gt=0, choice__isnull=False)
    assert set(chosen.values_list("choice__code", "count")) == {
        ("ja", total),
        ("koffie", total),
        ("andere", total),
    }
    report = reverse("report", args=[survey_round.pk])
    said = [ask(port, "GET", report, cookies=session)[0] for port in (new_port, other_port)]
    assert said == [200, 200]


@contextmanager
def visitors(port, team):
    """Let visitors send forms until they hear that the round is closed; yield the sent keys."""
    acknowledged, problems = [], []

    def be_a_visitor():
        try:
            while send_one(port, team.get_absolute_url(), acknowledged):
                pass
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=be_a_visitor, daemon=True) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    yield acknowledged
    for thread in threads:
        thread.join(timeout=60)
    assert problems == []


def send_one(port, path, acknowledged):
    """Send one form; return whether the round still takes answers."""
    cookies = {}
    status, page = patiently(lambda: ask(port, "GET", path, cookies=cookies))
    own = dict(HIDDEN.findall(page))
    if "sleutel" not in own:
        return False
    key = str(uuid.uuid4())
    fields = [*ANSWERS, ("csrfmiddlewaretoken", own["csrfmiddlewaretoken"]), ("sleutel", key)]
    # The same key each time: who gets no answer presses the button again.
    status, _ = patiently(lambda: ask(port, "POST", path, fields, cookies=cookies))
    assert status in (302, 409)
    if status == 302:
        acknowledged.append(key)
    return status == 302


def close(port, path, session):
    cookies = dict(session)
    _, page = ask(port, "GET", path, cookies=cookies)
    own = dict(HIDDEN.findall(page))
    fields = [*own.items(), ("papers_left", "0"), ("is_certain", "on")]
    return ask(port, "POST", path, fields, cookies=cookies)[0]


def ask(port, method, path, fields=None, *, cookies=None):
    """Return status and page, on a connection of its own; keep the cookies that were set."""
    cookies = {} if cookies is None else cookies
    headers = {"Host": "localhost", "Connection": "close", "Accept-Language": "nl"}
    headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if fields is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    browser = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        browser.request(method, path, urlencode(fields) if fields else None, headers)
        answer = browser.getresponse()
        page = answer.read().decode()
    finally:
        browser.close()
    for cookie in answer.headers.get_all("Set-Cookie", ()):
        name, value = cookie.split(";")[0].split("=", 1)
        cookies[name] = value
    return answer.status, page


def patiently(work):
    """Try again when a connection breaks, as people do."""
    for _ in range(20):
        try:
            return work()
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise AssertionError("No server answered.")


def wait_for(is_so):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if is_so():
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise AssertionError("It took longer than a minute.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def url_of_database():
    """Return the address of the test database, on the server that the tests run on."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
