from django.apps import AppConfig


class SurveyConfig(AppConfig):
    name = "survey"
    verbose_name = "Leercultuur"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import proving, second_step

        proving.listen()
        second_step.listen()
