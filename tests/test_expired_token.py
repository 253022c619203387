"""A form that stood open longer than its CSRF token lived, on any page."""

import html
import re

import pytest
from django.test import Client

OURS = "http://localhost"


@pytest.fixture
def strict_client(ilse):
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(ilse, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent_again(page):
    """Return what the button on this page sends."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_what_hr_typed_is_sent_with_one_click(strict_client, survey_round, zorg):
    address = f"/bevragingen/{survey_round.pk}/teams/{zorg.pk}/"
    typed = {"name": "Zorg <dag>", "headcount": "17"}

    page = strict_client.post(address, typed, headers={"origin": OURS})
    again = sent_again(page.content.decode())
    done = strict_client.post(address, again, headers={"origin": OURS})

    zorg.refresh_from_db()
    assert (page.status_code, done.status_code) == (403, 302)
    assert (zorg.name, zorg.headcount) == ("Zorg <dag>", 17)


def test_a_trial_keeps_its_answers(strict_client, questionnaire):
    page = strict_client.post("/probeer/", {"v6-tekst": "In de tuin"}, headers={"origin": OURS})

    assert page.status_code == 403
    assert sent_again(page.content.decode())["v6-tekst"] == "In de tuin"


@pytest.mark.parametrize("origin", ["https://elders.example", "null", ""])
def test_another_site_puts_no_words_behind_our_button(strict_client, survey_round, zorg, origin):
    address = f"/bevragingen/{survey_round.pk}/ongeldig/"

    page = strict_client.post(address, {"void_reason": "van elders"}, headers={"origin": origin})

    assert page.status_code == 403
    assert "van elders" not in page.content.decode()


def test_a_password_is_never_repeated(client, db):
    strict_client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})

    page = strict_client.post(
        "/account/login/", {"login": "a@b.example", "password": "geheim"}, headers={"origin": OURS}
    )

    assert page.status_code == 403
    assert "geheim" not in page.content.decode()
