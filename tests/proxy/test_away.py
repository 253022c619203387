"""The app is away behind nginx: for as long as a start takes, or longer."""

import html
import re
import socket
import threading
import time
from urllib.parse import parse_qs, urlencode

import pytest
from django.db import transaction

from tests.faults.server import wait_for
from tests.proxy.conftest import running_app
from tests.proxy.nginx import NEEDS_NGINX, ask, check_own_headers, fill_in, send
from tests.scan import stored

pytestmark = NEEDS_NGINX


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


def test_when_the_app_stays_away_its_page_holds_the_form_until_it_is_back(
    proxy, team, app, listening, tmp_path
):
    path, body, headers = fill_in(proxy, team)
    app.kill_everything()
    listening.close()

    answer, page = ask(proxy, "POST", path, body, **headers)
    with socket.create_server(("127.0.0.1", app.port)) as back, running_app(back, tmp_path):
        again, _ = ask(proxy, "POST", address_of(page), urlencode(fields_of(page)), **headers)

    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    check_own_headers(answer)
    assert parse_qs(fields_of(page)["opnieuw"]) == parse_qs(body)
    assert (again.status, again.headers["Location"]) == (302, f"{path}bedankt/")
    assert stored() == (1, 2, 1)


def address_of(page):
    return html.unescape(re.search(r'<form method="post" action="([^"]*)"', page.decode()).group(1))


def fields_of(page):
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.decode())
    return {name: html.unescape(value) for name, value in pairs}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/account/login/", {}),
        ("/admin/login/", {}),
        ("/v/{token}/", {"Origin": "https://elsewhere.example"}),
        ("/v/{token}/", {"Content_Type": "application/json"}),
    ],
)
def test_no_password_and_nothing_of_another_site_is_held(
    proxy, team, app, listening, path, headers
):
    _, body, ours = fill_in(proxy, team)
    app.kill_everything()
    listening.close()

    answer, page = ask(proxy, "POST", path.format(token=team.token), body, **ours | headers)

    assert answer.status == 503
    assert "merkteken-tekst" not in page.decode()
    assert "<form" not in page.decode()


def test_what_is_held_is_inert(proxy, team, app, listening):
    path, _, headers = fill_in(proxy, team)
    app.kill_everything()
    listening.close()
    hostile = '<script>alert(1)</script>"&<!--# echo var="request_uri" -->'

    _, page = ask(proxy, "POST", f"{path}?x=%22%3E{{{{", hostile, **headers)

    assert fields_of(page) == {"opnieuw": hostile}
    assert "<script" not in page.decode()
