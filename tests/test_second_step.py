"""The second step at signing in, and the door of the admin."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from tests.test_accounts import PASSWORD, html_of


def confirm_identity(client):
    """Give the password again, as django-allauth asks before a change of the second step."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def has_second_step(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret):
    """Return what the app on her phone shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_admin_is_entered_through_the_same_door(client, db):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next=%2Fadmin%2F"


def test_a_member_who_is_no_administrator_does_not_enter_the_admin(sign_in, ilse):
    response = sign_in(ilse).get("/admin/", follow=True)

    assert response.status_code == 403


def test_staff_without_a_second_step_are_sent_to_make_one(sign_in, ada, settings):
    settings.STAFF_2FA = True

    response = sign_in(ada).get("/admin/")

    assert response.url == reverse("mfa_activate_totp")


def test_staff_without_a_second_step_change_nothing_in_the_admin(sign_in, ada, settings):
    settings.STAFF_2FA = True

    response = sign_in(ada).post("/admin/survey/organisation/add/", {"name": "Nieuw"})

    assert response.url == reverse("mfa_activate_totp")


def test_staff_who_passed_the_second_step_enter(client, ada, settings):
    settings.STAFF_2FA = True
    secret = has_second_step(ada)
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    response = client.get("/admin/")

    assert response.status_code == 200


def test_a_session_from_before_the_second_step_does_not_enter(sign_in, ada, settings):
    settings.STAFF_2FA = True
    before = sign_in(ada)
    has_second_step(ada)

    page = before.get("/admin/")
    posted = before.post("/admin/survey/organisation/add/", {"name": "Nieuw"})

    assert page.url == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2F"
    assert posted.url.startswith(reverse("mfa_reauthenticate"))


def test_a_session_from_before_enters_with_the_code(sign_in, ada, settings):
    settings.STAFF_2FA = True
    before = sign_in(ada)
    secret = has_second_step(ada)

    asked = before.get("/admin/").url
    passed = before.post(asked, {"code": code_of(secret)})

    assert passed.url == "/admin/"
    assert before.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"],
)
def test_a_password_alone_does_not_undo_the_second_step_of_staff(sign_in, ada, settings, name):
    settings.STAFF_2FA = True
    before = sign_in(ada)
    has_second_step(ada)
    confirm_identity(before)

    response = before.post(reverse(name))

    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.count() == 1


@pytest.mark.django_db(transaction=True)  # django-allauth tells of it once it is committed
def test_who_set_up_the_second_step_enters_with_that_and_other_sessions_do_not(ada, settings):
    settings.STAFF_2FA = True
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    confirm_identity(here)
    here.get(reverse("mfa_activate_totp"))
    secret = here.session["mfa.totp.secret"]
    here.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").url.startswith(reverse("mfa_reauthenticate"))


def test_staff_enter_without_a_second_step_where_it_is_switched_off(sign_in, ada, settings):
    settings.STAFF_2FA = False

    response = sign_in(ada).get("/admin/")

    assert response.status_code == 200


def test_other_pages_ask_no_second_step(sign_in, ada, settings):
    settings.STAFF_2FA = True

    response = sign_in(ada).get(reverse("explanation"))

    assert response.status_code == 200


def test_who_has_a_second_step_is_asked_for_it(client, ilse):
    has_second_step(ilse)

    response = client.post(
        reverse("account_login"), {"login": ilse.email, "password": PASSWORD}, follow=True
    )

    assert "Typ de code uit de app op je gsm" in html_of(response)
    assert "_auth_user_id" not in client.session


def test_the_second_step_is_set_up_with_a_code_drawn_inline(sign_in, ada):
    client = sign_in(ada)
    confirm_identity(client)

    html = html_of(client.get(reverse("mfa_activate_totp")))

    assert "<svg" in html
    assert re.findall(r"<img|data:|\sstyle=", html) == []


def test_a_wrong_code_sets_up_nothing(sign_in, ada):
    client = sign_in(ada)
    confirm_identity(client)

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "Dat lukte nog niet" in html_of(response)
    assert Authenticator.objects.count() == 0


def test_the_pages_of_a_second_step_that_is_on(sign_in, ada):
    has_second_step(ada)
    client = sign_in(ada)
    confirm_identity(client)

    off = client.get(reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = client.get(reverse("mfa_view_recovery_codes"))
    again = client.get(reverse("mfa_generate_recovery_codes"))
    overview = client.get(reverse("mfa_index"))

    assert [page.status_code for page in (off, codes, again, overview)] == [200] * 4
    assert "Nog 10 van de 10 codes zijn ongebruikt." in html_of(codes)
    assert "De tweede stap is aan." in html_of(overview)
