"""What everybody sees while the database is away, locked, full or read-only.

Whatever somebody sent stays on the page, with a button that sends it again; so does a form that
stood open too long. Drawing this asks the database nothing.
"""

import errno
import logging
import sys

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from survey.report.pdf import TooManyPdfs

logger = logging.getLogger(__name__)

RETRY_AFTER = 60  # seconds
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
# Passwords and codes are typed here: those are never put on a page.
NEVER_REPEATED = ("/account/", "/admin/")


class OutageMiddleware:
    """Turns an absent database into a page that says so and can be sent again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        return outage_page(request, error) if is_outage(error) else None


def server_error(request):
    """Answer an error that nobody caught: 503 when the database is away, else 500."""
    error = sys.exc_info()[1]
    if is_outage(error):
        return outage_page(request, error)
    return defaults.server_error(request)


def is_outage(error) -> bool:
    """Return whether database or disk could not do its work; a wrong row is our mistake."""
    if isinstance(error, OSError):
        return error.errno in FULL_DISK
    # A damaged file is a plain DatabaseError; a read-only PostgreSQL an InternalError.
    return type(error) is DatabaseError or isinstance(
        error, OperationalError | InterfaceError | InternalError | TooManyPdfs
    )


def outage_page(request, error):
    """Return the 503 page, with what was sent."""
    # The class only: the message of a driver may name a host, a user or what somebody typed.
    logger.error("The database does not answer: %s", type(error).__name__)
    response = send_again_page(request, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def expired_page(request):
    """Return the 403 page of a form whose token expired, with what was sent.

    Only what our own page sent is repeated: another site may not put its words behind our button.
    """
    ours = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") == ours and sent_fields(request):
        return send_again_page(request, "403_again.html", status=403)
    return render(request, "403.html", status=403)


def send_again_page(request, template, *, status):
    """Return a page that holds what was sent and a button that sends it again."""
    answers = sent_fields(request)
    context = {"answers": answers}
    if answers:
        context |= {"address": request.get_full_path(), "csrf_token": get_token(request)}
    return HttpResponse(render_to_string(template, context), status=status)


def sent_fields(request) -> list[tuple[str, str]]:
    """Return what was posted, as names and values; nothing if it cannot be read."""
    if request.method != "POST" or request.path.startswith(NEVER_REPEATED):
        return []
    try:
        posted = request.POST
    except (SuspiciousOperation, UnreadablePostError):
        return []
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
