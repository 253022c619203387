"""Join teams of a survey round into one, before closing."""

from django import forms
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.forgetting import forget_old_pages
from survey.models import FormerLink, OtherText, Response, SurveyRound, Team
from survey.models.teams import is_name_taken

from .forms import only_fields

FEWEST_TO_JOIN = 2


class JoinForm(forms.Form):
    """Which teams become one, and what that one is called."""

    teams = forms.MultipleChoiceField(
        label=gettext_lazy("Welke teams worden één team?"),
        help_text=gettext_lazy("Kies er minstens twee."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies minstens twee teams.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Naam van het nieuwe team"),
        max_length=Team._meta.get_field("name").max_length,
        error_messages={"required": gettext_lazy("Geef het nieuwe team een naam.")},
    )

    helper = only_fields()

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(team.pk): team for team in teams}
        self.fields["teams"].choices = [(key, _label(team)) for key, team in self.known.items()]

    def clean_teams(self):
        chosen = {*self.cleaned_data["teams"]}
        if len(chosen) < FEWEST_TO_JOIN:
            raise forms.ValidationError(_("Kies minstens twee teams."), code="too_few")
        return [team for key, team in self.known.items() if key in chosen]

    def clean(self):
        joined = self.cleaned_data.get("teams", [])
        others = [team.name for team in self.known.values() if team not in joined]
        if is_name_taken(self.cleaned_data.get("name", ""), others):
            self.add_error("name", _("Er is al een ander team met deze naam in deze bevraging."))
        return self.cleaned_data


def _label(team):
    return _("%(team)s: %(responses)d van %(headcount)d") % {
        "team": team.name,
        "responses": team.response_count,
        "headcount": team.headcount,
    }


def join_teams(held: SurveyRound, teams: list[Team], name: str) -> Team:
    """Make these teams one team with this name and return it; the caller holds the round.

    The first team stays, with its link, and takes over the responses, texts, numbers and links
    of the others, and which teams they were the time before. Nobody can take them apart again.
    """
    first, *others = teams
    if held.previous_id:
        first.previous_teams.add(*Team.objects.before(held, teams))
    total = held.teams.filter(pk__in=[team.pk for team in teams]).aggregate(
        headcount=Sum("headcount"), response_count=Sum("response_count")
    )
    for model in (Response, OtherText, FormerLink):
        model.objects.filter(team__in=others).update(team=first)
    FormerLink.objects.bulk_create(FormerLink(token=team.token, team=first) for team in others)
    held.teams.filter(pk__in=[team.pk for team in others]).delete()
    held.teams.filter(pk=first.pk).update(name=name, **total)
    transaction.on_commit(forget_old_pages)
    return held.teams.get(pk=first.pk)
