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
FEWEST_LINES, LINES, MOST_LINES = 2, 3, 6  # to write on what a team expects
WRITING_LINE = 9.5
EXPECTATIONS = 33.0  # without its lines
EARLIER_HEAD, EARLIER_EDGE, EARLIER_LINE, EARLIER_WIDTH = 18.0, 3.2, 5.0, 148.0
MORE_EARLIER = 6.0


@dataclass(frozen=True)
class Sizes:
    """How large the first page is set."""

    title: float  # points
    facts: float  # points
    fact_edge: float
    around: float  # eyebrow, margins and a note on the translation
    meeting: float  # what this is, the plan of the meeting, the rules


USUAL = Sizes(title=30, facts=10, fact_edge=3.2, around=24, meeting=110)
SMALL = Sizes(title=17, facts=9, fact_edge=1.8, around=19, meeting=86)


@dataclass(frozen=True)
class Cover:
    """What the first page holds."""

    is_small: bool
    earlier_actions: int
    writing_lines: int


def lay_out_cover(
    titles: Sequence[str], facts: Sequence[tuple[str, float]], earlier_actions: Sequence[str]
) -> Cover:
    """Return what fits on the first page.

    `facts` are the tallest of each row, with the width of their column in mm.
    """
    for sizes in (USUAL, SMALL):
        room = PAGE - _height(sizes, titles, facts) - EXPECTATIONS
        if room >= LINES * WRITING_LINE + _earlier_height(earlier_actions):
            break
    shown = len(earlier_actions)
    while shown > 1 and room < FEWEST_LINES * WRITING_LINE + MORE_EARLIER + _earlier_height(
        earlier_actions[:shown]
    ):
        shown -= 1
    room -= _earlier_height(earlier_actions[:shown])
    if shown < len(earlier_actions):
        room -= MORE_EARLIER
    lines = max(FEWEST_LINES, min(MOST_LINES, int(room / WRITING_LINE)))
    return Cover(sizes is SMALL, shown, lines)


def first_names(names: Sequence[str], characters: int) -> tuple[str, ...]:
    """Return the first names, as many as fit in so many characters; at least one."""
    fitting: list[str] = []
    for name in names:
        characters -= len(name) + 2
        if characters < 0 and fitting:
            break
        fitting.append(name)
    return tuple(fitting)


def _height(sizes, titles, facts):
    title_lines = sum(count_lines(title, 178, sizes.title) for title in titles if title)
    height = sizes.around + sizes.meeting + title_lines * sizes.title * POINT * 1.1
    for text, width in facts:
        lines = count_lines(text, width, sizes.facts)
        height += sizes.fact_edge + lines * sizes.facts * POINT * 1.38
    return height


def _earlier_height(texts):
    if not texts:
        return 0.0
    lines = sum(count_lines(text, EARLIER_WIDTH, 10) for text in texts)
    return EARLIER_HEAD + len(texts) * EARLIER_EDGE + lines * EARLIER_LINE
