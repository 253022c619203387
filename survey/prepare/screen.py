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
    CHOOSE = "choose"


TEMPLATE_FOR_KIND = {
    Kind.START: "survey/prepare/screen/_start.html",
    Kind.EARLIER: "survey/prepare/screen/_earlier.html",
    Kind.EXPECTATIONS: "survey/prepare/screen/_expectations.html",
    Kind.QUESTION: "survey/prepare/screen/_question.html",
    Kind.NOTICED: "survey/prepare/screen/_noticed.html",
    Kind.CHOOSE: "survey/prepare/screen/_choose.html",
}


@dataclass(frozen=True)
class Slide:
    """One slide: its place, what it is about, and its question if it has one."""

    number: int
    total: int
    kind: Kind
    question: QuestionResult | None

    @property
    def template(self) -> str:
        return TEMPLATE_FOR_KIND[self.kind]

    @property
    def marked(self) -> tuple[ChoiceResult, ...]:
        """The options that stand out, unless the pattern of a yes/no question tells them."""
        if self.question is None or (self.question.is_yes_no and self.question.pattern):
            return ()
        return _marked(self.question)

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.total else None


def make_slides(report: Report) -> tuple[Slide, ...]:
    """Return the slides of a report that has results.

    A team looks before it is told what stands out, so that has a slide of its own, also when
    the report has no prompts about it.
    """
    steps: list[tuple[Kind, QuestionResult | None]] = [(Kind.START, None)]
    if report.earlier_actions:
        steps.append((Kind.EARLIER, None))
    steps.append((Kind.EXPECTATIONS, None))
    for question in report.results.questions if report.results else ():
        steps.append((Kind.QUESTION, question))
        if question.pattern or _marked(question):
            steps.append((Kind.NOTICED, question))
    steps.append((Kind.CHOOSE, None))
    return tuple(
        Slide(number, len(steps), kind, question)
        for number, (kind, question) in enumerate(steps, start=1)
    )


def _marked(question):
    if question.is_split:
        return question.choices
    return tuple(choice for choice in question.choices if choice.mark)
