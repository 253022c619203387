"""The addresses of the report: of the whole organisation, and of each segment."""

from django.urls import include, path

from .views import comparison, meeting, plan, report

# Every page of a report exists for the whole organisation and for each of its segments.
PAGES = [
    ("", report.report, "report"),
    ("pdf/", report.report_pdf, "report_pdf"),
    ("csv/", report.report_csv, "report_csv"),
    ("xlsx/", report.report_xlsx, "report_xlsx"),
    ("plan/", plan.plan, "plan"),
    ("deelnemersblad/", meeting.participant_sheet, "participant_sheet"),
    ("deelnemersblad/pdf/", meeting.participant_sheet_pdf, "participant_sheet_pdf"),
    ("mededeling/", meeting.notice, "notice"),
    ("mededeling/pdf/", meeting.notice_pdf, "notice_pdf"),
    ("vergelijking/", comparison.comparison, "comparison"),
]

of_organisation = [path(address, view, name=name) for address, view, name in PAGES]
of_segment = [path(address, view, name=f"segment_{name}") for address, view, name in PAGES]
of_action = [
    path("", plan.action, name="action"),
    path("agenda.ics", plan.action_calendar, name="action_calendar"),
]

urlpatterns = [
    path("<uuid:round_id>/", include(of_organisation)),
    path("<uuid:round_id>/acties/<int:action_id>/", include(of_action)),
    path("<uuid:round_id>/<uuid:segment_id>/", include(of_segment)),
]
