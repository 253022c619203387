"""A bot is refused, an office never."""

import time
import uuid

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.urls import reverse

from survey.front.flooding import address_of, hashed, is_flooding
from survey.models import Response
from tests.factories import TeamFactory


@pytest.fixture(autouse=True)
def _as_on_a_real_address(settings):
    """On localhost nobody is refused."""
    settings.FORMS_PER_MINUTE = 120
    settings.PDFS_PER_MINUTE = 20
    settings.MAILS_PER_MINUTE = 5


@pytest.fixture
def large_team(survey_round):
    return TeamFactory(survey_round=survey_round, name="Allemaal", headcount=2000)


def send_form(client, team, address="192.0.2.7"):
    sent = {"sleutel": str(uuid.uuid4()), "v1": "ja", "v6-tekst": "Nog <b>iets</b>"}
    return client.post(team.get_absolute_url(), sent, REMOTE_ADDR=address)


def test_an_office_of_300_behind_one_address_is_never_refused(client, large_team):
    statuses = {send_form(client, large_team).status_code for _ in range(300)}

    assert statuses == {302}


def test_a_bot_is_refused_with_its_answers_on_the_page_and_others_go_on(
    client, large_team, settings
):
    settings.FORMS_PER_MINUTE = 1
    for _ in range(10):
        send_form(client, large_team)

    refused = send_form(client, large_team)
    other = send_form(client, large_team, address="192.0.2.8")

    page = refused.content.decode()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Nog &lt;b&gt;iets&lt;/b&gt;" in page
    assert "csrfmiddlewaretoken" in page
    assert other.status_code == 302
    assert Response.objects.count() == 11


def test_looking_at_the_form_is_not_counted(client, large_team, settings):
    settings.FORMS_PER_MINUTE = 1

    statuses = {client.get(large_team.get_absolute_url()).status_code for _ in range(20)}

    assert statuses == {200}


def test_without_a_limit_nobody_is_refused(client, large_team, settings):
    settings.FORMS_PER_MINUTE = 0

    assert {send_form(client, large_team).status_code for _ in range(15)} == {302}


def test_the_cache_holds_no_address(client, large_team):
    send_form(client, large_team)

    kept = str([cache._cache for cache in caches.all()])
    assert "192.0.2.7" not in kept
    assert hashed("192.0.2.7") in kept


def test_a_flood_of_other_keys_does_not_push_out_what_was_counted(client, large_team, settings):
    settings.FORMS_PER_MINUTE = 1
    for _ in range(10):
        send_form(client, large_team)

    for number in range(2000):
        caches["prints"].set(f"print:{number}", "x")
        is_flooding(
            RequestFactory().post("/", REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}"),
            "FORMS_PER_MINUTE",
        )

    assert send_form(client, large_team).status_code == 429


def test_a_cache_that_is_away_refuses_nobody(client, large_team, settings):
    nowhere = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:9",
    }
    settings.CACHES = {"default": nowhere, "prints": nowhere}

    assert send_form(client, large_team).status_code == 302


@pytest.mark.parametrize(
    ("is_https", "forwarded", "expected"),
    [
        (False, "203.0.113.9", "192.0.2.7"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (True, "", "192.0.2.7"),
    ],
)
def test_only_what_our_own_proxy_adds_is_believed(settings, is_https, forwarded, expected):
    settings.IS_HTTPS = is_https
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)

    assert address_of(request) == expected


# What costs more than a form


def test_pdfs_have_a_limit_of_their_own_and_members_go_on_reading(sign_in, world, ilse, settings):
    settings.PDFS_PER_MINUTE = 0.2
    client = sign_in(ilse)
    report = f"/rapport/{world.closed_round.pk}/"

    statuses = [client.get(report + "pdf/").status_code for _ in range(4)]

    assert statuses == [200, 200, 429, 429]
    assert client.get(report).status_code == 200
    assert send_form(client, world.team, address="127.0.0.1").status_code == 302


def test_a_trial_counts_as_a_pdf(client, questionnaire, settings):
    settings.PDFS_PER_MINUTE = 0.1

    statuses = [client.post("/probeer/pdf/", {"v1": "ja"}).status_code for _ in range(2)]

    assert statuses == [200, 429]


def test_nobody_can_have_us_mail_without_end(sign_in, world, ilse, settings):
    settings.MAILS_PER_MINUTE = 0.5
    client = sign_in(ilse)
    members = f"/organisaties/{world.organisation.pk}/leden/"

    def invite(number):
        sent = {"email": f"vreemde{number}@elders.example", "role": "HR"}
        return client.post(reverse("member_invite", args=[world.organisation.pk]), sent)

    invited = [invite(number).status_code for number in range(4)]
    again = reverse("invitation_resend", args=[world.organisation.pk, world.invitation.pk])
    resent = [client.post(again).status_code for _ in range(2)]

    assert (invited, resent) == ([302] * 4, [302, 429])
    assert client.get(members).status_code == 200
    page = invite(9)
    assert page.status_code == 429
    assert "vreemde9@elders.example" in page.content.decode()  # still on the page, to send again


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_no_mailbox_is_filled_by_asking_for_codes_for_somebody_else(ilse, name, monkeypatch):
    """Once a minute for half an hour, each time from another browser and address."""
    start = time.time()

    for minute in range(30):
        monkeypatch.setattr(time, "time", lambda minute=minute: start + 61 * minute)
        Client().post(reverse(name), {"email": ilse.email}, REMOTE_ADDR=f"192.0.2.{minute}")

    assert len(mail.outbox) == 10


def test_behind_a_proxy_one_visitor_shuts_nobody_else_out(client, ilse, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}

    def sign_in_from(address):
        forged = f"10.0.0.1, {address}"
        sent = {"login": ilse.email, "password": "fout"}
        page = client.post(
            reverse("account_login"), sent, HTTP_X_FORWARDED_FOR=forged, REMOTE_ADDR="127.0.0.1"
        )
        return page.status_code

    statuses = [sign_in_from("192.0.2.7") for _ in range(3)] + [sign_in_from("192.0.2.8")]

    assert statuses == [200, 200, 429, 200]


@pytest.mark.parametrize("name", ["keep_trial", "organisation_new", "survey_round_new"])
def test_what_a_machine_could_have_stored_without_end_is_counted(
    sign_in, ilse, de_linde, questionnaire, settings, name
):
    settings.FORMS_PER_MINUTE = 0.2
    client = sign_in(ilse)
    of_organisation = [de_linde.pk] if name == "survey_round_new" else []

    statuses = [client.post(reverse(name, args=of_organisation)).status_code for _ in range(3)]

    assert statuses[:2] != [429, 429]
    assert statuses[2] == 429


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::7", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::8", "2001:db8:1:2::"),
        ("2001:db8:1:3::7", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_of_an_ipv6_address_the_network_of_its_household_counts(address, counted):
    request = RequestFactory().get("/", REMOTE_ADDR=address)

    assert address_of(request) == counted


def test_django_allauth_counts_the_same_way(client, ilse, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}

    def sign_in_from(address):
        sent = {"login": ilse.email, "password": "fout"}
        return client.post(reverse("account_login"), sent, REMOTE_ADDR=address).status_code

    household = [sign_in_from(f"2001:db8:1:2::{number}") for number in range(3)]
    mapped = [sign_in_from(f"::ffff:192.0.2.{number}") for number in range(3)]

    assert household == [200, 200, 429]
    assert mapped == [200, 200, 200]
