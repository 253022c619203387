"""A questionnaire as somebody reads it: frozen, in one language, from one query.

A questionnaire never changes once it is loaded, so every process keeps what it read.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import JSONField, Value
from django.db.models.functions import Coalesce

from .models.questionnaire import Choice, Prompt, Question, Questionnaire, in_language


@dataclass(frozen=True)
class ChoiceText:
    """One option, as it is read."""

    id: int
    code: str
    text: str
    is_other: bool


@dataclass(frozen=True)
class QuestionText:
    """One question with its options and its two prompts, as they are read."""

    id: int
    number: int
    code: str
    kind: str
    text: str
    hint: str
    topic: str
    keyword: str
    choices: tuple[ChoiceText, ...]
    prompts: tuple[str, ...]

    @property
    def is_yes_no(self) -> bool:
        return self.kind == Question.Kind.YES_NO

    @property
    def other(self) -> ChoiceText | None:
        """The option Andere, if the question has one."""
        return next((choice for choice in self.choices if choice.is_other), None)


@dataclass(frozen=True, eq=False)
class Instrument:
    """A whole questionnaire in one language. Each is itself, so that it can be a key."""

    questionnaire_id: int
    language: str
    title: str
    translation_note: str
    questions: tuple[QuestionText, ...]
    pattern_prompts: dict[str, tuple[str, ...]]

    @property
    def yes_no_questions(self) -> tuple[QuestionText, ...]:
        return tuple(question for question in self.questions if question.is_yes_no)

    @property
    def multiple_questions(self) -> tuple[QuestionText, ...]:
        return tuple(question for question in self.questions if not question.is_yes_no)


class _Row(NamedTuple):
    """One text of a questionnaire with what belongs to it; what a kind of row has not, is empty."""

    what: str  # title, question, choice or prompt
    number: int  # of the question; 0 for none
    position: int
    id: int
    code: str  # of a prompt: its pattern
    kind: str  # of a question
    is_other: bool
    text: dict[str, str]  # of a title: the title
    hint: dict[str, str]  # of a title: the note on its translation
    topic: dict[str, str]
    keyword: dict[str, str]


@lru_cache(maxsize=64)
def read_instrument(questionnaire_id: int, language: str) -> Instrument:
    """Return the questionnaire in this language; one query the first time, none after.

    Raises Questionnaire.DoesNotExist if there is no such questionnaire.
    """
    rows: dict[str, list[_Row]] = {"title": [], "question": [], "choice": [], "prompt": []}
    for row in _rows(questionnaire_id):
        rows[row.what].append(row)
    if not rows["title"]:
        raise Questionnaire.DoesNotExist(f"There is no questionnaire {questionnaire_id}.")

    def say(text):
        return in_language(text, language)

    def prompts_of(number, pattern):
        found = (row for row in rows["prompt"] if (row.number, row.code) == (number, pattern))
        return tuple(say(row.text) for row in found)

    def choices_of(number):
        return tuple(
            ChoiceText(id=row.id, code=row.code, text=say(row.text), is_other=bool(row.is_other))
            for row in rows["choice"]
            if row.number == number
        )

    questions = tuple(
        QuestionText(
            id=row.id,
            number=row.number,
            code=row.code,
            kind=row.kind,
            text=say(row.text),
            hint=say(row.hint),
            topic=say(row.topic),
            keyword=say(row.keyword),
            choices=choices_of(row.number),
            prompts=prompts_of(row.number, ""),
        )
        for row in rows["question"]
    )
    [title] = rows["title"]
    return Instrument(
        questionnaire_id=questionnaire_id,
        language=language,
        title=say(title.text),
        translation_note=title.hint.get(language, ""),
        questions=questions,
        pattern_prompts={pattern: prompts_of(0, pattern) for pattern in Prompt.Pattern.values},
    )


def _rows(questionnaire_id: int) -> list[_Row]:
    """Return all texts in the order of the leaflet, from one query.

    Four kinds of rows of one shape, see `_Row` (docs/decisions/0004).
    """
    nothing, none, blank, no = Value({}, JSONField()), Value(0), Value(""), Value(False)
    title = Questionnaire.objects.filter(pk=questionnaire_id).values_list(
        Value("title"), none, none, "pk", "code", blank, no,
        "title", "translation_note", nothing, nothing,
    )  # fmt: skip
    questions = Question.objects.filter(questionnaire=questionnaire_id).values_list(
        Value("question"), "number", none, "pk", "code", "kind", no,
        "text", "hint", "topic", "keyword",
    )  # fmt: skip
    choices = Choice.objects.filter(question__questionnaire=questionnaire_id).values_list(
        Value("choice"), "question__number", "position", "pk", "code", blank, "is_other",
        "text", nothing, nothing, nothing,
    )  # fmt: skip
    prompts = Prompt.objects.filter(questionnaire=questionnaire_id).values_list(
        Value("prompt"), Coalesce("question__number", none), "position", "pk", "pattern", blank, no,
        "text", nothing, nothing, nothing,
    )  # fmt: skip
    found = title.order_by().union(
        questions.order_by(), choices.order_by(), prompts.order_by(), all=True
    )
    return sorted(map(_Row._make, found), key=lambda row: (row.number, row.position))
