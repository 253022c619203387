"""A survey round and its teams: what HR prepares, and the state that follows from it."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from .organisations import Organisation
from .questionnaire import Questionnaire
from .told import PROPOSED, Told, in_readers_language

LOWEST_THRESHOLD = 3

# Crockford's base 32: no i, l, o or u, so nothing looks like 1 or 0.
TOKEN_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"  # noqa: S105
TOKEN_LENGTH = 12
MISREAD = str.maketrans("oil", "011", "- ")


def new_token():
    """Return a link token: twelve characters of 32 signs, 60 bits."""
    return get_random_string(TOKEN_LENGTH, TOKEN_SIGNS)


def read_token(typed):
    """Return the token in what somebody typed: with or without hyphens, in either case."""
    return typed.lower().translate(MISREAD)


def grouped(token):
    """Return a token as people read it: three groups of four."""
    return "-".join(token[start : start + 4] for start in range(0, TOKEN_LENGTH, 4))


def default_threshold():
    """Return the threshold that a round copies when it is made (T2)."""
    return settings.THRESHOLD


class SurveyRoundQuerySet(models.QuerySet):
    def for_member(self, user):
        """Rounds of this user's organisations, each with the user's `reader_role` in it."""
        return self.filter(organisation__memberships__user=user).annotate(
            reader_role=F("organisation__memberships__role")
        )

    def open(self):
        """Rounds that still take answers on the public form."""
        return self.unfinished().filter(closing_date__gte=timezone.localdate())

    def ended(self):
        """Rounds whose date has passed, that HR has not closed yet."""
        return self.unfinished().filter(closing_date__lt=timezone.localdate())

    def unfinished(self):
        """Rounds that are open or ended: neither closed nor void."""
        return self.filter(closed_at=None, voided_at=None)

    def closed(self):
        """Rounds whose results are published and frozen."""
        return self.exclude(closed_at=None)


class SurveyRound(models.Model):
    """One organisation, one questionnaire, one period.

    Mode, threshold and questionnaire are fixed when the round is made (T2).
    """

    class Mode(models.TextChoices):
        ANONYMOUS = "ANONYMOUS", _("anoniem, elk apart")
        ORGANISATION = "ORGANISATION", _("samen, niet anoniem")

    class State(models.TextChoices):
        OPEN = "OPEN", _("open")
        ENDED = "ENDED", _("datum voorbij")
        CLOSED = "CLOSED", _("afgesloten")
        VOID = "VOID", _("ongeldig")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisatie"), related_name="survey_rounds"
    )
    questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        verbose_name=_("vragenlijst"),
        related_name="survey_rounds",
    )
    previous = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("vorige bevraging"),
        related_name="following",
        null=True,
        blank=True,
        editable=False,
    )
    title = models.CharField(_("titel"), max_length=100)
    token = models.CharField(
        _("code in de algemene link"),
        max_length=TOKEN_LENGTH,
        unique=True,
        default=new_token,
        editable=False,
    )
    mode = models.CharField(
        _("manier van invullen"), max_length=12, choices=Mode, default=Mode.ANONYMOUS
    )
    threshold = models.PositiveSmallIntegerField(
        _("drempel"),
        default=default_threshold,
        validators=[MinValueValidator(LOWEST_THRESHOLD), MaxValueValidator(100)],
        help_text=_("Zoveel antwoorden zijn minstens nodig voor een deelrapport."),
    )
    opened_on = models.DateField(_("begonnen op"), default=timezone.localdate, editable=False)
    closing_date = models.DateField(
        _("einddatum"), help_text=_("Tot en met deze dag kan iedereen invullen.")
    )
    asked_by = models.CharField(_("wie vraagt dit"), max_length=100)
    purpose = models.CharField(_("waarom"), max_length=200)
    read_by = models.CharField(_("wie leest het resultaat"), max_length=200)
    heard_when = models.CharField(_("wanneer horen collega’s ervan"), max_length=200)
    contact = models.CharField(_("bij wie kan je terecht met vragen"), max_length=200)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(
        _("ongeldig verklaard op"), null=True, blank=True, editable=False
    )
    void_reason = models.CharField(_("reden"), max_length=200, blank=True)
    ending_mailed_for = models.DateField(
        _("mail over het einde, voor einddatum"), null=True, blank=True, editable=False
    )
    ended_mailed_for = models.DateField(
        _("mail na het einde, voor einddatum"), null=True, blank=True, editable=False
    )

    objects = SurveyRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("bevraging")
        verbose_name_plural = _("bevragingen")
        ordering = ["-opened_on", "-closing_date", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__gte=LOWEST_THRESHOLD),
                name="survey_round_lowest_threshold",
                violation_error_message=_("De drempel is nooit lager dan 3."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(voided_at__isnull=True),
                name="survey_round_closed_or_void",
                violation_error_message=_(
                    "Een afgesloten bevraging kan niet meer ongeldig worden."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("survey_round", args=[self.pk])

    @property
    def grouped_token(self):
        return grouped(self.token)

    @property
    def state(self):
        if self.voided_at:
            return self.State.VOID
        if self.closed_at:
            return self.State.CLOSED
        if self.closing_date < timezone.localdate():
            return self.State.ENDED
        return self.State.OPEN

    @property
    def is_open(self):
        """Whether the public form takes answers."""
        return self.state == self.State.OPEN

    @property
    def is_unfinished(self):
        """Whether HR can still enter paper, give more time, close or void."""
        return self.state in (self.State.OPEN, self.State.ENDED)

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED

    @property
    def is_anonymous(self):
        return self.mode == self.Mode.ANONYMOUS

    @property
    def told(self):
        """What colleagues read about this round, in the active language."""
        return Told(*(in_readers_language(getattr(self, field)) for field in PROPOSED))


class TeamQuerySet(models.QuerySet):
    def for_update(self):
        """Lock these teams in key order, where the database can lock a row."""
        return self.order_by("pk").select_for_update(no_key=True)

    def next_position(self) -> int:
        """Return the place after the last of these teams."""
        last = self.aggregate(position=models.Max("position", default=0))
        return last["position"] + 1

    def before(self, survey_round, teams):
        """Teams of the previous round that these teams of `survey_round` were made from.

        As was noted, or else the one of the same name, unless it was noted for another team.
        """
        keys = [team.pk for team in teams]
        unnoted = Team.objects.filter(pk__in=keys, previous_teams=None)
        by_name = Q(name__in=unnoted.values("name")) & ~Q(
            following_teams__survey_round=survey_round
        )
        earlier = self.filter(survey_round=survey_round.previous_id)
        return earlier.filter(Q(following_teams__in=keys) | by_name)


class Team(models.Model):
    """Part of a survey round, with its own link. After closing it keeps only its number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey_round = models.ForeignKey(
        SurveyRound, models.CASCADE, verbose_name=_("bevraging"), related_name="teams"
    )
    position = models.PositiveSmallIntegerField(_("plaats"), default=0, editable=False)
    name = models.CharField(_("naam"), max_length=100)
    headcount = models.PositiveIntegerField(
        _("aantal collega’s"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    token = models.CharField(
        _("code in de link"),
        max_length=TOKEN_LENGTH,
        unique=True,
        default=new_token,
        editable=False,
    )
    response_count = models.PositiveIntegerField(_("aantal inzendingen"), default=0, editable=False)
    segment = models.ForeignKey(
        "Segment",
        models.SET_NULL,
        verbose_name=_("deelrapport"),
        related_name="teams",
        null=True,
        blank=True,
        editable=False,
    )
    previous_teams = models.ManyToManyField(
        "self",
        verbose_name=_("teams van de vorige bevraging"),
        related_name="following_teams",
        symmetrical=False,
        blank=True,
        editable=False,
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey_round", "name"],
                name="team_one_per_name",
                violation_error_message=_("Er is al een team met deze naam in deze bevraging."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("respond", args=[self.grouped_token])

    @property
    def grouped_token(self):
        return grouped(self.token)
