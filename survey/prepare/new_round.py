"""Start a survey round: its form, its rows of teams, and the one transaction that makes it."""

from datetime import timedelta
from uuid import UUID

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.models import SurveyRound, Team
from survey.models.teams import is_name_taken
from survey.models.told import proposed_texts
from survey.problems import Problem, problems_of

from .forms import NewKeyField, RoundForm, only_fields

DEFAULT_PERIOD = timedelta(weeks=3)
FIRST_ROWS, MOST_ROWS = 3, 200
ROW = ("name", "headcount", "previous_team")


class NewRoundForm(RoundForm):
    """What HR decides when a survey round starts; the manner is fixed from then on."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Manier van invullen"),
        choices=[
            (
                SurveyRound.Mode.ANONYMOUS,
                gettext_lazy("Anoniem: elke collega vult apart in"),
            ),
            (
                SurveyRound.Mode.ORGANISATION,
                gettext_lazy("Samen: één team vult samen in, niet anoniem"),
            ),
        ],
        help_text=gettext_lazy(
            "Dit ligt vast zodra de bevraging begint: collega’s vullen in met die afspraak."
        ),
        widget=forms.RadioSelect,
    )

    sleutel = NewKeyField()

    class Meta(RoundForm.Meta):
        fields = [*RoundForm.Meta.fields, "mode"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = only_fields(
            "sleutel",
            Fieldset(gettext_lazy("De bevraging"), "title", "mode", "closing_date"),
            Fieldset(gettext_lazy("Dit lezen collega’s bij de vragen"), *self.for_colleagues),
            summary=False,
        )


class TeamRowForm(forms.ModelForm):
    """One row of the list of teams. An empty row does not count."""

    previous_team = forms.Field(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Team
        fields = ["name", "headcount"]

    def __init__(self, *args, number, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Naam van team %(number)s") % {"number": number}
        self.fields["headcount"].label = _("Collega’s in team %(number)s") % {"number": number}
        for name in ("name", "headcount"):
            # Unseen, and only there so that a style sheet can tell an empty row.
            self.fields[name].widget.attrs["placeholder"] = " "
        self.helper = only_fields(Div(*ROW, css_class="team-row"), summary=False)
        self.helper.disable_csrf = True

    def has_changed(self):
        """Whether somebody filled in this row; which team it was the time before is no answer."""
        return bool({"name", "headcount"} & {*self.changed_data})


class BaseTeamRows(forms.BaseFormSet):
    """The teams of a new survey round, in the order typed. None of them exists before."""

    def initial_form_count(self):
        return 0

    def total_form_count(self):
        return super().total_form_count() if self.is_bound else len(self.initial)

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "number": (index or 0) + 1}

    def clean(self):
        if any(self.errors):
            return
        filled_in = [row for row in self.forms if row.has_changed()]
        if not filled_in:
            raise forms.ValidationError(
                _("Vul minstens één team in. Eén team voor iedereen mag ook."), code="no_team"
            )
        if self.data.get("mode") == SurveyRound.Mode.ORGANISATION and len(filled_in) > 1:
            raise forms.ValidationError(
                _("Wie samen invult, doet dat als één team. Laat de andere rijen leeg."),
                code="one_team",
            )
        seen = []
        for row in filled_in:
            name = row.cleaned_data["name"]
            if is_name_taken(name, seen):
                row.add_error("name", _("Deze naam staat er al. Geef elk team een eigen naam."))
            seen.append(name)

    def teams(self):
        """Return the teams of the rows that were filled in, not yet stored.

        With each the key of the team of which it was a copy, if any.
        """
        filled_in = [row for row in self.forms if row.has_changed()]
        return [(row.save(commit=False), row.cleaned_data["previous_team"]) for row in filled_in]


TeamRows = forms.formset_factory(
    TeamRowForm,
    formset=BaseTeamRows,
    extra=0,
    max_num=MOST_ROWS,
    validate_max=True,
    absolute_max=MOST_ROWS,
)


def blank_rows():
    """Return the first rows, empty."""
    return TeamRows(prefix="team", initial=[{}] * FIRST_ROWS)


def rows_of(survey_round):
    """Return the teams of a round as rows, and an empty one in which to go on."""
    known = [
        {"name": team.name, "headcount": team.headcount, "previous_team": team.pk}
        for team in survey_round.teams.all()
    ]
    return TeamRows(prefix="team", initial=[*known[: MOST_ROWS - 1], {}])


def one_row_more(posted):
    """Return the rows as they were typed, unchecked, and an empty one in which to go on."""
    count = _typed_number(posted.get("team-TOTAL_FORMS")) + 1
    typed = [
        {name: posted.get(f"team-{row}-{name}", "") for name in ROW}
        for row in range(min(count, MOST_ROWS))
    ]
    rows = TeamRows(prefix="team", initial=typed)
    rows.forms[-1].fields["name"].widget.attrs["autofocus"] = True
    return rows


def _typed_number(text):
    """Return a number of rows, however it was sent."""
    return int(text) if text and text.isdecimal() and len(text) < 4 else FIRST_ROWS


def find_example(organisation, questionnaire, key):
    """Return the round with this key, if a new one can start from its teams and texts.

    A closed one can also be followed, a void one only copied. Raises SurveyRound.DoesNotExist for
    a round of another organisation, an unfinished one or one of other questions, and for what is
    no key.
    """
    try:
        known = UUID(key)
    except ValueError as unreadable:
        raise SurveyRound.DoesNotExist(f"{key!r} is no key.") from unreadable
    finished = organisation.survey_rounds.exclude(closed_at=None, voided_at=None)
    return finished.prefetch_related("teams").get(pk=known, questionnaire__code=questionnaire.code)


def texts_of(survey_round):
    """Return the texts of an earlier round, which the form proposes for one like it."""
    names = (*RoundForm.for_colleagues, "mode")
    return {name: getattr(survey_round, name) for name in names}


def default_texts(user):
    """Return what the form proposes, in the language of the page."""
    today = timezone.localdate()
    season = _("voorjaar") if today.month < 7 else _("najaar")
    texts = proposed_texts() | {
        "title": _("Leercultuur %(season)s %(year)d") % {"season": season, "year": today.year},
        "mode": SurveyRound.Mode.ANONYMOUS,
        "closing_date": today + DEFAULT_PERIOD,
        "contact": user.email,
    }
    if user.get_full_name():
        texts["asked_by"] = user.get_full_name()
    return texts


def problems_in(form, rows):
    """Return what is wrong with a new round, in the order of the page."""
    of_list = [Problem("teams", error) for error in rows.non_form_errors()]
    return [
        *problems_of(form),
        *of_list,
        *(problem for row in rows for problem in problems_of(row)),
    ]


def start_round(organisation, questionnaire, form, rows, previous=None):
    """Make the survey round with its teams, open from now on, and return it.

    With `previous` it follows that round, and is compared with it once closed. Raises
    IntegrityError and makes nothing if there is a round with the form's key.
    """
    with transaction.atomic():
        survey_round = form.save(commit=False)
        survey_round.pk = form.cleaned_data["sleutel"]
        survey_round.organisation = organisation
        survey_round.previous = previous
        survey_round.questionnaire = questionnaire
        survey_round.threshold = settings.THRESHOLD
        survey_round.save(force_insert=True)
        copied = rows.teams()
        for position, (team, _key) in enumerate(copied, start=1):
            team.survey_round = survey_round
            team.position = position
            team.save()
        if previous:
            note_previous_teams(previous, copied)
    return survey_round


def note_previous_teams(previous, copied):
    """Note of each new team which team of the previous round it was.

    That is the one of the same name, or else the one of which its row was a copy.
    """
    earlier = list(previous.teams.all())
    by_name = {team.name: team.pk for team in earlier}
    names = {team.name for team, _key in copied}
    renamed = {str(team.pk): team.pk for team in earlier if team.name not in names}
    links = Team.previous_teams.through
    found = ((team, by_name.get(team.name) or renamed.get(key)) for team, key in copied)
    links.objects.bulk_create(links(from_team=team, to_team_id=was) for team, was in found if was)
