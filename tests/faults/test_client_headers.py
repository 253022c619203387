"""What a client says of itself does not become the place, the scheme or the address of a request.

Gunicorn believes some headers of whoever connects from this machine, as our proxy does.
"""

import re

import pytest

from tests.faults.test_no_http import say

PATH = b"/probeer/"
SECRET = "x7-long-enough-and-known-only-to-this-test-of-what-clients-say-4f2a9"

MADE_UP = {
    "script-name": b"SCRIPT_NAME: /probeer\r\n",
    "script-name-with-hyphen": b"SCRIPT-NAME: /probeer\r\n",
    "path-info": b"PATH_INFO: /admin/\r\n",
    "remote-user": b"REMOTE_USER: ada@delinde.example\r\n",
    "remote-address": b"REMOTE_ADDR: 192.0.2.1\r\n",
    "host": b"HTTP_HOST: evil.example\r\nX-Forwarded-Host: evil.example\r\n",
    "port": b"X-Forwarded-Port: 1\r\nForwarded: for=192.0.2.1;host=evil.example;proto=https\r\n",
    "prefix": b"X-Script-Name: /kwaad\r\nX-Forwarded-Prefix: /kwaad\r\n",
    "scheme": b"X-Forwarded-Protocol: ssl\r\n",
    "ssl": b"X-Forwarded-Ssl: on\r\n",
    "wsgi": b"wsgi.url_scheme: https\r\nwsgi_url_scheme: https\r\n",
    "underscores": b"X_FORWARDED_PROTO: https\r\nX_FORWARDED_FOR: 192.0.2.1\r\n",
}


def ask(server, headers=b""):
    words = b"GET " + PATH + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
    answer = say(server.port, words + b"\r\n")
    page = re.sub(rb'csrfmiddlewaretoken" value="\w+"', b"", answer.body)
    return answer.status, answer.headers.get("Location"), page


@pytest.fixture
def server(start_server):
    return start_server(workers=1)


@pytest.fixture
def https_server(start_server):
    return start_server(
        workers=1,
        SITE_URL="https://leercultuur.example",
        ALLOWED_HOSTS="localhost",
        SECRET_KEY=SECRET,
    )


def test_no_header_moves_the_app_or_its_pages(server, team):
    plain = ask(server)
    odd = [name for name, headers in MADE_UP.items() if ask(server, headers) != plain]

    assert plain[0] == "200"
    assert odd == []


def test_only_the_documented_header_says_that_a_visitor_came_over_https(https_server, team):
    over_http = ask(https_server)
    believed = [
        name for name, headers in MADE_UP.items() if ask(https_server, headers) != over_http
    ]
    documented = ask(https_server, b"X-Forwarded-Proto: https\r\n")

    assert over_http[:2] == ("301", "https://localhost/probeer/")
    assert believed == []
    assert documented[0] == "200"
