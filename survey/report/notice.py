"""The notice board: what a team said and does, as far as it chose to share that."""

from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from survey.instrument import Instrument
from survey.models import ActionPoint, SharedFinding, SurveyRound

from .actions import actions_of
from .contents import AgreedAction, ChoiceResult, QuestionResult, Report

MOST_QUESTIONS = 3  # more cannot be read from two metres
MOST_CHOICES = 3  # of one question

# Characters on a line at the middle size, and lines on a sheet at each size.
CHOICE_WIDTH, ACTION_WIDTH, WHO_WIDTH, TEAMS_WIDTH = 30, 46, 62, 90
LINES_THAT_FIT = {"large": 16, "medium": 23, "small": 1000}
NOBODY_LINES = 3  # that nobody ticked anything
LINES_ALONE = 4  # of actions that stand there alone, larger still
# What a board leaves free at its large size, is for colleagues to write on.
LINES_OF_HEADING, MOST_WRITING_LINES, LINES_ON_A_BOARD_ALONE = 2, 9, 9


@dataclass(frozen=True)
class Said:
    """One question on the board, with what most colleagues answered."""

    number: int
    topic: str
    is_yes_no: bool
    choices: tuple[ChoiceResult, ...]


@dataclass(frozen=True)
class Notice:
    """What hangs on the board."""

    said: tuple[Said, ...]
    done: tuple[AgreedAction, ...]
    has_names: bool = False  # of who does it, if the team wants that
    teams: tuple[str, ...] = ()  # that are taken together and not named in the heading

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.done)

    @property
    def lines(self) -> int:
        """How many lines the board takes at the middle size."""
        names = _lines(", ".join(self.teams), TEAMS_WIDTH) if self.teams else 0
        said = sum(1 + _lines_said(said.choices) for said in self.said)
        return names + said + sum(_lines_done(action) for action in self.done)

    @property
    def size(self) -> str:
        """How large the board can be printed and still fit on its one sheet."""
        if self._stands_alone:
            return "alone"
        return next(size for size, most in LINES_THAT_FIT.items() if self.lines <= most)

    @property
    def writing_lines(self) -> range:
        """One item per line that is left for colleagues to write on."""
        if self._stands_alone:
            return range(LINES_ON_A_BOARD_ALONE - self.lines)
        free = LINES_THAT_FIT["large"] - self.lines - LINES_OF_HEADING
        return range(max(0, min(MOST_WRITING_LINES, free * 3 // 4)))

    @property
    def _stands_alone(self) -> bool:
        return not self.said and self.lines <= LINES_ALONE


def build_notice(report: Report, shared_codes: set[str], *, has_names: bool = False) -> Notice:
    """Return the board of a report from the codes of its shared questions, and its actions.

    Who does it stands there only with `has_names`.
    """
    questions = report.results.questions if report.results else ()
    return Notice(
        said=tuple(
            Said(question.number, question.topic, question.is_yes_no, headline(question))
            for question in questions
            if question.code in shared_codes
        ),
        done=tuple(action for action in report.actions if action.is_shared),
        has_names=has_names,
        teams=report.teams if report.name else (),
    )


def _lines_said(choices) -> int:
    return sum(_lines(choice.text, CHOICE_WIDTH) for choice in choices) or NOBODY_LINES


def _lines_done(action) -> int:
    has_state = action.state != ActionPoint.State.OPEN
    return _lines(action.text, ACTION_WIDTH) + _lines(action.who, WHO_WIDTH) + has_state


def _lines(text: str, width: int) -> int:
    return -(-len(text) // width) or 1


def headline(question: QuestionResult) -> tuple[ChoiceResult, ...]:
    """Return the options that most colleagues chose: ja or nee, or the first few of a list.

    Where colleagues are divided, ja and nee stand there both. Andere says nothing without its
    texts, and is left out.
    """
    chosen = [choice for choice in question.choices if choice.count and not choice.is_other]
    most_first = sorted(chosen, key=lambda choice: -choice.count)
    is_one_side = question.is_yes_no and not question.is_split
    return tuple(most_first[: 1 if is_one_side else MOST_CHOICES])


class NoticeForm(forms.Form):
    """Which counts and which actions may hang on the board."""

    questions = forms.MultipleChoiceField(
        label=_("Dit zeiden we"), required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.MultipleChoiceField(
        label=_("Dit doen we"), required=False, widget=forms.CheckboxSelectMultiple
    )
    has_names = forms.BooleanField(
        label=_("Zet erbij wie de kar trekt"),
        required=False,
        help_text=_("Vraag het eerst aan wie erbij staat: iedereen kan het bord lezen."),
    )

    helper = FormHelper()
    helper.form_tag = False
    helper.form_show_errors = False

    def __init__(
        self, data=None, *, instrument: Instrument, report: Report, shared_codes, has_names=False
    ):
        super().__init__(
            data,
            initial={
                "questions": sorted(shared_codes),
                "actions": [str(action.pk) for action in report.actions if action.is_shared],
                "has_names": has_names,
            },
        )
        self.question_ids = {question.code: question.id for question in instrument.questions}
        self.fields["questions"].choices = [
            (question.code, f"{question.number}. {question.topic}")
            for question in instrument.questions
        ]
        self.fields["questions"].help_text = ngettext(
            "Hoogstens %(most)d vraag.", "Hoogstens %(most)d vragen.", MOST_QUESTIONS
        ) % {"most": MOST_QUESTIONS}
        self.fields["actions"].choices = [
            (str(action.pk), action.text) for action in report.actions
        ]
        if not report.actions:
            del self.fields["actions"]
        if not any(action.who for action in report.actions):
            del self.fields["has_names"]

    def clean_questions(self):
        questions = self.cleaned_data["questions"]
        if len(set(questions)) > MOST_QUESTIONS:
            raise forms.ValidationError(
                _("Kies hoogstens %(most)d vragen: meer lees je niet van op twee meter."),
                params={"most": MOST_QUESTIONS},
                code="too_many",
            )
        return questions

    def save(self, survey_round: SurveyRound, report: Report) -> None:
        """Share what is ticked and nothing else of this report."""
        with transaction.atomic():
            SurveyRound.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
            shared_findings(survey_round, report).delete()
            SharedFinding.objects.bulk_create(
                SharedFinding(
                    survey_round=survey_round,
                    segment_id=report.segment_id,
                    question_id=self.question_ids[code],
                )
                for code in set(self.cleaned_data["questions"])
            )
            ticked = self.cleaned_data.get("actions", [])
            actions = actions_of(survey_round, report)
            actions.exclude(pk__in=ticked).update(is_shared=False)
            actions.filter(pk__in=ticked).update(is_shared=True)


def shared_findings(survey_round: SurveyRound, report: Report):
    """Return what is shared of this report, also what was shared before its only segment was."""
    if report.segments:
        return survey_round.shared_findings.filter(segment=report.segment_id)
    return survey_round.shared_findings.all()


def shared_codes(survey_round: SurveyRound, report: Report) -> set[str]:
    """Return the codes of the questions that are shared; one query."""
    return set(shared_findings(survey_round, report).values_list("question__code", flat=True))
