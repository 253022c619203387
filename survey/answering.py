"""The eleven-question form, and storing one response.

Used by everybody who shows or takes the form: respondents, paper entry, a trial, the demo.
A kind of question has its field in `question_fields.py` and its template here; after that every
answer is a list of choices.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .instrument import Instrument, QuestionText, read_instrument
from .models import Answer, OtherText, Question, Response, SurveyRound, Team
from .models.responses import OTHER_TEXT_LENGTH
from .problems import Problem
from .question_fields import NO_ANSWER, make_fields, text_name
from .turns import in_turn

# Somebody may send more forms than there are colleagues, but not endlessly.
FORMS_PER_COLLEAGUE, LOWEST_CAP = 3, 50


class Outcome(Enum):
    """What became of a form that was sent."""

    STORED = auto()
    REPEATED = auto()  # this form was stored before, with the same answers
    DIFFERENT = auto()  # this form was stored before, with other answers: those count
    SHUT = auto()  # the survey round takes no answers any more
    FULL = auto()  # far more forms than colleagues


@dataclass(frozen=True)
class Submission:
    """What one person answered: keys of choices, and texts by key of their question."""

    choices: tuple[int, ...]
    texts: Mapping[int, str] = field(default_factory=dict)


class AnswerForm(forms.Form):
    """The questions of an instrument. Nothing is obligatory, but something must be answered."""

    template_for_kind = {
        Question.Kind.YES_NO: "survey/questions/_yes_no.html",
        Question.Kind.MULTIPLE: "survey/questions/_multiple.html",
    }
    empty_message = _(
        "Je formulier is nog leeg. Beantwoord minstens één vraag; de andere mag je overslaan."
    )

    def __init__(self, instrument: Instrument, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.instrument = instrument
        self.fields.update(self.make_fields(instrument))

    def make_fields(self, instrument: Instrument) -> dict[str, forms.Field]:
        """Return the fields of the questions, new ones for every form."""
        return make_fields(instrument)

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy-forms draws the questions; a form that is only read needs none."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.form_show_errors = False  # the page shows the summary on top
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        return Layout(
            Part("survey/questions/_yes_no_part.html", self.instrument.yes_no_questions),
            Part("survey/questions/_multiple_part.html", self.instrument.multiple_questions),
        )

    def clean(self):
        answered = any(
            self.cleaned_data.get(name) or self.has_error(name) for name in self.question_fields()
        )
        if not answered:
            raise forms.ValidationError(self.empty_message, code="empty")
        return self.cleaned_data

    def question_fields(self) -> dict[str, QuestionText]:
        """Return the names of the fields that answer a question, each with its question."""
        names = {}
        for question in self.instrument.questions:
            names[question.code] = question
            if question.other:
                names[text_name(question)] = question
        return names

    def problems(self) -> list[Problem]:
        """Return what is wrong, in the order of the page, for the summary on top."""
        problems = [Problem("vraag-1", str(error)) for error in self.non_field_errors()]
        for name, question in self.question_fields().items():
            anchor = name if name == text_name(question) else f"vraag-{question.number}"
            for error in self.errors.get(name, ()):
                problems.append(Problem(anchor, str(error), question.number))
        return problems

    def submission(self) -> Submission:
        """Return what was answered. Text without a tick counts as a tick on Andere."""
        choices: list[int] = []
        texts: dict[int, str] = {}
        for question in self.instrument.questions:
            given = self.cleaned_data[question.code]
            codes = {given} if isinstance(given, str) else set(given)
            text = self.cleaned_data.get(text_name(question), "")
            if question.other and text:
                texts[question.id] = text
                codes.add(question.other.code)
            choices += [choice.id for choice in question.choices if choice.code in codes]
        return Submission(tuple(choices), texts)


class Part(LayoutObject):
    """A heading and its questions: yes/no, or multiple."""

    def __init__(self, template: str, questions: tuple[QuestionText, ...]):
        self.template = template
        self.questions = questions

    def render(self, form, context, **kwargs):
        questions = [Fieldset(question).render(form) for question in self.questions]
        return render_to_string(self.template, {"questions": questions})


class Fieldset(LayoutObject):
    """One question: legend, plain-language line, options and the text behind Andere."""

    def __init__(self, question: QuestionText):
        self.question = question

    def render(self, form, context=None, **kwargs):
        name = text_name(self.question)
        return render_to_string(
            form.template_for_kind[self.question.kind],
            {
                "question": self.question,
                "field": form[self.question.code],
                "text_field": form[name] if name in form.fields else None,
                "text_length": OTHER_TEXT_LENGTH,
                "no_answer": NO_ANSWER,
            },
        )


@lru_cache(maxsize=64)
def blank_questions(questionnaire_id: int, language: str) -> str:
    """Return the drawn questions of an empty form.

    They are the same for everybody with this questionnaire and language, and neither ever
    changes, so they are drawn once per process.
    """
    with override(language):
        return draw_questions(AnswerForm(read_instrument(questionnaire_id, language)))


def draw_questions(form: AnswerForm) -> str:
    """Return the questions of a form through crispy-forms, with what was filled in."""
    return form.helper.render_layout(form, {})


def cap_of(team: Team) -> int:
    """Return how many responses a team can have: far more than it has colleagues."""
    return max(LOWEST_CAP, FORMS_PER_COLLEAGUE * team.headcount)


def store_response(
    team: Team,
    key: uuid.UUID,
    submission: Submission,
    *,
    from_paper: bool = False,
    text_keys: Mapping[int, uuid.UUID] | None = None,
) -> Outcome:
    """Store one response under its key, once; return what became of it.

    The public form is shut when the closing date has passed; HR enters paper until closing.
    `text_keys` names the keys of the texts by question, for who may take them back (T9);
    otherwise nobody knows which texts came with which response.

    Counting up locks the team's row, so closing either waits for us or has been: the state is
    read after the lock. Everything happens in one transaction, in at most five queries.
    """
    cap = cap_of(team)
    try:
        with in_turn(), transaction.atomic():
            below_cap = Team.objects.filter(pk=team.pk, response_count__lt=cap)
            counted = below_cap.update(response_count=F("response_count") + 1)
            survey_round = SurveyRound.objects.get(pk=team.survey_round_id)
            takes_answers = survey_round.is_unfinished if from_paper else survey_round.is_open
            if not takes_answers:
                raise _Refused(Outcome.SHUT)
            if not counted:
                raise _Refused(Outcome.FULL)
            Response.objects.bulk_create([Response(pk=key, team=team)])
            Answer.objects.bulk_create(
                Answer(response_id=key, choice_id=choice_id) for choice_id in submission.choices
            )
            if submission.texts:
                keys = text_keys or defaultdict(uuid.uuid4)
                OtherText.objects.bulk_create(_other_texts(team, survey_round, submission, keys))
    except _Refused as refused:  # it may have been thanked for, or cut off
        return find_stored(team, key, submission) or refused.outcome
    except IntegrityError:
        return _compare_with_stored(team, key, submission)
    return Outcome.STORED


def find_stored(team: Team, key: uuid.UUID, submission: Submission) -> Outcome | None:
    """Return how this form was stored before: repeated or different; None if it was not."""
    if Response.objects.filter(pk=key, team=team).exists():
        return _compare_with_stored(team, key, submission)
    return None


class _Refused(Exception):
    """Rolls the transaction back."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome


def _other_texts(team, survey_round, submission, keys):
    """Return the texts: to be reviewed in an anonymous round, shown as typed in the other."""
    pending, shown = OtherText.State.PENDING, OtherText.State.SHOWN
    state = pending if survey_round.is_anonymous else shown
    return [
        OtherText(pk=keys[question_id], team=team, question_id=question_id, text=text, state=state)
        for question_id, text in submission.texts.items()
    ]


def _compare_with_stored(team, key, submission):
    """Tell whether the stored form with this key holds the same answers; the first one counts."""
    stored = set(
        Answer.objects.filter(response=key, response__team=team).values_list("choice_id", flat=True)
    )
    same = stored == set(submission.choices)
    return Outcome.REPEATED if same else Outcome.DIFFERENT
