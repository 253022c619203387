"""How gunicorn runs, for `make run`, `make serve` and the systemd unit.

The access log is off; with GUNICORN_CMD_ARGS="--access-logfile -" it has no address, no browser,
no referrer, no query and no link (T8).
"""

import gc
from contextlib import suppress

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from leercultuur.logs import SilentFormatter, masked


class SilentLogger(Logger):
    """Masks links in both logs, also in a format that somebody else chose."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(SilentFormatter("{levelname} gunicorn {message}", style="{"))

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        known = {"m", "s", "B", "b", "T", "M", "D", "L", "p"}
        silent = {name: value for name, value in atoms.items() if name in known}
        return silent | {"U": masked(atoms["U"] or "")}


class SilentWorker(ThreadWorker):
    """Answers what is no HTTP in plain words, without repeating it or noting who sent it.

    Such a request never reaches Django, so its headers and its language are unknown here.
    """

    TOO_LONG = {
        errors.LimitRequestLine: "414 URI Too Long",
        errors.LimitRequestHeaders: "431 Request Header Fields Too Large",
    }
    UNREADABLE = (
        "Dit verzoek kunnen we niet lezen.\n"
        "Nous ne pouvons pas lire cette demande.\n"
        "We cannot read this request.\n"
        "Diese Anfrage können wir nicht lesen.\n"
    )
    HEADERS = (
        "Connection: close",
        "Content-Type: text/plain; charset=utf-8",
        "Cache-Control: no-store",
        "Content-Security-Policy: default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy: same-origin",
        "Permissions-Policy: camera=(), geolocation=(), microphone=()",
        "Referrer-Policy: same-origin",
        "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        "X-Robots-Tag: noindex, nofollow",
    )

    def handle_error(self, req, client, addr, exc):
        body = self.UNREADABLE.encode()
        status = self.TOO_LONG.get(type(exc), "400 Bad Request")
        if not isinstance(exc, errors.ParseException):
            self.log.error("No answer to %s", getattr(req, "path", "a request"), exc_info=exc)
            status, body = "500 Internal Server Error", b""
        lines = [f"HTTP/1.1 {status}", *self.HEADERS, f"Content-Length: {len(body)}", "", ""]
        try:
            util.write_nonblock(client, "\r\n".join(lines).encode() + body)
        except OSError:
            self.log.debug("Nobody waits for the answer any more.")


# Pages and PDFs make many small objects that die young. Python looks for rubbish so often that it
# costs a fifth of them (docs/performance.md).
gc.set_threshold(20_000, 50, 100)


def pre_fork(server, worker):
    """Load what makes PDFs once for all workers, and never look for rubbish in what was loaded."""
    if gc.get_freeze_count():
        return
    with suppress(OSError):  # no Pango: survey/report/pdf.py
        import weasyprint  # noqa: F401
    gc.collect()
    gc.freeze()


wsgi_app = "leercultuur.wsgi"
worker_class = SilentWorker
preload_app = True  # a worker that takes the place of a killed one is there at once
threads = 8
# A worker takes a visitor only while a thread is free. Else those who wait for a locked database
# keep everybody waiting who happens to be queued behind them, while other workers have time.
worker_connections = threads
keepalive = 0  # an idle connection would occupy a thread; nginx opens a new one each time
timeout = 60  # longer than a database that is locked may take (20 s) and than a PDF
graceful_timeout = 30
limit_request_line = 4094
limit_request_fields = 60
# Gunicorn itself believes nobody, also not who connects from this machine or through a socket: else
# a header of a client that our proxy passes on could say where the app stands (SCRIPT_NAME), or
# that it came over https. Django reads the two that nginx sets (leercultuur/settings.py).
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
header_map = "drop"
control_socket_disable = True  # nothing is written outside our folder
loglevel = "warning"
logger_class = SilentLogger
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)sms"
