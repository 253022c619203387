"""A site that is set up wrongly does not start; what is left out has a safe default."""

import pytest

from tests.test_headers import start

READ = "from leercultuur import settings"


def read(code="", **environment):
    return start(["-c", f"{READ}; {code}"], **environment)


@pytest.mark.parametrize("name", ["RETENTION_MONTHS", "BACKUP_DAYS"])
@pytest.mark.parametrize("value", ["0", "-1"])
def test_a_term_that_would_delete_everything_does_not_start(name, value):
    done = read(**{name: value})

    assert done.returncode != 0
    assert f"{name} is never below 1" in done.stderr


@pytest.mark.parametrize("word", ["maybe", "flase", "2"])
def test_a_switch_that_is_neither_yes_nor_no_does_not_start(word):
    done = read(STAFF_2FA=word)

    assert done.returncode != 0
    assert f"STAFF_2FA must be yes or no, not '{word}'." in done.stderr


@pytest.mark.parametrize(
    ("word", "is_on"),
    [
        *[(word, True) for word in ("ja", "Yes", "1", "true", " on ", "", None)],
        *[(word, False) for word in ("nee", "FALSE", "0", "off", "no")],
    ],
)
def test_a_switch_says_yes_or_no_and_empty_is_the_default(word, is_on):
    done = read("print(settings.STAFF_2FA)", STAFF_2FA=word)

    assert done.stdout == f"{is_on}\n"


@pytest.mark.parametrize("address", ["http://leercultuur.example", "leercultuur.example"])
def test_a_real_address_without_https_does_not_start(address):
    done = read(SITE_URL=address)

    assert done.returncode != 0
    assert "SITE_URL must start with https://" in done.stderr


@pytest.mark.parametrize(
    ("address", "backend"),
    [
        ("https://leercultuur.example", "survey.mailing.NoMailServer"),
        ("http://localhost:8000", "django.core.mail.backends.console.EmailBackend"),
    ],
)
def test_codes_and_addresses_reach_the_log_on_the_own_machine_alone(address, backend):
    done = read("print(settings.EMAIL_BACKEND)", SITE_URL=address)

    assert done.stdout == f"{backend}\n"


def test_over_https_every_cookie_belongs_to_this_host_alone():
    names = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME"

    done = read(f"print({names})")

    assert done.stdout == "__Host-session __Host-csrf __Host-taal\n"
