"""Named people and the shipped questionnaire, for every test; and what may be left out."""

import gc
import os
from datetime import date

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.template.base import Template
from django.test import Client
from django.utils.translation import activate
from hypothesis import settings

from survey.answering import blank_questions
from survey.closing import close_round
from survey.instrument import read_instrument
from survey.models import ActionPoint, Membership, Questionnaire
from survey.report import pdf
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SurveyRoundFactory,
    TeamFactory,
    UserFactory,
    send,
)
from tests.world import build_world

# A busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Python looks for cycles after every 700 new objects; here that was up to a fifth of all work.
AS_SERVED = gc.get_threshold()
SELDOM = 50_000, 20, 20
gc.set_threshold(*SELDOM)

REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}


def pytest_collection_modifyitems(config, items):
    """Leave out what is for the other database; `make test` runs on both, side by side.

    What waits for servers that are away comes last on SQLite and first on PostgreSQL, so that the
    one computes while the other waits.
    """
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    left_out = [test for test in items if test.get_closest_marker(other)]
    items[:] = [test for test in items if test not in left_out]
    config.hook.pytest_deselected(items=left_out)
    if other == "sqlite":
        items.sort(key=lambda test: "faults" not in test.path.parts)


def pytest_sessionfinish(session):
    """With REQUIRE_ALL a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRE_ALL and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _empty_cache():
    """Limits of allauth and of forms count per address, and all tests have the same one."""
    for cache in caches.all():
        cache.clear()


@pytest.fixture(autouse=True)
def _fresh_instruments():
    """Keys of questionnaires come back in the next test's database."""
    read_instrument.cache_clear()
    blank_questions.cache_clear()


@pytest.fixture(autouse=True)
def _in_dutch():
    """A request in another language leaves that one active, also for the next test."""
    activate("nl")


@pytest.fixture
def drawn_once(monkeypatch):
    """Draw each page as a PDF once, for a test that asks for the same one again and again.

    A page that differs in one letter is drawn by itself: all that a PDF is made from is in it.
    """
    draw, drawn = pdf._draw, {}

    def draw_once(html, stylesheets, zoom):
        page = html, *stylesheets, zoom
        if page not in drawn:
            drawn[page] = draw(html, stylesheets, zoom)
        return drawn[page]

    monkeypatch.setattr(pdf, "_draw", draw_once)


@pytest.fixture
def rendered_as_served(monkeypatch):
    """Render as a server does, where Django's test client keeps every template with its context.

    For tests with thousands of pages, that do not look at `response.context`.
    """
    monkeypatch.setattr(
        Template, "_render", lambda template, context: template.nodelist.render(context)
    )


@pytest.fixture
def memory_as_served():
    """Free memory as soon as a server does, for a test that measures how much there is in use."""
    gc.set_threshold(*AS_SERVED)
    yield
    gc.set_threshold(*SELDOM)


@pytest.fixture
def questionnaire(db):
    """The shipped questionnaire, loaded from its file."""
    call_command("load_questionnaire", verbosity=0)
    return Questionnaire.objects.get(code="leercultuur", version=1)


@pytest.fixture
def de_linde(db):
    return OrganisationFactory()


@pytest.fixture
def survey_round(questionnaire, de_linde):
    """An open anonymous round of De Linde without teams."""
    return SurveyRoundFactory(organisation=de_linde, questionnaire=questionnaire)


@pytest.fixture
def zorg(survey_round):
    return TeamFactory(survey_round=survey_round, name="Zorg", headcount=15)


@pytest.fixture
def closed(survey_round, zorg):
    """A closed round with the segments Zorg and Keuken, five responses each."""
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    for _ in range(5):
        send(zorg, v1="ja")
        send(keuken, v1="nee")
    return close_round(survey_round)


@pytest.fixture
def segment(closed):
    return closed.segments.get(position=1)


@pytest.fixture
def action(closed, segment):
    """What Zorg agreed on after the closed round."""
    return ActionPoint.objects.create(
        survey_round=closed,
        segment=segment,
        position=1,
        text="Eén keer per week samen eten",
        who="Sofie",
        review_on=date(2027, 2, 1),
    )


@pytest.fixture
def earlier(questionnaire, de_linde):
    return SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, title="Leercultuur 2025"
    )


@pytest.fixture
def later(earlier):
    """A round that was made from the earlier one."""
    return SurveyRoundFactory(
        organisation=earlier.organisation,
        questionnaire=earlier.questionnaire,
        previous=earlier,
        title="Leercultuur 2026",
    )


@pytest.fixture
def ilse(de_linde):
    """HR of De Linde."""
    user = UserFactory(email="ilse@delinde.example")
    MembershipFactory(organisation=de_linde, user=user, role=Membership.Role.HR)
    return user


@pytest.fixture
def bram(de_linde):
    """Facilitator of De Linde."""
    user = UserFactory(email="bram@delinde.example")
    MembershipFactory(organisation=de_linde, user=user, role=Membership.Role.FACILITATOR)
    return user


@pytest.fixture
def noor(db):
    """HR of another organisation."""
    user = UserFactory(email="noor@elders.example")
    other = OrganisationFactory(name="Elders")
    MembershipFactory(organisation=other, user=user, role=Membership.Role.HR)
    return user


@pytest.fixture
def ada(db):
    """Administrator of the site."""
    return UserFactory(email="ada@site.example", is_staff=True, is_superuser=True)


@pytest.fixture
def world(de_linde, questionnaire):
    """De Linde with everything in it."""
    return build_world(de_linde, questionnaire)


@pytest.fixture
def quiet_client():
    """A browser that shows errors as pages, as the real one does."""
    return Client(raise_request_exception=False)


@pytest.fixture
def sign_in(client):
    """Return a function that signs somebody in and returns the client."""

    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
