"""Start gunicorn for the app or for the floor, and read what its workers used from /proc."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    name: str
    port: int
    pid: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self) -> float:
        """Return the CPU that the workers used so far, in user and system mode."""
        return sum(_ticks(pid) for pid in self.workers()) / TICKS

    def memory_mb(self) -> int:
        """Return the resident memory of the largest worker."""
        return max(_resident_mb(pid) for pid in self.workers())


@contextmanager
def running(name: str, settings: str, port: int, environment: dict[str, str]) -> Iterator[Server]:
    """Start gunicorn as `make serve` does, yield it when it answers, and stop it after."""
    process = subprocess.Popen(  # noqa: S603, our own command
        [
            sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
            "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        ],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": settings, "LOG_LEVEL": "ERROR"},
    )  # fmt: skip
    try:
        _wait_until_it_answers(process, port)
        yield Server(name, port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_until_it_answers(process, port):
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError("gunicorn stopped before it answered.")
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("gunicorn does not answer.")


def _ticks(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def _resident_mb(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0
