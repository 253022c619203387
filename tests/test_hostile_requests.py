"""Requests that no honest browser sends: a clear answer, nothing half stored, never a 500."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.models import OtherText, Response
from tests.scan import stored


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b'{"v1": "ja"}', 422),
        ("text/plain", b"v1=ja", 422),
        ("", b"v1=ja", 422),
        ("multipart/form-data", b"v1=ja", 400),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken", 422),
        ("multipart/form-data; boundary=" + "x" * 500, b"--x", 400),
        ("application/x-www-form-urlencoded", b"\xff\xfe=\xff&v1=%FF%FE", 422),
        ("application/x-www-form-urlencoded", b"v6-tekst=%ED%A0%80&v1=%00", 422),
        ("application/x-www-form-urlencoded; charset=utf-7", b"v6-tekst=+2AA-", 400),
        ("application/x-www-form-urlencoded; charset=bestaat-niet", b"v1=ja", 400),
    ],
)
def test_a_body_of_another_shape_stores_nothing(quiet_client, zorg, content_type, body, status):
    page = quiet_client.generic("POST", zorg.get_absolute_url(), body, content_type=content_type)

    assert page.status_code == status
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16", "base64", "rot13"])
def test_a_form_in_another_charset_smuggles_no_half_characters_in(quiet_client, zorg, charset):
    text = {"utf-7": "+2AA-", "unicode_escape": "\\ud800"}.get(charset, "tekst")
    body = f'--x\r\nContent-Disposition: form-data; name="v6-tekst"\r\n\r\n{text}\r\n--x--\r\n'

    page = quiet_client.generic(
        "POST",
        zorg.get_absolute_url(),
        body.encode(),
        content_type=f"multipart/form-data; boundary=x; charset={charset}",
    )

    assert page.status_code == 400
    assert stored() == (0, 0, 0)


def test_a_file_instead_of_a_text_is_ignored(quiet_client, zorg):
    disposition = 'form-data; name="v6-tekst"; filename="x"'
    body = f"--x\r\nContent-Disposition: {disposition}\r\n\r\nhoi\r\n--x--\r\n"

    page = quiet_client.generic(
        "POST",
        zorg.get_absolute_url(),
        body.encode(),
        content_type="multipart/form-data; boundary=x",
    )

    assert page.status_code == 422
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("cookie", ["taal", "csrf", "session"])
@pytest.mark.parametrize("value", ['"\\000abcdefgh"', "x" * 4000, "../../etc", "ja; nl", "é"])
def test_an_odd_cookie_never_fails(quiet_client, zorg, cookie, value):
    header = {"HTTP_COOKIE": f"{cookie}={value}"}

    for address in [zorg.get_absolute_url(), "/organisaties/", "/admin/", "/"]:
        assert quiet_client.get(address, **header).status_code < 500


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "a b", "x" * 300, ""])
@pytest.mark.parametrize("address", ["/", "/uitleg/", "/account/login/", "/admin/"])
def test_an_odd_host_is_refused(quiet_client, db, host, address):
    page = quiet_client.get(address, HTTP_HOST=host)

    assert page.status_code == 400


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\x00",
     "http://[", "//[x"],
)  # fmt: skip
def test_nothing_leads_to_another_site(quiet_client, ilse, elsewhere):
    quiet_client.force_login(ilse, backend="django.contrib.auth.backends.ModelBackend")

    answers = [
        quiet_client.post("/taal/", {"language": "fr", "next": elsewhere}),
        quiet_client.post("/account/logout/", {"next": elsewhere}),
        quiet_client.post("/account/login/", {"next": elsewhere, "login": "x", "password": "y"}),
        quiet_client.get("//evil.example/organisaties"),
        quiet_client.get("/uitleg"),
    ]

    for answer in answers:
        assert answer.status_code < 500
        assert answer.headers.get("Location", "/").split("?")[0] in {
            "/",
            "/organisaties/",
            "/uitleg/",
            "/%2Fevil.example/organisaties/",
        }


# Anything at all


unkind = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400)


@unkind
@given(
    st.dictionaries(
        st.sampled_from(
            ["v1", "v2", "v6", "v6-tekst", "v7", "v9-tekst", "sleutel", "taal", "website"]
        )
        | ANY_TEXT,
        ANY_TEXT | st.lists(ANY_TEXT, max_size=5),
        max_size=12,
    )
)
def test_whatever_is_sent_is_stored_whole_or_not_at_all(quiet_client, zorg, sent):
    responses, _, _ = stored()

    answer = quiet_client.post(zorg.get_absolute_url(), sent)

    assert answer.status_code in {200, 302, 403, 409, 422, 400}
    added = Response.objects.count() - responses
    assert added == (answer.status_code == 302 and "bedankt" in answer.url)
    zorg.refresh_from_db()
    assert zorg.response_count == Response.objects.count()
    assert all(len(text) <= 300 for text in OtherText.objects.values_list("text", flat=True))


@unkind
@given(st.binary(max_size=300), st.binary(max_size=60))
def test_whatever_bytes_are_an_address_get_an_answer(quiet_client, zorg, body, path):
    page = quiet_client.generic(
        "POST",
        "/v/" + zorg.token + "/",
        body,
        content_type="application/x-www-form-urlencoded",
        PATH_INFO="/" + path.decode("latin-1"),
    )

    assert page.status_code < 500
