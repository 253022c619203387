"""A small load generator: clients that visit over loopback only."""

import re
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from .servers import Server

LONGEST = 20  # seconds: no measurement takes longer, whatever was asked
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Measured:
    """What a number of repetitions cost."""

    count: int
    cpu_ms: float  # of the workers, per repetition
    rate: float  # repetitions per second
    times_ms: list[float] = field(repr=False)

    @property
    def p50(self) -> float:
        return statistics.median(self.times_ms)

    @property
    def p99(self) -> float:
        return sorted(self.times_ms)[int(len(self.times_ms) * 0.99)]


class Client:
    """One visitor with the cookies that were set; connects anew when the server hangs up."""

    def __init__(self, server: Server, cookies: dict[str, str] | None = None):
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.cookies = dict(cookies or {})

    def ask(self, method, path, fields=None, *, expect=200) -> bytes:
        """Return the body of the answer; raises if the status is another than expected."""
        body = urlencode(fields).encode() if fields is not None else None
        headers = {"Host": "localhost", "Accept-Language": "nl-BE,nl;q=0.9", "Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != expect:
            raise RuntimeError(f"{method} {path} gave {answer.status}, not {expect}.")
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return content

    def visit(self, path: str, answers: list[tuple[str, str]]):
        """Open the form, send it and read the thanks, as one colleague does."""
        self.cookies.clear()
        page = self.ask("GET", path)
        own = [
            ("csrfmiddlewaretoken", CSRF.search(page).group(1).decode()),
            ("sleutel", str(uuid.uuid4())),
            ("website", ""),
        ]
        self.ask("POST", path, own + answers, expect=302)
        self.ask("GET", f"{path}bedankt/")


def measure(
    server: Server, work: Callable[[Client], object], *, count: int, clients: int, cookies=None
) -> Measured:
    """Let the clients do the work `count` times together; return what it cost."""
    shares = [count // clients + (place < count % clients) for place in range(clients)]
    times: list[float] = []
    problems: list[Exception] = []
    deadline = time.monotonic() + LONGEST

    def be_a_client(share):
        client = Client(server, cookies)
        try:
            for _ in range(share):
                start = time.perf_counter()
                work(client)
                times.append((time.perf_counter() - start) * 1000)
                if time.monotonic() > deadline:
                    break
        except Exception as problem:
            problems.append(problem)
        finally:
            client.connection.close()

    cpu, start = server.cpu_seconds(), time.perf_counter()
    threads = [threading.Thread(target=be_a_client, args=[share]) for share in shares if share]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    seconds = time.perf_counter() - start
    cpu_ms = (server.cpu_seconds() - cpu) * 1000 / len(times)
    return Measured(len(times), cpu_ms, len(times) / seconds, times)
