"""What stands in the logs: never a link, an address or what somebody typed."""

import logging
import sys
from logging.config import dictConfig

import pytest
from django.conf import settings

from leercultuur.logs import SilentFormatter, masked


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Not Found: /v/k36t-ah40-mx6w/", "Not Found: /v/…/"),
        ("/v/k36tah40mx6w/bedankt/?eerder=anders", "/v/…/bedankt/?eerder=anders"),
        ("/uitnodiging/abcDEF123/", "/uitnodiging/…/"),
        ("/account/password/reset/key/1-abc/", "/account/password/reset/key/…/"),
        ("/bevragingen/1/", "/bevragingen/1/"),
    ],
)
def test_links_are_masked(address, expected):
    assert masked(address) == expected


def test_an_error_is_logged_without_its_message():
    try:
        try:
            raise ValueError("DETAIL: Failing row contains (geheime aanvulling)")
        except ValueError as cause:
            raise RuntimeError("iemand@delinde.example") from cause
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "Mis", (), sys.exc_info())

    line = SilentFormatter("{levelname} {message}", style="{").format(record)

    assert line.startswith("ERROR Mis\nRuntimeError\n")
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "geheime" not in line
    assert "delinde" not in line


def test_the_formatter_is_the_one_of_the_site(capsys):
    dictConfig(settings.LOGGING)

    logging.getLogger("django.request").error("Internal Server Error: /v/k36t-ah40-mx6w/")

    assert capsys.readouterr().err == "ERROR django.request Internal Server Error: /v/…/\n"
