"""Pages asked for in a way that they do not answer: a page says so, in the reader's language."""

import pytest


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("get", "/probeer/pdf/", "POST"),
        ("get", "/taal/", "POST"),
        ("post", "/uitleg/", "GET, HEAD"),
        ("put", "/", "GET, HEAD"),
    ],
)
def test_a_wrong_method_leads_to_a_page_with_a_way_out(client, db, method, address, allowed):
    page = getattr(client, method)(address)

    assert page.status_code == 405
    assert page["Allow"] == allowed
    assert page["Content-Type"].startswith("text/html")
    assert "Naar de beginpagina" in page.content.decode()


def test_it_is_in_the_readers_language(client, db):
    page = client.get("/taal/", headers={"accept-language": "fr"})

    assert '<html lang="fr"' in page.content.decode()


@pytest.mark.parametrize("method", ["head", "options"])
def test_who_asks_for_no_page_gets_none(client, db, method):
    page = getattr(client, method)("/taal/")

    assert page.status_code == 405
    assert page.content == b""
