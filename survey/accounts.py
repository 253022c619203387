"""How signing up and signing in work here, on top of django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils.translation import get_language


class AccountAdapter(DefaultAccountAdapter):
    """Users have an e-mail address and a language, and sign-up can be closed by a setting."""

    def is_open_for_signup(self, request):
        return settings.SIGNUP_OPEN

    def save_user(self, request, user, form, commit=True):
        user.language = get_language()
        return super().save_user(request, user, form, commit)
