"""A form that comes when the date has passed, or its CSRF token expired."""

import uuid
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from survey.models import SurveyRound
from tests.test_respond import post


def test_a_stored_form_sent_again_after_the_date_is_thanked_for_with_an_expired_token_too(zorg):
    key = str(uuid.uuid4())
    post(Client(), zorg, sleutel=key, v1="ja")
    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.update(opened_on=yesterday, closing_date=yesterday)

    page = post(Client(enforce_csrf_checks=True), zorg, sleutel=key, v1="ja")

    assert page.status_code == 302
    assert "/bedankt/" in page["Location"]


def test_a_language_chosen_after_the_date_does_not_offer_to_send(client, zorg):
    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.update(opened_on=yesterday, closing_date=yesterday)

    page = post(client, zorg, taal="fr", v1="ja", v6_tekst="Op de parking")

    assert page.status_code == 409
    assert '<html lang="fr"' in page.content.decode()
    assert "Op de parking" in page.content.decode()
    assert page.cookies["taal"].value == "fr"


def test_no_browser_keeps_the_page_of_an_expired_form(zorg):
    page = post(Client(enforce_csrf_checks=True), zorg, v6_tekst="Op de parking")

    assert page.status_code == 403
    assert "no-store" in page["Cache-Control"]
