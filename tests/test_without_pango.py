"""A machine on which no PDF can be made: the buttons go, and printing from the browser remains."""

import sys

import pytest
from django.urls import reverse

from survey.report.pdf import is_available


class NoPango:
    """Python's search for modules, where WeasyPrint does not find Pango."""

    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture(autouse=True)
def _without_pango(monkeypatch):
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    is_available.cache_clear()
    yield
    is_available.cache_clear()


def test_a_poster_remains_a_page_to_print(sign_in, ilse, zorg):
    client = sign_in(ilse)
    of_team = [zorg.survey_round.pk, zorg.pk]

    response = client.get(reverse("poster_pdf", args=of_team))

    poster = reverse("poster", args=of_team)
    assert response.url == poster
    assert "PDF om af te drukken" not in client.get(poster).content.decode()


def test_a_report_remains_a_page_to_print(sign_in, ilse, closed):
    client = sign_in(ilse)

    response = client.get(reverse("report_pdf", args=[closed.pk]))

    report = reverse("report", args=[closed.pk])
    assert response.url == report
    assert "PDF om af te drukken" not in client.get(report).content.decode()
