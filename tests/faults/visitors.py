"""People who fill in forms while something breaks, and write down what became of each."""

import contextlib
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.urls import reverse

LANGUAGES = ["nl", "fr", "en", "de"]
LONGEST = 400  # seconds that a crowd may take, on a machine that does much else
CUT = (OSError, HTTPException)  # a connection that broke, also halfway an answer


@dataclass(frozen=True)
class Page:
    """An answer that was received whole."""

    status: int
    headers: dict
    text: str

    def fields(self) -> list[tuple[str, str]]:
        """Return what the form on this page sends when its button is pressed."""
        reader = _FormReader()
        reader.feed(self.text)
        return reader.fields


class _FormReader(HTMLParser):
    """Reads the hidden fields, ticks and typed texts of the forms that are sent by post."""

    def __init__(self):
        super().__init__()
        self.is_in_form, self.fields, self.area = False, [], None

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.is_in_form = values.get("method") == "post"
        elif tag == "input" and "name" in values and self.is_in_form:
            is_choice = values.get("type") in {"radio", "checkbox"}
            if not is_choice or "checked" in values:
                self.fields.append((values["name"], values.get("value") or ""))
        elif tag == "textarea" and self.is_in_form:
            self.area = values["name"]

    def handle_data(self, data):
        if self.area:
            self.fields.append((self.area, data.removeprefix("\n")))

    def handle_endtag(self, tag):
        self.area = None
        if tag == "form":
            self.is_in_form = False


@dataclass
class Seen:
    """What became of the forms of one visitor, or of all."""

    counts: Counter = field(default_factory=Counter)
    acknowledged: dict = field(default_factory=dict)  # key of the form: its text

    def __iadd__(self, other):
        self.counts += other.counts
        self.acknowledged |= other.acknowledged
        return self


class Visitor:
    """A browser that keeps its connection and its cookies, and somebody who tries again."""

    def __init__(self, port, *, language="nl", pause=0.2, timeout=60):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.language, self.pause = language, pause
        self.cookies, self.seen = {}, Seen()

    def ask(self, method, path, fields=None) -> Page:
        """Return the answer; raises one of CUT when the connection breaks before its end."""
        try:
            self._send(method, path, fields)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except CUT:
            self.connection.close()
            raise
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return Page(answer.status, dict(answer.headers), text)

    def send_and_hang_up(self, path, fields):
        """Send a form and cut the connection without reading the answer."""
        self.seen.counts["hung up"] += 1
        with contextlib.suppress(*CUT):  # it may be cut already
            self._send("POST", path, fields)
        self.connection.close()

    def _send(self, method, path, fields):
        headers = {"Host": "localhost", "Accept-Language": self.language}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urlencode(fields).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)

    def ask_until_answered(self, method, path, fields=None) -> Page:
        """Return the answer, asking again each time the connection breaks."""
        while True:
            try:
                return self.ask(method, path, fields)
            except CUT:
                self.seen.counts["cut"] += 1
                time.sleep(self.pause)

    def open(self, path) -> list[tuple[str, str]] | None:
        """Return what the empty form sends; None when the form is shut."""
        while (page := self.ask_until_answered("GET", path)).status == 503:
            self.check_outage(page, [])
            time.sleep(self.pause)
        assert page.status == 200, page.status
        fields = page.fields()
        return fields if "sleutel" in dict(fields) else None

    def fill_in(self, path, text) -> list[tuple[str, str]] | None:
        """Return a form with a key of its own that is filled in; None when the form is shut."""
        own = self.open(path)
        if own is None:
            return None
        kept = [(name, value) for name, value in own if name in {"csrfmiddlewaretoken", "website"}]
        # The script of the page gives each form a key of its own; without it the server did.
        answers = [("v1", "ja"), ("v6", "koffie"), ("v6-tekst", text)]
        return [*kept, ("sleutel", str(uuid.uuid4())), *answers]

    def send(self, path, fields) -> bool:
        """Press the button until there is an answer; return whether it was the thank-you page."""
        given = dict(fields)
        self.seen.counts["sent"] += 1
        while (page := self.ask_until_answered("POST", path, fields)).status == 503:
            self.check_outage(page, fields)
            time.sleep(self.pause)
            fields = page.fields()
        if page.status == 409:
            self.seen.counts["shut"] += 1
            assert given["v6-tekst"] in page.text
            return False
        assert page.status == 302, page.status
        self.seen.acknowledged[given["sleutel"]] = given["v6-tekst"]
        thanks = page.headers["Location"]
        while (page := self.ask_until_answered("GET", thanks)).status == 503:
            self.check_outage(page, [])
            time.sleep(self.pause)
        assert page.status == 200, page.status
        return True

    def check_outage(self, page, fields):
        """Our 503 page: in this visitor's language, with everything that was sent, and a button."""
        self.seen.counts["503"] += 1
        assert int(page.headers["Retry-After"]) > 0
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert f'<html lang="{self.language}">' in page.text
        assert _without_token(page.fields()) == _without_token(fields)

    def sign_in(self, user):
        """Sign in with the password of our factories."""
        path = reverse("account_login")
        own = self.ask("GET", path).fields()
        account = [("login", user.email), ("password", "wachtwoord-voor-tests")]
        assert self.ask("POST", path, [own[0], *account]).status == 302

    def close(self, survey_round) -> Page:
        """Close a survey round as HR does; return the answer."""
        path = reverse("survey_round_close", args=[survey_round.pk])
        sure = [("papers_left", "0"), ("is_certain", "on")]
        return self.ask("POST", path, [*self.ask("GET", path).fields(), *sure])


def _without_token(fields):
    return sorted(pair for pair in fields if pair[0] not in {"csrfmiddlewaretoken", "next"})


class Crowd:
    """Visitors who each send a number of forms, or go on until the form is shut.

    Of some forms they do not wait for the answer: they send them again.
    """

    def __init__(self, port, path, *, visitors=8, forms=None, pause=0.2, hang_up_every=None):
        self.visitors = [
            Visitor(port, language=LANGUAGES[place % len(LANGUAGES)], pause=pause)
            for place in range(visitors)
        ]
        self.path, self.forms, self.hang_up_every = path, forms, hang_up_every
        self.problems, self.stopped = [], threading.Event()
        self.threads = [
            threading.Thread(target=self._be, args=each, daemon=True)
            for each in enumerate(self.visitors)
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stopped.set()
        for thread in self.threads:
            thread.join(timeout=120)

    def _be(self, place, visitor):
        try:
            number = 0
            while number != self.forms and not self.stopped.is_set():
                number += 1
                fields = visitor.fill_in(self.path, f"Nog iets, {place}-{number}")
                if fields is None:
                    break
                if self.hang_up_every and number % self.hang_up_every == 0:
                    visitor.send_and_hang_up(self.path, fields)
                if not visitor.send(self.path, fields):
                    break
        except Exception as problem:
            self.problems.append(problem)
        finally:
            visitor.connection.close()

    @property
    def is_busy(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def acknowledged(self) -> int:
        """Return how many forms were thanked for so far."""
        return sum(len(visitor.seen.acknowledged) for visitor in self.visitors)

    def count(self, what) -> int:
        return sum(visitor.seen.counts[what] for visitor in self.visitors)

    def finish(self) -> Seen:
        """Wait until all are done and return what they saw; raises what surprised them."""
        deadline = time.monotonic() + LONGEST
        while self.is_busy and not self.problems and time.monotonic() < deadline:
            time.sleep(0.05)
        if self.problems:
            raise self.problems[0]
        assert not self.is_busy
        total = Seen()
        for visitor in self.visitors:
            total += visitor.seen
        return total
