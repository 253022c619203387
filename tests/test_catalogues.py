"""Every text a person sees is there in every language, and nothing else is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
LANGUAGES = ["fr", "en", "de"]
SHOWN = 10  # pytest compares long lists for minutes
LOOSE_SIGN = re.compile(r" [?!;:»](?![^\s\"])|« ")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[a-z]|{(\w*)}")


@pytest.fixture(params=LANGUAGES)
def catalogue(request):
    return polib.pofile(str(_path(ROOT, request.param)))


def _path(root, language):
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def test_nothing_is_untranslated(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()][:SHOWN] == []


def test_nothing_is_doubtful(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()][:SHOWN] == []


def test_nothing_is_left_over(catalogue):
    assert [entry.msgid for entry in catalogue.obsolete_entries()][:SHOWN] == []


def test_what_is_filled_in_stays(catalogue):
    wrong = []
    for entry in catalogue.translated_entries():
        # Of a plural, the singular form may leave the number out: "one colleague".
        plural = entry.msgid_plural or entry.msgid
        texts = list(entry.msgstr_plural.values())[1:] or [entry.msgstr]
        wrong += [text for text in texts if _placeholders(text) != _placeholders(plural)]

    assert wrong[:SHOWN] == []


def test_french_signs_stay_with_their_word():
    """Before ? ! : ; » and after « a hard space stands, so that no line begins or ends with one."""
    texts = [
        text
        for entry in polib.pofile(str(_path(ROOT, "fr")))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]

    assert [text for text in texts if LOOSE_SIGN.search(text)][:SHOWN] == []


def _placeholders(text):
    return sorted(match.group() for match in PLACEHOLDER.finditer(text.replace("%%", "")))


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not there")
def test_catalogues_hold_exactly_the_texts_of_the_app(tmp_path):
    for folder in ("leercultuur", "survey", "templates", "static", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "manage.py", tmp_path)

    subprocess.run([sys.executable, tmp_path / "tools" / "collect_messages.py"], check=True)

    fresh = {_key(entry) for entry in polib.pofile(str(_path(tmp_path, "fr")))}
    for language in LANGUAGES:
        ours = {_key(entry) for entry in polib.pofile(str(_path(ROOT, language)))}
        missing, unused = sorted(fresh - ours, key=str), sorted(ours - fresh, key=str)
        assert (language, missing[:SHOWN], unused[:SHOWN]) == (language, [], [])


def _key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural
