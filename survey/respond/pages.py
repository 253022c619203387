"""Pages that are alike for all colleagues of a team: drawn once, then kept in memory.

A page is drawn from the values that it is kept under and from nothing else: no row, no request,
no clock. So a changed word or a passed date gives another page at once, and no page can hold
what belongs to one visitor. What does differ per visitor is filled in each time.
"""

import re
import secrets
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from survey.answering import blank_questions
from survey.instrument import read_instrument
from survey.models import SurveyRound, Team
from survey.models.rounds import grouped

# About 20 kB each. While somebody works on the templates, nothing is kept.
KEPT_PAGES = 0 if settings.DEBUG else 512

OF_ROUND = (
    "grouped_token", "questionnaire_id", "is_anonymous", "is_open", "threshold", "closing_date",
    "told", "contact",
)  # fmt: skip
values_of_round = attrgetter(*OF_ROUND)
# see find_round
values_of_team = attrgetter("organisation_name", "team_name", "team_token", "has_other_teams")

# What the address of the page that thanks says of a form that was stored before.
SAME, OTHER = "zelfde", "anders"

# Other in every process, so that nobody can type one.
PLACE = secrets.token_hex(16)


def find_round(token: str) -> SurveyRound | None:
    """Return the round of the team with this token, with the names and `has_other_teams`."""
    sql, before_token = _find_round_sql()
    rounds = SurveyRound.objects.raw(sql, [*before_token, token])
    return next(iter(rounds), None)


@cache
def _find_round_sql():
    """Return the statement with a place for the token, and the values that come before it.

    Django would write it anew for every visitor, which is a third of what a form costs.
    """
    rounds = SurveyRound.objects.filter(teams__token="").annotate(
        organisation_name=F("organisation__name"),
        team_name=F("teams__name"),
        team_token=F("teams__token"),
        has_other_teams=Exists(
            Team.objects.filter(survey_round=OuterRef("pk")).exclude(token=OuterRef("team_token"))
        ),
    )
    sql, (*before_token, _token) = rounds.order_by().query.sql_with_params()
    return sql, before_token


@dataclass(frozen=True)
class Shown:
    """All that a page shows of a team, its survey round and its organisation, in one language."""

    organisation: str
    team: str
    team_token: str
    has_other_teams: bool
    of_round: tuple
    language: str

    def context(self):
        address = reverse("respond", args=[grouped(self.team_token)])
        return {
            "organisation": {"name": self.organisation},
            "team": {"name": self.team, "token": self.team_token, "get_absolute_url": address},
            "has_other_teams": self.has_other_teams,
            "survey_round": dict(zip(OF_ROUND, self.of_round, strict=True)),
        }


def what_is_shown(survey_round: SurveyRound) -> Shown:
    """Return what a page shows of this round, as `find_round` found it, in the active language."""
    return Shown(*values_of_team(survey_round), values_of_round(survey_round), get_language())


def blank_form(survey_round: SurveyRound, *, csrf_token: str, key) -> bytes:
    """Return the blank form of the team that led to this round, in the active language."""
    shown = what_is_shown(survey_round)
    return fill_in(_draw_form(shown), csrf_token=csrf_token, key=str(key))


def thanks_page(survey_round: SurveyRound, *, sent_before: str, fresh: str) -> bytes:
    """Return the page that thanks; `fresh` makes the address of the next form a new one.

    `sent_before` is SAME, OTHER, or anything else for a form that came in for the first time.
    """
    known = sent_before if sent_before in (SAME, OTHER) else ""
    return fill_in(_draw_thanks(what_is_shown(survey_round), known), fresh=fresh)


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
def _draw_thanks(shown: Shown, sent_before):
    context = {"sent_before": sent_before, "fresh": place("fresh")}
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
