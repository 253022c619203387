"""`make test`: all tests on SQLite, and beside them all on a PostgreSQL that is started for it.

With REQUIRE_ALL=1 nothing may be skipped for want of a program.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import find_chromium  # noqa: E402

REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}
NO_TESTS = 5  # how pytest ends when there were none


def main() -> int:
    arguments = sys.argv[1:]
    missing = missing_programs()

    with ExitStack() as stack:
        databases = {"SQLite": ""}
        binaries = postgresql.find_binaries()
        if binaries:
            databases["PostgreSQL"] = stack.enter_context(postgresql.running(binaries))
        else:
            missing.append(
                "PostgreSQL: only SQLite was tested (Debian: apt-get install postgresql)"
            )
        results = run_side_by_side(databases, arguments)

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


def missing_programs() -> list[str]:
    """Return for each program that some tests need and is not there, which are skipped."""
    missing = []
    if not find_chromium():
        missing.append(
            "Chromium: the browser tests were skipped (Debian: apt-get install chromium)"
        )
    if not (shutil.which("nginx") and shutil.which("openssl")):
        missing.append(
            "nginx or openssl: deploy/nginx.conf was not tried (Debian: apt-get install "
            "nginx-light openssl)"
        )
    if not shutil.which("xgettext"):
        missing.append("gettext: new texts were not looked for (Debian: apt-get install gettext)")
    if not has_pango():
        missing.append(
            "Pango: no PDF was made (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)"
        )
    return missing


def has_pango() -> bool:
    """Return whether a PDF can be made; the same that survey/report/pdf.py asks."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def run_side_by_side(databases, arguments) -> set[int]:
    """Run all tests on each of these databases at once; return how they ended.

    `databases` is addresses by name. The first tells how it goes, each next one when it is done.
    """
    with ExitStack() as stack:
        runs: list[tuple] = []
        for name, url in databases.items():
            said = stack.enter_context(tempfile.TemporaryFile()) if runs else None
            # Not in var/: tests never touch the data of `make run`.
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lc-test-"))
            runs.append((name, said, start_pytest(url, folder, arguments, said)))

        start, results = time.monotonic(), set()
        for name, said, process in runs:
            print(f"── Tests on {name} " + "─" * 40, flush=True)
            results.add(process.wait())
            if said:
                said.seek(0)
                shutil.copyfileobj(said, sys.stdout.buffer)
            print(f"{name}: done after {time.monotonic() - start:.0f} seconds", flush=True)
    return results


def start_pytest(url, folder, arguments, output):
    """Start all tests on one database; return the process."""
    own = {"DATA_DIR": folder, "DATABASE_URL": url}
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-rs", *arguments],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": "http://localhost:8000"} | own,
        stdout=output,
        stderr=output,
    )


if __name__ == "__main__":
    sys.exit(main())
