"""T9: whatever an administrator opens that shows a response or a text is in the log of looks.

The addresses, the models and their actions are found in the admin itself, so a new one is asked
too. What must not be seen unnoticed is first put there: keys of responses and words of texts.
"""

import io
import re
import zipfile

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import RequestFactory
from django.urls import reverse

from survey.models import AuditEntry, OtherText, Response, SurveyRound
from tests.addresses import all_addresses
from tests.factories import SurveyRoundFactory, TeamFactory, send

# As the admin's own pages ask for them: searching, popups, all rows, another order, a day.
LISTS = [
    "",
    "?q=aanvulling",
    "?_popup=1",
    "?_to_field=id&_popup=1",
    "?all=",
    "?o=1",
    "?p=0",
    "?e=1",
]
PAGES = ["", "?_popup=1", "?_changelist_filters=q%3Da"]
KEY = re.compile(r"[0-9a-f-]{36}")


@pytest.fixture
def rounds(world):
    """An open and a closed anonymous round, and an open one that is filled in together."""
    together = SurveyRoundFactory(
        organisation=world.organisation, title="Samen", mode=SurveyRound.Mode.ORGANISATION
    )
    team = TeamFactory(survey_round=together, name="Directie")
    send(team, v1="ja", v6=["andere"], texts={"v6": "samen-aanvulling"})
    return {each.title: each for each in (world.open_round, world.closed_round, together)}


@pytest.fixture
def markers(rounds):
    """What tells that a page shows something of a round: a key of a response, or a text."""
    found = {}
    for title, survey_round in rounds.items():
        responses = Response.objects.of_round(survey_round)
        texts = OtherText.objects.of_round(survey_round)
        found[title] = {str(each) for each in responses} | {each.text for each in texts}
    return found


def addresses():
    """Return every page of the admin that a GET may ask for, about every row that there is."""
    asked = []
    for address in all_addresses():
        if not address.name.startswith("admin:") or address.name == "admin:logout":
            continue
        model = model_of(address)
        if model is None:
            asked.append(address.fill(dict.fromkeys(address.takes, "survey")))
            continue
        if not address.takes:
            asked += [address.fill({}) + query for query in LISTS]
        for key in model._base_manager.values_list("pk", flat=True) if address.takes else ():
            values = dict.fromkeys(address.takes, key)
            asked += [address.fill(values) + query for query in PAGES]
    return asked


def model_of(address):
    """Return the model whose rows this page of the admin shows; None if it is of no model."""
    names = re.fullmatch(r"admin:([a-z]+)_([a-z]+)_\w+", address.name)
    models = {(each._meta.app_label, each._meta.model_name): each for each in admin.site._registry}
    return models.get(names.groups()) if names else None


def actions(user):
    """Return every action in bulk that the admin offers, on all rows: address and what is sent."""
    request = RequestFactory().get("/admin/")
    request.user = user
    for model, its_admin in admin.site._registry.items():
        keys = [str(key) for key in model._base_manager.values_list("pk", flat=True)]
        for action in its_admin.get_actions(request):
            meta = model._meta
            address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
            for across in "01":
                sent = {"action": action, "select_across": across, "index": "0"}
                yield address, sent | {ACTION_CHECKBOX_NAME: keys}


def words_of(answer):
    """Return all that was sent to the browser, with what is packed in a workbook."""
    content = b"".join(answer)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode()


def shown_in(answer, markers):
    """Return the titles of the rounds of which this answer shows a response or a text.

    The key in its own address is not counted: a page that is not there repeats that too.
    """
    words = words_of(answer)
    for key in KEY.findall(answer.request["PATH_INFO"]):
        words = words.replace(key, "")
    shown = {title for title, marks in markers.items() if any(mark in words for mark in marks)}
    if "attachment" in answer.headers.get("Content-Disposition", ""):  # a row has no key there
        shown |= {title for title in markers if title in words}
    return shown


def written_since(count):
    latest = AuditEntry.objects.order_by("pk")[count:]
    return {entry.survey_round.title for entry in latest}


def look(ask, markers):
    """Return the rounds of which an answer shows something, and which of those were not logged."""
    before = AuditEntry.objects.count()
    shown = shown_in(ask(), markers)
    return shown, shown - written_since(before)


def test_t9_every_look_at_a_response_or_a_text_is_in_the_log(sign_in, ada, rounds, markers):
    client = sign_in(ada)
    unseen, shown = {}, {}

    for path in addresses():
        shown[path], unseen[path] = look(lambda path=path: client.get(path), markers)
    for number, (path, sent) in enumerate(actions(ada)):
        name = f"{sent['action']} {number}"
        shown[name], unseen[name] = look(lambda p=path, s=sent: client.post(p, s), markers)

    assert [path for path, titles in unseen.items() if titles] == []
    assert {path for path, titles in shown.items() if "Najaar" in titles} == set()
    showing = {path for path, titles in shown.items() if titles}
    of_each = [
        "/admin/survey/response/", "/admin/survey/othertext/", "/change/", "/history/", "/delete/",
        "q=aanvulling", "_popup=1", "export_csv", "export_xlsx",
    ]  # fmt: skip
    assert [part for part in of_each if not any(part in path for path in showing)] == []
    print(f"{len(shown)} pages and actions, {len(showing)} of which show something")


@pytest.mark.parametrize("field", ["survey_round", "segment", "responses", "+"])
def test_nothing_completes_the_names_of_rows(sign_in, ada, rounds, field):
    asked = f"app_label=survey&model_name=response&field_name={field}&term=a"

    assert sign_in(ada).get(f"/admin/autocomplete/?{asked}").status_code == 404
