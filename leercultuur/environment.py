"""Reads settings from the environment. A value that makes no sense names its variable."""

import os

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on", "ja"}
NO = {"0", "false", "no", "off", "nee"}


def flag(name, default):
    """Return a yes/no setting; empty is the default.

    A word we do not know raises ImproperlyConfigured: a typo must not switch a safety off.
    """
    word = os.environ.get(name, "").strip().lower()
    if not word:
        return default
    if word not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {word!r}.")
    return word in YES


def number(name, default, at_least=None):
    """Return a whole number. Raises ImproperlyConfigured if it is not one, or too low."""
    value = os.environ.get(name, default)
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if at_least is not None and found < at_least:
        raise ImproperlyConfigured(f"{name} is never below {at_least}, and here it is {found}.")
    return found


def words(name, default=""):
    """Return a list from a comma-separated setting."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
