"""Disks that can be full: a small one of our own, or a limit on what processes may write.

Mounting a small disk needs root. It shows what really happens: no room for the database, its log
and its temporary files. The limit works for anybody: the kernel refuses each write to any file of
the processes that it is put on, with EFBIG where a full disk gives ENOSPC, so that SQLite says
"disk I/O error" instead of "full" and PostgreSQL cannot even write its log.
"""

import contextlib
import os
import subprocess
import tempfile

from tests.faults.server import children


class Limited:
    """An ordinary folder, and processes that may write no file."""

    def __init__(self, folder):
        self.folder = folder

    def fill(self, *masters):
        self._limit(masters, 0)

    def make_room(self, *masters):
        self._limit(masters, "unlimited")

    def _limit(self, masters, size):
        for master in masters:
            for pid in (master, *children(master)):
                _as_their_owner(pid, ["prlimit", "--pid", str(pid), f"--fsize={size}:unlimited"])

    def remove(self):
        """The folder is thrown away by who made it."""


class Small:
    """A disk in memory that holds hardly more than an empty database."""

    def __init__(self, folder, size="96m"):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=True)
        self.folder = folder

    def fill(self, *masters):
        with contextlib.suppress(OSError), (self.folder / "filler").open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass

    def make_room(self, *masters):
        (self.folder / "filler").unlink()

    def remove(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)


def _as_their_owner(pid, command):
    """Run a command as who owns the process, which may just have ended; root may not do it."""
    with contextlib.suppress(FileNotFoundError):
        owner = os.stat(f"/proc/{pid}")
        account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        subprocess.run(
            command, stderr=subprocess.DEVNULL, check=False, **account if os.getuid() == 0 else {}
        )


def can_mount() -> bool:
    """Return whether we may mount a disk; without being root, or in a container, often not."""
    if os.getuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        mounting = ["mount", "-t", "tmpfs", "none", folder]
        if subprocess.run(mounting, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
    return True
