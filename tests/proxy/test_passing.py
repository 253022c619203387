"""What comes through nginx, what it refuses by itself, and what its log says."""

import gzip
import re
import time
from contextlib import suppress
from http.client import HTTPException

import pytest

from tests.proxy.conftest import FORMS
from tests.proxy.nginx import (
    HOST,
    NEEDS_NGINX,
    VISITOR,
    ask,
    ask_without_tls,
    check_own_headers,
    connect,
    fill_in,
    send,
    send_form,
)
from tests.scan import stored

pytestmark = NEEDS_NGINX

OFFICE = 300  # colleagues who open the link at one moment
PAGES = 6  # of one colleague: choosing a team, another language, form, sending, thanks
A_FLOOD = 1500  # more than is left of a burst after an office


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
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    path = team.get_absolute_url()

    answer, refused = ask(proxy, "POST", path, b"v1=" + b"a" * 3_000_000, **form)
    begun = time.monotonic()
    pages = [
        ask(proxy, "POST", path, b"v6-tekst=" + b"a" * size, **form)
        for size in (1_040_000, 2_000_000)
    ]
    seconds = time.monotonic() - begun

    assert [each.status for each in (answer, *(page[0] for page in pages))] == [413] * 3
    assert "Dit kwam niet aan" in refused.decode()
    assert "Er is niets bewaard" in refused.decode()
    for page_answer, page in pages:
        assert "Te lang is de tekst bij vraag 6" in page.decode()
        check_own_headers(page_answer)
    check_own_headers(answer)
    assert "Retry-After" not in answer.headers
    assert seconds < 2
    assert stored() == (0, 0, 0)


def test_an_office_passes_at_one_moment_and_a_flood_is_stopped_with_a_page(proxy, team):
    office = statuses_from_afar(proxy, OFFICE * PAGES)
    colleague = send_form(proxy, team)
    flood = statuses_from_afar(proxy, A_FLOOD)
    # Every twentieth of a second one more is let through.
    answers = (ask(proxy, "GET", team.get_absolute_url()) for _ in range(A_FLOOD))
    answer, page = next(each for each in answers if each[0].status == 429)
    style, _ = ask(proxy, "GET", "/static/css/base.css")

    assert (set(office), colleague.status) == ({403}, 302)
    assert set(flood) == {403, 429}
    assert answer.headers["Retry-After"] == "60"
    assert "wat je invulde, staat er nog" in page.decode()
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


def test_who_comes_without_https_is_sent_to_it_with_our_headers(plain_proxy, team):
    path = f"{team.get_absolute_url()}?taal=fr"

    answer = ask_without_tls(plain_proxy, path)

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}{path}")
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


def test_t8_no_log_says_who_visited_or_what_they_wrote(proxy, team, app, listening, tmp_path):
    send_form(proxy, team)
    ask(proxy, "GET", f"{team.get_absolute_url()}?q=merkteken-vraag", Referer="https://merkteken/")
    ask(proxy, "GET", "/bestaat-niet/merkteken-adres")
    ask(proxy, "POST", team.get_absolute_url(), b"a" * 2_000_000)
    form = fill_in(proxy, team)
    app.kill_everything()
    listening.close()
    ask(proxy, "GET", team.get_absolute_url())
    send(proxy, form)

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
