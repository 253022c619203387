"""How high a text stands on A4. Pure.

Estimated from its letters, for the sizes of static/css/print.css: a report has to know what fits
on a page before anything is drawn, and the same on every machine.
"""

from collections.abc import Iterable
from functools import lru_cache

POINT = 25.4 / 72  # mm
LETTERS = (  # widths in em, of Source Serif Semibold: none of our faces is wider
    ("ijlI .,;:'‘’“”()|!·-", 0.3),
    ("ftr", 0.38),
    ("mwMW@%…—", 0.86),
    ("ABCDEFGHJKLNOPQRSTUVXYZ", 0.66),
)
OTHER_LATIN = 0.53
OTHER_SCRIPT = 1.1  # emoji and whatever another font has to draw


class _Widths(dict):
    """The width of every letter; what is used most stands in it."""

    def __missing__(self, letter: str) -> float:
        return OTHER_LATIN if ord(letter) < 0x2000 else OTHER_SCRIPT


width_of = _Widths(
    dict.fromkeys(map(chr, range(0x180)), OTHER_LATIN)
    | {letter: width for letters, width in LETTERS for letter in letters}
).__getitem__
SPACE = width_of(" ")


def spell(text: str) -> tuple[float, ...]:
    """Return how wide each word of the text is, in em."""
    return tuple([sum(map(width_of, word)) for word in text.split()])


def count_lines(text: str, width: float, points: float) -> int:
    """Return how many lines a text takes in a column of so many mm; at least one."""
    return count_spelled_lines(spell(text), width, points)


def count_spelled_lines(words: Iterable[float], width: float, points: float) -> int:
    """Return the same for words of so many em."""
    room = width / (points * POINT)
    lines, used = 1, 0.0
    for length in words:
        if used and used + SPACE + length <= room:
            used += SPACE + length
            continue
        if used:
            lines += 1
        if length > room:  # broken wherever the line ends
            lines += int(length // room)
            length %= room
        used = length
    return lines


# For the words of the questionnaire, which stand in every report; never for what people wrote (T7).
count_known_lines = lru_cache(maxsize=4096)(count_lines)
