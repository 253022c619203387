"""Apps of others, under a name that our administrators read."""

from allauth.mfa.apps import MFAConfig
from django.utils.translation import gettext_lazy as _


class SecondStepConfig(MFAConfig):
    verbose_name = _("Tweestapsverificatie")
