"""What colleagues are told about a survey round, each in their own language.

HR may leave the proposed texts as they are. Who reads in another language then reads the
translation. HR's own words stay as they were typed, in a language that nobody wrote down.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

PROPOSED = {
    "asked_by": gettext_noop("De HR-dienst"),
    "purpose": gettext_noop("We willen beter van elkaar leren, en daar samen over praten."),
    "read_by": gettext_noop("Je eigen team, HR en wie het gesprek begeleidt."),
    "heard_when": gettext_noop("Op het teamoverleg, binnen een maand na de einddatum."),
}


@dataclass(frozen=True)
class Told:
    """Who asks and why, who reads the result and when colleagues hear about it."""

    asked_by: str
    purpose: str
    read_by: str
    heard_when: str


def proposed_texts() -> dict[str, str]:
    """Return the texts that HR may leave as they are, by field, in the active language."""
    return {field: gettext(text) for field, text in PROPOSED.items()}


def in_readers_language(text: str) -> str:
    """Return a proposed text in the active language, however it was stored; any other as it is."""
    proposed = _proposed_in_any_language().get(text)
    return gettext(proposed) if proposed else text


@cache
def _proposed_in_any_language():
    """Return the Dutch text of each proposed text in each language."""
    texts = {}
    for language in dict(settings.LANGUAGES):
        with override(language):
            texts |= {gettext(text): text for text in PROPOSED.values()}
    return texts
