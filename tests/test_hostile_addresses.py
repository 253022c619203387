"""Every address with odd values, methods and queries: never a 500, and nothing to be guessed."""

import re

import pytest

from survey.models.rounds import new_token
from tests.addresses import all_addresses
from tests.scan import stored
from tests.world import build_world


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/v/%00/",
        "/admin/%00/",
        "/admin/survey/user/%00/change/",
        "/?q=%00",
        "/admin/?q=%00",
    ],
)
def test_a_nul_in_an_address_is_a_bad_request(quiet_client, db, ada, address):
    quiet_client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    page = quiet_client.get(address)

    assert page.status_code == 400
    assert "Er is niets bewaard" in page.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [("/?q=%FF", 400), ("/%FF", 404), ("/v/%C3%28/", 404), ("/%ED%A0%80/", 404)],
)
def test_an_address_that_is_not_utf8_leads_nowhere(quiet_client, db, address, status):
    assert quiet_client.get(address).status_code == status


METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BOGUS"]
ODD_VALUES = ["0", "x", "../..", "é", "_00", "_", "%2F", "9" * 300, "<b>", "'", "1_5B0_5D", " "]


ODD_QUERIES = [
    "?page=-1",
    "?page=" + "9" * 400,
    "?q=" + "a " * 900,
    "?o=x.y&p=z&all=",
    "?e=1&%5B=x",
    "?eerder=" + "x" * 2000,
]
BODY = b"v1=ja&title=%00&next=//evil.example&action=x&_selected_action=%00x"


def failures(client, values):
    """Ask every address with every method, odd values and odd queries; return what failed."""
    failed = []

    def ask(method, path, body=b""):
        answer = client.generic(
            method, path, body, content_type="application/x-www-form-urlencoded"
        )
        # What a server does with the file of a download; close() would end our transaction too.
        for close in answer._resource_closers:
            close()
        if answer.status_code >= 500:
            failed.append((method, path[:100], answer.status_code))

    for address in all_addresses():
        if "logout" in address.name:
            continue
        path = address.fill(values)
        for method in METHODS:
            ask(method, path, BODY)
        for query in ODD_QUERIES if not address.name.endswith("pdf") else []:
            ask("GET", path + query)
        for parameter in address.takes:
            for odd in ODD_VALUES:
                ask("GET", address.fill(values | {parameter: odd}))
    return failed


@pytest.mark.usefixtures("rendered_as_served")
@pytest.mark.parametrize("person", ["nobody", "ilse", "ada"])
def test_no_address_fails_with_any_method_or_value(
    request, de_linde, questionnaire, quiet_client, person
):
    world = build_world(de_linde, questionnaire)
    admin_values = {"object_id": world.segment.pk, "id": 1, "app_label": "survey", "url": "x"}
    values = world.values(world.closed_round) | admin_values | {"key": "x", "uidb36": "1"}
    if person != "nobody":
        user = request.getfixturevalue(person)
        quiet_client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    responses, answers, texts = stored()

    failed = failures(quiet_client, values)

    assert failed == []
    # The one form that was right among them.
    assert stored() == (responses + 1, answers + 1, texts)


def test_guessing_a_token_tells_nothing(quiet_client, zorg):
    tokens = [new_token() for _ in range(20)]

    pages = [quiet_client.get(f"/v/{token}/").content.decode() for token in tokens]

    for token, page in zip(tokens, pages, strict=True):
        assert without_tokens(page, token) == without_tokens(pages[0], tokens[0])


def without_tokens(page, token):
    """A page without what is in the address and without what differs at every look."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(token, ""))
