"""Our models without what signing in adds to them: the floor knows no accounts."""

from django.apps import AppConfig


class OnlyModelsConfig(AppConfig):
    name = "survey"
