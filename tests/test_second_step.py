"""The second step at signing in, and the door of the admin."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.test_accounts import PASSWORD, html_of


def confirm_identity(client):
    """Give the password again, as django-allauth asks before a change of the second step."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def has_second_step(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


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


def test_staff_with_a_second_step_enter(sign_in, ada, settings):
    settings.STAFF_2FA = True
    has_second_step(ada)

    response = sign_in(ada).get("/admin/")

    assert response.status_code == 200


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
