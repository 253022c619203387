"""The second step at signing in, and the door of the admin."""

import segno
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

SET_UP_HERE = "second_step_set_up_here"  # in the session


def listen():
    """Hear that somebody sets up a second step; django-allauth records only its use."""
    authenticator_added.connect(note_set_up, dispatch_uid="note_set_up")


def note_set_up(request, authenticator, **others):
    """Who typed the first code of a new app a moment ago need not type another one."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session[SET_UP_HERE] = authenticator.pk


class SecondStepAdapter(DefaultMFAAdapter):
    """Draws the QR code inline: the policy allows no image from a `data:` address."""

    def build_totp_svg(self, url):
        return mark_safe(segno.make(url).svg_inline(border=4, omitsize=True))  # noqa: S308


class StaffSecondStepMiddleware:
    """Let staff into the admin, and to the pages of a second step that is on, only with one.

    It is the session that must have passed it: one from before, on another machine, has not.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self._ask(request) if settings.STAFF_2FA else None
        return answer or self.get_response(request)

    def _ask(self, request):
        """Return where to go first; None if this request may pass."""
        enters_admin = request.path.startswith(reverse("admin:index"))
        changes_step = request.path.startswith(reverse("mfa_index")) and (
            request.path not in {reverse("mfa_reauthenticate"), reverse("mfa_authenticate")}
        )
        if not (enters_admin or changes_step) or not request.user.is_staff:
            return None
        if not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp") if enters_admin else None
        if has_passed(request):
            return None
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")


def has_passed(request) -> bool:
    """Return whether this session gave its second step, or set it up."""
    records = get_authentication_records(request, request.user)
    if any(record.get("method") == "mfa" for record in records):
        return True
    set_up = request.session.get(SET_UP_HERE)
    return Authenticator.objects.filter(pk=set_up, user=request.user).exists()
