"""What never reaches Django, because it is no HTTP, is answered by gunicorn itself.

Seen failing with gunicorn's own error pages.
"""

import socket

import pytest

from tests.test_headers import check_headers

GET = b"GET /v/k36tah40mx6w/ HTTP/1.1\r\nHost: localhost\r\n"

NO_HTTP = {
    "no-line": (b"geheim\r\n\r\n", "400"),
    "method": (b"GE(T /geheim HTTP/1.1\r\n\r\n", "400"),
    "version": (b"GET /geheim HTTP/9.9\r\n\r\n", "400"),
    "long-address": (b"GET /geheim" + 5000 * b"x" + b" HTTP/1.1\r\n\r\n", "414"),
    "many-headers": (GET + 70 * b"X-Geheim: x\r\n" + b"\r\n", "431"),
    "long-header": (GET + b"X-Geheim: " + 20_000 * b"x" + b"\r\n\r\n", "431"),
    "header": (GET + b"ge heim: x\r\n\r\n", "400"),
    "two-lengths": (GET + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "400"),
    "coding": (GET + b"Transfer-Encoding: geheim\r\n\r\n", "400"),
    "expectation": (GET + b"Expect: geheim\r\n\r\n", "400"),
}


class Answer:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        self.status = first.split(" ")[1]
        self.headers = dict(line.split(": ", 1) for line in lines)


def say(port, words):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(words)
        received = b""
        while part := connection.recv(65536):
            received += part
    return Answer(received)


@pytest.fixture
def server(start_server):
    return start_server(workers=1)


def test_it_is_told_so_in_plain_words_with_all_headers_and_no_address_is_logged(server):
    said = {name: say(server.port, words) for name, (words, _) in NO_HTTP.items()}

    assert {name: answer.status for name, answer in said.items()} == {
        name: status for name, (_, status) in NO_HTTP.items()
    }
    for answer in said.values():
        check_headers(answer)
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.body.decode().startswith("Dit verzoek kunnen we niet lezen.")
        assert b"geheim" not in answer.body.lower()
    assert "geheim" not in server.log.read_text().lower()
    assert "127.0.0.1" not in server.log.read_text()
