"""Choosing a language on the form itself, so that the answers stay on the page."""

from django.conf import settings
from django.utils.translation import activate, check_for_language

LANGUAGE_FIELD = "taal"
A_YEAR = 365 * 24 * 60 * 60


def chosen_language(request):
    """Switch to the language whose button was pressed and return it; None if none was."""
    language = request.POST.get(LANGUAGE_FIELD, "")
    if language not in dict(settings.LANGUAGES) or not check_for_language(language):
        return None
    activate(language)
    request.LANGUAGE_CODE = language
    return language


def remember(response, language):
    """Set the language cookie on the response and return it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
