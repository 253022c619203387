"""An account made with somebody else's address is of no use once its owner comes."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from survey.models import Invitation, Membership, User
from tests.factories import UserFactory

MIA, STRANGER = "mia@delinde.example", "vreemde@elders.example"
GUESSED = "gekozen door een vreemde"
OWN = "koffie om tien"


@pytest.fixture(autouse=True)
def _no_counting(settings):
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def invitation(de_linde, settings):
    settings.EMAIL_HOST = "mail.delinde.example"
    return Invitation.objects.create(organisation=de_linde, email=MIA, role=Membership.Role.HR)


@pytest.fixture
def stranger(db):
    """A browser in which somebody signed up with the address of Mia, before she did."""
    stranger = Client()
    stranger.post(reverse("account_signup"), {"email": MIA, "password1": GUESSED})
    return stranger


def is_in(browser):
    return browser.get(reverse("home")).status_code != 302 or not browser.get(
        reverse("home")
    ).url.startswith("/account/login/")


def sign_in_with_code(browser, mailoutbox, email=MIA, **sent):
    browser.post(reverse("account_request_login_code"), {"email": email} | sent)
    code = re.search(r"^    (\S+)$", mailoutbox[-1].body, re.MULTILINE).group(1)
    return browser.post(
        reverse("account_confirm_login_code"), {"code": code} | sent, follow=True
    ).content.decode()


def sign_in_with_password(browser, password, email=MIA):
    browser.post(reverse("account_login"), {"login": email, "password": password})


def open_link(browser, mail):
    """Open the link in a mail; return the page it leads to."""
    link = re.search(r"http://testserver(\S+)", mail.body).group(1)
    return browser.get(link, follow=True)


def test_who_proves_her_address_with_a_code_is_alone_in_the_account(stranger, mailoutbox):
    mia, again = Client(), Client()
    before = is_in(stranger)

    page = sign_in_with_code(mia, mailoutbox)
    sign_in_with_password(again, GUESSED)

    assert before
    assert is_in(mia)
    assert "Kies een nieuw wachtwoord bij Mijn account." in page
    assert not is_in(stranger)
    assert not is_in(again)


def test_a_change_of_address_that_a_stranger_began_is_gone(stranger, mailoutbox):
    stranger.post(reverse("account_email"), {"action_add": "", "email": STRANGER})
    begun = mailoutbox[-1]

    mia = Client()
    sign_in_with_code(mia, mailoutbox)
    link = open_link(stranger, begun)
    stranger.post(link.request["PATH_INFO"])

    assert is_in(mia)
    assert not is_in(stranger)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(MIA, True)]
    assert User.objects.get().email == MIA


def test_an_account_of_a_stranger_that_waits_for_her_address_becomes_hers_alone(db, mailoutbox):
    stranger = Client()
    stranger.post(reverse("account_signup"), {"email": STRANGER, "password1": GUESSED})
    stranger.post(reverse("account_email"), {"action_add": "", "email": MIA})

    mia = Client()
    sign_in_with_code(mia, mailoutbox)
    sign_in_with_password(stranger, GUESSED)

    assert is_in(mia)
    assert not is_in(stranger)


def test_a_new_password_by_mail_proves_the_address_and_stays(stranger, mailoutbox):
    mia = Client()
    mia.post(reverse("account_reset_password"), {"email": MIA})
    form = open_link(mia, mailoutbox[-1])
    mia.post(form.request["PATH_INFO"], {"password1": OWN, "password2": OWN})

    sign_in_with_password(mia, OWN)

    assert is_in(mia)
    assert not is_in(stranger)
    assert EmailAddress.objects.get().verified


def test_a_new_password_by_mail_ends_a_change_of_address(stranger, mailoutbox):
    stranger.post(reverse("account_email"), {"action_add": "", "email": STRANGER})
    begun = mailoutbox[-1]
    mia = Client()
    mia.post(reverse("account_reset_password"), {"email": MIA})
    form = open_link(mia, mailoutbox[-1])
    mia.post(form.request["PATH_INFO"], {"password1": OWN, "password2": OWN})

    link = open_link(stranger, begun)
    stranger.post(link.request["PATH_INFO"])

    assert User.objects.get().email == MIA
    assert User.objects.get().check_password(OWN)


def test_the_address_of_somebody_else_is_refused_before_any_mail(stranger, ilse, mailoutbox):
    page = stranger.post(reverse("account_email"), {"action_add": "", "email": ilse.email})

    assert "Dat lukte nog niet" in page.content.decode()
    assert mailoutbox == []


def test_two_who_change_an_unproven_address_keep_it_until_then(stranger, mailoutbox):
    other = Client()
    other.post(reverse("account_signup"), {"email": STRANGER, "password1": OWN})

    stranger.post(reverse("account_email"), {"action_add": "", "email": "een@delinde.example"})
    other.post(reverse("account_email"), {"action_add": "", "email": "twee@delinde.example"})

    assert set(User.objects.values_list("email", flat=True)) == {MIA, STRANGER}


def test_a_second_code_takes_no_password_away(client, db, mailoutbox):
    user = UserFactory(email=MIA)
    EmailAddress.objects.create(user=user, email=MIA, verified=True, primary=True)

    sign_in_with_code(client, mailoutbox)

    assert User.objects.get().has_usable_password()


def test_who_changes_a_proven_address_keeps_password_and_session(client, db, mailoutbox):
    client.post(reverse("account_signup"), {"email": STRANGER, "password1": OWN})
    EmailAddress.objects.update(verified=True)
    client.post(reverse("account_email"), {"action_add": "", "email": MIA})

    link = open_link(client, mailoutbox[-1])
    client.post(link.request["PATH_INFO"])

    assert User.objects.get().email == MIA
    assert User.objects.get().check_password(OWN)
    assert is_in(client)


def test_an_invitation_asks_an_unproven_account_for_a_code_first(
    stranger, invitation, de_linde, mailoutbox
):
    asked = stranger.post(invitation.get_absolute_url(), follow=True)
    member_before = Membership.objects.filter(organisation=de_linde).exists()
    mia = Client()
    sign_in_with_code(mia, mailoutbox, next=invitation.get_absolute_url())
    mia.post(invitation.get_absolute_url())

    assert asked.redirect_chain[-1][0].startswith(reverse("account_request_login_code"))
    assert "Dit account heeft zijn adres nog niet bevestigd." in asked.content.decode()
    assert f'value="{invitation.get_absolute_url()}"' in asked.content.decode()
    assert not member_before
    assert de_linde.memberships.get().user.email == MIA
    assert not is_in(stranger)


def test_who_signs_up_through_the_invitation_needs_no_code(client, invitation, de_linde):
    client.post(invitation.get_absolute_url())
    client.post(reverse("account_signup"), {"email": MIA, "password1": OWN})

    client.post(invitation.get_absolute_url())

    assert de_linde.memberships.get().user.email == MIA


def test_opening_an_invitation_does_not_prove_an_account_that_existed(
    stranger, invitation, de_linde
):
    other = Client()
    other.post(invitation.get_absolute_url())
    sign_in_with_password(other, GUESSED)

    other.post(invitation.get_absolute_url())

    assert not de_linde.memberships.exists()


def test_without_a_mail_server_an_account_with_a_password_accepts(
    stranger, invitation, de_linde, settings
):
    """Nobody could be sent a code. The link came from HR by hand."""
    settings.EMAIL_HOST = ""

    stranger.post(invitation.get_absolute_url())

    assert de_linde.memberships.exists()
