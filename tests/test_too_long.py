"""A form of more than a megabyte: told so, fast, with little memory, and nothing is stored."""

import time
import tracemalloc
from urllib.parse import urlencode

import pytest

from survey.models import Response
from tests.test_respond import visible

FORM = "application/x-www-form-urlencoded"


def send_long(client, team, content_type=FORM, **fields):
    body = urlencode({name.replace("_", "-"): value for name, value in fields.items()})
    return client.generic("POST", team.get_absolute_url(), body, content_type=content_type)


def test_who_sends_too_much_reads_which_text_is_too_long(client, zorg):
    page = send_long(client, zorg, v1="ja", v6_tekst="a" * 1_200_000, v7_tekst="kort")

    assert page.status_code == 413
    assert "langer dan 1 MB. Er is niets bewaard." in visible(page)
    assert "Te lang is de tekst bij vraag 6, ‘Waar ontmoeten medewerkers elkaar?’" in visible(page)
    assert "hoogstens 300 tekens" in visible(page)
    assert "aaaa" not in visible(page)
    assert Response.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "content_type"),
    [
        ({"v1": "a" * 1_200_000}, FORM),
        ({"a" * 1_200_000: "v6"}, FORM),
        ({str(number): "1" * 5 for number in range(150_000)}, FORM),
        ({"v6_tekst": "a" * 5_000_000}, FORM),  # is not even read
        ({"v1": "a" * 1_200_000}, "multipart/form-data; boundary=x"),
        ({"v1": "a" * 1_200_000}, "application/json"),
    ],
)
def test_what_is_no_text_of_ours_is_not_named(client, zorg, fields, content_type):
    page = send_long(client, zorg, content_type, **fields)

    assert page.status_code == 413
    assert "Dit is te lang" in visible(page)
    assert "Te lang is de tekst" not in visible(page)


def test_a_form_just_below_the_limit_reaches_its_own_page(client, zorg):
    page = send_long(client, zorg, v1="ja", v6_tekst="a" * 990_000)

    assert page.status_code == 422


def test_refusing_takes_no_time_and_no_memory(client, zorg):
    body = urlencode({"v6-tekst": "a" * 3_900_000}).encode()
    client.generic("POST", zorg.get_absolute_url(), body, content_type=FORM)
    tracemalloc.start()
    begun = time.monotonic()

    page = client.generic("POST", zorg.get_absolute_url(), body, content_type=FORM)
    seconds = time.monotonic() - begun
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert page.status_code == 413
    assert seconds < 1
    assert peak < 6_000_000  # of which the test client's own body is four
