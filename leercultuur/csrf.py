"""What somebody gets whose form stood open longer than its CSRF token lived."""

from survey.front.outage import expired_page
from survey.respond.views import expired_form


def csrf_failure(request, reason=""):
    """Return the form again with what was filled in; an own page of us if it was no form."""
    return expired_form(request) or expired_page(request)
