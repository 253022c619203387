"""A questionnaire as somebody reads it: frozen, in one language, from one query.

A questionnaire never changes once it is loaded, so every process keeps what it read.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Case, F, JSONField, Value, When
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


@lru_cache(maxsize=64)
def read_instrument(questionnaire_id: int, language: str) -> Instrument:
    """Return the questionnaire in this language; one query the first time, none after.

    Raises Questionnaire.DoesNotExist if there is no such questionnaire.
    """
    rows: dict[str, list[tuple]] = {"title": [], "question": [], "choice": [], "prompt": []}
    for what, *row in _rows(questionnaire_id):
        rows[what].append(tuple(row))
    if not rows["title"]:
        raise Questionnaire.DoesNotExist(f"There is no questionnaire {questionnaire_id}.")

    def say(text):
        return in_language(text, language)

    def prompts_of(number, pattern):
        found = (row for row in rows["prompt"] if row[0] == number and row[4] == pattern)
        return tuple(say(row[5]) for row in sorted(found, key=lambda row: row[1]))

    def choices_of(number):
        found = (row for row in rows["choice"] if row[0] == number)
        return tuple(
            ChoiceText(id=pk, code=code, text=say(text), is_other=flag == "other")
            for _, _, pk, code, flag, text, *_ in sorted(found, key=lambda row: row[1])
        )

    questions = tuple(
        QuestionText(
            id=pk,
            number=number,
            code=code,
            kind=kind,
            text=say(text),
            hint=say(hint),
            topic=say(topic),
            keyword=say(keyword),
            choices=choices_of(number),
            prompts=prompts_of(number, ""),
        )
        for number, _, pk, code, kind, text, hint, topic, keyword in sorted(
            rows["question"], key=lambda row: row[0]
        )
    )
    [(_, _, _, _, _, title, note, _, _)] = rows["title"]
    return Instrument(
        questionnaire_id=questionnaire_id,
        language=language,
        title=say(title),
        translation_note=note.get(language, ""),
        questions=questions,
        pattern_prompts={pattern: prompts_of(0, pattern) for pattern in Prompt.Pattern.values},
    )


def _rows(questionnaire_id):
    """Return all texts in one query, as rows of one shape.

    what, number of the question, position, key, code, kind or pattern, and up to four texts.
    """
    nothing, none, blank = Value({}, JSONField()), Value(0), Value("")
    title = Questionnaire.objects.filter(pk=questionnaire_id).values_list(
        Value("title"), none, none, "pk", "code", blank, "title", "translation_note",
        nothing, nothing,
    )  # fmt: skip
    questions = Question.objects.filter(questionnaire=questionnaire_id).values_list(
        Value("question"), "number", none, "pk", "code", "kind", "text", "hint",
        "topic", "keyword",
    )  # fmt: skip
    choices = Choice.objects.filter(question__questionnaire=questionnaire_id).values_list(
        Value("choice"), "question__number", "position", "pk", "code",
        Case(When(is_other=True, then=Value("other")), default=blank), "text", nothing,
        nothing, nothing,
    )  # fmt: skip
    prompts = Prompt.objects.filter(questionnaire=questionnaire_id).values_list(
        Value("prompt"), Coalesce("question__number", none), "position", "pk",
        F("pattern"), F("pattern"), "text", nothing, nothing, nothing,
    )  # fmt: skip
    return title.order_by().union(
        questions.order_by(), choices.order_by(), prompts.order_by(), all=True
    )
