"""Whether what a team planned fits on its page in the usual size. Pure."""

from collections.abc import Iterable

from .typesetting import count_lines

PAGE = 235.0  # mm, under the heading
ACTIONS = 3
ROWS, LEAST_ROW, EDGES = 5, 12.5, 8.0  # of an action
LABEL, LINE, WIDE, HALF = 6.0, 4.7, 158.0, 78.0
STATE = "Wij kiezen … anders gelopen"  # stands beside the question it is about


def is_long_plan(actions: Iterable) -> bool:
    """Return whether these actions, with lines for the others, need to be set closer."""
    heights = [_height(action) for action in actions]
    empty = (ACTIONS - len(heights)) * (ROWS * LEAST_ROW + EDGES)
    return sum(heights) + empty > PAGE


def _height(action) -> float:
    rows = [
        _row(action.text, WIDE),
        _row(action.first_step, WIDE),
        _row(action.who, HALF),
        max(_row(action.needed, HALF), _row(action.noticed_by, HALF)),
        _row(action.asked_of_management, WIDE),
    ]
    beside = count_lines(f"{STATE} Over vraag {action.topic}", WIDE, 9)
    return sum(rows) + (beside - 1) * LINE + EDGES


def _row(text, width):
    return max(LEAST_ROW, LABEL + LINE * count_lines(text, width, 10))
