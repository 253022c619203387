"""deploy/nginx.conf in a real nginx before a real gunicorn: what comes through, and what not."""

import gzip
import re
import shutil
import socket
import threading
import time
import uuid
from contextlib import ExitStack, closing, suppress
from http.client import HTTPException
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction

from tests.conftest import REQUIRE_ALL
from tests.factories import TeamFactory
from tests.faults.server import Server, wait_for
from tests.nginx import HOST, VISITOR, ask, connect, nginx
from tests.scan import stored
from tests.test_headers import check_headers

pytestmark = [
    pytest.mark.sqlite,  # the database is not what this is about
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ((shutil.which("nginx") and shutil.which("openssl")) or REQUIRE_ALL),
        reason="nginx or openssl is not there",
    ),
]

SECRET = "x7-long-enough-and-known-only-to-this-test-of-the-proxy-settings-4f2"
FORMS = 2  # a minute, so twenty in ten minutes
OFFICE = 300  # colleagues who open the link at one moment
PAGES = 6  # of one colleague: choosing a team, another language, form, sending, thanks
A_FLOOD = 1500  # more than is left of a burst after an office
HELD = 4  # of eight connections; nginx needs three itself


@pytest.fixture
def listening():
    """The socket that deploy/leercultuur.socket keeps open, also while the app is away."""
    with socket.create_server(("127.0.0.1", 0)) as kept:
        yield kept


@pytest.fixture
def app(listening, tmp_path):
    """The app as on a real address, with every log on."""
    server = Server(
        f"sqlite:///{connection.settings_dict['NAME']}",
        tmp_path,
        workers=1,
        listening=listening,
        SITE_URL=f"https://{HOST}",
        ALLOWED_HOSTS=f"{HOST},localhost,127.0.0.1",
        SECRET_KEY=SECRET,
        FORMS_PER_MINUTE=str(FORMS),
        LOG_LEVEL="DEBUG",
        GUNICORN_CMD_ARGS=f"--access-logfile {tmp_path / 'access.log'} --log-level debug",
    )
    server.start()
    yield server
    server.kill_everything()


@pytest.fixture
def proxy(app, tmp_path):
    """The port of an nginx with our configuration; only ports and places are changed."""
    with nginx(app, tmp_path) as port:
        yield port


@pytest.fixture
def full_proxy(app, tmp_path):
    """The same with room for two visitors, and the part of a request from another two."""
    with nginx(app, tmp_path, events="worker_connections 8;") as port, ExitStack() as stack:
        for _ in range(HELD):
            stack.enter_context(begun_request(port))
        yield port


def begun_request(port):
    """A visitor whose request does not arrive whole, so that the connection stays taken."""
    browser = connect(port)
    browser.connect()
    browser.sock.sendall(b"GET / HTTP/1.1\r\nHost: ")
    return closing(browser)


@pytest.fixture
def team(survey_round):
    return TeamFactory(survey_round=survey_round, name="Zorg", headcount=100)


def fill_in(port, team, **headers):
    """Return where the form of this team is sent, and its body and headers."""
    path = team.get_absolute_url()
    answer, page = ask(port, "GET", path)
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page).group(1).decode()
    body = {"csrfmiddlewaretoken": token, "sleutel": str(uuid.uuid4()), "v1": "ja"}
    headers |= {
        "Content_Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Referer": f"https://{HOST}{path}",
    }
    return path, urlencode(body | {"v6-tekst": "merkteken-tekst"}), headers


def send(port, form):
    path, body, headers = form
    return ask(port, "POST", path, body, **headers)[0]


def send_form(port, team, **headers):
    return send(port, fill_in(port, team, **headers))


def test_pages_come_through_small_and_with_their_headers(proxy, team):
    path = team.get_absolute_url()

    whole, page = ask(proxy, "GET", path)
    small, packed = ask(proxy, "GET", path, Accept_Encoding="gzip")

    assert (whole.status, small.status) == (200, 200)
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(packed) * 3 < len(page)
    assert len(gzip.decompress(packed)) == len(page)
    for answer in (whole, small):
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Set-Cookie"].startswith("__Host-csrf=")
        assert answer.headers["Server"] == "nginx"


def test_the_secret_in_a_packed_page_is_another_one_each_time(proxy, team):
    """Why packing pages is safe (BREACH)."""
    answer, page = ask(proxy, "GET", team.get_absolute_url())
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    pages = [page, *(ask(proxy, "GET", team.get_absolute_url(), Cookie=cookie)[1] for _ in "12")]

    for secret in (rb'csrfmiddlewaretoken" value="(\w+)"', rb'name="sleutel" value="([^"]+)"'):
        assert len({re.search(secret, page).group(1) for page in pages}) == 3


def test_a_forged_address_does_not_make_a_bot_a_crowd(proxy, team):
    statuses = [
        send_form(proxy, team, X_Forwarded_For=f"198.51.100.{number}").status
        for number in range(FORMS * 10 + 2)
    ]

    assert statuses == [302] * FORMS * 10 + [429] * 2
    assert stored()[0] == FORMS * 10


def test_too_large_a_body_is_refused_and_stores_nothing(proxy, team):
    answer, refused = ask(proxy, "POST", team.get_absolute_url(), b"v1=" + b"a" * 2_000_000)
    fits, page = ask(proxy, "POST", team.get_absolute_url(), b"v1=" + b"a" * 1_040_000,
                     Content_Type="application/x-www-form-urlencoded")  # fmt: skip

    assert (answer.status, fits.status) == (413, 400)
    assert "Er is niets bewaard" in refused.decode()
    assert "Er is niets bewaard" in page.decode()
    check_own_headers(answer)
    assert "Retry-After" not in answer.headers
    assert stored() == (0, 0, 0)


def test_an_office_passes_at_one_moment_and_a_flood_is_stopped_with_a_page(proxy, team):
    office = statuses_from_afar(proxy, OFFICE * PAGES)
    colleague = send_form(proxy, team)
    flood = statuses_from_afar(proxy, A_FLOOD)
    answer, page = ask(proxy, "GET", team.get_absolute_url())
    style, _ = ask(proxy, "GET", "/static/css/base.css")

    assert (set(office), colleague.status) == ({403}, 302)
    assert set(flood) == {403, 429}
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    assert "Wacht een minuut" in page.decode()
    check_own_headers(answer)
    assert style.status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/readyz", 403), ("GET", "/away.html", 404), ("TRACE", "/", 405)],
)
def test_what_nginx_answers_by_itself_has_our_headers(proxy, method, path, status):
    answer, page = ask(proxy, method, path)

    assert answer.status == status
    assert "Dit kwam niet aan" in page.decode()
    check_own_headers(answer)


def statuses_from_afar(port, count):
    """Ask so often for a page that is only for inside: nginx counts it, and refuses it itself."""
    browser = connect(port)
    try:
        return [status_of(browser, "/readyz") for _ in range(count)]
    finally:
        browser.close()


def status_of(browser, path):
    browser.request("GET", path, headers={"Host": HOST})
    answer = browser.getresponse()
    answer.read()
    return answer.status


def check_own_headers(answer):
    """What nginx answers by itself has the headers of the app; it only adds its name."""
    assert answer.headers["Server"] == "nginx"
    del answer.headers["Server"]
    check_headers(answer)


def test_t8_no_log_says_who_visited_or_what_they_wrote(proxy, team, app, listening, tmp_path):
    send_form(proxy, team)
    ask(proxy, "GET", f"{team.get_absolute_url()}?q=merkteken-vraag", Referer="https://merkteken/")
    ask(proxy, "GET", "/bestaat-niet/merkteken-adres")
    ask(proxy, "POST", team.get_absolute_url(), b"a" * 2_000_000)
    app.kill_everything()
    listening.close()
    ask(proxy, "GET", team.get_absolute_url())

    said = {path.name: path.read_text() for path in tmp_path.glob("*.log")}
    assert "POST /v/.../ 302" in said["access.log"]
    for name, log in said.items():
        for secret in [VISITOR, team.token, team.grouped_token, "merkteken-t", "erkteken/"]:
            assert secret not in log, name
    assert list((tmp_path / "nginx-client_body").rglob("*")) == []


def test_t8_an_nginx_without_connections_left_does_not_say_who_came(full_proxy, team, tmp_path):
    with suppress(OSError, HTTPException):
        ask(full_proxy, "GET", team.get_absolute_url())

    assert (tmp_path / "leercultuur.log").read_text() == ""


def test_who_sends_while_the_app_starts_again_waits_for_it(proxy, team, app):
    form = fill_in(proxy, team)
    app.kill_everything()
    answers = in_the_background(lambda: send(proxy, form).status)
    time.sleep(1)

    assert answers == []
    app.start()

    wait_for(lambda: answers == [302])
    assert stored()[0] == 1


def test_a_form_whose_worker_is_killed_is_asked_again_by_nginx(proxy, team, app):
    form = fill_in(proxy, team)
    with transaction.atomic():  # SQLite keeps the worker waiting meanwhile
        answers = in_the_background(lambda: send(proxy, form).status)
        time.sleep(1)
        app.kill_a_worker()

    wait_for(lambda: answers == [302])
    assert stored()[0] == 1


def in_the_background(ask):
    """Ask in a thread; return the list that will hold the answer."""
    answers = []
    threading.Thread(target=lambda: answers.append(ask()), daemon=True).start()
    return answers


def test_when_the_app_stays_away_a_page_says_so(proxy, team, app, listening):
    app.kill_everything()
    listening.close()

    answer, page = ask(proxy, "GET", team.get_absolute_url())

    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert "Even geduld" in page.decode()
    check_own_headers(answer)
