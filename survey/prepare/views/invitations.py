"""Accept an invitation: the only page here that somebody without an account may see."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from survey.accounts import INVITED
from survey.models import Invitation
from survey.proving import must_prove

from ..members import InvitationGone, accept

JOINED = "joined"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request, code):
    """Say who invites for what; who is signed in accepts, who is not makes an account first."""
    found = Invitation.objects.select_related("organisation").filter(code=code).first()
    if found is None:
        return _draw_unknown(request, code)
    if not found.is_valid:
        return _draw_gone(request, found.organisation, status=410)
    if request.method != "POST":
        return render(
            request,
            "survey/prepare/invitation.html",
            {"invitation": found, "sign_in_address": _address("account_login", found)},
        )
    if not request.user.is_authenticated:
        request.session[INVITED] = found.code
        return redirect(_address("account_signup", found))
    if must_prove(request, code):
        return _ask_for_code(request, found)

    try:
        is_new = accept(found, request.user)
    except InvitationGone:
        return _draw_unknown(request, code)
    request.session[JOINED] = [code, str(found.organisation_id)]
    request.session.pop(INVITED, None)
    if is_new:
        welcome = _("Welkom. Je bent nu lid van %(name)s.")
    else:
        welcome = _("Je was al lid van %(name)s en houdt je rol. Een rol veranderen, dat doet HR.")
    messages.success(request, welcome % {"name": found.organisation})
    return redirect(found.organisation)


def _ask_for_code(request, found):
    """Sign out, because signing in with a code from the mail is what proves an address."""
    logout(request)
    messages.info(
        request,
        _(
            "Dit account heeft zijn adres nog niet bevestigd. Meld je één keer aan met een code "
            "uit je mail; daarna kom je terug bij de uitnodiging."
        ),
    )
    return redirect(_address("account_request_login_code", found))


def _address(name, found):
    """Return the address to sign in or up, that leads back here."""
    words = {"next": found.get_absolute_url(), "email": found.email}
    return f"{reverse(name)}?{urlencode(words)}"


def _draw_unknown(request, code):
    """Who accepted this invitation a moment ago pressed twice: lead her on."""
    joined_code, organisation_id = request.session.get(JOINED, ("", ""))
    if joined_code == code:
        return redirect("organisation", organisation_id=organisation_id)
    return _draw_gone(request, None, status=404)


def _draw_gone(request, organisation, status):
    return render(
        request,
        "survey/prepare/invitation_gone.html",
        {"organisation": organisation},
        status=status,
    )
