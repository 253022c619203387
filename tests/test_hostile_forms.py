"""Every field of every form on the site, with what no honest person sends.

The forms are found on the pages themselves, so a new one is tried without being named here.
"""

import gc
import time
import tracemalloc
from urllib.parse import quote_from_bytes, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from tests.access_table import TABLE
from tests.addresses import all_addresses
from tests.forms_on_pages import forms_on
from tests.scan import dump
from tests.test_access_matrix import round_for

FORM = "application/x-www-form-urlencoded"
MARKUP = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>"
HOSTILE = {
    "nul": b"a\x00b",
    "half a character": b"\xed\xa0\x80",
    "not utf-8": b"\xff\xfe\x80",
    "6 000 digits": b"9" * 6000,
    "300 marks": ("e" + "\u0301" * 300).encode(),
    "500 without space, right to left": ("\u202e" + "a" * 500).encode(),
    "markup": MARKUP.encode(),
    "formula and template": b'=HYPERLINK("{{ settings.SECRET_KEY }}{% debug %}%(text)s {0}")',
    "list": b"[]",
    "negative": b"-1",
    "zero": b"0",
    "900 kB": b"a" * 900_000,
}
BIG = {"900 kB"}
SECONDS = 1  # of work: how busy the machine is with other things does not count


def body_of(values, name, hostile):
    """Return a form body in which one field holds these bytes, whatever they are."""
    others = urlencode({key: value for key, value in values.items() if key != name})
    return (
        f"{others}&{quote_from_bytes(name.encode())}=".encode()
        + quote_from_bytes(hostile, safe="").encode()
    )


def send(client, form, body):
    """Send a form, undo what it did, and return status, page and seconds."""
    start = time.process_time()
    with transaction.atomic():
        if form.method == "post":
            answer = client.generic("POST", form.action, body, content_type=FORM)
        else:
            path = urlsplit(form.action).path
            answer = client.generic("GET", path, QUERY_STRING=body.decode()[:3000])
        page = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    for close in answer._resource_closers:
        close()
    return answer.status_code, page, time.process_time() - start


def pages(client, world):
    """Yield every page of the site that this person may see, with its path."""
    admin = {"object_id": world.segment.pk, "id": 1, "app_label": "survey", "url": "x"}
    for address in all_addresses():
        if address.name.endswith(("pdf", "csv", "xlsx", "calendar")) or "jsi18n" in address.name:
            continue
        values = world.values(round_for(address, world)) | admin | {"key": "x", "uidb36": "1"}
        if "object_id" in address.takes:
            values["object_id"] = admin_object(address, world)
        path = address.fill(values)
        answer = client.get(path)
        if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
            yield path, answer.content.decode()


def admin_object(address, world):
    """Return the key of an object of the model that this page of the admin is about."""
    for name, key in {
        "surveyround": world.open_round.pk,
        "organisation": world.organisation.pk,
        "actionpoint": world.action_point.pk,
        "membership": world.membership.pk,
        "user": world.membership.user_id,
        "othertext": world.values(world.closed_round)["text_id"],
    }.items():
        if f"_{name}_" in address.name:
            return key
    return world.segment.pk


@pytest.mark.usefixtures("rendered_as_served")
@pytest.mark.parametrize("person", ["nobody", "ilse", "ada"])
def test_no_field_of_any_form_breaks_anything(request, quiet_client, world, person):
    if person != "nobody":
        user = request.getfixturevalue(person)
        quiet_client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        EmailAddress.objects.create(user=user, email=user.email, primary=True)  # as signing in does
    before = dump_without_looks()
    wrong, seen, tried = [], set(), 0

    for path, page in list(pages(quiet_client, world)):
        for form in forms_on(page, path):
            if "logout" in form.action or not form.action.startswith("/"):
                continue
            for name in form.values:
                if name == "csrfmiddlewaretoken" or (form.action, name) in seen:
                    continue
                seen.add((form.action, name))
                for kind, hostile in HOSTILE.items():
                    if kind in BIG and form.method == "get":
                        continue
                    body = body_of(form.values, name, hostile)
                    status, answer, seconds = send(quiet_client, form, body)
                    if seconds > SECONDS:  # a slow moment of the machine does not come twice
                        seconds = send(quiet_client, form, body)[2]
                    tried += 1
                    told = (form.method, form.action, name, kind)
                    if status >= 500:
                        wrong.append((*told, status))
                    if seconds > SECONDS:
                        wrong.append((*told, f"{seconds:.1f} s"))
                    if b"<script>alert(" in answer or b"<img src=x" in answer:
                        wrong.append((*told, "markup"))

    assert wrong == []
    assert dump_without_looks() == before
    assert len(seen) > {"nobody": 30, "ilse": 60, "ada": 100}[person]
    print(f"{person}: {len(seen)} fields, {tried} inputs")


def dump_without_looks():
    return dump(leave_out={"survey_auditentry", "django_session", "django_admin_log"})


@pytest.mark.usefixtures("memory_as_served")
def test_a_large_form_takes_little_memory(quiet_client, world):
    """A megabyte that is refused costs a few megabytes, and leaves none behind."""
    form = world.team.get_absolute_url()
    body = body_of({"v1": "ja"}, "v6-tekst", b"a" * 990_000)
    quiet_client.generic("POST", form, body, content_type=FORM)
    tracemalloc.start()

    for _ in range(5):
        quiet_client.generic("POST", form, body, content_type=FORM)
    peak = tracemalloc.get_traced_memory()[1]
    gc.collect()
    left = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert peak < 40_000_000
    assert left < 1_000_000


def test_every_form_of_the_table_was_found(quiet_client, world, ilse):
    """The finder sees the forms of HR: no address that takes a POST is left out unnoticed."""
    quiet_client.force_login(ilse, backend="django.contrib.auth.backends.ModelBackend")
    found = {
        urlsplit(form.action).path
        for path, page in pages(quiet_client, world)
        for form in forms_on(page, path)
        if form.method == "post"
    }
    by_post = {
        address.name: address.fill(world.values(round_for(address, world)))
        for address in all_addresses()
        if TABLE.get(address.name) == "PPPPPPP"
    }

    missed = {name for name, path in by_post.items() if path not in found}

    # These stand on a page that is itself the answer to a form; test_hostile_addresses.py has them.
    assert missed == {"keep_trial", "try_pdf"}
