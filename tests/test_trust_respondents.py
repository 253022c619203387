"""Promises T8 and T11 of docs/promises.md: what the pages for respondents set, load and say."""

import re
import uuid

from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from survey.models import User


def visit(client, team):
    """Open, fill in and read the thank-you; return all answers."""
    address = team.get_absolute_url()
    sent = {"sleutel": str(uuid.uuid4()), "v1": "ja"}
    return [
        client.get(address),
        client.post(address, {}),
        client.post(address, sent | {"taal": "fr"}),
        client.post(address, sent),
        client.get(address + "bedankt/"),
        client.get(f"/v/{team.survey_round.token}/"),
    ]


def test_t8_only_the_cookies_of_csrf_and_language_are_set(sign_in, zorg, ilse):
    for client in [Client(), sign_in(ilse)]:
        cookies = {name for answer in visit(client, zorg) for name in answer.cookies}

        assert cookies <= {"csrf", "taal"}


def test_t8_a_member_who_fills_in_leaves_no_trace_of_it(sign_in, zorg, ilse):
    client = sign_in(ilse)
    User.objects.filter(pk=ilse.pk).update(last_login=timezone.now())
    before = list(User.objects.values()), list(Session.objects.values())

    with CapturedTables() as asked:
        visit(client, zorg)

    assert (list(User.objects.values()), list(Session.objects.values())) == before
    assert asked.tables & {"survey_user", "django_session", "survey_membership"} == set()


class CapturedTables:
    """The tables that were asked for anything."""

    def __enter__(self):
        self.tables = set()
        self.wrapper = connection.execute_wrapper(self.note)
        self.wrapper.__enter__()
        return self

    def note(self, execute, sql, params, many, context):
        self.tables |= set(re.findall(r'"(\w+)"', sql))
        return execute(sql, params, many, context)

    def __exit__(self, *error):
        self.wrapper.__exit__(*error)


def test_t8_respondent_pages_load_nothing_from_elsewhere(client, zorg):
    for answer in visit(client, zorg):
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.content.decode()) == []


def test_t11_the_explanation_says_what_we_cannot_promise(client, db):
    page = client.get("/uitleg/").content.decode()

    for limit in [
        "samenleggen",
        "overtypt",
        "handschrift",
        "manier van schrijven",
        "server beheert",
    ]:
        assert limit in page.lower()
