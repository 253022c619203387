"""What a report is made of: a tree of frozen values.

A withheld report has no results in it, so no template or export can leak them (T1).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from .paper.cover import NAMES, SILENT_NAMES, Cover, first_names, lay_out_cover, shorten_names
from .paper.plan_page import is_long_plan
from .patterns import PERCENTAGES_FROM, Mark, Pattern

TEXTS_TO_COUNT = 100  # of a question; from there on a report says "at least"


class Withheld(StrEnum):
    """Why a report shows no results."""

    NOT_CLOSED = "NOT_CLOSED"
    VOID = "VOID"
    NO_RESPONSES = "NO_RESPONSES"


@dataclass(frozen=True)
class ChoiceResult:
    """How many of the group chose one option."""

    code: str
    text: str
    is_other: bool
    count: int
    total: int
    mark: Mark | None

    @property
    def percentage(self) -> int | None:
        """The share of everybody in the group, in whole percents; None below 20 responses."""
        if self.total < PERCENTAGES_FROM:
            return None
        return round(100 * self.count / self.total)

    @property
    def is_counted_in_blocks(self) -> bool:
        return self.total < PERCENTAGES_FROM


@dataclass(frozen=True)
class PatternPrompts:
    """A pattern that got a place, with its prompts ready to read."""

    pattern: Pattern
    prompts: tuple[str, ...]
    count: int
    yes: int
    no: int


@dataclass(frozen=True)
class QuestionResult:
    """One question in a report. Shares are of everybody in the group, not of ticks."""

    number: int
    code: str
    is_yes_no: bool
    text: str
    topic: str
    choices: tuple[ChoiceResult, ...]
    skipped: ChoiceResult
    pattern: PatternPrompts | None
    prompts: tuple[str, ...]
    texts: tuple[str, ...]
    further_texts: tuple[str, ...]
    text_count: int
    is_split: bool
    writing_line_count: int
    writes_under_counts: bool
    starts_page: bool  # on A4

    @property
    def has_uncounted_texts(self) -> bool:
        """Whether there may be more shown texts than were counted."""
        return self.text_count >= TEXTS_TO_COUNT

    @property
    def left_out_text_count(self) -> int:
        """How many shown texts stand neither at the question nor in the annex."""
        return self.text_count - len(self.texts) - len(self.further_texts)

    @property
    def writing_lines(self) -> range:
        """One item per line to write on in print."""
        return range(self.writing_line_count)


@dataclass(frozen=True)
class Finding:
    """Something that stands out, for the overview."""

    number: int
    topic: str
    pattern: Pattern
    choice: str
    count: int
    total: int
    yes: int
    no: int


@dataclass(frozen=True)
class AddedText:
    """A text that a colleague added, as short as the overview shows it."""

    number: int
    text: str


@dataclass(frozen=True)
class Results:
    """Everything that was counted."""

    response_count: int
    questions: tuple[QuestionResult, ...]
    agreed: tuple[Finding, ...]
    to_discuss: tuple[Finding, ...]
    added: tuple[AddedText, ...]
    pending_count: int
    has_uncounted_pending: bool  # there may be more than were counted
    is_compact: bool  # on A4

    @property
    def is_single(self) -> bool:
        """Whether this is one filled-in form: then things are ticked or not, never counted."""
        return self.response_count == 1

    @property
    def is_counted_in_blocks(self) -> bool:
        return self.response_count < PERCENTAGES_FROM

    @property
    def yes_no_questions(self) -> tuple[QuestionResult, ...]:
        return tuple(question for question in self.questions if question.is_yes_no)

    @property
    def multiple_questions(self) -> tuple[QuestionResult, ...]:
        return tuple(question for question in self.questions if not question.is_yes_no)

    @property
    def annex(self) -> tuple[QuestionResult, ...]:
        """The questions of which more texts stand at the end."""
        return tuple(question for question in self.questions if question.further_texts)


@dataclass(frozen=True)
class SegmentLink:
    """Another report of the same survey round. No key: the whole organisation's."""

    key: UUID | None
    name: str
    response_count: int
    is_this: bool


@dataclass(frozen=True)
class AgreedAction:
    """What a team, or the whole organisation, agreed to do: the values of an `ActionPoint`."""

    pk: int
    position: int
    text: str
    topic: str  # number and subject of the question it is about, or empty
    first_step: str
    who: str
    needed: str
    asked_of_management: str
    noticed_by: str
    review_on: date | None
    state: str
    state_name: str  # in the reader's language
    is_shared: bool


@dataclass(frozen=True)
class Report:
    """One report: of a segment, of the whole organisation, or of a trial."""

    survey_round_id: UUID | None  # None for a trial
    organisation: str
    title: str
    segment_id: UUID | None  # also of the only segment; None for the whole organisation
    name: str  # of the segment; empty for the whole organisation
    teams: tuple[str, ...]  # only named apart when several are taken together
    silent_teams: tuple[str, ...]  # teams without responses
    headcount: int | None
    read_by: str
    opened_on: date
    last_day: date
    is_anonymous: bool
    is_closed: bool
    is_trial: bool
    language: str
    translation_note: str
    earlier_actions: tuple[AgreedAction, ...]
    actions: tuple[AgreedAction, ...]
    segments: tuple[SegmentLink, ...]
    withheld: Withheld | None
    results: Results | None

    @property
    def is_whole_organisation(self) -> bool:
        return not self.name and not self.is_trial

    @cached_property
    def cover(self) -> Cover:
        """What fits on the first page of A4."""
        lists = [", ".join(self.first_teams), ", ".join(self.first_silent_teams)]
        return lay_out_cover(
            [self.organisation, self.name],
            self.title,
            [text for text in (self.read_by, *lists) if text],
            [f"{action.text} {action.topic}" for action in self.earlier_actions],
            is_translated=bool(self.translation_note),
        )

    @property
    def running_head(self) -> str:
        """Who the report is about, above every page of A4."""
        return shorten_names(self.organisation, self.name)

    @property
    def first_earlier_actions(self) -> tuple[AgreedAction, ...]:
        return self.earlier_actions[: self.cover.earlier_actions]

    @property
    def further_earlier_actions(self) -> tuple[AgreedAction, ...]:
        """What only stands on the screen, because paper has no room for it."""
        return self.earlier_actions[self.cover.earlier_actions :]

    @property
    def expectation_lines(self) -> range:
        """One item per line on which a team writes what it expects."""
        return range(self.cover.writing_lines)

    @property
    def first_teams(self) -> tuple[str, ...]:
        return first_names(self.teams, NAMES)

    @property
    def further_teams(self) -> tuple[str, ...]:
        return self.teams[len(self.first_teams) :]

    @property
    def first_silent_teams(self) -> tuple[str, ...]:
        return first_names(self.silent_teams if self.is_whole_organisation else (), SILENT_NAMES)

    @property
    def further_silent_teams(self) -> tuple[str, ...]:
        return self.silent_teams[len(self.first_silent_teams) :]

    @property
    def has_long_plan(self) -> bool:
        """Whether the actions are written so fully that they are set closer on paper."""
        return is_long_plan(self.actions)

    @property
    def empty_action_lines(self) -> range:
        """One item per action that can still be written by hand."""
        return range(len(self.actions) + 1, 4)
