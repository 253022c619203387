"""Headers of safety on every answer, errors and static files included."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers

# What a page of ours never needs: all of it is off, also for what might be injected.
UNUSED_POWERS = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{power}=()" for power in UNUSED_POWERS)


class HeadersMiddleware:
    """Stands outermost, so that an answer of any other middleware gets these headers too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        # Django's own middleware sets these, unless it refuses the request itself.
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault(
            "Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
        )
        if knows_who(request):
            add_never_cache_headers(response)
        return response


def knows_who(request) -> bool:
    """Return whether this page looked at the session of somebody; respondent pages never do."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and not session.is_empty()
