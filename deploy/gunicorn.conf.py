"""How gunicorn runs, for `make run`, `make serve` and the systemd unit.

The access log is off; with GUNICORN_CMD_ARGS="--access-logfile -" it has no address, no browser,
no referrer, no query and no link (T8).
"""

from gunicorn.glogging import Logger

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


wsgi_app = "leercultuur.wsgi"
worker_class = "gthread"
threads = 8
# A worker takes a visitor only while a thread is free. Else those who wait for a locked database
# keep everybody waiting who happens to be queued behind them, while other workers have time.
worker_connections = threads
keepalive = 0  # an idle connection would occupy a thread; nginx opens a new one each time
timeout = 60  # longer than a database that is locked may take (20 s) and than a PDF
graceful_timeout = 30
limit_request_line = 4094
limit_request_fields = 60
control_socket_disable = True  # nothing is written outside our folder
loglevel = "warning"
logger_class = SilentLogger
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)sms"
