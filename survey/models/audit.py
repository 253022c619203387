"""Who looked at single responses, and when (T9). The app only adds rows, and deletes old ones."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisations import User
from .rounds import SurveyRound


class AuditEntryQuerySet(models.QuerySet):
    def record(self, user: User, survey_rounds: Iterable[SurveyRound], what: str) -> None:
        """Log that this user saw something of these survey rounds, each once."""
        self.bulk_create(
            self.model(user=user, user_email=user.email, survey_round=survey_round, what=what)
            for survey_round in dict.fromkeys(survey_rounds)
        )


class AuditEntry(models.Model):
    """One look at the responses of a survey round by somebody with the right to."""

    class What(models.TextChoices):
        LIST = "LIST", _("lijst met inzendingen bekeken")
        RESPONSE = "RESPONSE", _("één inzending bekeken")
        EXPORT = "EXPORT", _("inzendingen geëxporteerd")
        TEXTS = "TEXTS", _("aanvullingen nagelezen")

    at = models.DateTimeField(_("tijdstip"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("gebruiker"),
        related_name="audit_entries",
        null=True,
    )
    user_email = models.EmailField(_("e-mailadres"))
    survey_round = models.ForeignKey(
        SurveyRound,
        models.SET_NULL,
        verbose_name=_("bevraging"),
        related_name="audit_entries",
        null=True,
    )
    what = models.CharField(_("wat"), max_length=8, choices=What)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel in het logboek")
        verbose_name_plural = _("logboek")
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"], name="audit_entry_at")]

    def __str__(self):
        return f"{self.user_email}: {self.get_what_display()}"
