"""What is shared about a survey round: links, QR codes, and texts ready to send."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from survey.models import SurveyRound, Team

# Four modules of white on every side, or scanners may miss the code (ISO/IEC 18004).
QUIET_ZONE = 4

# The largest size at which a name of this length, with its longest word, fits on a poster.
NAME_SIZES = [("huge", 14, 10), ("large", 36, 14), ("medium", 64, 18), ("small", 100, 100)]


@dataclass(frozen=True)
class QrCode:
    """A QR code as one path of black lines, a module wide, on a square of `side` modules."""

    side: int
    path: str


@dataclass(frozen=True)
class Link:
    """The address of a form: whole to open, copy and scan; in two parts to read and type."""

    address: str
    start: str
    code: str
    qr: QrCode


@dataclass(frozen=True)
class TeamLink:
    """A team and the whole address of its form."""

    team: Team
    address: str


@dataclass(frozen=True)
class Handout:
    """A team on paper: its link, and how large its name can be printed."""

    team: Team
    link: Link

    @property
    def name_size(self) -> str:
        longest_word = max(len(word) for word in self.team.name.split())
        return next(
            size
            for size, length, word in NAME_SIZES
            if len(self.team.name) <= length and longest_word <= word
        )


@dataclass(frozen=True)
class OtherLanguage:
    """What a poster says to who does not read its language."""

    code: str
    name: str
    question: str


@dataclass(frozen=True)
class Invitation:
    """A mail and a message for a chat group in one language, ready to send."""

    language: str
    language_name: str
    subject: str
    mail: str
    chat: str

    @property
    def mail_address(self) -> str:
        """What opens this mail in somebody's own mail program, without a receiver."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.mail)}"


def link_to(form: SurveyRound | Team) -> Link:
    """Return the link to a team's form, or to the question which team (a survey round)."""
    address = _address_of(form)
    start, code = address.removesuffix("/").rsplit("/", 1)
    return Link(
        address=address,
        start=start.split("://", 1)[1] + "/",
        code=code,
        qr=draw_qr(address),
    )


def list_links(teams: list[Team]) -> list[TeamLink]:
    """Return the link of each of these teams, to read and copy: without drawing any code."""
    return [TeamLink(team, _address_of(team)) for team in teams]


def _address_of(form):
    return settings.SITE_URL + reverse("respond", args=[form.grouped_token])


def draw_qr(address: str) -> QrCode:
    """Return the QR code of an address, in whole modules, so that no locale can break them."""
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=QUIET_ZONE)]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        for is_black, run in groupby(row):
            width = len(list(run))
            if is_black:
                runs.append(f"M{x} {y}h{width}")
            x += width
    return QrCode(side=len(rows), path="".join(runs))


def make_handouts(teams: list[Team]) -> list[Handout]:
    """Return what is printed for these teams."""
    return [Handout(team=team, link=link_to(team)) for team in teams]


def write_invitations(survey_round: SurveyRound, team: Team | None = None) -> list[Invitation]:
    """Return the texts in all languages, the reader's own first; without team for everybody."""
    own = get_language()
    languages = sorted(dict(settings.LANGUAGES), key=lambda language: language != own)
    words = {
        "survey_round": survey_round,
        "organisation": survey_round.organisation,
        "team": team,
        "asks_team": team is None and survey_round.teams.count() > 1,
        "address": link_to(team or survey_round).address,
    }
    return [_write_invitation(language, words) for language in languages]


def ask_in_other_languages() -> list[OtherLanguage]:
    """Return the question of the poster in every language but the active one."""
    own = get_language()
    return [_ask_in(language) for language in dict(settings.LANGUAGES) if language != own]


def _ask_in(language):
    with override(language):
        return OtherLanguage(
            code=language, name=_own_name(language), question=_("Wat leer jij hier, en van wie?")
        )


def _own_name(language):
    return get_language_info(language)["name_local"].capitalize()


def _write_invitation(language, words):
    with override(language):
        # strip() also makes it plain text again, that every page escapes.
        return Invitation(
            language=language,
            language_name=_own_name(language),
            subject=_("Wat leer jij hier, en van wie?"),
            mail=render_to_string("survey/prepare/share/mail.txt", words).strip(),
            chat=render_to_string("survey/prepare/share/chat.txt", words).strip(),
        )
