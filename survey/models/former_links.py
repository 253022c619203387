"""Links of teams that were joined: what is printed on their posters keeps working."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .rounds import TOKEN_LENGTH
from .teams import Team


class FormerLink(models.Model):
    """The token of a team that went into another one, which it now leads to."""

    token = models.CharField(_("code in de link"), max_length=TOKEN_LENGTH, unique=True)
    team = models.ForeignKey(
        Team, models.CASCADE, verbose_name=_("team"), related_name="former_links"
    )

    class Meta:
        verbose_name = _("vroegere link")
        verbose_name_plural = _("vroegere links")
        ordering = ["token"]

    def __str__(self):
        return self.token
