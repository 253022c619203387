"""What stands in the logs: never a link, an address or what somebody typed."""

import logging
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from logging.config import dictConfig

import pytest
from django.conf import settings

from leercultuur.logs import SilentFormatter, masked


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Not Found: /v/k36t-ah40-mx6w/", "Not Found: /v/.../"),
        ("/v/k36tah40mx6w/bedankt/?eerder=anders", "/v/.../bedankt/"),
        ("/uitnodiging/abcDEF123/", "/uitnodiging/.../"),
        ("/account/password/reset/key/1-abc/", "/account/password/reset/key/.../"),
        ("GET /admin/survey/user/?q=ilse@delinde.example 200", "GET /admin/survey/user/ 200"),
        ("/bevragingen/1/", "/bevragingen/1/"),
    ],
)
def test_links_are_masked(address, expected):
    assert masked(address) == expected


def test_an_error_is_logged_without_its_message():
    try:
        try:
            raise ValueError("DETAIL: Failing row contains (geheime aanvulling)")
        except ValueError as cause:
            raise RuntimeError("iemand@delinde.example") from cause
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "Mis", (), sys.exc_info())

    line = SilentFormatter("{levelname} {message}", style="{").format(record)

    assert line.startswith("ERROR Mis\nRuntimeError\n")
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "geheime" not in line
    assert "delinde" not in line


def test_the_formatter_is_the_one_of_the_site(capsys):
    dictConfig(settings.LOGGING)

    logging.getLogger("django.request").error("Internal Server Error: /v/k36t-ah40-mx6w/")

    assert capsys.readouterr().err == "ERROR django.request Internal Server Error: /v/.../\n"


def test_of_a_suspicious_request_only_its_kind_is_logged(capsys, client):
    dictConfig(settings.LOGGING)

    page = client.get("/", headers={"host": "piet.peeters+tok@x8z6-2s4h-qcbg"})

    assert page.status_code == 400
    logged = capsys.readouterr().err
    assert logged.startswith("ERROR django.security.DisallowedHost a suspicious request\n")
    assert "peeters" not in logged
    assert "x8z6" not in logged


@pytest.mark.parametrize("sign", ["\n", "\r", "\0", "\u2028", "\x1b"])
def test_nothing_typed_starts_a_line_of_its_own(capsys, sign):
    dictConfig(settings.LOGGING)

    logging.getLogger("x").error("Bad: %s", f"a{sign}ERROR verzonnen")

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("ERROR x Bad: a\\")
    assert sign not in line


def test_t8_the_server_itself_logs_no_address_link_or_browser(tmp_path):
    """A real gunicorn, with the access log on and an app that fails outright."""
    log = tmp_path / "log"
    app = tmp_path / "failing.py"
    app.write_text("def application(environ, start):\n    raise ValueError('geheim-2')\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["--bind", f"127.0.0.1:{port}", "--access-logfile", "-", "failing:application"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [
                *[sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
                *["--pythonpath", str(tmp_path), *arguments],
            ],
            cwd=settings.BASE_DIR,
            stdout=output,
            stderr=output,
        )
    try:
        ask(port)
    finally:
        server.terminate()
        server.wait(20)

    said = log.read_text()
    assert "ValueError" in said
    assert "/v/.../" in said
    for secret in ["k36tah40mx6w", "geheim", "127.0.0.1", "Browser/1.0", "ergens.example"]:
        assert secret not in said.replace(f"http://127.0.0.1:{port}", "")


def ask(port):
    """Ask for a page until the server is there."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v/k36tah40mx6w/?q=geheim-1",
        headers={"User-Agent": "Browser/1.0", "Referer": "http://ergens.example/"},
    )
    for _ in range(100):
        try:
            urllib.request.urlopen(request).close()  # noqa: S310, our own address
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The server did not start.")
