"""Turn a trial that somebody kept into the first survey round of an organisation."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.answering import Outcome, store_response
from survey.kept_trial import KeptTrial
from survey.models import Membership, Organisation, SurveyRound, Team, User

from .forms import OrganisationForm, only_fields
from .new_round import default_texts


class AlreadyKept(Exception):
    """These answers became a survey round before."""


class WhereForm(forms.Form):
    """In which of her organisations HR keeps her answers."""

    organisation = forms.ChoiceField(
        label=gettext_lazy("Bij welke organisatie hoort dit?"), widget=forms.RadioSelect
    )

    helper = only_fields()

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.pk): each for each in organisations}
        field = self.fields["organisation"]
        field.choices = [(key, each.name) for key, each in self.organisations.items()]
        field.initial = next(iter(self.organisations)) if len(self.organisations) == 1 else None

    def chosen(self) -> Organisation:
        """Return the organisation that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]


class FirstOrganisationForm(OrganisationForm):
    """The name of the organisation that will hold the answers."""

    def chosen(self) -> Organisation:
        """Return the organisation, not yet stored."""
        return self.save(commit=False)


def where_form(user: User, posted=None) -> WhereForm | FirstOrganisationForm:
    """Return the question where to keep: which organisation, or what the first one is called."""
    organisations = Organisation.objects.for_member(user).filter(reader_role=Membership.Role.HR)
    if organisations:
        return WhereForm(posted, organisations=organisations)
    return FirstOrganisationForm(posted)


def keep_in(organisation: Organisation, user: User, trial: KeptTrial) -> SurveyRound:
    """Make a survey round that is filled in together, with these answers, and return it.

    A new organisation is stored with it, and the user is its HR. Raises AlreadyKept and then
    changes nothing.
    """
    with transaction.atomic():
        if organisation._state.adding:
            add_organisation(organisation, user)
        texts = default_texts(user) | {"mode": SurveyRound.Mode.ORGANISATION}
        survey_round = SurveyRound.objects.create(
            organisation=organisation,
            questionnaire_id=trial.questionnaire_id,
            threshold=settings.THRESHOLD,
            **texts,
        )
        team = Team.objects.create(
            survey_round=survey_round, position=1, name=_("Ons team"), headcount=1
        )
        outcome = store_response(team, trial.key, trial.submission)
        if outcome is not Outcome.STORED:
            raise AlreadyKept(f"The trial {trial.key} was {outcome.name}.")
    return survey_round


def add_organisation(organisation: Organisation, user: User) -> None:
    """Store a new organisation; who makes it is its first HR member."""
    with transaction.atomic():
        organisation.save(force_insert=True)
        Membership.objects.create(organisation=organisation, user=user, role=Membership.Role.HR)
