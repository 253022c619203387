"""Who works with the app: users, organisations and who is a member of which."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Creates users by e-mail address; there is no user name."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody who signs in with an e-mail address. Respondents are never users."""

    username = None
    email = models.EmailField(
        _("e-mailadres"),
        unique=True,
        error_messages={"unique": _("Er is al iemand met dit e-mailadres.")},
    )
    language = models.CharField(
        _("taal"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("In deze taal krijgt deze persoon mails."),
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        ordering = ["email"]
        constraints = [
            # Beside `unique`, which Django asks of what people sign in with.
            models.UniqueConstraint(
                Lower("email"),
                name="user_once_per_address",
                violation_error_message=_("Er is al iemand met dit e-mailadres."),
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def validate_constraints(self, exclude=None):
        """Say at the address, and once, that somebody else has it: no other rule can be broken."""
        try:
            super().validate_constraints(exclude)
        except ValidationError as error:
            raise ValidationError({"email": error.messages}) from None


class OrganisationQuerySet(models.QuerySet):
    def for_member(self, user):
        """This user's organisations, each with the user's `reader_role` in it."""
        return self.filter(memberships__user=user).annotate(reader_role=F("memberships__role"))


class Organisation(models.Model):
    """Owns survey rounds; has members."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=100)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation", args=[self.pk])


class Membership(models.Model):
    """A user in an organisation, as HR or as facilitator."""

    class Role(models.TextChoices):
        HR = "HR", _("HR")
        FACILITATOR = "FACILITATOR", _("begeleider")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisatie"), related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("gebruiker"),
        related_name="memberships",
    )
    role = models.CharField(_("rol"), max_length=12, choices=Role, default=Role.FACILITATOR)

    class Meta:
        verbose_name = _("lid")
        verbose_name_plural = _("leden")
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="membership_once_per_organisation",
                violation_error_message=_("Deze persoon is al lid van deze organisatie."),
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.organisation}"

    @property
    def is_hr(self):
        return self.role == self.Role.HR


def new_invitation_code():
    """Return a code of 32 letters and digits (190 bits), for a link that is mailed."""
    return get_random_string(32)


class InvitationQuerySet(models.QuerySet):
    def valid(self):
        """Invitations that can still be accepted."""
        return self.filter(sent_at__gt=timezone.now() - Invitation.VALID_FOR)


class Invitation(models.Model):
    """An e-mail address that may become a member, until its link expires."""

    VALID_FOR = timedelta(days=7)

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisatie"), related_name="invitations"
    )
    email = models.EmailField(_("e-mailadres"))
    role = models.CharField(_("rol"), max_length=12, choices=Membership.Role)
    code = models.CharField(
        _("code"), max_length=32, unique=True, default=new_invitation_code, editable=False
    )
    sent_at = models.DateTimeField(_("verstuurd op"), default=timezone.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                name="invitation_once_per_address",
                violation_error_message=_("Dit e-mailadres is al uitgenodigd."),
            )
        ]

    def __str__(self):
        return self.email

    def get_absolute_url(self):
        return reverse("invitation", args=[self.code])

    @property
    def is_valid(self):
        return self.sent_at > timezone.now() - self.VALID_FOR
