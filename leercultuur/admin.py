"""The admin site: its name and its order."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _

# As people need them: who asks, what came in, what came out, how it is set up.
ORDER = [
    "Organisation",
    "SurveyRound",
    "Response",
    "OtherText",
    "Segment",
    "ActionPoint",
    "Questionnaire",
    "AuditEntry",
    "User",
    "Membership",
    "Invitation",
]
APP_ORDER = ["survey", "auth", "account", "mfa"]


class AdminConfig(DjangoAdminConfig):
    """Django's admin with our site. Outside `survey.admin`, which registers itself on it."""

    default_site = "leercultuur.admin.AdminSite"


class AdminSite(admin.AdminSite):
    site_header = _("Beheer van Leercultuur")
    site_title = _("Beheer van Leercultuur")
    index_title = _("Wat wil je nakijken?")

    def get_urls(self):
        """Leave out the redirect to public pages: an administrator need not be a member.

        And autocompletion: no form of ours uses it, and a made-up field makes it fail with a 500.
        """
        unused = {"view_on_site", "autocomplete"}
        return [url for url in super().get_urls() if getattr(url, "name", "") not in unused]

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        apps.sort(key=lambda app: _place(APP_ORDER, app["app_label"]))
        for app in apps:
            app["models"].sort(key=lambda model: _place(ORDER, model["object_name"]))
        return apps


def _place(order, name):
    return order.index(name) if name in order else len(order)
