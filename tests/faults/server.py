"""The production server, for tests that kill it: gunicorn as `make serve` starts it."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings

# What systemd does for leercultuur.service: hand over the socket as number 3, to this process.
AS_SYSTEMD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""


class Server:
    """A gunicorn with its own port and log, on one database.

    `listening` is a socket that is kept open for it, as systemd does.
    """

    def __init__(self, database_url, folder, *, workers=4, listening=None, **environment):
        self.port = listening.getsockname()[1] if listening else free_port()
        self.log = Path(folder) / f"gunicorn-{self.port}.log"
        self.command = [
            sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
            "--workers", str(workers),
        ]  # fmt: skip
        self.size = workers
        self.kept_open = []
        if listening:
            self.kept_open = [listening.fileno()]
            hand_over = [sys.executable, "-c", AS_SYSTEMD, str(listening.fileno())]
            self.command = [*hand_over, *self.command]
        else:
            self.command += ["--bind", f"127.0.0.1:{self.port}"]
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": database_url,
            "FORMS_PER_MINUTE": "0",
            "LOG_LEVEL": "ERROR",
            **environment,
        }

    def start(self) -> float:
        """Start it; return after how many seconds it answered."""
        start = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=settings.BASE_DIR,
                env=self.environment,
                stderr=log,
                start_new_session=True,
                pass_fds=self.kept_open,
            )
        wait_for(lambda: status_of(self.port, "/healthz") == 200)
        wait_for(lambda: len(self.workers()) == self.size)
        return time.monotonic() - start

    def workers(self) -> list[int]:
        return children(self.process.pid)

    def kill_a_worker(self):
        os.kill(random.choice(self.workers()), signal.SIGKILL)  # noqa: S311, nothing secret

    def kill_everything(self):
        """Kill master and workers at once, as a crash of the machine does."""
        with contextlib.suppress(ProcessLookupError):  # it had been stopped
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Stop it as systemd does; return its exit status."""
        self.process.terminate()
        return self.process.wait(timeout=40)


def children(pid) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def status_of(port, path, *, timeout=30) -> int:
    """Return the status of a page, asked on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Connection": "close"})
        return connection.getresponse().status
    finally:
        connection.close()


def wait_for(is_so, *, seconds=60):
    """Wait until something is so; a refused or cut connection means not yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if is_so():
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.05)
    raise AssertionError(f"It took longer than {seconds} seconds.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
