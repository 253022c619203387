"""Refuse a machine that sends forms, asks for PDFs or has us mail without end; never an office.

Counted in the cache alone, under a hash that only our secret key can make: the address itself is
written nowhere, and nothing is kept with a response (T6). Without REDIS_URL each process counts
for itself, so the limit is then a bit wider.
"""

import logging
import time
from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from survey.refusals import count_refusal

from .outage import send_again_page

logger = logging.getLogger(__name__)

# Long, so that a whole office may press the button in the same minute.
WINDOW_MINUTES = 10
FORMS = {"respond", "try", "set_language", "keep_trial", "organisation_new", "survey_round_new"}
MAILS = {"member_invite", "invitation_resend"}  # those of accounts: ACCOUNT_RATE_LIMITS


class FloodingMiddleware:
    """Answers 429 with what was sent still on the page, and a button that sends it again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, named):
        kind = kind_of(request)
        if not kind or not is_flooding(request, kind):
            return None
        logger.warning("One address reached its %s", kind)
        if request.resolver_match.url_name == "respond":
            count_refusal(named["token"])
        response = send_again_page(request, "429_again.html", status=429)
        response.headers["Retry-After"] = "60"
        return response


def kind_of(request) -> str:
    """Return the setting that limits this request, "" if none does."""
    name = request.resolver_match.url_name or ""
    if name.endswith("pdf"):  # a second of work each, also for a GET
        return "PDFS_PER_MINUTE"
    if request.method == "POST" and name in FORMS:
        return "FORMS_PER_MINUTE"
    if request.method == "POST" and name in MAILS:
        return "MAILS_PER_MINUTE"
    return ""


def is_flooding(request, kind) -> bool:
    """Count this request; return whether its address has had its share of this window."""
    limit = getattr(settings, kind) * WINDOW_MINUTES
    if not limit:
        return False
    window = int(time.time()) // (WINDOW_MINUTES * 60)
    key = f"flooding:{kind}:{window}:{hashed(address_of(request))}"
    try:
        cache.add(key, 0, WINDOW_MINUTES * 60)
        return cache.incr(key) > limit
    except Exception as error:
        # A cache that is away, or threw the key out just now: rather let through than refuse.
        logger.warning("The cache does not count: %s", type(error).__name__)
        return False


def hashed(address: str) -> str:
    """Return what stands for this address in the cache; only our secret key can make it."""
    return salted_hmac("survey.flooding", address, algorithm="sha256").hexdigest()


def address_of(request) -> str:
    """Return where the request comes from: behind our proxy, the last address that it added."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.IS_HTTPS:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        address = forwarded.rpartition(",")[2].strip() or address
    return household_of(address)


def household_of(address: str) -> str:
    """Return what one visitor has: an IPv4 address, or the /64 of IPv6 to pick addresses from."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((int(parsed), 64), strict=False).network_address)
