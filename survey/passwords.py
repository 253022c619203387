"""What a password must be. Django's rules, said in our own words."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    def get_help_text(self):
        return self._say()

    def get_error_message(self):
        return self._say()

    def _say(self):
        return ngettext(
            "Neem minstens %(length)d teken.", "Neem minstens %(length)d tekens.", self.min_length
        ) % {"length": self.min_length}


class UnlikeYourself(password_validation.UserAttributeSimilarityValidator):
    def get_help_text(self):
        return _("Neem iets anders dan je naam of e-mailadres.")

    def get_error_message(self):
        return _("Dit lijkt te veel op je naam of e-mailadres.")


class NotCommon(password_validation.CommonPasswordValidator):
    def get_help_text(self):
        return _("Neem geen wachtwoord dat veel mensen gebruiken.")

    def get_error_message(self):
        return _("Te veel mensen gebruiken dit wachtwoord.")


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_help_text(self):
        return _("Neem niet alleen cijfers.")

    def get_error_message(self):
        return _("Dit zijn alleen cijfers.")
