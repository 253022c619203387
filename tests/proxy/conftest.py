"""A real nginx with deploy/nginx.conf before a real gunicorn that has a real address."""

import socket
from contextlib import ExitStack, closing, contextmanager

import pytest
from django.db import connection

from tests.factories import TeamFactory
from tests.faults.server import Server
from tests.proxy.nginx import HOST, connect, nginx

SECRET = "x7-long-enough-and-known-only-to-this-test-of-the-proxy-settings-4f2"
FORMS = 2  # a minute, so twenty in ten minutes
HELD = 4  # of eight connections; nginx needs three itself


@pytest.fixture
def listening():
    """The socket that deploy/leercultuur.socket keeps open, also while the app is away."""
    with socket.create_server(("127.0.0.1", 0)) as kept:
        yield kept


@contextmanager
def running_app(listening, tmp_path):
    """Run the app as on a real address, with every log on."""
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
    try:
        yield server
    finally:
        server.kill_everything()


@pytest.fixture
def app(listening, tmp_path):
    with running_app(listening, tmp_path) as server:
        yield server


@pytest.fixture
def ports(app, tmp_path):
    """The ports of an nginx with our configuration; only ports and places are changed."""
    with nginx(app, tmp_path) as ports:
        yield ports


@pytest.fixture
def proxy(ports):
    return ports[0]


@pytest.fixture
def plain_proxy(ports):
    """Where a browser comes that was not told to use https."""
    return ports[1]


@pytest.fixture
def full_proxy(app, tmp_path):
    """The same with room for two visitors, and the part of a request from another two."""
    with nginx(app, tmp_path, events="worker_connections 8;") as (port, _), ExitStack() as stack:
        for _connection in range(HELD):
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
