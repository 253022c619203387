"""Every address, grouped by the room that answers it. Addresses are Dutch and stable."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("survey.front.urls")),
    path("", include("survey.respond.urls")),
    path("", include("survey.prepare.urls")),
    path("rapport/", include("survey.report.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
