"""Logs that say what happened, never to whom: no link, no key, nothing that somebody typed (T8)."""

import logging
import re
import traceback

# What follows these is a secret: who has it can answer, join or sign in.
SECRET_PARTS = re.compile(
    r"(/v/|/uitnodiging/|/account/password/reset/key/|/account/confirm-email/)[^/\s?]+"
)

QUERY = re.compile(r"(/[^\s?]*)\?\S*")


def masked(line: str) -> str:
    """Return the line without what is secret in the addresses in it."""
    return QUERY.sub(r"\1", SECRET_PARTS.sub(r"\1...", line))


def one_line(text: str) -> str:
    """Return the text with its line ends and other control signs written out."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


class SilentFormatter(logging.Formatter):
    """One line per event; of an error its place and class, but not its message.

    The message of a database error repeats the row, that of a mail error the address.
    """

    def format(self, record):
        return masked(super().format(record))

    def formatMessage(self, record):  # noqa: N802, the name is Python's
        """Keep the message on one line; of a suspicious request it repeats what was sent."""
        if record.name.startswith("django.security."):
            record.message = "a suspicious request"
        return one_line(super().formatMessage(record))

    def formatException(self, exc_info):  # noqa: N802, the name is Python's
        error = exc_info[1]
        lines = []
        while error is not None:
            place = traceback.extract_tb(error.__traceback__)
            lines.append(type(error).__name__)
            lines += [f"  {each.filename}:{each.lineno} in {each.name}" for each in place]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
