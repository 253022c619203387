"""`make test`: all tests on SQLite, then all on a PostgreSQL that is started for it.

With REQUIRE_ALL=1 nothing may be skipped for want of a program.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import find_chromium  # noqa: E402

REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}


def main() -> int:
    arguments = sys.argv[1:]
    missing = []
    if not find_chromium():
        missing.append(
            "Chromium: the browser tests were skipped (Debian: apt-get install chromium)"
        )
    if not shutil.which("nginx"):
        missing.append(
            "nginx: deploy/nginx.conf was not tried (Debian: apt-get install nginx-light)"
        )
    if not shutil.which("xgettext"):
        missing.append("gettext: new texts were not looked for (Debian: apt-get install gettext)")

    # Not in var/: tests never touch the data of `make run`.
    with tempfile.TemporaryDirectory(prefix="lc-test-") as folder:
        failed = run_pytest("SQLite", arguments, DATA_DIR=folder, DATABASE_URL="")
        binaries = postgresql.find_binaries()
        if binaries:
            with postgresql.running(binaries) as url:
                failed |= run_pytest("PostgreSQL", arguments, DATA_DIR=folder, DATABASE_URL=url)
        else:
            missing.append(
                "PostgreSQL: only SQLite was tested (Debian: apt-get install postgresql)"
            )

    print()
    for what in missing:
        print(f"Not there: {what}")
    if missing and REQUIRE_ALL:
        print("REQUIRE_ALL=1: what is not there counts as failed.")
        return 1
    print("There are failures." if failed else "All tests pass.")
    return int(failed)


def run_pytest(database, arguments, **environment) -> bool:
    """Run all tests on one database; return whether something failed."""
    print(f"── Tests on {database} " + "─" * 40, flush=True)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", *arguments],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": "http://localhost:8000"} | environment,
        check=False,
    )
    print(f"{database}: {time.monotonic() - start:.0f} seconds", flush=True)
    # 5: of what was asked for, nothing is for this database.
    return done.returncode not in {0, 5}


if __name__ == "__main__":
    sys.exit(main())
