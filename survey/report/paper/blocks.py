"""How high a question stands on A4. Pure.

Print has two columns: counts on the left, what to talk about on the right. The lines to write on
stand in the shorter one, at the foot. Sizes in mm follow static/css/print.css.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from .typesetting import count_known_lines, count_lines, count_spelled_lines, spell

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
class Words:
    """Everything of a question that will stand on paper."""

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

    @cached_property
    def spelled_texts(self) -> tuple[tuple[float, ...], ...]:
        """How wide the words of each text are, as it is quoted."""
        return tuple([spell(f"‘{text}’") for text in self.texts])

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
        return 36.0 if self.has_percentages else 51.0


@dataclass(frozen=True)
class Block:
    """A question as it is set: the height of its parts in mm, and the lines of each text."""

    sizes: Sizes
    heading: float
    counts: float
    talk: float
    texts: tuple[int, ...]
    text_count: int


def measure(words: Words, sizes: Sizes) -> Block:
    """Return how much room the words take at these sizes."""

    def height_of_prompts(prompts, count):
        width = words.talk_width - PROMPT_INDENT
        return sum(
            sizes.prompt * count(prompt, width, sizes.points) + sizes.prompt_edge
            for prompt in prompts
        )

    counts = sum(
        sizes.option * count_known_lines(option, words.option_width, sizes.points)
        + sizes.option_edge
        for option in words.options
    )
    # The prompts of a pattern may quote somebody.
    talk = height_of_prompts(words.pattern, count_lines)
    talk += height_of_prompts(words.prompts, count_known_lines)
    return Block(
        sizes=sizes,
        heading=sizes.heading * count_known_lines(words.heading, WIDTH, 11.5) + sizes.heading_foot,
        counts=counts + (sizes.texts_foot if words.is_marked else 0),
        talk=talk + (sizes.pattern_edges if words.pattern else 0),
        texts=tuple(
            count_spelled_lines(text, words.look_width, sizes.points)
            for text in words.spelled_texts[:TEXTS_AT_QUESTION]
        ),
        text_count=words.text_count,
    )


def block_height(block: Block, texts: int, lines: int) -> float:
    """Return the height of a question with so many texts beside it and lines to write on."""
    shorter, longer = sorted([_look_height(block, texts), block.talk])
    return block.heading + max(shorter + lines * WRITING_LINE, longer) + block.sizes.foot


def is_room_under_counts(block: Block, texts: int) -> bool:
    """Return whether the counts are the shorter column, so that people write there."""
    return _look_height(block, texts) < block.talk


def free_lines(block: Block, texts: int) -> int:
    """Return how many lines to write on the shorter column has room for at no cost."""
    return int(abs(block.talk - _look_height(block, texts)) / WRITING_LINE)


def texts_beside(block: Block, lines: int) -> int:
    """Return how many of the texts fit beside the question in so many lines together."""
    return sum(taken <= lines for taken in accumulate(block.texts))


def _look_height(block, texts):
    height = block.counts
    if texts:
        height += block.sizes.texts_head + sum(
            block.sizes.text * lines for lines in block.texts[:texts]
        )
    if block.text_count > texts:
        height += block.sizes.texts_foot
    return height


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
