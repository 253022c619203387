"""A process makes few PDFs at once, so that forms are answered meanwhile."""

import threading
from contextlib import ExitStack

import pytest
from django.urls import reverse

from survey.report import pdf

pytestmark = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")


@pytest.fixture
def busy(monkeypatch):
    """Others have all places, and do not give them back soon."""
    monkeypatch.setattr(pdf, "PATIENCE", 0.1)
    with ExitStack() as stack:
        for _ in range(pdf.AT_ONCE):
            stack.enter_context(pdf._places)
        yield


def test_who_comes_while_all_places_are_taken_is_asked_to_come_back(
    busy, sign_in, bram, closed, zorg
):
    client = sign_in(bram)

    answer = client.get(reverse("report_pdf", args=[closed.pk]))
    form = client.get(zorg.get_absolute_url())

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert form.status_code == 200


def test_who_waits_gets_the_place_that_comes_free(monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 20)
    for _ in range(pdf.AT_ONCE):
        pdf._places.acquire()
    drawn = []
    waiting = threading.Thread(target=lambda: drawn.append(pdf.draw("<p>Dag</p>", [])))
    waiting.start()

    assert drawn == []
    for _ in range(pdf.AT_ONCE):
        pdf._places.release()
    waiting.join(timeout=20)

    assert drawn[0].startswith(b"%PDF")


def test_a_cache_that_is_away_costs_a_pdf_only_time(sign_in, bram, closed, settings):
    nowhere = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1",
    }
    settings.CACHES = {"default": nowhere, "prints": nowhere}

    answer = sign_in(bram).get(reverse("report_pdf", args=[closed.pk]))

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
