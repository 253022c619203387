"""What HR types about an organisation, a survey round and its teams."""

from datetime import timedelta
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from survey.models import Organisation, SurveyRound, Team
from survey.models.teams import is_name_taken
from survey.models.told import PROPOSED, in_readers_language


def only_fields(*layout, summary=True):
    """Return a crispy helper that draws the fields; tag and buttons stand in the template.

    Without `summary` the page itself says on top what is wrong.
    """
    helper = FormHelper()
    helper.form_tag = False
    helper.form_show_errors = summary
    if layout:
        helper.layout = Layout(*layout)
    return helper


class DayInput(forms.DateInput):
    """The browser's own calendar; it wants the ISO form whatever the language."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class NewKeyField(forms.UUIDField):
    """The key of what a form makes, so that sending it twice makes one.

    A form that comes without one makes what it says, under a new key.
    """

    widget = forms.HiddenInput(attrs={"autocomplete": "off"})

    def __init__(self):
        super().__init__(required=False, initial=uuid4)

    def clean(self, value):
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()


class ClosingDateField(forms.DateField):
    """A last day on which colleagues can answer, today or later."""

    widget = DayInput

    def __init__(self):
        super().__init__(
            label=_("Einddatum"), help_text=_("Tot en met deze dag kan iedereen invullen.")
        )


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name"]
        labels = {"name": _("Naam van je organisatie")}
        help_texts = {"name": _("Zoals collega’s ze kennen: deze naam staat boven de vragen.")}

    helper = only_fields()


class NewOrganisationForm(OrganisationForm):
    sleutel = NewKeyField()


class RoundForm(forms.ModelForm):
    """The title, the period and what colleagues read before the questions."""

    closing_date = ClosingDateField()

    class Meta:
        model = SurveyRound
        fields = [
            "title",
            "closing_date",
            "asked_by",
            "purpose",
            "read_by",
            "heard_when",
            "contact",
        ]
        labels = {
            "title": _("Titel"),
            "asked_by": _("Wie vraagt dit?"),
            "purpose": _("Waarom?"),
            "read_by": _("Wie leest het resultaat?"),
            "heard_when": _("Wanneer horen collega’s ervan?"),
            "contact": _("Bij wie kunnen ze terecht met vragen?"),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 2}) for name in ("purpose", "read_by", "heard_when")
        }

    period = ["title", "closing_date"]
    for_colleagues = ["asked_by", "purpose", "read_by", "heard_when", "contact"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in PROPOSED:
            self.initial[name] = in_readers_language(self.initial.get(name, ""))
        self.helper = only_fields(
            Fieldset(_("Titel en einddatum"), *self.period),
            Fieldset(_("Dit lezen collega’s bij de vragen"), *self.for_colleagues),
        )

    def clean_closing_date(self):
        closing_date = self.cleaned_data["closing_date"]
        if closing_date != self.instance.closing_date and closing_date < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is al voorbij. Kies een latere."), code="past")
        return closing_date


class MoreTimeForm(forms.ModelForm):
    """A later last day."""

    closing_date = ClosingDateField()

    class Meta:
        model = SurveyRound
        fields = ["closing_date"]

    helper = only_fields()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.earliest = max(self.instance.closing_date, timezone.localdate()) + timedelta(days=1)
        self.fields["closing_date"].label = _("Nieuwe einddatum")

    def clean_closing_date(self):
        closing_date = self.cleaned_data["closing_date"]
        if closing_date < self.earliest:
            raise forms.ValidationError(
                _("Kies een dag na vandaag en na de huidige einddatum."), code="too_early"
            )
        return closing_date


class TeamForm(forms.ModelForm):
    """A team of a survey round; no two have the same name, whatever the capitals."""

    class Meta:
        model = Team
        fields = ["name", "headcount"]
        labels = {"name": _("Naam van het team"), "headcount": _("Aantal collega’s")}

    helper = only_fields()

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self.instance.survey_round.teams.exclude(pk=self.instance.pk)
        if is_name_taken(name, others.values_list("name", flat=True)):
            raise forms.ValidationError(
                _("Er is al een team met deze naam in deze bevraging."), code="duplicate"
            )
        return name


class VoidForm(forms.ModelForm):
    class Meta:
        model = SurveyRound
        fields = ["void_reason"]
        labels = {"void_reason": _("Waarom is deze bevraging ongeldig?")}
        help_texts = {"void_reason": _("Deze reden blijft zichtbaar voor wie lid is.")}

    helper = only_fields(summary=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["void_reason"].required = True


class CloseForm(forms.Form):
    """HR's own answer about paper, and her deliberate yes."""

    papers_left = forms.IntegerField(
        label=_("Hoeveel papieren formulieren liggen er nog?"),
        help_text=_("Wat na de afsluiting binnenkomt, telt niet meer mee. Geen papier? Vul 0 in."),
        min_value=0,
    )
    is_certain = forms.BooleanField(
        label=_("Ik begrijp dat afsluiten definitief is"),
        error_messages={"required": _("Kruis aan dat je dit begrijpt.")},
    )

    def clean_papers_left(self):
        papers_left = self.cleaned_data["papers_left"]
        if papers_left:
            raise forms.ValidationError(
                _("Voer die eerst in. Zijn ze binnen, of tellen ze niet mee, zet dan hier 0."),
                code="papers_left",
            )
        return papers_left
