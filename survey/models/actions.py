"""What a team, or the whole organisation, will do after the conversation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .questionnaire import Question, in_language
from .results import Segment
from .rounds import SurveyRound

UNFINISHED = ("OPEN", "BUSY")
ANSWERS = ("BUSY", "DONE", "CHANGED")  # to the question how it goes


class ActionPointQuerySet(models.QuerySet):
    def unfinished(self):
        """Actions that are still to be done or being done."""
        return self.filter(state__in=UNFINISHED)

    def to_remind(self, today):
        """Unfinished actions whose date has come, that no mail asked about since that date."""
        due = self.unfinished().filter(review_on__lte=today, survey_round__voided_at=None)
        return due.filter(Q(reminded_on=None) | Q(reminded_on__lt=F("review_on")))


class ActionPoint(models.Model):
    """One of at most three actions of a segment; without segment: of the organisation."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("afgesproken")
        BUSY = "BUSY", _("bezig")
        DONE = "DONE", _("gedaan")
        CHANGED = "CHANGED", _("anders gelopen")

    survey_round = models.ForeignKey(
        SurveyRound, models.CASCADE, verbose_name=_("bevraging"), related_name="action_points"
    )
    segment = models.ForeignKey(
        Segment,
        models.CASCADE,
        verbose_name=_("deelrapport"),
        related_name="action_points",
        null=True,
        blank=True,
    )
    position = models.PositiveSmallIntegerField(_("plaats"))
    question = models.ForeignKey(
        Question,
        models.PROTECT,
        verbose_name=_("vraag"),
        related_name="+",
        null=True,
        blank=True,
    )
    text = models.CharField(_("wij kiezen"), max_length=200)
    first_step = models.CharField(_("eerste stap, binnen 2 weken"), max_length=200, blank=True)
    who = models.CharField(_("wie trekt de kar?"), max_length=100, blank=True)
    needed = models.CharField(_("wie of wat is nodig?"), max_length=200, blank=True)
    asked_of_management = models.CharField(
        _("wat vragen we aan de directie?"), max_length=200, blank=True
    )
    noticed_by = models.CharField(_("hieraan merken we dat het lukt"), max_length=200, blank=True)
    review_on = models.DateField(_("we bekijken het opnieuw op"), null=True, blank=True)
    state = models.CharField(_("stand"), max_length=7, choices=State, default=State.OPEN)
    is_shared = models.BooleanField(_("op het mededelingenbord"), default=False)
    reminded_on = models.DateField(_("mail verstuurd op"), null=True, blank=True, editable=False)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("actie")
        verbose_name_plural = _("acties")
        ordering = ["survey_round", "segment", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "position"],
                condition=Q(segment__isnull=False),
                name="action_point_one_per_position",
            ),
            models.UniqueConstraint(
                fields=["survey_round", "position"],
                condition=Q(segment__isnull=True),
                name="action_point_one_per_position_of_organisation",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=3),
                name="action_point_at_most_three",
                violation_error_message=_("Kies hoogstens drie acties."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_finished(self):
        """Whether it is done, or went otherwise."""
        return self.state not in UNFINISHED

    @property
    def topic(self):
        """Number and subject of the question it is about, as they are read; empty without one."""
        return (
            f"{self.question.number}. {in_language(self.question.topic)}" if self.question else ""
        )
