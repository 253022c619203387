"""Patterns in counts: what stands out and is worth talking about. Pure: knows no Django.

The denominator is the number of responses of the group, so that skipping a question never
makes an answer look more shared than it is. All limits stand here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil

ALMOST_ALL = Fraction(4, 5)  # of all responses
SPLIT_SIDE = Fraction(1, 3)  # of the given answers: the smaller side at least
ENOUGH_ANSWERS = Fraction(1, 2)  # of all responses: a question needs so many answers
FEWEST_RESPONSES = 2  # one response has no pattern
MOST_PATTERNS = 5  # in one report
MOST_FINDINGS = 3  # in each column of the overview
PERCENTAGES_FROM = 20  # responses; below it a percentage suggests more than there is


class Pattern(StrEnum):
    """What can stand out, in the order in which it gets a place in the report."""

    SPLIT = "SPLIT"
    ALMOST_ALL_NO = "ALMOST_ALL_NO"
    CHOSEN_BY_NONE = "CHOSEN_BY_NONE"
    ALMOST_ALL_YES = "ALMOST_ALL_YES"
    CHOSEN_BY_ALMOST_ALL = "CHOSEN_BY_ALMOST_ALL"
    NEW = "NEW"


# The two columns of the overview; what stands first matters most.
AGREED = (Pattern.ALMOST_ALL_YES, Pattern.CHOSEN_BY_ALMOST_ALL)
TO_DISCUSS = (Pattern.SPLIT, Pattern.ALMOST_ALL_NO, Pattern.CHOSEN_BY_NONE)

# Almost all yes and chosen by almost everybody are one step in that order.
PRIORITY = {
    Pattern.SPLIT: 0,
    Pattern.ALMOST_ALL_NO: 1,
    Pattern.CHOSEN_BY_NONE: 2,
    Pattern.ALMOST_ALL_YES: 3,
    Pattern.CHOSEN_BY_ALMOST_ALL: 3,
    Pattern.NEW: 4,
}


@dataclass(frozen=True)
class QuestionCounts:
    """How a group answered one question.

    `chosen` maps the code of each option, in order, to the responses that chose it; for a
    yes/no question these are "ja" and "nee". `other` is the code of Andere, which never makes
    a pattern by its count.
    """

    number: int
    is_yes_no: bool
    chosen: Mapping[str, int]
    answered: int
    other: str = ""
    has_new_text: bool = False


@dataclass(frozen=True)
class Mark:
    """A pattern in a question; at which option, if it is about one."""

    pattern: Pattern
    choice: str = ""


@lru_cache
def share_of(share: Fraction, count: int) -> int:
    """Return the fewest that are at least this share of so many; counting fractions is slow."""
    return ceil(share * count)


def find_marks(question: QuestionCounts, responses: int) -> tuple[Mark, ...]:
    """Return every pattern that the counts of this question show, in the order of its options."""
    if responses < FEWEST_RESPONSES or question.answered < share_of(ENOUGH_ANSWERS, responses):
        return ()
    if question.is_yes_no:
        return _yes_no_marks(question, responses)
    return _multiple_marks(question, responses)


def _yes_no_marks(question, responses):
    yes, no = question.chosen["ja"], question.chosen["nee"]
    if min(yes, no) >= share_of(SPLIT_SIDE, yes + no):
        return (Mark(Pattern.SPLIT),)
    if no >= share_of(ALMOST_ALL, responses):
        return (Mark(Pattern.ALMOST_ALL_NO, "nee"),)
    if yes >= share_of(ALMOST_ALL, responses):
        return (Mark(Pattern.ALMOST_ALL_YES, "ja"),)
    return ()


def _multiple_marks(question, responses):
    marks, almost_all = [], share_of(ALMOST_ALL, responses)
    for choice, count in question.chosen.items():
        if choice == question.other:
            continue
        if count == 0:
            marks.append(Mark(Pattern.CHOSEN_BY_NONE, choice))
        elif count >= almost_all:
            marks.append(Mark(Pattern.CHOSEN_BY_ALMOST_ALL, choice))
    return tuple(marks)


def choose_patterns(questions: Iterable[QuestionCounts], responses: int) -> dict[int, Mark]:
    """Return the patterns that get a prompt: at most one per question and five in all.

    The keys are question numbers, in order of importance. Among questions with an option that
    nobody chose, those with the fewest ticks come first; further the order of the leaflet.
    """
    candidates = []
    for question in questions:
        marks = find_marks(question, responses)
        if question.has_new_text and responses >= FEWEST_RESPONSES:
            marks = (*marks, Mark(Pattern.NEW, question.other))
        ticks = sum(question.chosen.values())
        for mark in marks:
            few_first = ticks if mark.pattern is Pattern.CHOSEN_BY_NONE else 0
            candidates.append((PRIORITY[mark.pattern], few_first, question.number, mark))

    picked: dict[int, Mark] = {}
    for _, _, number, mark in sorted(candidates, key=lambda candidate: candidate[:3]):
        if number not in picked and len(picked) < MOST_PATTERNS:
            picked[number] = mark
    return picked
