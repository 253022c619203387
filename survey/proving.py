"""Who has proven to read the mail of an address. What came before that loses its power.

Anybody can sign up with the address of somebody else. Once its owner proves that it is hers, the
password and the sessions of before end (docs/decisions/0011-addresses-that-nobody-proved.md).
"""

from allauth.account import signals
from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.utils.translation import gettext as _

from .mailing import reaches_mailboxes
from .models import User

SIGNED_UP_WITH = "signed_up_with"  # in the session: the invitation that this account was made for


def listen():
    """Hear of every way to prove an address. django-allauth offers signals only."""
    signals.authentication_step_completed.connect(by_code, dispatch_uid="by_code")
    signals.email_confirmed.connect(for_the_first_time, dispatch_uid="for_the_first_time")
    signals.password_reset.connect(by_new_password, dispatch_uid="by_new_password")


def must_prove(request, code) -> bool:
    """Return whether this account must prove its address before it accepts the invitation.

    Not who made it with the invitation itself, and not where nobody could be sent a code. A code
    that is printed on the own machine is none: there it would only keep the demo waiting.
    """
    if not reaches_mailboxes() or request.session.get(SIGNED_UP_WITH) == code:
        return False
    return not _addresses_of(request.user).filter(verified=True).exists()


def by_code(request, user, method, email=None, **others):
    """Have django-allauth confirm the address right after this, also if it forgot about it.

    It keeps none of a user that an administrator made, or who began to change an unproven one.
    """
    if method == "code" and email and email.lower() == user.email.lower():
        _addresses_of(user).get_or_create(email=email.lower(), defaults={"user": user})


def for_the_first_time(request, email_address, **others):
    """End what came before, except for who changes an address she proved to another one."""
    user = email_address.user
    is_own_session = request.user.is_authenticated and request.user.pk == user.pk
    proven_before = _addresses_of(user).exclude(pk=email_address.pk).filter(verified=True)
    if is_own_session and proven_before.exists():
        return
    had_password = user.has_usable_password()
    # A session holds a hash of the password, so this ends all of them.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    if is_own_session:
        update_session_auth_hash(request, user)
    if had_password:
        messages.info(
            request,
            _(
                "Het wachtwoord dat voordien bij dit adres hoorde, werkt niet meer, voor het geval "
                "iemand anders het koos. Kies een nieuw wachtwoord bij Mijn account."
            ),
        )


@transaction.atomic
def by_new_password(user, **others):
    """A link from the mailbox, and a new password: the address is proven, all sessions ended.

    While the account was changing to another address we cannot know which of both got the
    link, so that change ends, and nothing is proven.
    """
    other_addresses = _addresses_of(user).exclude(email=user.email.lower())
    if other_addresses.exists():
        other_addresses.filter(verified=False).delete()
        return
    address, _made = _addresses_of(user).get_or_create(
        email=user.email.lower(), defaults={"user": user, "primary": True}
    )
    address.set_verified()


class ChangeEmailForm(AddEmailForm):
    """Begin to change to another address."""

    def clean_email(self):
        """Refuse the address of somebody else; confirming it could only fail later."""
        email = super().clean_email()
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request):
        """Keep the present address in the account; django-allauth would empty an unproven one."""
        _addresses_of(self.user).filter(email=self.user.email.lower(), verified=False).delete()
        return super().save(request)


def _addresses_of(user):
    return EmailAddress.objects.filter(user=user)
