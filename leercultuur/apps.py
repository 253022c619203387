"""Apps of others, under a name that our administrators read."""

from allauth.mfa.apps import MFAConfig
from django.utils.translation import gettext_lazy as _


class SecondStepConfig(MFAConfig):
    verbose_name = _("Tweestapsverificatie")

    def ready(self):
        super().ready()
        of_model = self.get_model("authenticator")._meta
        of_model.verbose_name = _("tweede stap")
        of_model.verbose_name_plural = _("tweede stappen")
