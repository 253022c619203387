"""Collect every text a person sees into the catalogues. Needs gettext's tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["fr", "en", "de"]  # Dutch is the source and needs none
NOT_OURS = [".venv/*", "var/*", "staticfiles/*", "tests/*", "tools/*", "benchmarks/*"]


def collect(root: Path) -> None:
    """Bring the catalogues under `root`/locale up to date with the texts under `root`.

    Without line numbers and wrapping, so that a change in a catalogue is a change in a text.
    """
    for language in LANGUAGES:
        (root / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    options = [f"--locale={language}" for language in LANGUAGES]
    options += [f"--ignore={pattern}" for pattern in NOT_OURS]
    options += ["--no-location", "--no-wrap", "--no-obsolete", "--verbosity=0"]
    settings = os.environ | {"DJANGO_SETTINGS_MODULE": "leercultuur.settings"}
    subprocess.run(
        [sys.executable, str(root / "manage.py"), "makemessages", *options],
        cwd=root,
        check=True,
        env=settings,
    )


if __name__ == "__main__":
    if not shutil.which("xgettext"):
        sys.exit("xgettext is not there. On Debian: apt-get install gettext")
    collect(ROOT)
