"""The addresses that belong to nobody in particular: explaining, languages, health."""

from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from . import health, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("uitleg/", views.explanation, name="explanation"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("taal/", require_POST(set_language), name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
