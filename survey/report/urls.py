"""The addresses of the report: of the whole organisation, and of each segment."""

from django.urls import include, path

from . import acting, meeting, views

# Every page of a report exists for the whole organisation and for each of its segments.
PAGES = [
    ("", views.report, "report"),
    ("pdf/", views.report_pdf, "report_pdf"),
    ("csv/", views.report_csv, "report_csv"),
    ("xlsx/", views.report_xlsx, "report_xlsx"),
    ("plan/", acting.plan, "plan"),
    ("deelnemersblad/", meeting.participant_sheet, "participant_sheet"),
    ("deelnemersblad/pdf/", meeting.participant_sheet_pdf, "participant_sheet_pdf"),
    ("mededeling/", meeting.notice, "notice"),
    ("mededeling/pdf/", meeting.notice_pdf, "notice_pdf"),
    ("vergelijking/", meeting.comparison, "comparison"),
]

of_organisation = [path(address, view, name=name) for address, view, name in PAGES]
of_segment = [path(address, view, name=f"segment_{name}") for address, view, name in PAGES]
of_action = [
    path("", acting.action, name="action"),
    path("agenda.ics", acting.action_calendar, name="action_calendar"),
]

urlpatterns = [
    path("<uuid:round_id>/", include(of_organisation)),
    path("<uuid:round_id>/acties/<int:action_id>/", include(of_action)),
    path("<uuid:round_id>/<uuid:segment_id>/", include(of_segment)),
]
