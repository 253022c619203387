"""The front page and the pages that explain."""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from survey.accounts import remember_language
from survey.instrument import read_instrument
from survey.models import Prompt, Questionnaire

EXCERPT_NUMBER = 3
OF_RESPONDENTS = "/v/"


@require_safe
def landing(request):
    """What this is, with one question and the prompt that its counts lead to."""
    return render(
        request,
        "survey/front/landing.html",
        {"threshold": settings.THRESHOLD, "excerpt": _excerpt()},
    )


@require_safe
def explanation(request):
    """How it works and what is promised, and what cannot be (T11)."""
    return render(
        request,
        "survey/front/explanation.html",
        {
            "threshold": settings.THRESHOLD,
            "retention_months": settings.RETENTION_MONTHS,
            "backup_days": settings.BACKUP_DAYS,
        },
    )


@require_safe
def accessibility(request):
    """The accessibility statement, and whom to tell what is in the way."""
    return render(
        request, "survey/front/accessibility.html", {"contact_email": settings.CONTACT_EMAIL}
    )


def path_of(address: str) -> str:
    """Return the path of an address; "" if it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


@require_POST
def choose_language(request):
    """Show the site in this language. Who is signed in gets mails in it too.

    Not who pressed the button on a page of a respondent: those ignore who is signed in (T8).
    """
    pressed_on = path_of(request.POST.get("next", ""))
    if pressed_on and not pressed_on.startswith(OF_RESPONDENTS):
        remember_language(request.user, request.POST.get("language", ""))
    return set_language(request)


def _excerpt():
    """Return a question with the prompt that fits its made-up counts, in the reader's language.

    None while no questionnaire is loaded: the front page then does without.
    """
    questionnaire = Questionnaire.objects.newest()
    if questionnaire is None:
        return None
    instrument = read_instrument(questionnaire.pk, get_language())
    question = instrument.questions[EXCERPT_NUMBER - 1]
    return {
        "question": question,
        "prompt": instrument.pattern_prompts[Prompt.Pattern.ALMOST_ALL_NO][0],
    }
