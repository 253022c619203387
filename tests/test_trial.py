"""Somebody without an account tries the eleven questions; nothing is stored."""

import io

import pytest
from django.core.cache import caches
from pypdf import PdfReader

from survey.models import Answer, OtherText, Questionnaire, Response
from tests.scan import MARKER, kept_in_memory

pytestmark = pytest.mark.usefixtures("questionnaire")

ANSWERS = {"v1": "ja", "v6": ["koffie"], "v7-tekst": "Van de kinesist"}


def test_the_report_of_one_form_follows_at_once(client):
    page = client.post("/probeer/", ANSWERS).content.decode()

    assert "Jouw elf antwoorden" in page
    assert page.count("<strong>aangekruist</strong>") == 3
    assert "Van de kinesist" in page


def test_what_was_ticked_has_a_filled_box(client):
    shown = client.post("/probeer/", {"v1": "ja", "v6": ["koffie"]}).content.decode()

    assert shown.count('<span class="ticked is-ticked"><strong>aangekruist</strong>') == 2
    assert '<span class="ticked">niet aangekruist</span>' in shown


def test_nothing_is_stored(client, django_assert_num_queries):
    client.get("/probeer/")

    with django_assert_num_queries(1):  # which questionnaire
        client.post("/probeer/", ANSWERS)
    assert not Response.objects.exists()
    assert not Answer.objects.exists()
    assert not OtherText.objects.exists()
    assert "session" not in client.cookies


def test_the_answers_travel_in_the_page_to_the_pdf(client):
    page = client.post("/probeer/", ANSWERS).content.decode()
    assert '<input type="hidden" name="v7-tekst" value="Van de kinesist">' in page

    pdf = PdfReader(io.BytesIO(client.post("/probeer/pdf/", ANSWERS).content))

    text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
    assert "Van de kinesist" in text
    assert 4 <= len(pdf.pages) <= 6


def test_nothing_of_a_trial_is_kept_in_memory_either(client):
    answers = ANSWERS | {"v7-tekst": MARKER}

    page = client.post("/probeer/", answers)
    client.post("/probeer/pdf/", answers)

    assert MARKER in page.text
    assert kept_in_memory(MARKER) == []
    assert not any(cache._cache for cache in caches.all())


def test_an_empty_form_is_refused_kindly(client):
    page = client.post("/probeer/", {})

    assert page.status_code == 422
    assert "Je formulier is nog leeg" in page.content.decode()


def test_a_pdf_without_answers_leads_back_to_the_form(client):
    assert client.post("/probeer/pdf/", {}).url == "/probeer/"
    assert client.get("/probeer/pdf/").status_code == 405


@pytest.mark.parametrize(("language", "title"), [("fr", "Vos onze réponses"), ("nl", "Jouw elf")])
def test_the_report_is_drawn_again_in_a_chosen_language(client, language, title):
    sent = {**ANSWERS, "rapport": "1", "taal": language}

    response = client.post("/probeer/", sent)

    page = response.content.decode()
    assert title in page
    assert "Van de kinesist" in page
    assert page.count('<input type="hidden" name="v1" value="ja">') == page.count("</form>")
    assert response.cookies["taal"].value == language


def test_a_report_cannot_be_asked_for_without_answers(client):
    response = client.post("/probeer/", {"rapport": "1", "taal": "fr"})

    assert response.status_code == 422


def test_choosing_a_language_keeps_the_answers(client):
    page = client.post("/probeer/", {**ANSWERS, "taal": "de"}).content.decode()

    assert '<html lang="de"' in page
    assert "Van de kinesist" in page


def test_without_a_questionnaire_there_is_nothing_to_try(client):
    Questionnaire.objects.all().delete()

    assert client.get("/probeer/").status_code == 404


@pytest.mark.parametrize("address", ["/probeer/", "/probeer/pdf/"])
def test_no_browser_keeps_the_report_of_somebodys_answers(client, address):
    page = client.post(address, ANSWERS)

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
