"""Signing up, in and out."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from survey.models import User

PASSWORD = "wachtwoord-voor-tests"

OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
]
OWN_PAGES = ["account_email", "account_change_password", "account_logout", "mfa_index"]


@pytest.fixture(autouse=True)
def _no_counting(settings):
    """Limits on attempts are django-allauth's; they would carry over between tests."""
    settings.ACCOUNT_RATE_LIMITS = False


def html_of(response):
    return response.content.decode()


# Every page


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_a_page_for_visitors_has_our_frame_and_nothing_inline(client, db, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert 'class="site-header' in html_of(response)
    assert re.findall(r"\sstyle=|<script|data:", html_of(response)) == []


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_about_the_own_account_has_our_frame_and_nothing_inline(sign_in, ilse, name):
    response = sign_in(ilse).get(reverse(name))

    assert response.status_code == 200
    assert 'class="site-header' in html_of(response)
    assert re.findall(r"\sstyle=|<script|data:", html_of(response)) == []


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "mfa_index"])
def test_a_page_about_the_own_account_asks_a_visitor_to_sign_in(client, db, name):
    response = client.get(reverse(name))

    assert response.url == f"{reverse('account_login')}?next={reverse(name)}"


# Signing in


def test_signing_in_with_a_password_leads_home(client, ilse):
    response = client.post(
        reverse("account_login"), {"login": "ilse@delinde.example", "password": PASSWORD}
    )

    assert response.url == reverse("home")


def test_a_wrong_password_is_told_and_the_address_is_kept(client, ilse):
    response = client.post(
        reverse("account_login"), {"login": "ilse@delinde.example", "password": "fout"}
    )

    assert response.status_code == 200
    assert "Dat lukte nog niet" in html_of(response)
    assert 'value="ilse@delinde.example"' in html_of(response)


def test_the_sign_in_page_offers_both_ways_and_keeps_where_to_go(client, db):
    html = html_of(client.get(reverse("account_login"), {"next": "/admin/"}))

    assert "Met je wachtwoord" in html
    assert "Zonder wachtwoord" in html
    assert html.count('name="next" value="/admin/"') == 2


def test_signing_in_never_leads_to_another_site(client, ilse):
    response = client.post(
        reverse("account_login"),
        {"login": ilse.email, "password": PASSWORD, "next": "https://elders.example/"},
    )

    assert response.url == reverse("home")


def test_signing_in_with_a_code_from_the_mail(client, ilse, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": ilse.email})
    code = re.search(r"^    (\S+)$", mailoutbox[0].body, re.MULTILINE).group(1)

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.url == reverse("home")


def test_a_wrong_code_is_told(client, ilse):
    client.post(reverse("account_request_login_code"), {"email": ilse.email})

    response = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})

    assert "Dat lukte nog niet" in html_of(response)


def test_signing_out_takes_a_press(sign_in, ilse):
    client = sign_in(ilse)

    client.get(reverse("account_logout"))
    still_in = "_auth_user_id" in client.session
    client.post(reverse("account_logout"))

    assert still_in
    assert "_auth_user_id" not in client.session


# Signing up


def test_signing_up_takes_an_address_and_one_password(client, db):
    client.cookies["taal"] = "fr"

    response = client.post(
        reverse("account_signup"), {"email": "Nieuw@Delinde.example", "password1": "koffie om tien"}
    )

    user = User.objects.get()
    assert response.url == reverse("home")
    assert (user.email, user.language) == ("nieuw@delinde.example", "fr")


def test_a_poor_password_is_told_in_our_words(client, db):
    response = client.post(
        reverse("account_signup"), {"email": "nieuw@delinde.example", "password1": "123"}
    )

    assert "Neem minstens 8 tekens." in html_of(response)
    assert "Dit zijn alleen cijfers." in html_of(response)
    assert User.objects.count() == 0


def test_sign_up_can_be_closed(client, db, settings):
    settings.SIGNUP_OPEN = False

    page = client.get(reverse("account_signup"))
    client.post(
        reverse("account_signup"), {"email": "nieuw@delinde.example", "password1": "koffie om tien"}
    )

    assert "maakt een beheerder de accounts" in html_of(page)
    assert User.objects.count() == 0


def test_signing_up_with_a_known_address_is_told(client, ilse):
    response = client.post(
        reverse("account_signup"), {"email": ilse.email, "password1": "koffie om tien"}
    )

    assert "Dat lukte nog niet" in html_of(response)
    assert User.objects.count() == 1


def test_too_many_attempts_are_asked_to_wait(client, ilse, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()

    for _ in range(2):
        response = client.post(reverse("account_login"), {"login": ilse.email, "password": "fout"})

    assert response.status_code == 429
    assert "Wacht een paar minuten" in html_of(response)
