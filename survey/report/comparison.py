"""What may be said about two survey rounds beside each other. Pure: knows no Django.

A difference is only named when enough colleagues answered both times and it is large; else
the counts stand there and nothing is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FEWEST_ANSWERS = 10  # to the question, both times
SMALLEST_DIFFERENCE = Fraction(1, 5)  # between the shares of all responses


class Change(StrEnum):
    """Which way the share of an option went. Neither is better."""

    MORE = "MORE"
    LESS = "LESS"


class Obstacle(StrEnum):
    """Why two rounds cannot stand beside each other."""

    NO_PREVIOUS = "NO_PREVIOUS"
    NOT_CLOSED = "NOT_CLOSED"
    OTHER_TEAMS = "OTHER_TEAMS"
    OTHER_SEGMENT = "OTHER_SEGMENT"
    OTHER_QUESTIONS = "OTHER_QUESTIONS"


@dataclass(frozen=True)
class Side:
    """How a group answered one question at one time: options by code, answers, responses."""

    chosen: Mapping[str, int]
    answered: int
    responses: int

    def share(self, choice: str) -> Fraction:
        """Return the share of all responses that chose this option."""
        return Fraction(self.chosen.get(choice, 0), self.responses)


def find_change(choice: str, before: Side, now: Side) -> Change | None:
    """Return which way an option went, or None if nothing may be said about it."""
    if min(before.answered, now.answered) < FEWEST_ANSWERS:
        return None
    difference = now.share(choice) - before.share(choice)
    if abs(difference) < SMALLEST_DIFFERENCE:
        return None
    return Change.MORE if difference > 0 else Change.LESS
