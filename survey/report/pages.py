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
    block_height,
    free_lines,
    is_room_under_counts,
    texts_beside,
)
from .typesetting import count_lines

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


@lru_cache(maxsize=256)
def lay_out(opening: float, blocks: tuple[Block, ...]) -> Layout:
    """Return where each question stands; so many mm stand before the first one."""
    for wish in WISHES:
        texts = [texts_beside(block, wish.sizes, wish.text_lines) for block in blocks]
        wanted = _annex_height(_waiting(blocks, texts))
        annex = min(wish.annex, wanted)
        heights = [
            block_height(block, wish.sizes, beside, wish.writing_lines)
            for block, beside in zip(blocks, texts, strict=True)
        ]
        heights = [opening + heights[0], *heights[1:], annex]
        pages = _divide(heights, wish.pages, is_even=annex == wanted)
        if pages:
            break
    else:
        pages = _fill(heights, PAGE)

    if annex:
        annex = min(wanted, PAGE - sum(heights[index] for index in pages[-1][:-1]))
    lines = [0] * len(blocks)
    for page in pages:
        questions = [index for index in page if index < len(blocks)]
        taken = (opening if 0 in page else 0) + (annex if len(blocks) in page else 0)
        on_page = [blocks[index] for index in questions]
        fitting = _fit(on_page, wish, PAGE - taken)
        for index, (beside, count) in zip(questions, fitting, strict=True):
            texts[index], lines[index] = beside, count
    waiting = _waiting(blocks, texts)
    further = deal_out(waiting, _lines_in(annex))
    firsts = {page[0] for page in pages[1:]}
    places = (
        Place(
            texts=texts[index],
            further_texts=further[index],
            writing_lines=lines[index],
            writes_under_counts=is_room_under_counts(block, wish.sizes, texts[index]),
            starts_page=index in firsts,
        )
        for index, block in enumerate(blocks)
    )
    return Layout(tuple(places), is_compact=wish.sizes is COMPACT)


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


def _divide(heights, most_pages, *, is_even) -> list[list[int]]:
    """Return which blocks stand on each page; nothing if they do not fit.

    Evenly filled, or with what is left on the last page, where the annex can use it.
    """
    pages = _fill(heights, PAGE)
    if len(pages) > most_pages or max(heights) > PAGE:
        return []
    if not is_even:
        return pages
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
    for text_lines in range(TEXT_LINES, -1, -1):
        texts = [texts_beside(block, wish.sizes, text_lines) for block in blocks]
        columns = [(block, wish.sizes, beside) for block, beside in zip(blocks, texts, strict=True)]
        if sum(block_height(*each, wish.writing_lines) for each in columns) <= room:
            break
    free = [min(free_lines(*each), MOST_LINES) for each in columns]
    lines = [count if count >= FEWEST_LINES else 0 for count in free]
    for fewest in range(FEWEST_LINES, MOST_LINES + 1):
        more = [max(fewest, count) for count in free]
        if sum(map(_height_with, columns, more)) > room:
            break
        lines = more
    return list(zip(texts, lines, strict=True))


def _height_with(column: tuple[Block, Sizes, int], lines: int) -> float:
    block, sizes, texts = column
    return block_height(block, sizes, texts, lines)


def _waiting(blocks: Sequence[Block], texts: Sequence[int]) -> list[list[int]]:
    """Return for each question the lines of its heading in the annex, and of each text there."""
    return [
        [
            count_lines(f"10. {block.topic}", ANNEX_COLUMN, 9.5) + 2,  # and how many are left out
            *(count_lines(f"‘{text}’", ANNEX_COLUMN, 9) for text in block.texts[beside:]),
        ]
        for block, beside in zip(blocks, texts, strict=True)
    ]


def _annex_height(waiting) -> float:
    lines = sum(sum(question) for question in waiting if len(question) > 1)
    if not lines:
        return 0
    return ANNEX_HEAD + ANNEX_LINE * (-(-lines // ANNEX_COLUMNS) + ANNEX_SLACK)


def _lines_in(height) -> int:
    return ANNEX_COLUMNS * max(0, int((height - ANNEX_HEAD) / ANNEX_LINE) - ANNEX_SLACK)
