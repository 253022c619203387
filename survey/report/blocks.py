"""How high a question stands on A4. Pure.

Print has two columns: counts on the left, what to talk about on the right. The lines to write on
stand in the shorter one, at the foot. Sizes in mm follow static/css/print.css.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .typesetting import count_lines

TEXTS_AT_QUESTION = 8
WRITING_LINE = 7.5
WIDTH = 166.0
PROMPT_INDENT = 5.0


@dataclass(frozen=True)
class Sizes:
    """How densely questions are set: the height of a line and the room around it."""

    points: float
    heading: float
    heading_foot: float
    foot: float
    option: float
    option_edge: float
    text: float
    texts_head: float
    texts_foot: float
    prompt: float
    prompt_edge: float
    pattern_edges: float  # name, and room below


ROOMY = Sizes(9.5, 4.9, 1.5, 5.0, 4.25, 1.5, 5.2, 6.5, 6.0, 4.5, 1.5, 9.0)
COMPACT = Sizes(9.0, 4.9, 1.0, 3.5, 3.9, 1.3, 4.2, 5.5, 5.0, 4.0, 1.0, 7.0)


@dataclass(frozen=True)
class Block:
    """A question with all its words, as it will stand on paper."""

    is_yes_no: bool
    heading: str
    topic: str
    options: tuple[str, ...]
    has_percentages: bool
    is_marked: bool  # named as divided under its counts
    pattern: tuple[str, ...]
    prompts: tuple[str, ...]
    texts: tuple[str, ...]
    text_count: int

    @property
    def look_width(self) -> float:
        return 64.0 if self.is_yes_no else 91.0

    @property
    def talk_width(self) -> float:
        return 96.0 if self.is_yes_no else 69.0

    @property
    def option_width(self) -> float:
        if self.is_yes_no:
            return 22.0
        return 44.0 if self.has_percentages else 51.0


def block_height(block: Block, sizes: Sizes, texts: int, lines: int) -> float:
    """Return the height of a question with so many texts beside it and lines to write on."""
    heading = sizes.heading * count_lines(block.heading, WIDTH, 11.5) + sizes.heading_foot
    shorter, longer = sorted([_look_height(block, sizes, texts), _talk_height(block, sizes)])
    return heading + max(shorter + lines * WRITING_LINE, longer) + sizes.foot


def is_room_under_counts(block: Block, sizes: Sizes, texts: int) -> bool:
    """Return whether the counts are the shorter column, so that people write there."""
    return _look_height(block, sizes, texts) < _talk_height(block, sizes)


def free_lines(block: Block, sizes: Sizes, texts: int) -> int:
    """Return how many lines to write on the shorter column has room for at no cost."""
    difference = _talk_height(block, sizes) - _look_height(block, sizes, texts)
    return int(abs(difference) / WRITING_LINE)


def texts_beside(block: Block, sizes: Sizes, lines: int) -> int:
    """Return how many of the texts fit beside the question in so many lines together."""
    fitting = 0
    for text in block.texts[:TEXTS_AT_QUESTION]:
        lines -= count_lines(f"‘{text}’", block.look_width, sizes.points)
        if lines < 0:
            break
        fitting += 1
    return fitting


def _look_height(block, sizes, texts):
    height = sum(
        sizes.option * count_lines(option, block.option_width, sizes.points) + sizes.option_edge
        for option in block.options
    )
    if block.is_marked:
        height += sizes.texts_foot
    if texts:
        height += sizes.texts_head + sum(
            sizes.text * count_lines(f"‘{text}’", block.look_width, sizes.points)
            for text in block.texts[:texts]
        )
    if block.text_count > texts:
        height += sizes.texts_foot
    return height


def _talk_height(block, sizes):
    width = block.talk_width - PROMPT_INDENT
    height = sum(
        sizes.prompt * count_lines(prompt, width, sizes.points) + sizes.prompt_edge
        for prompt in (*block.pattern, *block.prompts)
    )
    return height + (sizes.pattern_edges if block.pattern else 0)


NOTICED_HEAD, QUESTIONS_HEAD = 21.0, 25.5
FINDING_LINE, FINDING_EDGE = 5.0, 3.6
NOTHING, ONE_LINE, PENDING = 20.0, 6.0, 9.0
NOTICED_WIDTHS = (62.0, 50.0, 54.0)


def opening_height(columns: Sequence[Sequence[str]], pending_count: int) -> float:
    """Return the height of what stands out and of the heading of the questions, over the first.

    `columns` holds what stands side by side, one text per finding.
    """
    heights = [
        sum(count_lines(text, width, 10) * FINDING_LINE + FINDING_EDGE for text in texts) or NOTHING
        for texts, width in zip(columns, NOTICED_WIDTHS, strict=False)
    ]
    tallest = max(heights, default=ONE_LINE)
    return NOTICED_HEAD + tallest + (PENDING if pending_count else 0) + QUESTIONS_HEAD
