"""Mail that goes out by itself: each in the own language, and none holds up the others."""

from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils.translation import gettext as _

from survey.mailing import mail_each, one_line
from tests.factories import UserFactory


class ShyBackend(EmailBackend):
    """Refuses one receiver."""

    def send_messages(self, messages):
        if "weg@delinde.example" in messages[0].to:
            raise OSError("weg@delinde.example: user unknown")
        return super().send_messages(messages)


def test_each_reads_the_own_language_on_a_line_of_its_own(db):
    users = [UserFactory(language="nl"), UserFactory(language="de")]

    arrived = mail_each(users, lambda: (_("Dag,") + "\nallemaal", "…"), about="a test")

    assert arrived == 2
    assert [message.subject for message in mail.outbox] == ["Dag, allemaal", "Guten Tag! allemaal"]
    assert {message.extra_headers["Auto-Submitted"] for message in mail.outbox} == {
        "auto-generated"
    }


def test_a_mail_that_cannot_leave_is_logged_without_its_address(db, settings, caplog):
    settings.EMAIL_BACKEND = "tests.test_mailing.ShyBackend"
    users = [UserFactory(email="weg@delinde.example"), UserFactory(email="hier@delinde.example")]

    arrived = mail_each(users, lambda: ("Dag", "…"), about="a test")

    assert arrived == 1
    assert [message.to for message in mail.outbox] == [["hier@delinde.example"]]
    assert caplog.messages == ["A mail about a test was not sent: OSError"]


@pytest.mark.parametrize("error", [ValueError, UnicodeError, TimeoutError, SMTPException])
def test_whatever_goes_wrong_with_one_mail_the_others_leave(db, caplog, error):
    users = [UserFactory(email="weg@delinde.example"), UserFactory(email="hier@delinde.example")]
    outcomes = iter([error("weg@delinde.example"), ("Dag", "…")])

    def write():
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    arrived = mail_each(users, write, about="a test")

    assert arrived == 1
    assert [message.to for message in mail.outbox] == [["hier@delinde.example"]]
    assert caplog.messages == [f"A mail about a test was not sent: {error.__name__}"]


def test_a_subject_is_one_line():
    assert one_line("De\r\nLinde \t vzw") == "De Linde vzw"
