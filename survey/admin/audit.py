"""The log of who looked at single responses (T9), and its page."""

from django.contrib import admin

from survey.models import AuditEntry, SurveyRound

from .base import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "user_email", "what", "survey_round", "organisation"]
    list_filter = ["what"]
    list_select_related = ["survey_round__organisation"]
    search_fields = [
        "user_email",
        "survey_round__title",
        "survey_round__organisation__name",
    ]

    @admin.display(description=SurveyRound._meta.get_field("organisation").verbose_name)
    def organisation(self, entry):
        return entry.survey_round and entry.survey_round.organisation
