"""What colleagues answer. Nothing here says who, when or where from (T6, T7)."""

import uuid
from functools import lru_cache
from itertools import pairwise

from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .questionnaire import Choice, Question
from .results import Segment
from .teams import Team

OTHER_TEXT_LENGTH = 300
PART = 100_000  # responses whose answers are deleted at once


class InTeamOrSegmentQuerySet(models.QuerySet):
    def of_round(self, survey_round):
        """Rows of a survey round: by team before closing, by segment after."""
        return self.filter(
            Q(team__survey_round=survey_round) | Q(segment__survey_round=survey_round)
        )


class InTeamOrSegment(models.Model):
    """Belongs to a team until closing, and from then on only to a segment (T6)."""

    team = models.ForeignKey(
        Team, models.CASCADE, verbose_name=_("team"), related_name="+", null=True, blank=True
    )
    segment = models.ForeignKey(
        Segment,
        models.CASCADE,
        verbose_name=_("deelrapport"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, segment__isnull=True)
                | Q(team__isnull=True, segment__isnull=False),
                name="%(class)s_in_team_or_segment",
            )
        ]

    @property
    def survey_round(self):
        return (self.team or self.segment).survey_round


class Response(InTeamOrSegment):
    """One completed form. No person, address, time, device, language or source (T6).

    Its key is the form's hidden key, so that sending twice stores once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects = InTeamOrSegmentQuerySet.as_manager()

    class Meta(InTeamOrSegment.Meta):
        verbose_name = _("inzending")
        verbose_name_plural = _("inzendingen")
        ordering = ["pk"]

    def __str__(self):
        return str(self.pk)[:8]


class Answer(models.Model):
    """One chosen option in a response. A skipped question has no rows."""

    # No key of its own: a running number would tell the order of sending.
    pk = models.CompositePrimaryKey("response_id", "choice_id")
    response = models.ForeignKey(
        Response, models.CASCADE, verbose_name=_("inzending"), related_name="answers"
    )
    choice = models.ForeignKey(
        Choice, models.PROTECT, verbose_name=_("antwoordmogelijkheid"), related_name="answers"
    )

    class Meta:
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")

    def __str__(self):
        return str(self.choice)


class OtherTextQuerySet(InTeamOrSegmentQuerySet):
    def pending(self):
        """Texts that nobody has read yet."""
        return self.filter(state=OtherText.State.PENDING)

    def shown(self):
        """Texts that the report may show."""
        return self.filter(state=OtherText.State.SHOWN)

    def first_of_each(self, field, keys, question_ids, *, first, most) -> list[tuple]:
        """Rows of the first shown texts of each question, and rows that count; one query.

        Of the whole table: in the teams or segments with these keys, as `field` says. A row is
        (question, state, key, text, None) for a text, or (question, state, None, "", count), where
        nothing is counted beyond `most`. It reads in the order of the index and no further than
        that: ten thousand texts cost as much as a hundred.
        """
        if not keys:
            return []
        own_key = self.model._meta.pk  # theirs are UUIDs too, text on SQLite
        connection = connections[self.db]
        statement = _first_of_each_sql(field, len(keys), tuple(question_ids), first, most)
        prepared = [own_key.get_db_prep_value(key, connection) for key in keys]
        with connection.cursor() as cursor:
            cursor.execute(statement, prepared * (statement.count("%s") // len(keys)))
            return cursor.fetchall()


class OtherText(InTeamOrSegment):
    """The text behind Andere. Not linked to a response; its random key is its shuffle (T7)."""

    class State(models.TextChoices):
        PENDING = "PENDING", _("nog na te lezen")
        SHOWN = "SHOWN", _("in het rapport")
        HIDDEN = "HIDDEN", _("verborgen")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(
        Question, models.PROTECT, verbose_name=_("vraag"), related_name="other_texts"
    )
    text = models.CharField(_("tekst"), max_length=OTHER_TEXT_LENGTH)
    state = models.CharField(_("stand"), max_length=7, choices=State, default=State.PENDING)

    objects = OtherTextQuerySet.as_manager()

    class Meta(InTeamOrSegment.Meta):
        verbose_name = _("aanvulling")
        verbose_name_plural = _("aanvullingen")
        ordering = ["question", "pk"]
        constraints = [
            *InTeamOrSegment.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="other_text_is_not_empty"),
        ]
        indexes = [
            # With the key: the first texts of a question are found without looking at the rest.
            models.Index(fields=["segment", "state", "question", "id"], name="other_text_in_report")
        ]

    def __str__(self):
        return self.text


# PostgreSQL takes the types of a column from the first two parts: these two know all of them.
COUNTED = """
SELECT question.id, '{state}', NULL, '', (SELECT COUNT(*) FROM (
    SELECT 1 FROM {table} WHERE {group} AND state = '{state}' AND question_id = question.id
    LIMIT {most:d}) AS counted) FROM {question_table} AS question WHERE id IN ({questions})"""
FIRST_SHOWN = """
SELECT question_id, state, id, text, NULL FROM {table} WHERE id IN (
    SELECT id FROM {table} WHERE {group} AND state = '{state}' AND question_id = {question:d}
    ORDER BY id LIMIT {first:d})"""


@lru_cache(maxsize=64)
def _first_of_each_sql(field, key_count, question_ids, first, most) -> str:
    """Return the statement with places for the keys; nothing in it was sent by anybody.

    Django would write its parts anew for each report, which took a third of the time.
    """
    names = {
        "table": OtherText._meta.db_table,
        "question_table": Question._meta.db_table,
        "group": f"{field}_id IN ({', '.join(['%s'] * key_count)})",
        "questions": ", ".join(format(question_id, "d") for question_id in question_ids),
        "first": first,
        "most": most,
    }
    shown, pending = OtherText.State.SHOWN.value, OtherText.State.PENDING.value
    counted, *last = (COUNTED.format(state=state, **names) for state in (shown, pending))
    firsts = (FIRST_SHOWN.format(question=key, state=shown, **names) for key in question_ids)
    return " UNION ALL ".join([counted, *firsts, *last])


def erase(responses: InTeamOrSegmentQuerySet, texts: OtherTextQuerySet) -> int:
    """Delete these responses with their answers, and these texts; return how many rows that were.

    Plain DELETE: the ordinary one would first fetch every row to look for cascades.
    """
    answers = [Answer.objects.filter(response__in=part) for part in _in_parts(responses)]
    return sum(rows.order_by()._raw_delete(rows.db) or 0 for rows in (*answers, responses, texts))


def _in_parts(responses):
    """Yield the responses in parts of about the same size, by the first bits of their key.

    SQLite remembers every row that one DELETE will remove: for the answers of a million
    responses that was 400 MB.
    """
    part_count = 1 + responses.count() // PART
    bounds = [number * 2**128 // part_count for number in range(part_count + 1)]
    for first, after in pairwise(bounds):
        yield responses.filter(pk__range=(uuid.UUID(int=first), uuid.UUID(int=after - 1)))
