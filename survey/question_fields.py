"""A field for each kind of question, and one for the text behind Andere."""

from collections.abc import Callable
from functools import lru_cache

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .instrument import Instrument, QuestionText
from .models import Question
from .models.responses import OTHER_TEXT_LENGTH

NO_ANSWER = "geen"  # the radio button that takes an answer back, also without script


class OtherTextField(forms.CharField):
    """The text behind Andere. Line ends count as one character, as people see them."""

    widget = forms.Textarea(attrs={"rows": 2, "placeholder": " ", "autocomplete": "off"})

    def __init__(self):
        super().__init__(required=False, label=_("Wat nog? Schrijf het hier, kort. Geen namen."))

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value):
        super().validate(value)
        excess = len(value) - OTHER_TEXT_LENGTH
        if excess > 0:
            raise forms.ValidationError(
                ngettext(
                    "Je tekst is %(length)d tekens lang. Maak hem %(excess)d teken korter.",
                    "Je tekst is %(length)d tekens lang. Maak hem %(excess)d tekens korter.",
                    excess,
                )
                % {"length": len(value), "excess": excess},
                code="too_long",
            )


def yes_no_field(question: QuestionText) -> forms.Field:
    """Return radio buttons; the last one takes an answer back."""
    choices = [(choice.code, choice.text) for choice in question.choices]
    return forms.TypedChoiceField(
        label=question.text,
        choices=[*choices, (NO_ANSWER, _("Geen antwoord"))],
        coerce=lambda code: "" if code == NO_ANSWER else code,
        widget=forms.RadioSelect,
        required=False,
    )


def multiple_field(question: QuestionText) -> forms.Field:
    """Return a checkbox per option; none ticked is no answer."""
    return forms.MultipleChoiceField(
        label=question.text,
        choices=[(choice.code, choice.text) for choice in question.choices],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


FIELD_FOR_KIND: dict[str, Callable[[QuestionText], forms.Field]] = {
    Question.Kind.YES_NO: yes_no_field,
    Question.Kind.MULTIPLE: multiple_field,
}


def text_name(question: QuestionText) -> str:
    """Return the name of the field for the text behind Andere."""
    return f"{question.code}-tekst"


def make_fields(instrument: Instrument) -> dict[str, forms.Field]:
    """Return a field for each question, and one for the text behind each Andere."""
    fields: dict[str, forms.Field] = {}
    for question in instrument.questions:
        fields[question.code] = FIELD_FOR_KIND[question.kind](question)
        if question.other:
            fields[text_name(question)] = OtherTextField()
    return fields


# For forms that change nothing about their fields: making these anew is most of their cost.
shared_fields = lru_cache(maxsize=64)(make_fields)
