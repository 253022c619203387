"""Which question stands on which page of A4, and how much fits beside it. Pure.

A report has a first page, three or four pages with questions, and the plan. On those pages
everything gives way for what has to be there: first the lines to write on, then the annex, then
the texts beside the questions. What does not fit is counted, so that ten thousand texts make
the report as long as ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .blocks import (
    COMPACT,
    ROOMY,
    WRITING_LINE,
    Block,
    Sizes,
    Words,
    block_height,
    free_lines,
    is_room_under_counts,
    measure,
    texts_beside,
)
from .typesetting import count_known_lines, count_spelled_lines

PAGE = 254.0  # mm: 259 minus what the estimates of one page may be wrong
TEXT_LINES = 6  # at most beside a question
FEWEST_LINES, MOST_LINES = 2, 7  # to write on; or none, but never a lonely one

ANNEX_HEAD = 12.0
ANNEX_LINE = 4.0
ANNEX_COLUMNS, ANNEX_COLUMN = 3, 55.0
ANNEX_SLACK = 2  # lines that uneven columns cost
ANNEX_MOST, ANNEX_LEAST = 120.0, 40.0


@dataclass(frozen=True)
class Place:
    """What a question gets on paper."""

    texts: int  # beside the question
    further_texts: int  # in the annex
    writing_lines: int
    writes_under_counts: bool  # or under the prompts, whichever is shorter
    starts_page: bool


@dataclass(frozen=True)
class Layout:
    """How the questions of one report are set on paper."""

    places: tuple[Place, ...]
    is_compact: bool


@dataclass(frozen=True)
class Wish:
    """How much a report would like to hold."""

    sizes: Sizes
    pages: int
    text_lines: int  # at each question
    writing_lines: int
    annex: float  # mm at most


# From everything on five pages to hardly anything on six.
WISHES = (
    Wish(ROOMY, pages=3, text_lines=TEXT_LINES, writing_lines=FEWEST_LINES, annex=ANNEX_MOST),
    Wish(ROOMY, pages=4, text_lines=TEXT_LINES, writing_lines=FEWEST_LINES, annex=ANNEX_MOST),
    Wish(ROOMY, pages=4, text_lines=TEXT_LINES, writing_lines=0, annex=ANNEX_LEAST),
    Wish(COMPACT, pages=4, text_lines=TEXT_LINES, writing_lines=FEWEST_LINES, annex=ANNEX_LEAST),
    Wish(COMPACT, pages=4, text_lines=TEXT_LINES, writing_lines=0, annex=ANNEX_LEAST),
    Wish(COMPACT, pages=4, text_lines=TEXT_LINES // 2, writing_lines=0, annex=ANNEX_LEAST),
    Wish(COMPACT, pages=4, text_lines=0, writing_lines=0, annex=ANNEX_LEAST),
    Wish(COMPACT, pages=4, text_lines=0, writing_lines=0, annex=0),
)


@dataclass(frozen=True)
class Attempt:
    """What a wish comes to in one report. The last of its heights is that of the annex."""

    wish: Wish
    blocks: Sequence[Block]
    texts: Sequence[int]  # beside each question
    heights: Sequence[float]
    whole_annex: float  # mm, if everything stood in it
    pages: list[list[int]]
    fits: bool


def lay_out(opening: float, questions: Sequence[Words]) -> Layout:
    """Return where each question stands; so many mm stand before the first one."""
    return _lay_out(
        opening,
        tuple([measure(question, ROOMY) for question in questions]),
        tuple([measure(question, COMPACT) for question in questions]),
        tuple([_lines_in_annex(question) for question in questions]),
    )


@lru_cache(maxsize=1024)
def _lay_out(opening, roomy, compact, annexed) -> Layout:
    """Lay out what was measured: numbers, so that no word is kept with them (T7)."""
    attempt = _choose(opening, {ROOMY: roomy, COMPACT: compact}, annexed)
    texts, lines = _fill_pages(opening, attempt)
    further = deal_out(_waiting(annexed, texts), _lines_in(_annex_room(attempt)))
    firsts = {page[0] for page in attempt.pages[1:]}
    places = (
        Place(
            texts=texts[index],
            further_texts=further[index],
            writing_lines=lines[index],
            writes_under_counts=is_room_under_counts(block, texts[index]),
            starts_page=index in firsts,
        )
        for index, block in enumerate(attempt.blocks)
    )
    return Layout(tuple(places), is_compact=attempt.wish.sizes is COMPACT)


def _choose(opening, blocks, annexed) -> Attempt:
    """Return the first wish that fits, or else the least one on as many pages as it takes."""
    attempts = (_attempt(wish, opening, blocks[wish.sizes], annexed) for wish in WISHES)
    return next((each for each in attempts if each.fits), None) or _attempt(
        WISHES[-1], opening, blocks[WISHES[-1].sizes], annexed
    )


def _attempt(wish, opening, blocks, annexed) -> Attempt:
    texts = [texts_beside(block, wish.text_lines) for block in blocks]
    whole_annex = _annex_height(_waiting(annexed, texts))
    annex = min(wish.annex, whole_annex)
    heights = [
        block_height(block, beside, wish.writing_lines)
        for block, beside in zip(blocks, texts, strict=True)
    ]
    heights = [opening + heights[0], *heights[1:], annex]
    pages = _fill(heights, PAGE)
    fits = len(pages) <= wish.pages and max(heights) <= PAGE
    if fits and annex == whole_annex:  # else the annex uses what is left on the last page
        pages = _even_out(pages, heights)
    return Attempt(wish, blocks, texts, heights, whole_annex, pages, fits)


def _annex_room(attempt) -> float:
    """Return the height that the annex gets: what it wants, or what the last page has left."""
    *heights, annex = attempt.heights
    if not annex:
        return 0
    questions = attempt.pages[-1][:-1]
    return min(attempt.whole_annex, PAGE - sum(heights[index] for index in questions))


def _fill_pages(opening, attempt) -> tuple[list[int], list[int]]:
    """Return how many texts stand beside each question, and how many lines to write on."""
    count, annex = len(attempt.blocks), _annex_room(attempt)
    texts, lines = list(attempt.texts), [0] * count
    for page in attempt.pages:
        questions = [index for index in page if index < count]
        taken = (opening if 0 in page else 0) + (annex if count in page else 0)
        on_page = [attempt.blocks[index] for index in questions]
        fitting = _fit(on_page, attempt.wish, PAGE - taken)
        for index, (beside, lines_there) in zip(questions, fitting, strict=True):
            texts[index], lines[index] = beside, lines_there
    return texts, lines


def deal_out(waiting: Sequence[Sequence[int]], lines: int) -> list[int]:
    """Return how many texts of each question fit in so many lines together, dealt out in turn.

    `waiting` tells for each question how many lines its heading takes, and then each text.
    """
    given = [0] * len(waiting)
    in_turn = [index for index, (_, *texts) in enumerate(waiting) if texts]
    while in_turn:
        for index in list(in_turn):
            heading, *texts = waiting[index]
            cost = texts[given[index]] + (0 if given[index] else heading)
            if cost > lines:
                in_turn.remove(index)
                continue
            lines -= cost
            given[index] += 1
            if given[index] == len(texts):
                in_turn.remove(index)
    return given


def _even_out(pages, heights) -> list[list[int]]:
    """Return the blocks on as many pages as these, filled as evenly as their order allows."""
    evener, room = pages, PAGE
    while len(evener) == len(pages) and room > max(heights):
        pages, room = evener, room - WRITING_LINE / 2
        evener = _fill(heights, room)
    return pages


def _fill(heights, room) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    left = room
    for index, height in enumerate(heights):
        if height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(index)
        left -= height
    return pages


def _fit(blocks: Sequence[Block], wish: Wish, room: float) -> list[tuple[int, int]]:
    """Return the texts and the lines of each question on a page.

    First as many texts as fit, then the lines: equally many, and what a column has left.
    """
    texts = _most_texts(blocks, wish, room)
    free = [min(free_lines(*each), MOST_LINES) for each in zip(blocks, texts, strict=True)]
    lines = [count if count >= FEWEST_LINES else 0 for count in free]
    for fewest in range(FEWEST_LINES, MOST_LINES + 1):
        more = [max(fewest, count) for count in free]
        if _height_of(blocks, texts, more) > room:
            break
        lines = more
    return list(zip(texts, lines, strict=True))


def _most_texts(blocks, wish, room) -> list[int]:
    """Return how many texts stand beside each question on a page: as many as leave it room."""
    lines = [wish.writing_lines] * len(blocks)
    for text_lines in range(TEXT_LINES, 0, -1):
        texts = [texts_beside(block, text_lines) for block in blocks]
        if _height_of(blocks, texts, lines) <= room:
            return texts
    return [0] * len(blocks)


def _height_of(blocks, texts, lines) -> float:
    return sum(map(block_height, blocks, texts, lines))


def _lines_in_annex(question: Words) -> tuple[int, ...]:
    """Return the lines that a question takes in the annex: its heading, and then each text."""
    return (
        count_known_lines(f"10. {question.topic}", ANNEX_COLUMN, 9.5)
        + 2,  # and how many are left out
        *[count_spelled_lines(text, ANNEX_COLUMN, 9) for text in question.spelled_texts],
    )


def _waiting(annexed, texts) -> list[tuple[int, ...]]:
    """Return for each question the lines of its heading in the annex, and of each text there."""
    return [
        (heading, *lines[beside:]) for (heading, *lines), beside in zip(annexed, texts, strict=True)
    ]


def _annex_height(waiting) -> float:
    lines = sum(sum(question) for question in waiting if len(question) > 1)
    if not lines:
        return 0
    return ANNEX_HEAD + ANNEX_LINE * (-(-lines // ANNEX_COLUMNS) + ANNEX_SLACK)


def _lines_in(height) -> int:
    return ANNEX_COLUMNS * max(0, int((height - ANNEX_HEAD) / ANNEX_LINE) - ANNEX_SLACK)
