"""A PostgreSQL of our own for the tests: socket only, in a folder that is thrown away."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Packages of Debian, Fedora and Homebrew put the binaries outside PATH.
PLACES = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
]


def find_binaries() -> Path | None:
    """Return the folder with initdb and pg_ctl, the newest if there are several."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/"))]
    found = [folder for folder in found if (folder / "initdb").exists()]
    return max(found, key=_version, default=None)


def _version(folder):
    digits = "".join(sign for sign in folder.parent.name if sign.isdigit())
    return int(digits or 0)


class Cluster:
    """A PostgreSQL server in a folder of its own, reached through a socket in that folder."""

    def __init__(self, binaries: Path, folder: Path, options: str):
        self.binaries = binaries
        self.folder = folder
        self.options = f"-k {folder} -c listen_addresses='' {options}"
        self.account: dict = {}
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            entry = pwd.getpwnam("postgres")
            os.chown(folder, entry.pw_uid, entry.pw_gid)
            self.account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    @property
    def url(self) -> str:
        """The DATABASE_URL that leads to it, to the database that is always there."""
        return f"postgres://postgres@/postgres?host={self.folder}"

    @property
    def pid(self) -> int:
        """The first of its processes; raises FileNotFoundError when it does not run."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def is_running(self) -> bool:
        """Return whether its first process lives; it may still be starting or stopping."""
        try:
            os.kill(self.pid, 0)
        except (FileNotFoundError, ProcessLookupError):
            return False
        return True

    def make(self, *arguments: str) -> None:
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", *arguments)

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-l", self.folder / "log", "-o", self.options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def _run(self, program, *arguments):
        done = subprocess.run(
            [self.binaries / program, "-D", self.folder / "data", *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **self.account,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Start a fast, forgetful server, yield the DATABASE_URL that leads to it, throw it away."""
    folder = Path(tempfile.mkdtemp(prefix="lc-pg-"))
    cluster = Cluster(binaries, folder, "-c fsync=off -c full_page_writes=off")
    try:
        cluster.make("--no-sync")
        cluster.start()
        try:
            yield f"postgres://postgres@/leercultuur?host={folder}"
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
