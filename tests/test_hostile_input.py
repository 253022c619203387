"""What no honest browser sends: a clear answer, nothing half stored, never a 500."""

import re
import time
import uuid

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.models import Answer, OtherText, Response, SurveyRound
from survey.models.rounds import new_token
from tests.addresses import all_addresses
from tests.factories import SurveyRoundFactory, TeamFactory
from tests.world import build_world

ODD_TEXTS = {
    "right-to-left": "\u202egnp.exe",
    "combining": "e" + "\u0301" * 250,
    "no space": "a" * 300,
    "markup": "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ settings.SECRET_KEY }}{% debug %}{{ 7|add:7 }}%(text)s {0}",
    "attribute": "\" onfocus='alert(1)' autofocus x=\"",
    "formula": '=HYPERLINK("http://x.example")',
    "emoji": "👩🏽‍⚕️" * 20,
    "replacement": "\ufffd\ufeff\u2028\u2029\x0b\x1f",
}


def fields(**changes):
    return {"sleutel": str(uuid.uuid4()), "v1": "ja"} | changes


def stored():
    return Response.objects.count(), Answer.objects.count(), OtherText.objects.count()


@pytest.fixture
def quiet_client():
    """A browser that shows errors as pages, as the real one does."""
    return Client(raise_request_exception=False)


# Texts and names


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_text_is_stored_as_typed_and_shown_inert(quiet_client, zorg, text):
    sent = fields(v6=["andere"], **{"v6-tekst": text})

    answer = quiet_client.post(zorg.get_absolute_url(), sent)

    assert answer.status_code == 302
    assert OtherText.objects.get().text == text.strip()


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_text_comes_back_inert_when_the_form_is_drawn_again(quiet_client, zorg, text):
    page = quiet_client.post(
        zorg.get_absolute_url(), fields(taal="nl", v6=["andere"], **{"v6-tekst": text})
    ).content.decode()

    assert "<script>alert" not in page
    assert "onfocus='alert" not in page
    assert "<img src=x" not in page
    assert "only-for-a-trial" not in page
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("name", [text[:100] for text in ODD_TEXTS.values()], ids=ODD_TEXTS)
def test_odd_names_are_inert_on_every_page(client, survey_round, ilse, name):
    SurveyRound.objects.update(title=name, asked_by=name, purpose=name, contact=name)
    survey_round.organisation.name = name
    survey_round.organisation.save()
    team = TeamFactory(survey_round=survey_round, name=name)
    TeamFactory(survey_round=survey_round, name="Zorg")
    client.force_login(ilse, backend="django.contrib.auth.backends.ModelBackend")

    for address in [
        team.get_absolute_url(),
        f"/v/{survey_round.token}/",
        survey_round.get_absolute_url(),
        survey_round.organisation.get_absolute_url(),
    ]:
        page = client.get(address).content.decode()

        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "autofocus x" not in page.replace("&#x27;", "").split("&quot;")[0]
        assert "only-for-a-trial" not in page


@pytest.mark.parametrize("raw", ["\x00", "a\x00b"])
def test_a_nul_in_a_text_is_refused_with_the_answers_on_the_page(quiet_client, zorg, raw):
    page = quiet_client.post(
        zorg.get_absolute_url(), fields(v6=["andere"], **{"v6-tekst": raw, "v2": "nee"})
    )

    assert page.status_code == 422
    assert stored() == (0, 0, 0)


def test_301_characters_are_too_many_and_300_with_line_ends_are_not(quiet_client, zorg):
    address = zorg.get_absolute_url()

    too_long = quiet_client.post(address, fields(**{"v6-tekst": "a" * 301}))
    fits = quiet_client.post(address, fields(**{"v6-tekst": "a\r\n" * 149 + "aa"}))

    assert (too_long.status_code, fits.status_code) == (422, 302)
    assert Response.objects.count() == 1


def test_a_text_of_900_kilobytes_is_refused_within_a_second(quiet_client, zorg):
    start = time.monotonic()

    page = quiet_client.post(zorg.get_absolute_url(), fields(**{"v6-tekst": "a" * 900_000}))

    assert page.status_code == 422
    assert time.monotonic() - start < 1
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize(
    "hostile",
    [{"v6-tekst": "a" * 1_000_001}, {f"veld{number}": "x" for number in range(1001)}],
    ids=["a megabyte", "1001 fields"],
)
def test_too_much_is_refused_clearly(quiet_client, zorg, hostile):
    page = quiet_client.post(zorg.get_absolute_url(), fields(**hostile))

    assert page.status_code == 400
    assert "Er is niets bewaard" in page.content.decode()
    assert stored() == (0, 0, 0)


# Options and keys


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("v6", "bestaat-niet"),
        ("v6", "9" * 6000),
        ("v6", "ja"),
        ("v6", ""),
        ("v1", "misschien"),
        ("v1", "9" * 6000),
        ("v1", "koffie"),
    ],
)
def test_an_option_that_is_not_there_is_refused(quiet_client, zorg, field, code):
    page = quiet_client.post(zorg.get_absolute_url(), fields(v2="ja", **{field: code}))

    assert page.status_code == 422
    assert stored() == (0, 0, 0)


def test_an_option_of_another_question_is_refused(quiet_client, zorg):
    page = quiet_client.post(zorg.get_absolute_url(), fields(v6=["koffie"], v7=["koffie"]))

    assert page.status_code == 422
    assert stored() == (0, 0, 0)


def test_of_both_yes_and_no_one_counts(quiet_client, zorg):
    quiet_client.post(zorg.get_absolute_url(), fields(v1=["ja", "nee"]))

    assert list(Answer.objects.values_list("choice__code", flat=True)) == ["nee"]


def test_the_same_option_a_thousand_times_counts_once(quiet_client, zorg):
    quiet_client.post(zorg.get_absolute_url(), fields(v6=["koffie"] * 900))

    assert Answer.objects.filter(choice__code="koffie").count() == 1


@pytest.mark.parametrize("key", ["", "x", "9" * 6000, "\x00", "0" * 32, "{" + "0" * 32 + "}"])
def test_an_odd_key_never_fails(quiet_client, zorg, key):
    page = quiet_client.post(zorg.get_absolute_url(), fields(sleutel=key))

    assert page.status_code in {302, 422}


def test_a_form_without_key_or_with_strange_fields_is_taken(quiet_client, zorg):
    page = quiet_client.post(
        zorg.get_absolute_url(), {"v1": "ja", "team": "x", "id": "1", "segment": "y", "<b>": "z"}
    )

    assert page.status_code == 302
    assert Response.objects.get().team == zorg


def test_a_key_of_another_team_stores_nothing_and_tells_nothing(quiet_client, zorg):
    other = TeamFactory(survey_round=SurveyRoundFactory(), name="Elders")
    key = str(uuid.uuid4())
    quiet_client.post(other.get_absolute_url(), {"sleutel": key, "v1": "ja"})

    quiet_client.post(zorg.get_absolute_url(), {"sleutel": key, "v1": "nee"})

    assert Response.objects.get().team == other
    zorg.refresh_from_db()
    assert zorg.response_count == 0


# Shapes of requests


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"v1": "ja"}'),
        ("text/plain", b"v1=ja"),
        ("", b"v1=ja"),
        ("multipart/form-data", b"v1=ja"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=" + "x" * 500, b"--x"),
        ("application/x-www-form-urlencoded", b"\xff\xfe=\xff&v1=%FF%FE"),
        ("application/x-www-form-urlencoded", b"v6-tekst=%ED%A0%80&v1=%00"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"v6-tekst=+2AA-"),
        ("application/x-www-form-urlencoded; charset=bestaat-niet", b"v1=ja"),
    ],
)
def test_a_body_of_another_shape_stores_nothing(quiet_client, zorg, content_type, body):
    page = quiet_client.generic("POST", zorg.get_absolute_url(), body, content_type=content_type)

    assert page.status_code in {400, 422}
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
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\x00"],
)
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


# Addresses


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
    assert added == (answer.status_code == 302 and "bedankt" in answer.url) or added == 0
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


def test_guessing_a_token_tells_nothing(quiet_client, zorg):
    tokens = [new_token() for _ in range(20)]

    pages = [quiet_client.get(f"/v/{token}/").content.decode() for token in tokens]

    for token, page in zip(tokens, pages, strict=True):
        assert without_tokens(page, token) == without_tokens(pages[0], tokens[0])


def without_tokens(page, token):
    """A page without what is in the address and without what differs at every look."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(token, ""))
