"""Mails about accounts, and a mail server that is down."""

import logging
import re
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from survey.models import User
from tests.test_accounts import PASSWORD, html_of


class MailServerIsDown(BaseEmailBackend):
    """A mail server that nobody can reach."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail.site.example")


class MailServerRefuses(BaseEmailBackend):
    """A mail server that repeats the address when it refuses."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no")})


@pytest.fixture(autouse=True)
def _no_counting(settings):
    """Limits on attempts are django-allauth's; they would carry over between tests."""
    settings.ACCOUNT_RATE_LIMITS = False


def test_a_mail_speaks_the_language_of_who_receives_it(client, ilse, mailoutbox):
    User.objects.filter(pk=ilse.pk).update(language="nl")
    client.cookies["taal"] = "fr"

    client.post(reverse("account_reset_password"), {"email": ilse.email})

    assert mailoutbox[0].subject == "Een nieuw wachtwoord kiezen"
    assert mailoutbox[0].body.startswith("Dag,\n\nMet deze link kies je een nieuw wachtwoord:\n\n")
    assert mailoutbox[0].alternatives == []


def test_an_unknown_address_is_told_by_mail_only(client, ilse, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": ilse.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "wie@delinde.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert mailoutbox[1].subject == "Er is geen account met dit adres"
    assert "wie@delinde.example" in mailoutbox[1].body


def test_a_new_password_through_the_mail(client, ilse, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": ilse.email})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body).group(1)
    form = client.get(link, follow=True)

    response = client.post(
        form.request["PATH_INFO"], {"password1": "koffie om tien", "password2": "koffie om tien"}
    )

    ilse.refresh_from_db()
    assert response.url == reverse("account_reset_password_from_key_done")
    assert ilse.check_password("koffie om tien")
    assert mailoutbox[1].subject == "Je wachtwoord is vernieuwd"


def test_a_used_link_for_a_new_password_says_so(client, db):
    response = client.get(reverse("account_reset_password_from_key", args=["1", "abc-def"]))

    assert "Deze link werkt niet meer" in html_of(response)


def test_a_changed_address_counts_after_it_is_confirmed(sign_in, ilse, mailoutbox):
    EmailAddress.objects.create(user=ilse, email=ilse.email, primary=True, verified=True)
    client = sign_in(ilse)

    client.post(reverse("account_email"), {"email": "i@delinde.example", "action_add": ""})
    ilse.refresh_from_db()
    before = ilse.email
    pending = html_of(client.get(reverse("account_email")))
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body).group(1)
    page = html_of(client.get(link))
    client.post(link)

    ilse.refresh_from_db()
    assert before == "ilse@delinde.example"
    assert "Het adres i@delinde.example is nog niet bevestigd." in pending
    assert "Is i@delinde.example jouw adres?" in page
    assert ilse.email == "i@delinde.example"


def test_the_note_about_a_change_keeps_no_address_of_the_visitor(sign_in, ilse, mailoutbox):
    EmailAddress.objects.create(user=ilse, email=ilse.email, primary=True, verified=True)
    client = sign_in(ilse)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "koffie om tien",
            "password2": "koffie om tien",
        },
        HTTP_USER_AGENT="planted-agent",
    )

    [mail] = mailoutbox
    assert mail.subject == "Je wachtwoord is veranderd"
    assert "127.0.0.1" not in mail.body
    assert "planted-agent" not in mail.body


@pytest.mark.parametrize("backend", [MailServerIsDown, MailServerRefuses])
@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("account_request_login_code", {"email": "ilse@delinde.example"}),
        ("account_reset_password", {"email": "ilse@delinde.example"}),
        ("account_reset_password", {"email": "wie@delinde.example"}),
    ],
)
def test_a_mail_server_that_is_down_is_told_kindly(
    client, ilse, settings, caplog, backend, name, sent
):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"

    with caplog.at_level(logging.ERROR):
        response = client.post(reverse(name), sent, follow=True)

    assert response.status_code == 200
    assert html_of(response).count("De mail is niet vertrokken") == 1
    assert "was not sent" in caplog.text
    assert "delinde.example" not in caplog.text


def test_no_message_says_a_mail_was_sent_that_was_not(sign_in, ilse, settings):
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    client = sign_in(ilse)

    response = client.post(
        reverse("account_email"), {"email": "i@delinde.example", "action_add": ""}, follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [
        "De mail is niet vertrokken: onze mailserver antwoordt niet. Probeer later nog."
    ]


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
@pytest.mark.parametrize("email", ["ilse@delinde.example", "wie@delinde.example"])
def test_without_a_mail_server_nothing_is_sent_and_the_page_says_so(
    client, ilse, settings, caplog, capsys, name, email
):
    settings.EMAIL_BACKEND = "survey.mailing.NoMailServer"

    page = client.post(reverse(name), {"email": email}, follow=True)

    assert page.status_code == 200
    assert "Deze site kan geen mail sturen." in html_of(page)
    assert "MailIsOff" in caplog.text
    assert "delinde.example" not in caplog.text + "".join(capsys.readouterr())


def test_without_a_mail_server_a_changed_password_is_no_error(sign_in, ilse, settings, caplog):
    settings.EMAIL_BACKEND = "survey.mailing.NoMailServer"
    new = "koffie om tien"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    page = sign_in(ilse).post(reverse("account_change_password"), sent, follow=True)

    assert "Deze site kan geen mail sturen." not in html_of(page)
    assert User.objects.get(pk=ilse.pk).check_password(new)
