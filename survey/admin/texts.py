"""What colleagues wrote at Andere: read, paraphrase, show or hide (T7)."""

import json
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from survey.forgetting import forget_old_pages
from survey.models import AuditEntry, OtherText
from survey.models.questionnaire import in_language
from survey.question_fields import OtherTextField
from survey.report.pdf import forget_prints

from .base import PlainAdmin
from .filters import OrganisationFilter, QuestionFilter, SurveyRoundFilter
from .reviewing import reviewable, with_round


class ReviewedTextField(OtherTextField):
    """The same text as on the form, but it cannot be empty: hide it instead."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField", "autocomplete": "off"})

    def __init__(self):
        super().__init__()
        self.required = True
        self.label = _("Tekst")
        self.error_messages["required"] = _(
            "Een aanvulling kan niet leeg zijn. Wil je ze niet tonen, kies dan ‘verborgen’."
        )


class OtherTextForm(forms.ModelForm):
    text = ReviewedTextField()

    class Meta:
        model = OtherText
        fields = ["text", "state"]


@admin.register(OtherText)
class OtherTextAdmin(PlainAdmin):
    """Without team, segment or response: the reviewer sees only the size of the group."""

    form = OtherTextForm
    list_display = ["text", "topic", "state", "group_size"]
    list_filter = [OrganisationFilter, SurveyRoundFilter, QuestionFilter, "state"]
    search_fields = ["text"]
    sortable_by = []
    ordering = ["question__number", "pk"]  # the key is random, so it tells nothing
    actions = ["show_in_report", "hide"]
    readonly_fields = ["topic", "survey_round", "group_size"]
    fieldsets = [
        (
            None,
            {
                "fields": ["survey_round", "topic", "group_size", "text", "state"],
                "description": _(
                    "Verraadt de tekst wie hem schreef, of over wie hij gaat? Zeg het met andere "
                    "woorden, of maak een naam onleesbaar met blokjes: ‘Vraag het aan █████’. Wat "
                    "er eerst stond, is weg zodra je opslaat: we bewaren het nergens."
                ),
            },
        )
    ]

    @admin.display(description=_("vraag"))
    def topic(self, text):
        return f"{text.question.number}. {in_language(text.question.topic)}"

    @admin.display(description=_("bevraging"))
    def survey_round(self, text):
        return text.survey_round

    @admin.display(description=_("groep"))
    def group_size(self, text):
        count = (text.team or text.segment).response_count
        return ngettext("van %(count)d inzending", "van %(count)d inzendingen", count) % {
            "count": count
        }

    def get_queryset(self, request):
        visible = reviewable(super().get_queryset(request))
        return with_round(visible).select_related("question")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        if "cl" in (getattr(answer, "context_data", None) or {}):
            rounds = [text.survey_round for text in answer.context_data["cl"].result_list]
            AuditEntry.objects.record(request.user, rounds, AuditEntry.What.TEXTS)
        return answer

    def render_change_form(self, request, context, obj=None, **kwargs):
        AuditEntry.objects.record(request.user, [obj.survey_round], AuditEntry.What.TEXTS)
        context |= {"show_save_and_continue": False}
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """Record the look: the page is headed with the text in full (T9)."""
        page = super().history_view(request, object_id, extra_context)
        seen = page.context_data["object"].survey_round
        AuditEntry.objects.record(request.user, [seen], AuditEntry.What.TEXTS)
        return page

    def save_model(self, request, obj, form, change):
        """Update in place: closing may just have given the text another key."""
        found = OtherText.objects.filter(pk=obj.pk).update(text=obj.text, state=obj.state)
        if not found:
            raise Http404
        if "text" in form.changed_data:
            transaction.on_commit(forget_old_pages)
        self._forget_prints([obj])

    def log_change(self, request, obj, message):
        """Log that it was changed, without a word of the old or the new text."""
        return LogEntry.objects.create(
            user=request.user,
            content_type=ContentType.objects.get_for_model(OtherText),
            object_id=obj.pk,
            object_repr=str(obj.pk)[:8],
            action_flag=CHANGE,
            change_message=json.dumps(message),
        )

    def response_change(self, request, obj):
        self.message_user(request, _("De aanvulling is bewaard."), messages.SUCCESS)
        return self.response_post_save_change(request, obj)

    @admin.action(description=_("Toon in rapport"), permissions=["change"])
    def show_in_report(self, request, queryset):
        self._set_state(request, queryset, OtherText.State.SHOWN)

    @admin.action(description=_("Verberg"), permissions=["change"])
    def hide(self, request, queryset):
        self._set_state(request, queryset, OtherText.State.HIDDEN)

    def _set_state(self, request, queryset, state):
        texts = list(queryset)
        count = queryset.update(state=state)
        self._forget_prints(texts)
        told = ngettext(
            "%(count)d aanvulling staat nu op ‘%(state)s’.",
            "%(count)d aanvullingen staan nu op ‘%(state)s’.",
            count,
        )
        self.message_user(request, told % {"count": count, "state": state.label}, messages.SUCCESS)

    def _forget_prints(self, texts):
        for group in {(text.survey_round.pk, text.segment_id) for text in texts}:
            transaction.on_commit(partial(forget_prints, *group))
