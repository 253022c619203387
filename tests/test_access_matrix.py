"""Who may open what: every address of the site, asked by everybody.

What must come out stands in access_table.py. What is foreign does not exist: 404, with the same
page as for something that really does not.
"""

import re
import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from survey.models import AuditEntry, Membership, SurveyRound
from tests.access_table import (
    ADA,
    BY_POST,
    FACILITATOR,
    FORMER,
    HR,
    NOOR,
    OF_CLOSED,
    PEOPLE,
    STAFF,
    TABLE,
    VISITOR,
)
from tests.addresses import all_addresses
from tests.factories import MembershipFactory, UserFactory
from tests.scan import all_rows
from tests.world import build_elsewhere

# allauth's own pages: nobody's data but one's own. Their tests are in test_accounts.py.
PACKAGES = ("account_", "mfa_")


def own_addresses():
    return [each for each in all_addresses() if not each.name.startswith((*PACKAGES, "admin:"))]


def admin_addresses():
    return [each for each in all_addresses() if each.name.startswith("admin:")]


def test_every_address_is_in_the_table():
    names = {address.name for address in own_addresses()}

    assert names - TABLE.keys() == set(), "new: add them to TABLE"
    assert TABLE.keys() - names == set(), "gone: take them out of TABLE"


@pytest.fixture
def people(world, ilse, bram, noor, ada):
    """A signed-in browser for each kind of person; the pages of none of them are shared."""
    former = UserFactory(email="weg@delinde.example")
    MembershipFactory(organisation=world.organisation, user=former, role=Membership.Role.HR)
    Membership.objects.filter(user=former).delete()
    staff = UserFactory(email="helpdesk@site.example", is_staff=True)
    users = [None, bram, ilse, noor, former, staff, ada]
    for user in users[1:]:  # what signing in does
        EmailAddress.objects.create(user=user, email=user.email, primary=True)
    return dict(zip(PEOPLE, map(browser, users), strict=True))


def browser(user):
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def outcome(response) -> str:
    """Return the sign of the table for this answer."""
    if response.status_code in {301, 302}:
        is_login = "/account/login/" in response.url or "/admin/login/" in response.url
        return "L" if is_login else ">"
    list(response)
    for close in response._resource_closers:
        close()
    return {200: "o", 403: "3", 404: "4", 405: "P"}.get(response.status_code, "?")


def round_for(address, world):
    return world.closed_round if OF_CLOSED.match(address.name) else world.open_round


@pytest.mark.usefixtures("drawn_once", "rendered_as_served")
def test_everybody_opens_what_the_table_says_and_nothing_else(world, people):
    wrong = []
    for address in own_addresses():
        path = address.fill(world.values(round_for(address, world)))
        got = "".join(outcome(people[person].get(path)) for person in PEOPLE)
        if got != TABLE[address.name]:
            wrong.append(f"{address.name}: {got} instead of {TABLE[address.name]}")

    assert not wrong, "\n".join(wrong)


def test_posting_gives_nobody_more_than_looking(world, people):
    wrong = []
    for address in own_addresses():
        row = TABLE[address.name]
        path = address.fill(world.values(round_for(address, world)))
        for person, sign in zip(PEOPLE, row, strict=True):
            if sign in "L34":
                got = outcome(people[person].post(path, {}))
                if got not in {sign, "P"}:
                    wrong.append(f"{address.name} by {person}: {got} instead of {sign}")

    assert not wrong, "\n".join(wrong)


def test_the_admin_is_for_administrators(world, people):
    wrong = []
    for address in admin_addresses():
        path = address.fill({"object_id": 1, "id": 1, "app_label": "survey", "url": "x"})
        if address.name in {"admin:login", "admin:logout", "admin:jsi18n"}:
            continue
        got = "".join(outcome(people[person].get(path)) for person in PEOPLE[:-1])
        # Staff without permission see an empty front page and may change their own password.
        own = {"admin:index", "admin:password_change", "admin:password_change_done"}
        staff = got[-1] if address.name in own else "34"
        if set(got[:-1]) - set("L>") or got[-1] not in staff + ">":
            wrong.append(f"{address.name}: {got}")

    assert not wrong, "\n".join(wrong)


def test_staff_with_one_permission_see_only_that(world):
    helper = UserFactory(email="hulp@site.example", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_organisation"))
    client = browser(helper)

    assert client.get("/admin/survey/organisation/").status_code == 200
    for model in ["response", "othertext", "segment", "surveyround", "auditentry", "user"]:
        assert client.get(f"/admin/survey/{model}/").status_code == 403


# What is foreign does not exist


def normal(response, path):
    """A page without its own address and without what differs at every look."""
    page = response.content.decode().replace(path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_foreign_things_look_exactly_like_absent_ones(world, people, questionnaire):
    elsewhere = build_elsewhere(questionnaire)
    wrong = []
    for address in own_addresses():
        if not set(address.takes) & {"round_id", "organisation_id"}:
            continue
        foreign = address.fill(elsewhere.values(round_for(address, elsewhere)))
        nobody = {
            name: 999_999 if f"<int:{name}>" in address.route else uuid.uuid4()
            for name in address.takes
        }
        absent = address.fill(nobody)
        method = "post" if TABLE[address.name] == BY_POST else "get"
        for person in [FACILITATOR, HR, NOOR, FORMER, STAFF, ADA]:
            ask = getattr(people[person], method)
            one, other = ask(foreign), ask(absent)
            if (one.status_code, other.status_code) != (404, 404):
                wrong.append(f"{address.name} by {person}: {one.status_code}, {other.status_code}")
            elif normal(one, foreign) != normal(other, absent):
                wrong.append(f"{address.name} by {person}: another page")

    assert not wrong, "\n".join(wrong)


def test_a_part_of_another_round_is_not_found_in_ones_own(world, people, questionnaire):
    elsewhere = build_elsewhere(questionnaire)
    wrong = []
    for address in own_addresses():
        parts = set(address.takes) - {"round_id", "organisation_id"}
        if "round_id" not in address.takes or not parts:
            continue
        mine = world.values(round_for(address, world))
        theirs = elsewhere.values(round_for(address, elsewhere))
        for part in parts:
            path = address.fill(mine | {part: theirs[part]})
            method = "post" if TABLE[address.name] == BY_POST else "get"
            status = getattr(people[HR], method)(path).status_code
            if status != 404:
                wrong.append(f"{address.name} with a foreign {part}: {status}")

    assert not wrong, "\n".join(wrong)


# Looking changes nothing


def dump():
    """Every row of every table, but the audit log (T9) and the sessions of who looks."""
    return all_rows(leave_out={AuditEntry._meta.db_table, "django_session"})


@pytest.mark.usefixtures("drawn_once", "rendered_as_served")
def test_looking_never_changes_anything(world, people):
    before = dump()

    for address in all_addresses():
        if "logout" in address.name:
            continue
        others = {"object_id": world.segment.pk, "id": 1, "app_label": "survey", "url": "x"}
        values = world.values(round_for(address, world)) | others | {"key": "x", "uidb36": "1"}
        path = address.fill(values)
        for person in PEOPLE:
            for method in ("get", "head"):
                outcome(getattr(people[person], method)(path))

    assert dump() == before


def test_signing_out_takes_more_than_a_look(people):
    people[HR].get("/account/logout/")

    assert people[HR].get("/account/email/").status_code == 200


def test_the_date_passing_changes_nothing_by_a_visit(world, people):
    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.filter(pk=world.open_round.pk).update(
        opened_on=yesterday, closing_date=yesterday
    )
    before = dump()

    people[HR].get(world.open_round.get_absolute_url())
    people[VISITOR].get(world.team.get_absolute_url())

    assert dump() == before
