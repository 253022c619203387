"""The addresses that belong to nobody in particular: explaining, languages, health."""

from django.urls import path

from . import health, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("uitleg/", views.explanation, name="explanation"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("taal/", views.choose_language, name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
