"""The addresses of the report: of the whole organisation, and of each segment."""

from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:round_id>/", views.report, name="report"),
    path("<uuid:round_id>/pdf/", views.report_pdf, name="report_pdf"),
    path("<uuid:round_id>/csv/", views.report_csv, name="report_csv"),
    path("<uuid:round_id>/xlsx/", views.report_xlsx, name="report_xlsx"),
    path("<uuid:round_id>/<uuid:segment_id>/", views.report, name="segment_report"),
    path("<uuid:round_id>/<uuid:segment_id>/pdf/", views.report_pdf, name="segment_report_pdf"),
    path("<uuid:round_id>/<uuid:segment_id>/csv/", views.report_csv, name="segment_report_csv"),
    path("<uuid:round_id>/<uuid:segment_id>/xlsx/", views.report_xlsx, name="segment_report_xlsx"),
]
