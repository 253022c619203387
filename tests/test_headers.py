"""Headers of safety on every answer; a strict start on a real address."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.addresses import all_addresses
from tests.world import build_world

SECRET = "x7-long-enough-and-known-only-to-this-test-of-the-settings-4f2"


def check_headers(response):
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert not re.search(r"https?:|\*|data:", policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(), " in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Server" not in headers


@pytest.mark.parametrize("person", ["nobody", "ilse", "ada"])
def test_every_address_answers_with_all_headers(
    request, quiet_client, de_linde, questionnaire, person
):
    world = build_world(de_linde, questionnaire)
    others = {"object_id": 1, "id": 1, "app_label": "survey", "url": "x", "key": "x", "uidb36": "1"}
    if person != "nobody":
        user = request.getfixturevalue(person)
        quiet_client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    for address in all_addresses():
        if "logout" not in address.name:
            path = address.fill(world.values(world.closed_round) | others)
            response = quiet_client.get(path)
            check_headers(response)
            list(response)


def test_errors_and_static_files_have_them_too(quiet_client, zorg):
    address = zorg.get_absolute_url()

    answers = {
        200: quiet_client.get("/static/css/base.css"),
        400: quiet_client.get("/", HTTP_HOST="evil.example"),
        403: Client(enforce_csrf_checks=True).post("/taal/", {"language": "fr"}),
        404: quiet_client.get("/bestaat-niet/"),
        405: quiet_client.post("/uitleg/"),
        422: quiet_client.post(address, {}),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        check_headers(answer)
        list(answer)


def test_a_page_that_knows_who_you_are_is_kept_by_no_browser(
    sign_in, de_linde, questionnaire, ilse
):
    world = build_world(de_linde, questionnaire)
    client = sign_in(ilse)

    for name, arguments in [
        ("home", []),
        ("landing", []),
        ("account_email", []),
        ("organisation", [world.organisation.pk]),
        ("survey_round", [world.open_round.pk]),
        ("report", [world.closed_round.pk]),
        ("report_pdf", [world.closed_round.pk]),
        ("report_csv", [world.closed_round.pk]),
        ("segment_report", [world.closed_round.pk, world.segment.pk]),
    ]:
        response = client.get(reverse(name, args=arguments))

        assert "no-store" in response.headers["Cache-Control"], name
        assert "private" in response.headers["Cache-Control"], name
        list(response)


def test_the_form_may_be_kept_by_the_browser(sign_in, zorg, ilse):
    client = sign_in(ilse)

    for name in ["respond", "thanks"]:
        response = client.get(reverse(name, args=[zorg.grouped_token]))

        assert "no-store" not in response.headers["Cache-Control"]


# On a real address


def start(code="", **environment):
    """Start Python with the settings of a real site and run some code; return how it ended."""
    clean = {key: os.environ[key] for key in ("PATH", "HOME", "DATA_DIR") if key in os.environ}
    real = {"SITE_URL": "https://leercultuur.example", "SECRET_KEY": SECRET}
    environment = clean | real | environment
    return subprocess.run(
        [sys.executable, "-Werror", *code],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_has_nothing_to_say():
    done = start(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    "secret", [None, "", "te-kort", "change-me-" * 10, settings.LOCAL_SECRET_KEY]
)
def test_a_real_site_does_not_start_without_a_secret_of_its_own(secret):
    done = start(["manage.py", "check"], SECRET_KEY=secret)

    assert done.returncode != 0
    assert "SECRET_KEY is missing, an example, or shorter" in done.stderr


def test_a_threshold_below_three_does_not_start():
    done = start(["manage.py", "check"], THRESHOLD="2")

    assert "THRESHOLD is never below 3" in done.stderr


def test_over_https_cookies_belong_to_this_host_alone():
    code = """
import django
django.setup()
from django.test import Client
from django.urls import reverse
client = Client()
page = client.get("/account/login/", secure=True, headers={"host": "leercultuur.example"})
print(page.status_code, page.headers["Strict-Transport-Security"])
for cookie in page.cookies.values():
    print(cookie.OutputString())
chosen = client.post(
    "/taal/", {"language": "fr"}, secure=True, headers={"host": "leercultuur.example"}
)
print(chosen.cookies["__Host-taal"].OutputString())
plain = client.get("/uitleg/", headers={"host": "leercultuur.example"})
print(plain.status_code, plain.headers["Location"])
print(client.get("/healthz", headers={"host": "leercultuur.example"}).status_code)
from django.conf import settings
print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.STAFF_2FA)
"""
    prepared = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n" + code

    said = start(["-c", prepared]).stdout.splitlines()

    assert said[0] == "200 max-age=31536000; includeSubDomains; preload"
    assert said[1].startswith("__Host-csrf=")
    assert said[2].startswith("__Host-taal=fr")
    for cookie in said[1:3]:
        for attribute in ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]:
            assert attribute in cookie
        assert "Domain" not in cookie
    assert said[3:] == [
        "301 https://leercultuur.example/uitleg/",
        "200",
        "__Host-session True True",
    ]


def test_a_message_with_an_address_travels_in_no_cookie(sign_in, ilse, de_linde):
    client = sign_in(ilse)

    sent = {"email": "mia@delinde.example", "role": "HR"}
    answer = client.post(reverse("member_invite", args=[de_linde.pk]), sent)
    page = client.get(answer.url)

    assert "mia@delinde.example" in page.content.decode()
    assert "messages" not in client.cookies


def test_a_form_that_is_opened_leaves_the_messages_of_who_is_signed_in_alone(
    sign_in, ilse, de_linde, zorg
):
    client = sign_in(ilse)
    sent = {"email": "mia@delinde.example", "role": "HR"}
    answer = client.post(reverse("member_invite", args=[de_linde.pk]), sent)

    form = client.get(zorg.get_absolute_url())

    assert "session" not in form.cookies
    assert 'class="message' not in form.content.decode()
    assert 'class="message' in client.get(answer.url).content.decode()
