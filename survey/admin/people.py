"""Who works with the app: users, organisations, members, and how they sign in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

# Imported for what it registers, which we replace below.
import allauth.account.admin  # isort: skip
import allauth.mfa.admin  # isort: skip  # noqa: F401

from survey.models import Invitation, Membership, Organisation, User

from .base import PlainAdmin, ReadOnlyAdmin


class MembershipInline(admin.StackedInline):
    model = Membership
    extra = 0
    fields = [("user", "role")]
    raw_id_fields = ["user"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "organisation")


@admin.register(Organisation)
class OrganisationAdmin(PlainAdmin):
    search_fields = ["name"]
    inlines = [MembershipInline]

    def has_delete_permission(self, request, obj=None):
        """Its survey rounds go first, one by one: see SurveyRoundAdmin."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and not obj.survey_rounds.exists()


@admin.register(Membership)
class MembershipAdmin(PlainAdmin):
    list_display = ["user", "organisation", "role"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__email", "user__first_name", "user__last_name", "organisation__name"]
    raw_id_fields = ["user"]
    ordering = ["organisation__name", "user__email"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Without the code: who has it, has the membership."""

    fields = list_display = ["email", "organisation", "role", "sent_at"]
    list_filter = ["role"]
    list_select_related = ["organisation"]
    search_fields = ["email", "organisation__name"]

    def has_delete_permission(self, request, obj=None):
        """An invitation can be withdrawn, and goes with its organisation."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "language"]
        field_classes = {}


@admin.register(User)
class UserAdmin(PlainAdmin, auth_admin.UserAdmin):
    """Users sign in with their e-mail address. Only superusers hand out rights."""

    RIGHTS = ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]

    add_form = NewUserForm
    add_fieldsets = [
        (None, {"fields": ["email", "language", "usable_password", "password1", "password2"]})
    ]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Persoon"), {"fields": ["first_name", "last_name", "language"]}),
        (_("Rechten"), {"fields": RIGHTS}),
        (_("Wanneer"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["email", "first_name", "last_name", "is_staff", "is_superuser"]
    list_filter = ["is_staff", "is_superuser", "is_active"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["email"]
    filter_horizontal = []  # its labels cannot be read aloud

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return readonly if request.user.is_superuser else [*readonly, *self.RIGHTS]

    def has_change_permission(self, request, obj=None):
        """A password that is set by somebody else is a way in: so not a superuser's."""
        allowed = super().has_change_permission(request, obj)
        return allowed and _outranks(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _outranks(request.user, obj)

    def save_model(self, request, obj, form, change):
        """With another address, who reads mail at the former one must no longer come in."""
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()

    def get_actions(self, request):
        """No deleting in bulk: each is checked on its own page."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


def _outranks(user, other):
    return user.is_superuser or other is None or not other.is_superuser


admin.site.unregister([Group, EmailAddress, Authenticator])


@admin.register(Group)
class GroupAdmin(PlainAdmin, auth_admin.GroupAdmin):
    filter_horizontal = []


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["primary", "verified"]
    list_select_related = ["user"]
    search_fields = ["email"]

    def has_delete_permission(self, request, obj=None):
        """An address goes with its user."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """The second step of a user, without its secret. Delete it when a phone is lost."""

    fields = list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__email"]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
