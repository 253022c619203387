"""The front page and the pages that explain."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from survey.instrument import read_instrument
from survey.models import Prompt, Questionnaire

EXCERPT_NUMBER = 3


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
