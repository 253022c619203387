"""The instrument, to read. It is a file: nothing in it is made or changed here."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from survey.instrument import read_instrument
from survey.models import Prompt, Questionnaire, SurveyRound

from .base import ReadOnlyAdmin


@admin.register(Questionnaire)
class QuestionnaireAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "code", "version", "in_languages", "is_used"]
    sortable_by = []
    fields = ["code", "version", "in_languages", "is_used", "source", "digest"]
    change_form_template = "admin/survey/questionnaire/change_form.html"
    change_list_template = "admin/survey/questionnaire/change_list.html"

    @admin.display(description=_("talen"))
    def in_languages(self, questionnaire):
        return ", ".join(questionnaire.languages)

    @admin.display(description=_("gebruikt"), boolean=True)
    def is_used(self, questionnaire):
        return questionnaire.is_used

    def get_queryset(self, request):
        rounds = SurveyRound.objects.filter(questionnaire=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_used=Exists(rounds))

    def has_delete_permission(self, request, obj=None):
        """Only while no survey round uses it, and one by one."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and obj is not None and not obj.is_used

    def render_change_form(self, request, context, obj=None, **kwargs):
        instrument = read_instrument(obj.pk, get_language())
        patterns = [
            (Prompt.Pattern(pattern).label, prompts)
            for pattern, prompts in instrument.pattern_prompts.items()
            if prompts
        ]
        context |= {"instrument": instrument, "patterns": patterns}
        return super().render_change_form(request, context, obj=obj, **kwargs)
