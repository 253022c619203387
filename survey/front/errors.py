"""Pages for an address that is not there, or that is asked for in a way it does not answer."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseNotAllowed, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views import defaults

from survey.instrument import read_instrument
from survey.models import Questionnaire
from survey.question_fields import text_name

from .views import OF_RESPONDENTS


class WrongMethodMiddleware:
    """Gives somebody who asks in another way than the page answers something to read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_empty = isinstance(response, HttpResponseNotAllowed) and not response.content
        if is_empty and request.method not in {"HEAD", "OPTIONS"}:
            response.content = render_to_string("405.html")
        return response


@dataclass(frozen=True)
class SentAnswer:
    """What somebody answered to one question, in words."""

    number: int
    question: str
    choices: list[str]
    text: str


def not_found(request, exception):
    """Answer 404; pages of respondents do not look at who is signed in (T8).

    A form that was sent to a link that is gone stays on the page, as text. The page is the same
    for every such link, so it does not tell which ones there were.
    """
    if not request.path.startswith(OF_RESPONDENTS):
        return defaults.page_not_found(request, exception)
    request.user = AnonymousUser()
    vars(request).pop("_messages", None)  # those stand in the session
    answers = sent_answers(request)
    if not answers:
        return defaults.page_not_found(request, exception)
    page = HttpResponseNotFound(render_to_string("404_answers.html", {"answers": answers}))
    add_never_cache_headers(page)
    return page


def sent_answers(request) -> list[SentAnswer]:
    """Return what was answered in the form that was sent; nothing if it was none.

    The round that it was for is gone, but questions keep their code in later versions.
    """
    # What has no view was not checked for its token: other sites could put their words here.
    if request.method != "POST" or request.resolver_match is None:
        return []
    questionnaire = Questionnaire.objects.newest()
    if questionnaire is None:
        return []
    answers = []
    for question in read_instrument(questionnaire.pk, get_language()).questions:
        codes = request.POST.getlist(question.code)
        choices = [choice.text for choice in question.choices if choice.code in codes]
        text = request.POST.get(text_name(question), "").strip() if question.other else ""
        if choices or text:
            answers.append(SentAnswer(question.number, question.text, choices, text))
    return answers
