"""Refuse what no browser sends, before anything looks at it."""

from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http.request import UnreadablePostError


class RefuseBrokenRequestsMiddleware:
    """Answer 400 to a NUL in address or cookie, to a broken query, and to forms that arrive
    in another charset than UTF-8, or not whole.

    PostgreSQL stores no NUL, and charsets like UTF-7 smuggle in half characters that no
    database stores: both would be a 500 somewhere deep down. Half a form would be stored as if
    the other half was left open, and then count instead of the whole one that is sent again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        problem = why_broken(request)
        if problem:
            raise BadRequest(problem)
        return self.get_response(request)


def why_broken(request) -> str:
    """Return what is wrong with the request, for the log; "" if nothing is."""
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    if "\0" in request.path or b"\0" in query:
        return "A NUL in the address."
    # Django shows broken bytes of the path percent-encoded, so those simply lead nowhere.
    if not _is_utf8(query):
        return "The query is not UTF-8."
    if any("\0" in value for value in request.COOKIES.values()):
        return "A NUL in a cookie."
    if request.content_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        return "The form is not UTF-8."
    if request.method == "POST" and _was_cut_off(request):
        return "The form was cut off."
    return ""


def _was_cut_off(request):
    """Return whether less arrived than was announced; Django itself does not mind."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    try:
        return announced.isdecimal() and len(request.body) < int(announced)
    except UnreadablePostError:
        return True


def _is_utf8(raw):
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
