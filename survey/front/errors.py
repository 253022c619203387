"""Pages for an address that is not there, or that is asked for in a way it does not answer."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.views import defaults

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


def not_found(request, exception):
    """Answer 404; pages of respondents do not look at who is signed in (T8)."""
    if request.path.startswith(OF_RESPONDENTS):
        request.user = AnonymousUser()
        vars(request).pop("_messages", None)  # those stand in the session
    return defaults.page_not_found(request, exception)
