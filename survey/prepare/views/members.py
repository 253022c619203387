"""The members of an organisation. HR changes them, facilitators may look."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.access import organisation_hr_required, organisation_member_required
from survey.models import Invitation, Membership

from ..members import (
    InviteForm,
    LastHrMember,
    RoleForm,
    address_of,
    change_role,
    hold_members,
    is_last_hr,
    last_day_of,
    remove_member,
    renew,
    send_invitation,
)


@require_safe
@organisation_member_required
def members(request, organisation):
    """Who is a member, and for HR who is invited."""
    return _draw(request, organisation, InviteForm(instance=_new_invitation(organisation)))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_hr_required
def member_invite(request, organisation):
    """Invite somebody by mail; the form stands among the members."""
    if request.method != "POST":
        return _to_members(organisation)

    with hold_members(organisation):
        form = InviteForm(request.POST, instance=_new_invitation(organisation))
        if form.is_valid():
            form.save()
    if form.errors:
        return _draw(request, organisation, form, status=422)
    _send(request, form.instance)
    return _to_members(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_hr_required
def invitation_resend(request, organisation, invitation_id):
    """Send an invitation again; its link works for another seven days."""
    if request.method != "POST":
        return _to_members(organisation)

    invitation = organisation.invitations.filter(pk=invitation_id).first()
    if invitation and renew(invitation):
        _send(request, invitation)
    else:
        _say_gone(request)
    return _to_members(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_hr_required
def invitation_withdraw(request, organisation, invitation_id):
    """Take an invitation back; its link no longer works."""
    if request.method != "POST":
        return _to_members(organisation)

    invitation = organisation.invitations.filter(pk=invitation_id).first()
    if invitation:
        email = invitation.email
        invitation.delete()
        messages.success(
            request, _("De uitnodiging voor %(email)s is ingetrokken.") % {"email": email}
        )
    else:
        _say_gone(request)
    return _to_members(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_hr_required
def member(request, organisation, membership_id):
    """Change the role of a member."""
    membership = _find(organisation, membership_id)
    if request.method != "POST":
        return _draw_member(request, organisation, membership, RoleForm(instance=membership))

    form = RoleForm(request.POST, instance=membership)
    if not form.is_valid():
        return _draw_member(request, organisation, membership, form, status=422)
    try:
        change_role(membership, form.cleaned_data["role"])
    except LastHrMember:
        _say_last_hr(request)
    else:
        messages.success(request, _("De rol is veranderd."))
    return _to_members(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_hr_required
def member_remove(request, organisation, membership_id):
    """End the membership of somebody else; the button stands on the page of the member."""
    membership = _find(organisation, membership_id)
    if request.method != "POST":
        return redirect("member", organisation_id=organisation.pk, membership_id=membership.pk)

    try:
        remove_member(membership)
    except LastHrMember:
        _say_last_hr(request)
    else:
        messages.success(request, _("%(name)s is geen lid meer.") % {"name": membership.user})
    if membership.user == request.user:
        return redirect("home")
    return _to_members(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_member_required
def leave(request, organisation):
    """Leave an organisation, after a page that says what that means, or that it cannot be."""
    membership = get_object_or_404(organisation.memberships, user=request.user)
    if request.method != "POST":
        return render(
            request,
            "survey/prepare/leave.html",
            {"organisation": organisation, "is_last_hr": is_last_hr(membership)},
        )
    try:
        remove_member(membership)
    except LastHrMember:
        _say_last_hr(request)
        return _to_members(organisation)
    messages.success(request, _("Je bent geen lid meer van %(name)s.") % {"name": organisation})
    return redirect("home")


def _to_members(organisation):
    return redirect("members", organisation_id=organisation.pk)


def _new_invitation(organisation):
    return Invitation(organisation=organisation, role=Membership.Role.FACILITATOR)


def _find(organisation, membership_id):
    memberships = organisation.memberships.select_related("user")
    return get_object_or_404(memberships, pk=membership_id)


def _send(request, invitation):
    if send_invitation(invitation, request.user):
        messages.success(
            request, _("De uitnodiging voor %(email)s is verstuurd.") % {"email": invitation.email}
        )
    else:
        messages.error(
            request,
            _(
                "We konden geen mail sturen naar %(email)s. Kopieer hieronder de link en bezorg "
                "hem zelf."
            )
            % {"email": invitation.email},
        )


def _say_gone(request):
    messages.info(
        request,
        _("Deze uitnodiging is er niet meer: iemand nam ze aan of trok ze in, of ze is vervallen."),
    )


def _say_last_hr(request):
    messages.error(
        request,
        _("Er moet minstens één lid van HR blijven. Geef eerst iemand anders de rol HR."),
    )


def _draw(request, organisation, form, status=200):
    memberships = organisation.memberships.select_related("user").order_by("user__email")
    invitations = organisation.invitations.all() if organisation.reader_is_hr else ()
    return render(
        request,
        "survey/prepare/members.html",
        {
            "organisation": organisation,
            "memberships": memberships,
            "invitations": [
                (invitation, address_of(invitation), last_day_of(invitation))
                for invitation in invitations
            ],
            "form": form,
        },
        status=status,
    )


def _draw_member(request, organisation, membership, form, status=200):
    return render(
        request,
        "survey/prepare/member.html",
        {
            "organisation": organisation,
            "membership": membership,
            "is_last_hr": is_last_hr(membership),
            "form": form,
        },
        status=status,
    )
