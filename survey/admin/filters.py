"""Filters that only offer what may be seen, and only take what they offer."""

from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.models import Organisation, Question, SurveyRound
from survey.models.questionnaire import in_language
from survey.report.names import segment_name

from .reviewing import reviewable_rounds


class ListedFilter(admin.SimpleListFilter):
    """A filter that refuses a value it does not offer. Choosing it wipes what hangs on it."""

    narrower: tuple[str, ...] = ()

    def has_output(self):
        return bool(self.lookup_choices) or self.value() is not None

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() not in dict(self.lookup_choices):
            raise IncorrectLookupParameters
        return queryset.filter(self.condition(self.value()))

    def choices(self, changelist):
        wiped = [self.parameter_name, *self.narrower]
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=wiped),
            "display": _("Alle"),
        }
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}, wiped),
                "display": label,
            }


class OrganisationFilter(ListedFilter):
    title = _("organisatie")
    parameter_name = "organisation"
    narrower = ("survey_round", "segment")

    def lookups(self, request, model_admin):
        organisations = Organisation.objects.filter(survey_rounds__in=reviewable_rounds())
        return [(str(pk), name) for pk, name in organisations.distinct().values_list("pk", "name")]

    def condition(self, value):
        return Q(team__survey_round__organisation=value) | Q(
            segment__survey_round__organisation=value
        )


class SurveyRoundFilter(ListedFilter):
    """The survey rounds of the chosen organisation."""

    title = _("bevraging")
    parameter_name = "survey_round"
    narrower = ("segment",)

    def lookups(self, request, model_admin):
        of_organisation = Q(organisation=_key(request, "organisation"))
        rounds = reviewable_rounds().filter(of_organisation | Q(pk=_key(request, "survey_round")))
        return [(str(pk), title) for pk, title in rounds.values_list("pk", "title")]

    def condition(self, value):
        return Q(team__survey_round=value) | Q(segment__survey_round=value)


class SegmentFilter(ListedFilter):
    """The segments of the chosen survey round; its teams as long as it is not closed."""

    title = _("deelrapport")
    parameter_name = "segment"

    def lookups(self, request, model_admin):
        survey_round = reviewable_rounds().filter(pk=_key(request, "survey_round")).first()
        if survey_round is None:
            return []
        if not survey_round.is_closed:
            return [(str(team.pk), team.name) for team in survey_round.teams.all()]
        return [
            (str(segment.pk), segment_name([team.name for team in segment.teams.all()]))
            for segment in survey_round.segments.prefetch_related("teams")
        ]

    def condition(self, value):
        return Q(team=value) | Q(segment=value)


class QuestionFilter(ListedFilter):
    """The questions with an Andere. They keep their code in later versions."""

    title = _("vraag")
    parameter_name = "question"

    def lookups(self, request, model_admin):
        questions = Question.objects.filter(choices__is_other=True)
        newest_last = questions.order_by("number", "questionnaire__version")
        return {question.code: in_language(question.topic) for question in newest_last}.items()

    def condition(self, value):
        return Q(question__code=value)


class StateFilter(ListedFilter):
    """The state of a survey round, which follows from its dates."""

    title = _("stand")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return SurveyRound.State.choices

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case SurveyRound.State.OPEN:
                return queryset.open()
            case SurveyRound.State.ENDED:
                return queryset.ended()
            case SurveyRound.State.CLOSED:
                return queryset.closed()
            case SurveyRound.State.VOID:
                return queryset.exclude(voided_at=None)
            case _:
                raise IncorrectLookupParameters


def _key(request, parameter):
    """Return the key in the address, or None if there is none or it is not a key."""
    try:
        return UUID(request.GET.get(parameter, ""))
    except ValueError:
        return None
