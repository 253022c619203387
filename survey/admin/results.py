"""What was published, to read; and the actions that came out of the conversation."""

from django import forms
from django.contrib import admin
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from survey.models import ActionPoint, Segment
from survey.report.actions import check_review_day
from survey.report.names import segment_name

from .base import PlainAdmin, ReadOnlyAdmin


@admin.register(Segment)
class SegmentAdmin(ReadOnlyAdmin):
    fields = list_display = ["name", "survey_round", "organisation", "response_count"]
    list_select_related = ["survey_round__organisation"]
    search_fields = ["survey_round__title", "survey_round__organisation__name", "teams__name"]
    change_form_template = "admin/survey/segment/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("teams")

    @admin.display(description=_("naam"))
    def name(self, segment):
        return segment_name([team.name for team in segment.teams.all()])

    @admin.display(description=_("organisatie"))
    def organisation(self, segment):
        return segment.survey_round.organisation

    def render_change_form(self, request, context, obj=None, **kwargs):
        tallies = obj.tallies.select_related("question", "choice")
        context["tallies"] = tallies.order_by(
            "question__number", F("choice__position").asc(nulls_last=True)
        )
        return super().render_change_form(request, context, obj=obj, **kwargs)


class ActionPointForm(forms.ModelForm):
    """An action with a day that the report would take too."""

    def clean_review_on(self):
        review_on = self.cleaned_data["review_on"]
        if "review_on" in self.changed_data:
            check_review_day(review_on, self.instance.survey_round)
        return review_on


@admin.register(ActionPoint)
class ActionPointAdmin(PlainAdmin):
    """Teams choose their actions in the report; here somebody can mend one."""

    form = ActionPointForm
    list_display = ["text", "survey_round", "segment_name", "who", "review_on", "state"]
    list_filter = ["state"]
    list_select_related = ["survey_round"]
    search_fields = ["text", "who", "survey_round__title", "survey_round__organisation__name"]
    readonly_fields = ["survey_round", "segment_name", "position", "question"]
    exclude = ["segment"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("segment__teams")

    @admin.display(description=_("deelrapport"))
    def segment_name(self, action_point):
        if action_point.segment is None:
            return _("hele organisatie")
        return segment_name([team.name for team in action_point.segment.teams.all()])

    def has_add_permission(self, request):
        return False
