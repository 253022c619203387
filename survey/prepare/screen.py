"""What the big screen shows after closing: one thing at a time, in the order of the meeting."""

from dataclasses import dataclass
from enum import StrEnum

from survey.report.contents import ChoiceResult, QuestionResult, Report


class Kind(StrEnum):
    """What a slide is about."""

    START = "start"
    EARLIER = "earlier"
    EXPECTATIONS = "expectations"
    QUESTION = "question"
    NOTICED = "noticed"
    MARKED = "marked"
    CHOOSE = "choose"
    CLOSE = "close"


TEMPLATE_FOR_KIND = {
    Kind.START: "survey/prepare/screen/_start.html",
    Kind.EARLIER: "survey/prepare/screen/_earlier.html",
    Kind.EXPECTATIONS: "survey/prepare/screen/_expectations.html",
    Kind.QUESTION: "survey/prepare/screen/_question.html",
    Kind.NOTICED: "survey/prepare/screen/_noticed.html",
    Kind.MARKED: "survey/prepare/screen/_noticed.html",
    Kind.CHOOSE: "survey/prepare/screen/_choose.html",
    Kind.CLOSE: "survey/prepare/screen/_close.html",
}


MOST_BESIDE_PROMPTS = 2  # marked options; more do not fit on a slide with prompts


@dataclass(frozen=True)
class Slide:
    """One slide: its place, what it is about, its question and options that stand out."""

    number: int
    total: int
    kind: Kind
    question: QuestionResult | None = None
    marked: tuple[ChoiceResult, ...] = ()

    @property
    def template(self) -> str:
        return TEMPLATE_FOR_KIND[self.kind]

    @property
    def has_room(self) -> bool:
        """Whether the few options that stand out leave room for bars and for what to talk about."""
        return self.kind is Kind.MARKED and len(self.marked) <= MOST_BESIDE_PROMPTS

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.total else None


def make_slides(report: Report, *, may_close: bool = False) -> tuple[Slide, ...]:
    """Return the slides of a report that has results; for who may close the round, that as last.

    A team looks before it is told what stands out, so that has a slide of its own, also when
    the report has no prompts about it.
    """
    steps: list[tuple] = [(Kind.START,)]
    if report.earlier_actions:
        steps.append((Kind.EARLIER,))
    steps.append((Kind.EXPECTATIONS,))
    for question in report.results.questions if report.results else ():
        steps += [(Kind.QUESTION, question), *_noticed(question)]
    steps.append((Kind.CHOOSE,))
    if may_close:
        steps.append((Kind.CLOSE,))
    return tuple(Slide(number, len(steps), *step) for number, step in enumerate(steps, start=1))


def _noticed(question):
    """Return the steps that tell what stands out in a question: none, one or two."""
    marked = tuple(choice for choice in question.choices if choice.mark)
    if not question.pattern:
        marked = question.choices if question.is_split else marked
        return [(Kind.MARKED, question, marked)] if marked else []
    if question.is_yes_no:
        return [(Kind.NOTICED, question)]
    if len(marked) <= MOST_BESIDE_PROMPTS:
        return [(Kind.NOTICED, question, marked)]
    return [(Kind.NOTICED, question), (Kind.MARKED, question, marked)]
