"""Pages that are alike for all colleagues of a team: drawn once, then kept in memory.

A page is drawn from the values that it is kept under and from nothing else: no row, no request,
no clock. So a changed word or a passed date gives another page at once, and no page can hold
what belongs to one visitor. What does differ per visitor is filled in each time.
"""

import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from survey.answering import blank_questions
from survey.instrument import read_instrument
from survey.models.rounds import grouped

# About 20 kB each. While somebody works on the templates, nothing is kept.
KEPT_PAGES = 0 if settings.DEBUG else 512

OF_TEAM = ("name", "token")
OF_ROUND = (
    "grouped_token", "questionnaire_id", "is_anonymous", "is_open", "threshold", "closing_date",
    "asked_by", "purpose", "read_by", "heard_when", "contact",
)  # fmt: skip
values_of_team, values_of_round = attrgetter(*OF_TEAM), attrgetter(*OF_ROUND)

# Other in every process, so that nobody can type one.
PLACE = secrets.token_hex(16)


@dataclass(frozen=True)
class Shown:
    """All that a page shows of a team, its survey round and its organisation, in one language."""

    organisation: str
    of_team: tuple
    of_round: tuple
    language: str

    def context(self):
        team = dict(zip(OF_TEAM, self.of_team, strict=True))
        return {
            "organisation": {"name": self.organisation},
            "team": team | {"get_absolute_url": reverse("respond", args=[grouped(team["token"])])},
            "survey_round": dict(zip(OF_ROUND, self.of_round, strict=True)),
        }


def what_is_shown(team) -> Shown:
    """Return what a page shows of this team, in the active language."""
    survey_round = team.survey_round
    return Shown(
        survey_round.organisation.name,
        values_of_team(team),
        values_of_round(survey_round),
        get_language(),
    )


def blank_form(team, *, csrf_token: str, key) -> bytes:
    """Return the blank form of this team in the active language."""
    return fill_in(_draw_form(what_is_shown(team)), csrf_token=csrf_token, key=str(key))


def thanks_page(team, *, other_answers_count: bool, fresh: str) -> bytes:
    """Return the page that thanks; `fresh` makes the address of the next form a new one."""
    return fill_in(_draw_thanks(what_is_shown(team), other_answers_count), fresh=fresh)


@lru_cache(maxsize=KEPT_PAGES)
def _draw_form(shown: Shown):
    context = shown.context()
    instrument = read_instrument(context["survey_round"]["questionnaire_id"], shown.language)
    return _draw(
        "survey/respond/form.html",
        shown.language,
        context
        | {
            "csrf_token": place("csrf_token"),
            "key": place("key"),
            "questions": blank_questions(instrument.questionnaire_id, instrument.language),
            "question_count": len(instrument.questions),
            "translation_note": instrument.translation_note,
            "is_filled_in": False,
            "problems": (),
            "expired": False,
        },
    )


@lru_cache(maxsize=KEPT_PAGES)
def _draw_thanks(shown: Shown, other_answers_count):
    context = {"other_answers_count": other_answers_count, "fresh": place("fresh")}
    return _draw("survey/respond/thanks.html", shown.language, shown.context() | context)


def _draw(template, language, context) -> tuple[bytes, ...]:
    """Return the page cut at its places: text, name of a place, text, name, … text."""
    with override(language):
        page = render_to_string(template, context)
    return tuple(part.encode() for part in re.split(rf"{PLACE}-(\w+)", page))


def place(name: str) -> str:
    """Return what stands in a drawn page where something is filled in per visitor."""
    return f"{PLACE}-{name}"


def fill_in(parts: tuple[bytes, ...], **values: str) -> bytes:
    """Return the page with its places filled in; the values are ours, so nothing is escaped."""
    texts, names = parts[::2], parts[1::2]
    filled = [values[name.decode()].encode() for name in names]
    return b"".join(piece for pair in zip(texts, (*filled, b""), strict=True) for piece in pair)
