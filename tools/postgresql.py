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


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Start a server, yield the DATABASE_URL that leads to it, and throw it away after."""
    folder = Path(tempfile.mkdtemp(prefix="lc-pg-"))
    account = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        entry = pwd.getpwnam("postgres")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def run(program, *arguments):
        done = subprocess.run(
            [binaries / program, "-D", folder / "data", *arguments],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **account,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")

    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        run("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgres://postgres@/leercultuur?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
