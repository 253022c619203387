"""The addresses of somebody who answers. Nobody signs in here."""

from django.urls import path, register_converter

from survey.models.rounds import TOKEN_LENGTH, read_token

from . import trial, views


class TokenConverter:
    """A link token, with or without hyphens, in either case. Nothing else reaches the view."""

    regex = f"[0-9A-Za-z-]{{{TOKEN_LENGTH},{TOKEN_LENGTH + 2}}}"

    def to_python(self, value):
        token = read_token(value)
        if len(token) != TOKEN_LENGTH:
            raise ValueError
        return token

    def to_url(self, value):
        return value


register_converter(TokenConverter, "token")

urlpatterns = [
    path("v/<token:token>/", views.respond, name="respond"),
    path("v/<token:token>/bedankt/", views.thanks, name="thanks"),
    path("probeer/", trial.try_it, name="try"),
    path("probeer/pdf/", trial.try_pdf, name="try_pdf"),
    path("probeer/hou-bij/", trial.keep_trial, name="keep_trial"),
]
