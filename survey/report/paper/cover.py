"""How much fits on the first page of a report. Pure.

Names have at most 100 characters, but of ten teams that is a thousand; and a team that met before
can have agreed on much. The first page stays one page, with room to write what a team expects.
Heights in mm follow static/css/print.css.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .typesetting import POINT, count_lines

PAGE = 262.0
NAMES, SILENT_NAMES = 450, 200  # characters of team names in a list
RUNNING_HEAD = 72  # characters beside the title of the round
FEWEST_LINES, MOST_LINES = 2, 6  # to write on what a team expects
WRITING_LINE = 9.5
EXPECTATIONS = 32.0  # without its lines
EARLIER_HEAD, EARLIER_EDGE, EARLIER_LINE, EARLIER_WIDTH = 14.5, 3.2, 5.0, 148.0
MORE_EARLIER = 6.0
TRANSLATED = 18.0  # the note on it, and longer words
PERIOD = "2 november tot en met 22 november 2026, afgesloten"


@dataclass(frozen=True)
class Sizes:
    """How large the first page is set."""

    title: float  # points
    facts: float  # points
    fact_edge: float
    fixed: float  # mm for what is always there: the plan of the meeting, the rules


USUAL = Sizes(title=30, facts=10, fact_edge=3.2, fixed=122)
CLOSE = Sizes(title=24, facts=9, fact_edge=1.8, fixed=105)
SMALL = Sizes(title=17, facts=9, fact_edge=1.8, fixed=105)


@dataclass(frozen=True)
class Cover:
    """What the first page holds."""

    is_small: bool
    has_large_title: bool  # though the rest is small
    earlier_actions: int
    writing_lines: int


def lay_out_cover(
    titles: Sequence[str],
    round_title: str,
    facts: Sequence[str],
    earlier_actions: Sequence[str],
    *,
    is_translated: bool = False,
) -> Cover:
    """Return what fits on the first page.

    `titles` are organisation and team, `facts` what stands across the page below them.
    """
    expectations = EXPECTATIONS + (TRANSLATED if is_translated else 0)

    def room_at(sizes):
        return PAGE - _height(sizes, titles, round_title, facts) - expectations

    def fits(shown, room):
        return room >= FEWEST_LINES * WRITING_LINE + _earlier_height(earlier_actions, shown)

    every = len(earlier_actions)
    sizes = next((each for each in (USUAL, CLOSE) if fits(every, room_at(each))), SMALL)
    room = room_at(sizes)
    shown = next((count for count in range(every, 1, -1) if fits(count, room)), min(every, 1))
    to_write_on = room - _earlier_height(earlier_actions, shown)
    lines = max(FEWEST_LINES, min(MOST_LINES, int(to_write_on / WRITING_LINE)))
    return Cover(sizes is not USUAL, sizes is CLOSE, shown, lines)


def first_names(names: Sequence[str], characters: int) -> tuple[str, ...]:
    """Return the first names, as many as fit in so many characters; at least one."""
    fitting: list[str] = []
    for name in names:
        characters -= len(name) + 2
        if characters < 0 and fitting:
            break
        fitting.append(name)
    return tuple(fitting)


def shorten_names(organisation: str, team: str) -> str:
    """Return both names as they fit above a page; what the one leaves is for the other."""
    if not team:
        return _shorten(organisation, RUNNING_HEAD)
    half = RUNNING_HEAD // 2
    organisation = _shorten(organisation, max(half, RUNNING_HEAD - len(team)))
    return f"{organisation} · {_shorten(team, RUNNING_HEAD - len(organisation))}"


def _shorten(name, characters):
    return name if len(name) <= characters else name[: characters - 1].rstrip() + "…"


def _height(sizes, titles, round_title, facts):
    titles_height = sum(count_lines(title, 178, sizes.title) for title in titles if title)
    columns = [(round_title, 62), (PERIOD, 62), *((fact, 148) for fact in facts)]
    lines = sum(count_lines(text, width, sizes.facts) for text, width in columns)
    return (
        sizes.fixed
        + titles_height * sizes.title * POINT * 1.1
        + len(columns) * sizes.fact_edge
        + lines * sizes.facts * POINT * 1.38
    )


def _earlier_height(texts, shown):
    if not texts:
        return 0.0
    lines = sum(count_lines(text, EARLIER_WIDTH, 10) for text in texts[:shown])
    more = MORE_EARLIER if shown < len(texts) else 0
    return EARLIER_HEAD + shown * EARLIER_EDGE + lines * EARLIER_LINE + more
