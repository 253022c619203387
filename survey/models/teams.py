"""The teams of a survey round."""

import uuid
from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .rounds import TOKEN_LENGTH, SurveyRound, grouped, new_token


def is_name_taken(name: str, names: Iterable[str]) -> bool:
    """Return whether a team with one of these names has this name too, whatever the capitals.

    For forms, which can say it kindly. The constraint of a team is the last to hold it, and knows
    fewer capitals: SQLite only those from A to Z.
    """
    return _without_capitals(name) in {_without_capitals(each) for each in names}


def _without_capitals(name):
    # The one capital that PostgreSQL takes for another letter than Python does.
    return name.replace("İ", "i").casefold()


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
                "survey_round",
                Lower("name"),
                name="team_one_per_name",
                violation_error_message=_("Er is al een team met deze naam in deze bevraging."),
            ),
            models.CheckConstraint(
                condition=Q(headcount__gte=1), name="team_headcount_at_least_one"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("respond", args=[self.grouped_token])

    @property
    def grouped_token(self):
        return grouped(self.token)
