"""Forms that nginx held while the app was away, and that come back in one field.

`deploy/away.html` shows a button that sends what somebody sent, as it came: it does not know the
fields. So it puts the whole body in one, and here that becomes the form again. Whatever looks at
a form looks at it afterwards: its token, its key, the limits.
"""

from django.http import QueryDict

FIELD = "opnieuw"


class HeldFormMiddleware:
    """Unpacks a form that comes from `deploy/away.html`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and request.body.startswith(f"{FIELD}=".encode()):
            request.POST = QueryDict(request.POST.get(FIELD, ""))
        return self.get_response(request)
