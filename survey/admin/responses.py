"""Responses, to review: read-only, by segment, and never before T9 allows."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from survey.forgetting import forget_old_pages
from survey.models import AuditEntry, Response, SurveyRound, Team
from survey.report.tables import csv_response, xlsx_response

from .base import ReadOnlyAdmin
from .export import MixedQuestionnaires, response_rows, rounds_of
from .filters import OrganisationFilter, SegmentFilter, SurveyRoundFilter
from .reviewing import place_name, read_response, reviewable_responses, with_round

# A workbook is made whole before it is sent: this many takes some eight seconds.
MOST_IN_WORKBOOK = 20_000


def delete_responses(responses) -> None:
    """Delete these responses of unfinished rounds, and count their teams down.

    Locks the teams in key order, like a submission and closing. Raises PermissionDenied and
    changes nothing if a round was closed meanwhile.
    """
    with transaction.atomic():
        per_team = responses.order_by().values_list("team").annotate(count=Count("pk"))
        teams = list(Team.objects.filter(pk__in=[team for team, _count in per_team]).for_update())
        rounds = {team.survey_round_id for team in teams}
        if SurveyRound.objects.unfinished().filter(pk__in=rounds).count() != len(rounds):
            raise PermissionDenied
        keys = list(responses.values_list("pk", flat=True))
        for team in teams:
            _total, deleted = Response.objects.filter(team=team, pk__in=keys).delete()
            gone = deleted.get(Response._meta.label, 0)
            Team.objects.filter(pk=team.pk).update(response_count=F("response_count") - gone)
        transaction.on_commit(forget_old_pages)


@admin.register(Response)
class ResponseAdmin(ReadOnlyAdmin):
    change_list_template = "admin/survey/response/change_list.html"
    list_display = ["__str__", "organisation", "survey_round", "place", "answered"]
    list_filter = [OrganisationFilter, SurveyRoundFilter, SegmentFilter]
    ordering = ["pk"]  # random, so it tells nothing
    fields = ["organisation", "survey_round", "place"]
    actions = ["export_xlsx", "export_csv"]
    change_form_template = "admin/survey/response/change_form.html"

    @admin.display(description=_("organisatie"))
    def organisation(self, response):
        return response.survey_round.organisation

    @admin.display(description=_("bevraging"))
    def survey_round(self, response):
        return response.survey_round

    @admin.display(description=_("deelrapport"))
    def place(self, response):
        return place_name(response)

    @admin.display(description=_("antwoorden"))
    def answered(self, response):
        return sum(not question.is_skipped for question in read_response(response))

    def get_queryset(self, request):
        visible = reviewable_responses(super().get_queryset(request))
        return with_round(visible).prefetch_related("segment__teams", "answers")

    def has_delete_permission(self, request, obj=None):
        """Only of a round that is filled in together, until it is closed (T9)."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or _may_go(obj))

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        if "cl" in (getattr(answer, "context_data", None) or {}):
            rounds = [response.survey_round for response in answer.context_data["cl"].result_list]
            AuditEntry.objects.record(request.user, rounds, AuditEntry.What.LIST)
        return answer

    def render_change_form(self, request, context, obj=None, **kwargs):
        self._record_look(request, obj)
        context |= {"questions": read_response(obj), "survey_round": obj.survey_round}
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """Record the look: the page names one response (T9)."""
        page = super().history_view(request, object_id, extra_context)
        self._record_look(request, page.context_data["object"])
        return page

    def delete_view(self, request, object_id, extra_context=None):
        """Record the look at the page that asks whether it may go (T9)."""
        page = super().delete_view(request, object_id, extra_context)
        if "object" in (getattr(page, "context_data", None) or {}):
            self._record_look(request, page.context_data["object"])
        return page

    def _record_look(self, request, response):
        seen = [response.survey_round]
        AuditEntry.objects.record(request.user, seen, AuditEntry.What.RESPONSE)

    def get_actions(self, request):
        """No deleting in bulk: a page on which most may not go, should not offer it."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(self, objs, request):
        """Return only the response itself; its answers go with it."""
        told = [str(response) for response in objs]
        return told, {self.opts.verbose_name_plural: len(told)}, set(), []

    def delete_model(self, request, obj):
        delete_responses(Response.objects.filter(pk=obj.pk))

    @admin.action(description=_("Bewaar als Excel-bestand"), permissions=["view"])
    def export_xlsx(self, request, queryset):
        if queryset.count() > MOST_IN_WORKBOOK:
            self.message_user(
                request,
                _(
                    "Een Excel-bestand kan hoogstens %(most)d inzendingen bevatten. Kies er links "
                    "minder, of bewaar ze als CSV-bestand: dat kan met elk aantal."
                )
                % {"most": MOST_IN_WORKBOOK},
                messages.ERROR,
            )
            return None
        return self._export(request, queryset, xlsx_response)

    @admin.action(description=_("Bewaar als CSV-bestand"), permissions=["view"])
    def export_csv(self, request, queryset):
        return self._export(request, queryset, csv_response)

    def _export(self, request, queryset, as_download):
        rounds = rounds_of(queryset)
        try:
            rows = response_rows(queryset, rounds)
        except MixedQuestionnaires:
            self.message_user(
                request,
                _(
                    "Deze inzendingen horen bij verschillende vragenlijsten. Kies links één "
                    "bevraging en bewaar opnieuw: één bestand per vragenlijst."
                ),
                messages.ERROR,
            )
            return None
        AuditEntry.objects.record(request.user, rounds, AuditEntry.What.EXPORT)
        title = rounds[0].title if len(rounds) == 1 else ""
        return as_download(rows, f"{self.opts.verbose_name_plural} {title}")


def _may_go(response):
    survey_round = response.survey_round
    return (
        response.team is not None and survey_round.is_unfinished and not survey_round.is_anonymous
    )
