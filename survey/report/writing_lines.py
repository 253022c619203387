"""How many lines to write on fit beside a question on A4. Pure.

Print has two columns: counts left, prompts right. The lines stand in the shorter one. Heights
are estimated from the number of characters, with the sizes of static/css/print.css; a
millimetre more or less only moves the next question.
"""

from collections.abc import Sequence

LINE = 7.5  # mm between writing lines
TEXT_LINE = 4.5  # mm, 9.5 pt with its leading
ROW_EDGE = 1.3  # mm above and below an option
PROMPT_GAP = 1.6  # mm between prompts
FEWEST, MOST = 1, 5


def lines_left(
    is_yes_no: bool, options: Sequence[str], texts: Sequence[str], prompts: Sequence[str]
) -> int:
    """Return how many writing lines the shorter column has room for: one to five.

    `options` are the rows of the table, `texts` what stood behind Andere, `prompts` everything
    in the other column.
    """
    option_width, text_width, prompt_width = (24, 40, 60) if is_yes_no else (36, 58, 41)
    looking = sum(_height(option, option_width) + ROW_EDGE for option in options)
    if texts:
        looking += TEXT_LINE + sum(_height(text, text_width) for text in texts)
    talking = sum(_height(prompt, prompt_width) + PROMPT_GAP for prompt in prompts)
    if len(prompts) > 2:  # a pattern stands above them, with its name
        talking += TEXT_LINE + PROMPT_GAP
    room = talking - looking if is_yes_no else looking - talking
    return max(FEWEST, min(MOST, int(room / LINE)))


def _height(text: str, characters: int) -> float:
    """Return the height in mm of a text in a column of so many characters."""
    return TEXT_LINE * max(1, -(-len(text) // characters))
