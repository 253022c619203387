"""`make check`: everything that looks at the code without running it. Tells all that is wrong."""

import filecmp
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

LOCAL = {"SITE_URL": "http://localhost:8000"}
# As on a real server, so that --deploy has nothing to say.
REAL = {"SITE_URL": "https://leercultuur.example", "SECRET_KEY": secrets.token_urlsafe(64)}


def main() -> int:
    manage = [sys.executable, "manage.py"]
    checks = [
        ("format", [BIN / "ruff", "format", "--check", "--quiet", "."], LOCAL),
        ("lint", [BIN / "ruff", "check", "--quiet", "."], LOCAL),
        ("templates", [BIN / "djlint", "templates", "--lint", "--quiet"], LOCAL),
        ("imports", [BIN / "lint-imports", "--no-cache"], LOCAL),
        ("types", [BIN / "mypy"], LOCAL),
        ("django", [*manage, "check", "--fail-level", "WARNING"], LOCAL),
        ("deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], REAL),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], LOCAL),
        ("catalogues", [BIN / "pytest", "tests/test_catalogues.py"], LOCAL),
        ("packages", [sys.executable, "-m", "pip", "check"], LOCAL),
    ]
    with tempfile.TemporaryDirectory(prefix="lc-check-") as folder:
        failed = [
            name for name, command, values in checks if not passes(name, command, values, folder)
        ]
        if not passes_lock(Path(folder)):
            failed.append("lock")
    if withdrawn := withdrawn_packages():
        print("withdrawn    FAILED\n" + "\n".join(withdrawn))
        failed.append("withdrawn")
    print(f"Wrong: {', '.join(failed)}." if failed else "All checks pass.")
    return int(bool(failed))


def passes(name, command, environment, folder) -> bool:
    """Run one check, show what it says if it fails, and return whether it passed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": folder, "DATABASE_URL": ""} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"{name:12} {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


def passes_lock(folder) -> bool:
    """Lock again, starting from the present lock, and return whether that changed nothing."""
    again = folder / "requirements"
    shutil.copytree(ROOT / "requirements", again)
    lock = ["make", "-s", "-f", str(ROOT / "Makefile"), f"VENV={BIN.parent}", "lock"]
    if subprocess.run(lock, cwd=folder, check=False).returncode:
        print("lock         not checked: the registry does not answer")
        return True
    names = [path.name for path in again.glob("*.txt")]
    _, differ, _ = filecmp.cmpfiles(again, ROOT / "requirements", names, shallow=False)
    print(f"lock         {'FAILED: run make lock' if differ else 'ok'}")
    return not differ


def withdrawn_packages() -> list[str]:
    """Return what the registry says about locked packages that their makers took back (yanked).

    Whether something is known to be unsafe, the registry alone does not tell everywhere:
    docs/decisions/0002-dependencies.md says how to ask.
    """
    options = ["--dry-run", "--ignore-installed", "--no-deps", "--require-hashes"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", *options, "-r", "requirements/dev.txt"],
        cwd=ROOT,
        env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print("withdrawn    not checked: the registry does not answer")
        return []
    found = [line for line in done.stderr.splitlines() if "yanked" in line]
    if not found:
        print("withdrawn    ok")
    # Without the address of the registry.
    return [line.split(" at ")[0] for line in found]


if __name__ == "__main__":
    sys.exit(main())
