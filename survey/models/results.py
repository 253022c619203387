"""Results: what was published at closing, and what was counted then (T5)."""

import uuid
from collections.abc import Collection
from functools import lru_cache

from django.db import connections, models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .questionnaire import Choice, Question
from .rounds import SurveyRound


class Segment(models.Model):
    """What was published at closing: one team, or several small ones together.

    Its name is composed when it is shown, in the reader's language (T3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey_round = models.ForeignKey(
        SurveyRound, models.CASCADE, verbose_name=_("bevraging"), related_name="segments"
    )
    position = models.PositiveSmallIntegerField(_("plaats"))
    response_count = models.PositiveIntegerField(_("aantal inzendingen"))

    class Meta:
        verbose_name = _("deelrapport")
        verbose_name_plural = _("deelrapporten")
        ordering = ["survey_round", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey_round", "position"], name="segment_one_per_position"
            )
        ]

    def __str__(self):
        return ", ".join(team.name for team in self.teams.all())

    def get_absolute_url(self):
        return reverse("segment_report", args=[self.survey_round_id, self.pk])


class TallyQuerySet(models.QuerySet):
    def sums_of(self, *groups: Collection[uuid.UUID]) -> list[tuple[int, int, int | None, int]]:
        """Rows of what was counted in each of these groups of segments together; one query.

        Of the whole table. A row is (number of the group, question, choice, count), all keys, with
        no choice for who gave no answer. Django would write the statement anew for each report.
        """
        keys = [key for group in groups for key in group]
        if not keys:
            return []
        connection = connections[self.db]
        own_key = Segment._meta.pk  # text on SQLite
        with connection.cursor() as cursor:
            prepared = [own_key.get_db_prep_value(key, connection) for key in keys]
            cursor.execute(_sums_sql(tuple(map(len, groups))), prepared)
            return cursor.fetchall()


SUMS = """
SELECT {number:d}, question_id, choice_id, SUM(count) FROM {table}
WHERE segment_id IN ({places}) GROUP BY question_id, choice_id"""


@lru_cache(maxsize=64)
def _sums_sql(sizes) -> str:
    """Return the statement for groups of so many segments; nothing in it was sent by anybody."""
    return " UNION ALL ".join(
        SUMS.format(number=number, table=Tally._meta.db_table, places=", ".join(["%s"] * size))
        for number, size in enumerate(sizes)
        if size
    )


class Tally(models.Model):
    """How many responses in a segment chose an option; without option: gave no answer."""

    segment = models.ForeignKey(
        Segment, models.CASCADE, verbose_name=_("deelrapport"), related_name="tallies"
    )
    question = models.ForeignKey(
        Question, models.PROTECT, verbose_name=_("vraag"), related_name="+"
    )
    choice = models.ForeignKey(
        Choice,
        models.PROTECT,
        verbose_name=_("antwoordmogelijkheid"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Leeg: geen antwoord op deze vraag."),
    )
    count = models.PositiveIntegerField(_("aantal"))

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("telling")
        verbose_name_plural = _("tellingen")
        ordering = ["segment", "question", "choice"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "choice"],
                condition=Q(choice__isnull=False),
                name="tally_one_per_choice",
            ),
            models.UniqueConstraint(
                fields=["segment", "question"],
                condition=Q(choice__isnull=True),
                name="tally_one_skipped_per_question",
            ),
        ]

    def __str__(self):
        return f"{self.choice or _('geen antwoord')}: {self.count}"


class SharedFinding(models.Model):
    """A question that a team, or without segment the organisation, hangs on the notice board."""

    survey_round = models.ForeignKey(
        SurveyRound, models.CASCADE, verbose_name=_("bevraging"), related_name="shared_findings"
    )
    segment = models.ForeignKey(
        Segment,
        models.CASCADE,
        verbose_name=_("deelrapport"),
        related_name="shared_findings",
        null=True,
        blank=True,
    )
    question = models.ForeignKey(
        Question, models.PROTECT, verbose_name=_("vraag"), related_name="+"
    )

    class Meta:
        verbose_name = _("gedeelde vaststelling")
        verbose_name_plural = _("gedeelde vaststellingen")
        ordering = ["survey_round", "segment", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "question"],
                condition=Q(segment__isnull=False),
                name="shared_finding_once",
            ),
            models.UniqueConstraint(
                fields=["survey_round", "question"],
                condition=Q(segment__isnull=True),
                name="shared_finding_once_of_organisation",
            ),
        ]

    def __str__(self):
        return str(self.question)
