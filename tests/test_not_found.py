"""A wrong link of respondents, asked for by somebody who is signed in."""


def test_t8_a_wrong_link_does_not_look_at_who_is_signed_in(sign_in, ilse):
    page = sign_in(ilse).get("/v/k36tah40mx6w/")

    assert page.status_code == 404
    assert "Mijn bevragingen" not in page.content.decode()
    assert "no-store" not in page.headers.get("Cache-Control", "")


def test_another_wrong_address_keeps_the_menu(sign_in, ilse):
    page = sign_in(ilse).get("/bestaat-niet/")

    assert page.status_code == 404
    assert "Mijn bevragingen" in page.content.decode()
