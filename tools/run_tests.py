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
NO_TESTS = 5  # how pytest ends when there were none


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
        results = {run_pytest("SQLite", arguments, DATA_DIR=folder, DATABASE_URL="")}
        binaries = postgresql.find_binaries()
        if binaries:
            with postgresql.running(binaries) as url:
                results.add(run_pytest("PostgreSQL", arguments, DATA_DIR=folder, DATABASE_URL=url))
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
    # Of a few tests, all may be for the other database; but some test must have run.
    passed = 0 in results and results <= {0, NO_TESTS}
    print("All tests pass." if passed else "There are failures.")
    return int(not passed)


def run_pytest(database, arguments, **environment) -> int:
    """Run all tests on one database; return how pytest ended."""
    print(f"── Tests on {database} " + "─" * 40, flush=True)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", *arguments],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": "http://localhost:8000"} | environment,
        check=False,
    )
    print(f"{database}: {time.monotonic() - start:.0f} seconds", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
