"""A click-through of the whole site: no page asks for anything that its policy forbids."""

import uuid
from functools import partial

import pytest
from django.contrib.admin import site
from django.db import OperationalError, connection
from django.test import Client

from tests.access_table import BY_POST, FACILITATOR, HR, PEOPLE, TABLE, VISITOR
from tests.addresses import all_addresses
from tests.test_access_matrix import round_for

pytestmark = pytest.mark.django_db(transaction=True)

# Files, which a browser saves instead of showing.
FILES = ("pdf", "csv", "xlsx", "calendar")
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(
    `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ""}`
));
"""


def signed_in(user):
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def visit(browser, live_server):
    """Return a function that opens these paths as somebody.

    It returns, by path, the status and what the browser refused. `answers` are shown instead of
    what the server says: for what a test cannot let a server do.
    """

    def visit(paths, user=None, answers=None):
        context = browser.new_context(base_url=live_server.url, locale="nl-BE")
        context.add_init_script(LISTEN)
        if user:
            session = signed_in(user).cookies["session"].value
            context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        for path, answer in (answers or {}).items():
            context.route(live_server.url + path, partial(show, answer))
        page = context.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        seen = {}
        for path in paths:
            complaints.clear()
            status = page.goto(path).status
            refused = page.evaluate("window.violations")
            refused += [text for text in complaints if "Content Security Policy" in text]
            seen[path] = status, refused
        context.close()
        return seen

    return visit


def show(answer, route):
    route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)


def refused(seen):
    return {path: violations for path, (_, violations) in seen.items() if violations}


def statuses(seen):
    return {status for status, _ in seen.values()}


def pages_of(world, person):
    """Return the paths of all our own pages that this person may open."""
    return [
        address.fill(world.values(round_for(address, world)))
        for address in all_addresses()
        if TABLE.get(address.name, BY_POST)[PEOPLE.index(person)] == "o"
        and not address.name.endswith(FILES)
    ]


def account_pages():
    return [
        address.fill({"key": "x", "uidb36": "1"})
        for address in all_addresses()
        if address.name.startswith(("account_", "mfa_"))
        and "logout" not in address.name
        and not address.name.endswith("download_recovery_codes")
    ]


def admin_pages():
    """Return the front page, and per model its list and the page of one object."""
    yield "/admin/"
    for model in site._registry:
        folder = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        yield folder
        yield folder + "add/"
        if one := model._default_manager.order_by("-pk").first():
            yield f"{folder}{one.pk}/change/"
            yield f"{folder}{one.pk}/history/"
            yield f"{folder}{one.pk}/delete/"
    yield "/admin/password_change/"


def test_what_a_visitor_sees(visit, world):
    seen = visit([*pages_of(world, VISITOR), *account_pages(), "/account/login/?next=/admin/"])

    assert refused(seen) == {}
    assert len(seen) > 20


@pytest.mark.parametrize(("person", "name"), [(FACILITATOR, "bram"), (HR, "ilse")])
def test_what_members_see(request, visit, world, person, name):
    user = request.getfixturevalue(name)

    seen = visit([*pages_of(world, person), *account_pages()], user)

    assert refused(seen) == {}
    assert len(seen) > 50


def test_what_an_administrator_sees(visit, world, ada):
    seen = visit(admin_pages(), ada)

    assert refused(seen) == {}
    assert statuses(seen) <= {200, 403, 404}
    assert len(seen) > 40


def test_what_stands_on_the_pages_of_errors(visit, world, ilse, bram, settings):
    form = world.team.get_absolute_url()
    sent = {"sleutel": str(uuid.uuid4()), "v1": "ja", "v6-tekst": "<b>iets</b>"}
    settings.FORMS_PER_MINUTE = 120
    answers = {
        "/uitval": away(form, sent),
        "/uitval/kijken": away(form, None),
        "/verlopen": Client(enforce_csrf_checks=True).post("/taal/", {"language": "fr"}),
        "/verlopen/formulier": Client(enforce_csrf_checks=True).post(form, sent),
        "/fout": signed_in(None).get("/", HTTP_HOST="evil.example"),
        "/stuk": signed_in(None).post(form, {}),
    }
    settings.FORMS_PER_MINUTE = 0.1
    answers["/te-veel"] = [signed_in(None).post(form, sent) for _ in range(2)][-1]

    seen = visit([*answers, "/bestaat-niet/", f"{world.open_round.get_absolute_url()}bewerken/"],
                 bram, answers)  # fmt: skip

    assert refused(seen) == {}
    assert statuses(seen) == {400, 403, 404, 422, 429, 503}


def away(path, sent):
    """Return what the site answers while the database does not."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError("away")

    client = signed_in(None)
    with connection.execute_wrapper(refuse):
        return client.post(path, sent) if sent else client.get(path)


def test_a_page_that_breaks_the_policy_is_noticed(visit, db):
    answer = Client().get("/uitleg/")
    answer.content = answer.content.replace(b"<main", b'<main style="color: red"')

    seen = visit(["/uitleg/"], answers={"/uitleg/": answer})

    [violations] = refused(seen).values()
    assert any(violation.startswith("style-src") for violation in violations)
