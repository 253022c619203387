"""The eleven questions as the public meets them: with a key that makes sending twice harmless."""

import uuid

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from survey.answering import AnswerForm
from survey.instrument import read_instrument
from survey.question_fields import shared_fields


class PublicForm(AnswerForm):
    """The questions, a hidden key and a field that only bots fill in."""

    sleutel = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Er ging iets mis met dit formulier. Verstuur het nog eens."),
            "invalid": _("Er ging iets mis met dit formulier. Verstuur het nog eens."),
        },
    )
    website = forms.CharField(required=False)

    @classmethod
    def read(cls, questionnaire_id, posted):
        """Return the form that was sent, in the active language.

        A form without a usable key gets a new one, so that sending it again works.
        """
        instrument = read_instrument(questionnaire_id, get_language())
        try:
            uuid.UUID(posted.get("sleutel", ""))
        except ValueError:
            posted = posted.copy()
            posted["sleutel"] = str(uuid.uuid4())
        return cls(instrument, posted)

    def make_fields(self, instrument):
        return shared_fields(instrument)

    @property
    def key(self):
        return self.cleaned_data["sleutel"]

    def is_from_bot(self):
        return bool(self.data.get("website"))
