"""Survey rounds and their teams. What is fixed at the start or frozen at the end stays so."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from survey.forgetting import forget_old_pages
from survey.models import OtherText, Response, SurveyRound, Team, erase
from survey.models.teams import is_name_taken

from .base import PlainAdmin
from .filters import StateFilter


class SurveyRoundForm(forms.ModelForm):
    """A round with a last day that may have passed, but is not moved into the past.

    What is long past is deleted at night with all its answers.
    """

    def clean_closing_date(self):
        closing_date = self.cleaned_data["closing_date"]
        if closing_date != self.initial.get("closing_date") and closing_date < timezone.localdate():
            raise ValidationError(_("Deze dag is al voorbij. Kies een latere."), code="past")
        return closing_date


class TeamFormSet(forms.BaseInlineFormSet):
    """The teams of a round, each with its own name; who fills in together is one team.

    Teams with responses stay: deleting one would delete what colleagues sent (T9).
    """

    def clean(self):
        super().clean()
        # The lock holds until everything is saved: nothing comes in or closes meanwhile.
        stored = Team.objects.filter(survey_round=self.instance.pk).for_update()
        teams = {team.pk: team for team in stored}
        for form in self.deleted_forms:
            team = teams.pop(form.instance.pk, None)
            if team and team.response_count:
                raise ValidationError(
                    _("Team %(team)s heeft al inzendingen en kan niet meer weg."),
                    params={"team": team.name},
                )
        left = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        named = [form for form in left if "name" in form.cleaned_data]
        if not self.instance.is_anonymous and len(named) > 1:
            raise ValidationError(_("Wie samen invult, doet dat als één team."), code="one_team")
        _check_names(named, {key: team.name for key, team in teams.items()})


def _check_names(forms, names):
    """Let each team have its own name; `names` are those of now, by key."""
    for form in forms:
        name, key = form.cleaned_data["name"], form.instance.pk
        if is_name_taken(name, (other for each, other in names.items() if each != key)):
            form.add_error("name", _("Deze naam staat er al. Geef elk team een eigen naam."))
        else:
            names[key] = name


class TeamInline(admin.StackedInline):
    model = Team
    formset = TeamFormSet
    fields = [("name", "headcount", "response_count", "grouped_token")]
    readonly_fields = ["response_count", "grouped_token"]
    min_num = 1
    extra = 0
    view_on_site = False

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=True, **kwargs)

    @admin.display(description=_("code in de link"))
    def grouped_token(self, team):
        return team.grouped_token


@admin.register(SurveyRound)
class SurveyRoundAdmin(PlainAdmin):
    form = SurveyRoundForm
    inlines = [TeamInline]
    list_display = ["title", "organisation", "mode", "state_label", "closing_date", "responses"]
    list_filter = [StateFilter, "mode"]
    list_select_related = ["organisation"]
    search_fields = ["title", "organisation__name"]
    fieldsets = [
        (None, {"fields": ["organisation", "title", "closing_date"]}),
        (
            _("Ligt vast zodra de bevraging er is"),
            {"fields": ["mode", "threshold", "questionnaire"]},
        ),
        (
            _("Wat collega’s lezen voor ze invullen"),
            {"fields": ["asked_by", "purpose", "read_by", "heard_when", "contact"]},
        ),
    ]
    STATE = [
        "state_label",
        "opened_on",
        "closed_at",
        "voided_at",
        "void_reason",
        "grouped_token",
        "previous",
    ]
    FIXED = ["organisation", "mode", "threshold", "questionnaire"]

    @admin.display(description=_("stand"))
    def state_label(self, survey_round):
        return survey_round.state.label

    @admin.display(description=_("code in de algemene link"))
    def grouped_token(self, survey_round):
        return survey_round.grouped_token

    @admin.display(description=_("inzendingen"))
    def responses(self, survey_round):
        return survey_round.responses or 0

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(responses=Sum("teams__response_count"))

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else [*self.STATE, *self.FIXED]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.fieldsets
        return [*self.fieldsets, (_("Hoe het ermee staat"), {"fields": self.STATE})]

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.is_unfinished)

    def has_delete_permission(self, request, obj=None):
        """One by one and by superusers: everything that was answered goes with it."""
        return request.user.is_superuser and obj is not None

    def save_model(self, request, obj, form, change):
        """Save what was changed and nothing else: HR may have closed the round meanwhile."""
        if not change:
            obj.save()
            return
        if not SurveyRound.objects.unfinished().filter(pk=obj.pk).exists():
            raise PermissionDenied
        obj.save(update_fields=form.changed_data)

    def save_formset(self, request, form, formset, change):
        """Leave alone what colleagues change by answering: the number of responses."""
        formset.save(commit=False)
        for team in formset.deleted_objects:
            team.delete()
        for team, changed in formset.changed_objects:
            team.save(update_fields=changed)
        for team in formset.new_objects:
            team.position = form.instance.teams.next_position()
            team.save()

    def get_deleted_objects(self, objs, request):
        """Return what goes, as numbers: no text or answer may be seen on this page (T1)."""
        [survey_round] = objs
        teams = list(survey_round.teams.all())
        responses = sum(team.response_count for team in teams)
        told = [str(survey_round), [_team_line(team) for team in teams]]
        counts = {
            SurveyRound._meta.verbose_name: 1,
            Team._meta.verbose_name_plural: len(teams),
            Response._meta.verbose_name_plural: responses,
            _("deelrapporten"): survey_round.segments.count(),
            _("acties"): survey_round.action_points.count(),
        }
        return told, counts, set(), []

    @transaction.atomic
    def delete_model(self, request, obj):
        """Delete responses and texts without fetching them: there may be a million."""
        erase(Response.objects.of_round(obj), OtherText.objects.of_round(obj))
        obj.delete()
        transaction.on_commit(forget_old_pages)


def _team_line(team):
    count = team.response_count
    return ngettext(
        "Team %(team)s met %(count)d inzending", "Team %(team)s met %(count)d inzendingen", count
    ) % {"team": team.name, "count": count}
