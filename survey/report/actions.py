"""The action plan of a report, as the members write it on screen."""

import hashlib
from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from survey.instrument import Instrument
from survey.models import ActionPoint, SurveyRound
from survey.problems import Problem

from .contents import Report

MOST_ACTIONS = 3
PREFIX = "actie"
FURTHEST_YEAR = 3  # years after the survey round; further is more likely a typing error


def check_review_day(review_on, survey_round):
    """Raise ValidationError for a day too far from the survey round to be meant."""
    year = survey_round.opened_on.year
    if review_on and not year <= review_on.year <= year + FURTHEST_YEAR:
        raise forms.ValidationError(_("Kijk het jaar na."), code="unlikely")


class PlanChanged(Exception):
    """Somebody else changed the plan since this page was drawn."""


class SentenceField(forms.CharField):
    """A sentence or two in a field that grows; line ends count as spaces."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value):
        return " ".join(super().to_python(value).splitlines())


class ActionForm(forms.ModelForm):
    """One of at most three actions. Without a text there is no action."""

    topic = forms.ChoiceField(label=_("Over welke vraag gaat het?"), required=False)

    class Meta:
        model = ActionPoint
        fields = [
            "text",
            "first_step",
            "who",
            "needed",
            "asked_of_management",
            "noticed_by",
            "review_on",
            "state",
            "is_shared",
        ]
        field_classes = dict.fromkeys(
            ["text", "first_step", "needed", "asked_of_management", "noticed_by"], SentenceField
        )
        labels = {
            "text": _("Wij kiezen …"),
            "first_step": _("Eerste stap, binnen 2 weken"),
            "who": _("Wie trekt de kar?"),
            "needed": _("Wie of wat is nodig?"),
            "asked_of_management": _("Wat vragen we aan de directie?"),
            "noticed_by": _("Hieraan merken we dat het lukt"),
            "review_on": _("We bekijken het opnieuw op"),
            "state": _("Hoe ver staat het?"),
            "is_shared": _("Mag op het mededelingenbord"),
        }
        help_texts = {"review_on": _("Op die dag vragen we jullie met een mail hoe het loopt.")}
        widgets = {"review_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    field_order = ["text", "topic"]

    helper = FormHelper()
    helper.form_tag = False
    helper.form_show_errors = False  # the page says on top what is wrong in any of them
    helper.disable_csrf = True

    def __init__(
        self, data, *, position: int, instrument: Instrument, action: ActionPoint, typed=None
    ):
        super().__init__(data, instance=action, prefix=f"{PREFIX}-{position}")
        self.position = position
        self.question_ids = {question.code: question.id for question in instrument.questions}
        codes: dict[int | None, str] = {
            question.id: question.code for question in instrument.questions
        }
        self.fields["topic"].choices = [("", _("Geen bepaalde vraag"))] + [
            (question.code, f"{question.number}. {question.topic}")
            for question in instrument.questions
        ]
        self.initial["topic"] = codes.get(action.question_id, "")
        self.initial.update(typed or {})
        self.fields["text"].required = False
        self.fields["state"].required = False
        if action.pk is None:
            del self.fields["state"]  # what is new, is agreed

    @property
    def is_empty(self) -> bool:
        """Whether there is no action here, or no longer. What was not sent, stays."""
        if not self.is_bound:
            return self.instance.pk is None
        return not self.cleaned_data.get("text")

    @property
    def is_stored_already(self) -> bool:
        """Whether all that was sent here is what is stored: the same form came twice."""
        if not self.is_bound:
            return self.instance.pk is None
        return all(
            self.fields[name].widget.value_omitted_from_data(
                self.data, self.files, self.add_prefix(name)
            )
            for name in self.changed_data
        )

    def clean_state(self):
        return self.cleaned_data["state"] or ActionPoint.State.OPEN

    def clean_review_on(self):
        review_on = self.cleaned_data["review_on"]
        check_review_day(review_on, self.instance.survey_round)
        return review_on

    def clean(self):
        """Words without an action are a mistake; emptying a known action removes it."""
        super().clean()
        told = ["first_step", "who", "needed", "asked_of_management", "noticed_by", "review_on"]
        is_new = self.instance.pk is None
        no_text = "text" not in self.errors and self.is_empty
        if is_new and no_text and any(self.cleaned_data.get(name) for name in told):
            self.add_error("text", _("Wat kiezen jullie? Schrijf het hier, of maak de rest leeg."))

    def problems(self) -> list[Problem]:
        """Return what is wrong with this action, for the summary of the plan."""
        return [
            Problem(
                field.id_for_label,
                _("Actie %(number)s, %(label)s:") % {"number": self.position, "label": field.label}
                + f" {error}",
            )
            for field in self.visible_fields()
            for error in field.errors
        ]

    def agreed(self, position: int, segment_id) -> ActionPoint:
        """Return the action as it was written, in its place in the plan."""
        action = self.instance
        if self.is_bound:
            action.question_id = self.question_ids.get(self.cleaned_data["topic"])
        action.position = position
        action.segment_id = segment_id
        return action


def plan_forms(
    survey_round: SurveyRound, actions: Sequence[ActionPoint], instrument: Instrument, data=None
) -> list[ActionForm]:
    """Return a form for each action there is or was sent; at least one, at most three.

    An action that was not sent shows what is stored: a colleague added it meanwhile.
    """
    count = max(1, len(actions), count_sent(data or {}))
    blank = [ActionPoint(survey_round=survey_round) for _ in range(count - len(actions))]
    return [
        ActionForm(
            data if _is_sent(data or {}, position) else None,
            position=position,
            instrument=instrument,
            action=action,
        )
        for position, action in enumerate([*actions, *blank], start=1)
    ]


def forms_after_change(
    survey_round: SurveyRound, actions: Sequence[ActionPoint], instrument: Instrument, data
) -> list[ActionForm]:
    """Return the forms as they were typed, with what a colleague stored where nothing was.

    Who saves again then replaces what she saw and deletes nothing unseen.
    """
    unfilled = tuple(
        f"{PREFIX}-{position}-"
        for position in range(1, len(actions) + 1)
        if not data.get(f"{PREFIX}-{position}-text", "").strip()
    )
    filled = data.copy()
    for name in data:
        if name.startswith(unfilled):
            del filled[name]
    return plan_forms(survey_round, actions, instrument, filled)


def one_form_more(
    survey_round: SurveyRound, actions: Sequence[ActionPoint], instrument: Instrument, data
) -> list[ActionForm]:
    """Return the forms as they were typed, unchecked, and a blank one in which to go on."""
    typed = plan_forms(survey_round, actions, instrument, data)
    forms = [
        ActionForm(
            None,
            position=form.position,
            instrument=instrument,
            action=form.instance,
            typed={name: form[name].value() for name in form.fields},
        )
        for form in typed
    ]
    if len(forms) < MOST_ACTIONS:
        action = ActionPoint(survey_round=survey_round)
        blank = ActionForm(None, position=len(forms) + 1, instrument=instrument, action=action)
        blank.fields["text"].widget.attrs["autofocus"] = True
        forms.append(blank)
    return forms


def count_sent(data) -> int:
    """Return up to which action somebody sent fields."""
    for position in range(MOST_ACTIONS, 0, -1):
        if _is_sent(data, position):
            return position
    return 0


def _is_sent(data, position: int) -> bool:
    return any(name.startswith(f"{PREFIX}-{position}-") for name in data)


def fingerprint(actions: Sequence[ActionPoint]) -> str:
    """Return what tells this plan from any other version of it."""
    names = ["pk", "question_id", "state", *ActionForm.Meta.fields]
    told = [[str(getattr(action, name)) for name in names] for action in actions]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def actions_of(survey_round: SurveyRound, report: Report) -> QuerySet[ActionPoint]:
    """Return the actions of this report; those of the only report are the organisation's."""
    mine = Q(segment=report.segment_id)
    if not report.segments:
        mine |= Q(segment=None)
    return survey_round.action_points.filter(mine).order_by("segment", "position")


def save_plan(
    survey_round: SurveyRound, report: Report, forms: Sequence[ActionForm], seen: str
) -> None:
    """Store the valid forms as the plan of this report, without gaps.

    `seen` is the fingerprint of the plan that the writer had before her. Raises PlanChanged if
    somebody else changed it since, and then stores nothing; a plan that is sent twice is no change.
    """
    with transaction.atomic():
        SurveyRound.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
        current = list(actions_of(survey_round, report))
        if fingerprint(current) != seen:
            if all(form.is_stored_already for form in forms):
                return
            raise PlanChanged
        chosen = [form for form in forms if not form.is_empty]
        kept = [form.instance.pk for form in chosen if form.instance.pk]
        actions_of(survey_round, report).exclude(pk__in=kept).delete()
        # The daily command may be noting a mail at this moment: that field is not ours.
        written = [*ActionForm.Meta.fields, "question", "segment", "position"]
        for position, form in enumerate(chosen, start=1):
            action = form.agreed(position, report.segment_id)
            action.save(update_fields=written if action.pk else None)
