"""Who is a member of an organisation: inviting, joining, changing role, leaving."""

from contextlib import contextmanager
from datetime import date

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from survey.accounts import language_of
from survey.mailing import mail_is_off, one_line, try_to_send
from survey.models import Invitation, Membership, Organisation, User

from .forms import only_fields

# More at once than any organisation needs, far fewer than a sender of unwanted mail would like.
MOST_INVITATIONS = 50

ROLES = [
    (
        Membership.Role.FACILITATOR,
        gettext_lazy("Begeleider: leest alle rapporten, drukt ze af en leidt het gesprek"),
    ),
    (
        Membership.Role.HR,
        gettext_lazy("HR: maakt ook bevragingen, voert papier in en sluit af"),
    ),
]


class LastHrMember(Exception):
    """Without this member nobody could manage the organisation."""


class InvitationGone(Exception):
    """The invitation was withdrawn, accepted or expired before us."""


@contextmanager
def hold_members(organisation):
    """Let nobody else change the members of the organisation until the end."""
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        yield


class InviteForm(forms.ModelForm):
    """Somebody who may become a member. The organisation is known."""

    role = forms.ChoiceField(
        label=gettext_lazy("Rol"),
        choices=ROLES,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Invitation
        fields = ["email", "role"]
        labels = {"email": gettext_lazy("E-mailadres van je collega")}

    helper = only_fields()

    def clean_email(self):
        email = self.cleaned_data["email"]
        organisation = self.instance.organisation
        if organisation.memberships.filter(user__email__iexact=email).exists():
            raise forms.ValidationError(_("Deze collega is al lid."), code="member")
        if organisation.invitations.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("Dit adres is al uitgenodigd. Stuur die uitnodiging opnieuw, of trek ze in."),
                code="invited",
            )
        return email

    def clean(self):
        if self.instance.organisation.invitations.valid().count() >= MOST_INVITATIONS:
            raise forms.ValidationError(
                _("Er staan al %(most)d uitnodigingen open. Trek er eerst enkele in.")
                % {"most": MOST_INVITATIONS},
                code="too_many",
            )
        return self.cleaned_data


class RoleForm(forms.ModelForm):
    """The role of a member."""

    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=ROLES, widget=forms.RadioSelect)

    class Meta:
        model = Membership
        fields = ["role"]

    helper = only_fields()


def send_invitation(invitation: Invitation, inviter: User) -> bool:
    """Mail the link; return whether it left. Where mail is off nothing is tried.

    In the language of the receiver if we know it, else in the inviter's.
    """
    if mail_is_off():
        return False
    with override(language_of(invitation.email, {})):
        name = invitation.organisation.name
        mail = EmailMessage(
            subject=one_line(_("Uitnodiging voor %(organisation)s") % {"organisation": name}),
            body=render_to_string(
                "survey/prepare/email/invitation.txt",
                {
                    "invitation": invitation,
                    "inviter": inviter,
                    "address": address_of(invitation),
                    "last_day": last_day_of(invitation),
                },
            ),
            to=[invitation.email],
        )
    return try_to_send(mail.send, about="an invitation") is None


def address_of(invitation: Invitation) -> str:
    """Return the whole link of an invitation."""
    return settings.SITE_URL + invitation.get_absolute_url()


def last_day_of(invitation: Invitation) -> date:
    """Return the day on which the link of an invitation stops working."""
    return timezone.localdate(invitation.sent_at + Invitation.VALID_FOR)


def renew(invitation: Invitation) -> bool:
    """Let the link work for another seven days; return whether the invitation is still there."""
    invitation.sent_at = timezone.now()
    same = Invitation.objects.filter(pk=invitation.pk)
    return bool(same.update(sent_at=invitation.sent_at))


def accept(invitation: Invitation, user: User) -> bool:
    """Use up the invitation and make the user a member; return False if she was one already.

    A member keeps her role: only HR changes that. Raises InvitationGone if somebody else was
    first.
    """
    organisation = invitation.organisation
    with hold_members(organisation):
        same = Invitation.objects.valid().filter(pk=invitation.pk)
        if organisation.memberships.filter(user=user).exists():
            # Her own is used up; that of a colleague stays hers.
            same.filter(email__iexact=user.email).delete()
            return False
        deleted, _rows = same.delete()
        if not deleted:
            raise InvitationGone(f"Invitation {invitation.pk} is gone.")
        Membership.objects.create(organisation=organisation, user=user, role=invitation.role)
        return True


def change_role(membership: Membership, role: str) -> None:
    """Give a member another role. Raises LastHrMember if nobody would be HR."""
    with hold_members(membership.organisation):
        if role != Membership.Role.HR:
            _check_another_hr(membership)
        Membership.objects.filter(pk=membership.pk).update(role=role)


def remove_member(membership: Membership) -> None:
    """End a membership. Raises LastHrMember if nobody would be HR."""
    with hold_members(membership.organisation):
        _check_another_hr(membership)
        Membership.objects.filter(pk=membership.pk).delete()


def is_last_hr(membership: Membership) -> bool:
    """Return whether nobody else could manage the organisation: she cannot leave or change role."""
    hr_members = membership.organisation.memberships.filter(role=Membership.Role.HR)
    others = hr_members.exclude(pk=membership.pk).filter(user__is_active=True)
    return hr_members.filter(pk=membership.pk).exists() and not others.exists()


def _check_another_hr(membership):
    """The caller holds the members."""
    if is_last_hr(membership):
        raise LastHrMember(f"Membership {membership.pk} is the last of HR.")
