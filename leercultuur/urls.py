"""Every address, grouped by the room that answers it. Addresses are Dutch and stable."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# One way in: the same throttling and second step as everywhere else.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("survey.front.urls")),
    path("", include("survey.respond.urls")),
    path("", include("survey.prepare.urls")),
    path("rapport/", include("survey.report.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler404 = "survey.front.errors.not_found"
handler500 = "survey.front.outage.server_error"
