"""How signing up and signing in work here, on top of django-allauth."""

from functools import partial
from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from .mailing import MailIsOff, mail_is_off, try_to_send
from .models import Invitation, User
from .proving import SIGNED_UP_WITH

INVITED = "invitation"  # in the session: the code of the invitation that somebody follows


class AccountAdapter(DefaultAccountAdapter):
    """Users have an e-mail address and a language. Sign-up can be closed, not to the invited."""

    def is_open_for_signup(self, request):
        return settings.SIGNUP_OPEN or is_invited(request)

    def get_client_ip(self, request):
        """Return an IPv4 address as such, also when it was written as an IPv6 one.

        Limits count an IPv6 address by its first 64 bits, and those are equal in all of these.
        """
        address = ip_address(super().get_client_ip(request))
        return str(getattr(address, "ipv4_mapped", None) or address)

    def is_safe_url(self, url):
        """Tell whether somebody may be led there; what is no address at all is not."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def save_user(self, request, user, form, commit=True):
        user.language = get_language()
        request.session[SIGNED_UP_WITH] = request.session.get(INVITED)
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix, email, context):
        """Send in the receiver's language. A mail server that is down is told, never a 500."""
        send = partial(super().send_mail, template_prefix, email, context)
        with override(language_of(email, context)):
            error = try_to_send(send, about=template_prefix)
        if error:
            self.request.mail_failed = True
            messages.error(self.request, why_not_sent(error))

    def send_notification_mail(self, *args, **kwargs):
        """Where mail is off, nobody waits for a note about what she just did herself."""
        if not mail_is_off():
            super().send_notification_mail(*args, **kwargs)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Leave out "we sent you a mail" when we could not."""
        says_sent = (message_template or "").endswith("_sent.txt")
        if says_sent and hasattr(request, "mail_failed"):
            return
        super().add_message(request, level, message_template, *args, **kwargs)


def is_invited(request) -> bool:
    """Return whether this visitor follows an invitation that is still valid."""
    code = request.session.get(INVITED)
    return code is not None and Invitation.objects.valid().filter(code=code).exists()


def why_not_sent(error) -> str:
    """Return what we tell somebody whose mail did not leave."""
    if isinstance(error, MailIsOff):
        return _("Deze site kan geen mail sturen. Vraag hulp aan wie de site beheert.")
    return _("De mail is niet vertrokken: onze mailserver antwoordt niet. Probeer later nog.")


def language_of(email, context) -> str:
    """Return the language of the user who receives a mail, else the active one."""
    if "user" in context:
        return context["user"].language
    languages = User.objects.filter(email__iexact=email).values_list("language", flat=True)
    return languages.first() or get_language()


def remember_language(user, language: str) -> None:
    """From now on write to this user in this language; do nothing for others and other words."""
    if user.is_authenticated and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk).update(language=language)
