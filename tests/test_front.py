"""The front page, the pages that explain, languages, health and errors."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import bad_request, permission_denied, server_error

from survey.front import health

PAGES = ["landing", "explanation", "accessibility"]


def words_of(response):
    """The text of a page on one line, without markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_everybody_opens(client, questionnaire, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert '<html lang="nl">' in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_everybody_takes_nothing(client, db, name):
    response = client.post(reverse(name))

    assert response.status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline_or_from_elsewhere(client, questionnaire, name):
    html = client.get(reverse(name)).content.decode()

    assert re.findall(r"\sstyle=|<script|<style|src=.http", html) == []


def test_titles_differ(client, questionnaire):
    titles = {
        re.search(r"<title>(.*?)</title>", client.get(reverse(name)).content.decode()).group(1)
        for name in PAGES
    }

    assert len(titles) == len(PAGES)


def test_the_landing_shows_the_leaflets_words_and_a_real_table(client, questionnaire):
    response = client.get("/")

    page = words_of(response)
    assert "Wordt er tijd vrijgemaakt om de samenwerking tussen collega’s te bespreken?" in page
    assert "Bijna allemaal nee (10 van 12)" in page
    assert response.content.count(b'<th scope="row">') == 2


def test_the_landing_works_before_a_questionnaire_is_loaded(client, db):
    response = client.get("/")

    assert response.status_code == 200
    assert b"<table" not in response.content


def test_the_landing_has_two_doors(client, questionnaire):
    html = client.get("/").content.decode()

    assert re.findall(r'class="door[^"]*" href="([^"]+)"', html) == [
        reverse("try"),
        reverse("account_signup"),
    ]


def test_the_promise_on_the_landing_is_the_agreed_one(client, questionnaire, settings):
    settings.THRESHOLD = 7

    page = words_of(client.get("/"))

    assert (
        "We tonen pas iets na de afsluiting, en alleen als minstens 7 collega’s antwoordden. "
        "Kleine teams nemen we samen." in page
    )


def test_the_landing_asks_the_database_for_one_thing_once_it_is_warm(
    client, questionnaire, django_assert_num_queries
):
    client.get("/")

    with django_assert_num_queries(1):
        client.get("/")


def test_the_explanation_names_the_numbers_that_are_set(client, db, settings):
    settings.THRESHOLD, settings.RETENTION_MONTHS, settings.BACKUP_DAYS = 6, 9, 1

    page = words_of(client.get(reverse("explanation")))

    assert "We tonen alleen groepen van minstens 6 inzendingen." in page
    assert "9 maanden na de afsluiting" in page
    assert "Reservekopieën verdwijnen na 1 dag." in page
    assert "noteren we met e-mailadres en tijdstip. Dat wissen we na 9 maanden." in page


def test_every_line_of_the_contents_leads_somewhere(client, db):
    html = client.get(reverse("explanation")).content.decode()

    contents = re.search(r'<nav class="contents".*?</nav>', html, re.DOTALL).group(0)
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert "beloften" in anchors
    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1] * len(anchors)


def test_whom_to_tell_is_shown_when_it_is_set(client, db, settings):
    settings.CONTACT_EMAIL = "hulp@site.example"

    page = client.get(reverse("accessibility")).content.decode()

    assert 'href="mailto:hulp@site.example"' in page


# Languages


def test_a_language_is_chosen_with_a_button(client, db):
    response = client.post(reverse("set_language"), {"language": "fr", "next": "/uitleg/"})

    assert (response.status_code, response.url) == (302, "/uitleg/")
    assert client.cookies["taal"].value == "fr"
    assert '<html lang="fr">' in client.get("/uitleg/").content.decode()


@pytest.mark.parametrize(
    ("pressed_on", "language"),
    [
        ("/organisaties/", "fr"),
        ("/", "fr"),
        ("/v/k7m2-pq9d-x4hs/", "nl"),
        ("/v/k7m2-pq9d-x4hs/bedankt/?eerder=anders", "nl"),
        ("http://testserver/v/k7m2-pq9d-x4hs/", "nl"),
        ("", "nl"),
    ],
)
def test_who_is_signed_in_gets_mails_in_the_chosen_language_but_not_as_a_respondent(
    sign_in, ilse, pressed_on, language
):
    sign_in(ilse).post(reverse("set_language"), {"language": "fr", "next": pressed_on})

    ilse.refresh_from_db()
    assert ilse.language == language


def test_an_unknown_language_is_not_kept_for_mails(sign_in, ilse):
    sign_in(ilse).post(reverse("set_language"), {"language": "xx", "next": "/"})

    ilse.refresh_from_db()
    assert ilse.language == "nl"


def test_a_visitor_who_chooses_a_language_gets_no_session(client, ilse):
    client.post(reverse("set_language"), {"language": "fr", "next": "/"})

    ilse.refresh_from_db()
    assert set(client.cookies) == {"taal"}
    assert ilse.language == "nl"


def test_a_language_is_not_chosen_by_visiting(client, db):
    response = client.get(reverse("set_language"), {"language": "fr"})

    assert response.status_code == 405
    assert "taal" not in client.cookies


def test_an_unknown_language_changes_nothing(client, db):
    client.post(reverse("set_language"), {"language": "xx", "next": "/"})

    assert "taal" not in client.cookies


@pytest.mark.parametrize(
    "elsewhere", ["https://elders.example/", "//elders.example", "javascript:alert(1)"]
)
def test_choosing_a_language_never_leads_to_another_site(client, db, elsewhere):
    response = client.post(reverse("set_language"), {"language": "fr", "next": elsewhere})

    assert response.url == "/"


def test_languages_are_named_in_their_own_language(client, db):
    html = client.get("/uitleg/").content.decode()

    names = re.findall(r'name="language" value="(\w\w)"[^>]*>([^<]+)<', html)
    assert names == [("nl", "Nederlands"), ("fr", "Français"), ("en", "English"), ("de", "Deutsch")]


# Health


def test_a_living_process_says_so_without_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_with_a_questionnaire(client, questionnaire):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


def test_not_ready_without_a_questionnaire(client, db):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready: questionnaire\n")


def test_not_ready_with_a_migration_to_do(client, questionnaire):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'survey'")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready: migrations\n")


def test_not_ready_without_a_database(client, db):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection to server at 10.0.0.7 as user leercultuur failed")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")
        reason = health.why_not_ready()

    assert (response.status_code, response.content) == (503, b"not ready: database\n")
    assert reason == "database"


# Errors


def test_a_missing_page_says_so_in_our_own_words(client, db):
    response = client.get("/bestaat-niet/")

    assert response.status_code == 404
    assert "Deze pagina is er niet" in words_of(response)


def test_a_refused_page_says_so_in_our_own_words(db, rf, ilse):
    request = rf.get("/")
    request.user = ilse

    response = permission_denied(request, PermissionError())

    assert response.status_code == 403
    assert "Dit mag je niet openen" in words_of(response)


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (lambda request: server_error(request), 500, "Hier ging iets mis"),
        (lambda request: bad_request(request, ValueError()), 400, "Dit verzoek begrijpen we niet"),
    ],
)
def test_errors_without_a_request_need_no_database(view, status, words):
    response = view(RequestFactory().get("/"))

    assert response.status_code == status
    assert words in words_of(response)


@pytest.mark.parametrize("name", ["css/front.css", "css/accounts.css", "css/base.css"])
def test_the_stylesheets_of_these_pages_exist(name):
    assert finders.find(name) is not None
