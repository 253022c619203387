"""Mail: whether there is any, what becomes of one that cannot leave, and one to each user."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import override

from survey.models import User

logger = logging.getLogger(__name__)

Failures = tuple[type[Exception], ...]


class MailIsOff(OSError):
    """This site has no mail server."""


class NoMailServer(BaseEmailBackend):
    """Sends nothing, and writes nothing down: a mail holds addresses, and codes to sign in."""

    def send_messages(self, messages):
        raise MailIsOff("EMAIL_HOST is empty.")


def mail_is_off() -> bool:
    """Return whether this site can send no mail at all. On the own machine mails are printed."""
    return f"{__name__}.{NoMailServer.__name__}" == settings.EMAIL_BACKEND


def reaches_mailboxes() -> bool:
    """Return whether reading our mail proves whose address it is: not where it is printed."""
    return bool(settings.EMAIL_HOST)


def try_to_send(
    send: Callable[[], object], about: str, failures: Failures = (OSError, SMTPException)
) -> Exception | None:
    """Call `send`; return what went wrong, None if the mail left. What went wrong is logged."""
    try:
        send()
    except failures as error:
        # The class only: what a mail server says repeats the address.
        logger.error("A mail about %s was not sent: %s", about, type(error).__name__)
        return error
    return None


def one_line(text: str) -> str:
    """Return the text as the subject of a mail, whatever is in it."""
    return " ".join(text.split())


def mail_each(users: Iterable[User], write: Callable[[], tuple[str, str]], about: str) -> int:
    """Mail each user what `write` returns, a subject and a body; return how many mails left.

    `write` is called in the language of who reads it. A mail that could not leave is logged,
    with what it was `about`; whatever was wrong with it, the others are sent.
    """
    connection = get_connection()

    def mail(user):
        with override(user.language):
            subject, body = write()
        EmailMessage(
            one_line(subject),
            body,
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
            connection=connection,
        ).send()

    errors = [try_to_send(partial(mail, user), about, failures=(Exception,)) for user in users]
    return errors.count(None)
