"""The promises of DESIGN.md section 4, each tried on what is really there.

What must not leak is first put there, and each scan is shown to see it where it may stand.
"""

import re
import uuid
from datetime import date
from itertools import combinations

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from survey.closing import close_round
from survey.disclosure import partition
from survey.instrument import read_instrument
from survey.keeping.retention import delete_old_answers
from survey.models import (
    Answer,
    AuditEntry,
    Choice,
    OtherText,
    Response,
    SurveyRound,
    Tally,
    User,
)
from survey.prepare.voiding import void_round
from tests.addresses import all_addresses
from tests.factories import TeamFactory, send
from tests.scan import all_rows, columns, dump, in_order_of_writing, rank_correlation, raw_bytes
from tests.world import build_world

MARKER = "merkteken-7f3a"


@pytest.fixture
def world(de_linde, questionnaire):
    return build_world(de_linde, questionnaire)


# Keys and tokens that a page draws anew at each look.
ALWAYS_NEW = re.compile(
    rb'csrfmiddlewaretoken" value="\w+"'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    rb"|\b[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}\b"
    rb"|nieuw=[0-9a-f]{8}"
)


def everything(client, world, survey_round):
    """Return every page and export of the site about this round, by its path."""
    pages = {}
    response = Response.objects.filter(team=world.team).first()
    text = OtherText.objects.filter(team=world.team).first()
    for object_id in {response.pk, text.pk, survey_round.pk, world.team.pk}:
        others = {"object_id": object_id, "id": 1, "app_label": "survey", "url": "x"}
        values = world.values(survey_round) | others | {"key": "x", "uidb36": "1"}
        for address in all_addresses():
            if "logout" in address.name or "auditentry" in address.name:
                continue  # the log of who looked grows by looking
            path = address.fill(values)
            if path in pages or address.name.endswith("pdf"):
                continue  # a PDF is drawn from the same page
            answer = client.get(path)
            body = b"".join(answer) if answer.streaming else answer.content
            for close in answer._resource_closers:
                close()
            if answer.headers.get("Content-Type", "").startswith("text/"):
                pages[path] = ALWAYS_NEW.sub(b"", body)
    return pages


@pytest.mark.parametrize("person", ["ilse", "bram", "ada"])
def test_t1_until_closing_nobody_sees_a_result(request, sign_in, world, person):
    OtherText.objects.filter(team=world.team).update(text=MARKER)
    client = sign_in(request.getfixturevalue(person))
    everything(client, world, world.open_round)  # so that what is only said once has been said

    before = everything(client, world, world.open_round)
    # Everybody answered the opposite: if any page differs, it tells something about answers.
    yes, no = (Choice.objects.get(question__code="v1", code=code) for code in ("ja", "nee"))
    of_round = Answer.objects.filter(response__team=world.team)
    assert of_round.filter(choice=no).update(choice=yes) == 6
    of_round.exclude(choice=yes).delete()
    after = everything(client, world, world.open_round)

    assert [path for path in before if MARKER.encode() in before[path]] == []
    assert {path for path in before if before[path] != after.get(path)} == set()
    assert len(before) > 50


def test_t1_the_scan_would_see_it(sign_in, world, ilse):
    world.open_round = close_round(world.open_round)
    OtherText.objects.update(text=MARKER, state=OtherText.State.SHOWN)

    page = sign_in(ilse).get(f"/rapport/{world.open_round.pk}/").content

    assert MARKER.encode() in page


def test_t2_the_threshold_is_fixed_when_the_round_is_made(
    sign_in, survey_round, zorg, ilse, settings
):
    settings.THRESHOLD = 3
    for _ in range(4):
        send(zorg, v1="ja")

    edit = f"/bevragingen/{survey_round.pk}/bewerken/"
    sign_in(ilse).post(edit, {"threshold": "3", "mode": "ORGANISATION", "title": "Nieuw"})

    survey_round.refresh_from_db()
    assert (survey_round.threshold, survey_round.mode) == (5, SurveyRound.Mode.ANONYMOUS)


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 12), max_size=9),
    st.integers(3, 8),
)
def test_t3_and_t4_nothing_published_alone_or_together_tells_of_fewer(counts, threshold):
    sizes = [sum(counts[team] for team in group) for group in partition(counts, threshold)]
    total = sum(sizes)

    # Whatever is added up or taken away from the whole: a group of fewer than K never appears.
    for number in range(1, len(sizes) + 1):
        for some in combinations(sizes, number):
            left = total - sum(some)
            assert sum(some) >= threshold
            assert left == 0 or left >= threshold
    assert total in {0, sum(counts.values())}


def test_t5_nothing_changes_the_numbers_of_a_closed_round(sign_in, world, ilse):
    client = sign_in(ilse)
    before = all_rows()["survey_tally"], all_rows()["survey_segment"]
    team = world.closed_round.teams.get()

    for address in all_addresses():
        if "round_id" in address.takes or "token" in address.takes:
            values = world.values(world.closed_round)
            values |= {"team_id": team.pk, "token": team.grouped_token}
            client.post(
                address.fill(values),
                {"v1": "ja", "name": "x", "headcount": "9", "reason": "x", "state": "HIDDEN",
                 "confirm": "on", "sure": "on", "closing_date": "2030-01-01", "action": "hide"},
            )  # fmt: skip
    Response.objects.filter(segment=world.segment).delete()
    OtherText.objects.filter(segment=world.segment).delete()

    assert (all_rows()["survey_tally"], all_rows()["survey_segment"]) == before


# T6: who, when, where, in which order


def test_t6_a_response_has_no_room_for_a_person_time_or_device(db):
    assert columns("survey_response") == {"id", "team_id", "segment_id"}
    assert columns("survey_answer") == {"response_id", "choice_id"}
    assert columns("survey_othertext") == {
        "id",
        "team_id",
        "segment_id",
        "question_id",
        "text",
        "state",
    }


def test_t6_nothing_of_the_request_reaches_the_database(zorg):
    headers = {
        "HTTP_USER_AGENT": f"Browser {MARKER}",
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "198.51.100.7",
        "HTTP_REFERER": f"http://localhost/{MARKER}",
        "HTTP_ACCEPT_LANGUAGE": "fr-BE",
    }

    answer = Client().post(
        zorg.get_absolute_url(),
        {"sleutel": str(uuid.uuid4()), "v1": "ja", "v6-tekst": "hier-staat-het"},
        **headers,
    )

    everything = dump()
    assert answer.status_code == 302
    assert "hier-staat-het" in everything
    for secret in [MARKER, "203.0.113.77", "198.51.100.7", "fr-BE"]:
        assert secret not in everything


def send_200_marked(team):
    """Send 200 forms whose answers say which one it was; return how to read that back."""
    questions = read_instrument(team.survey_round.questionnaire_id, "nl").questions
    bits = [choice for question in questions for choice in question.choices
            if not question.is_yes_no and not choice.is_other][:8]  # fmt: skip
    codes = {each.id: question.code for question in questions for each in question.choices}
    for number in range(200):
        chosen = {}
        for place, choice in enumerate(bits):
            if number >> place & 1:
                chosen.setdefault(codes[choice.id], []).append(choice.code)
        send(team, v1="ja", texts={"v6": f"tekst {number}"}, **chosen)
    worth = {choice.id: 1 << place for place, choice in enumerate(bits)}

    def numbers(keys):
        found = dict.fromkeys(keys, 0)
        for key, choice_id in Answer.objects.values_list("response_id", "choice_id"):
            found[key.hex if connection.vendor == "sqlite" else str(key)] += worth.get(choice_id, 0)
        return [found[key] for key in keys]

    return numbers


@pytest.mark.django_db(transaction=True)
def test_t6_after_closing_no_order_key_or_row_version_tells_anything(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg", headcount=400)
    numbers = send_200_marked(team)
    old_keys = {str(key) for key in Response.objects.values_list("pk", flat=True)}
    sent_order = numbers(in_order_of_writing("survey_response", "id"))
    assert rank_correlation(sent_order) > 0.99  # the scan sees it while it is there

    close_round(survey_round)

    by_place = numbers(in_order_of_writing("survey_response", "id"))
    assert sorted(by_place) == list(range(200))
    assert abs(rank_correlation(by_place)) < 0.3
    assert (
        abs(rank_correlation(numbers(sorted(in_order_of_writing("survey_response", "id"))))) < 0.3
    )
    texts = dict(OtherText.objects.values_list("pk", "text"))
    keys = in_order_of_writing("survey_othertext", "id")
    text_order = [int(texts[uuid.UUID(key)].split()[1]) for key in keys]
    assert abs(rank_correlation(text_order)) < 0.3
    # Nor does the place of a text tell whose answers lie at the same place.
    ranks = {number: place for place, number in enumerate(by_place)}
    assert abs(rank_correlation([ranks[number] for number in text_order])) < 0.3
    assert not any(key in dump() or key.replace("-", "") in dump() for key in old_keys)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_t6_on_postgresql_all_rows_have_one_version(survey_round, zorg):
    for _ in range(20):
        send(zorg, v1="ja", texts={"v6": "iets"})

    def versions(table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")  # noqa: S608
            return len(cursor.fetchall())

    before = versions("survey_response")
    close_round(survey_round)
    after = [versions(f"survey_{table}") for table in ("response", "answer", "othertext")]

    assert (before, after) == (20, [1, 1, 1])


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("finish", ["close", "void", "retention"])
def test_t6_and_t10_the_raw_file_forgets_old_keys_and_texts(survey_round, zorg, finish):
    for _ in range(30):
        send(zorg, v1="ja", texts={"v6": MARKER})
    keys = [key.hex.encode() for key in Response.objects.values_list("pk", flat=True)]
    assert all(key in raw_bytes() for key in keys)
    assert MARKER.encode() in raw_bytes()

    match finish:
        case "close":
            close_round(survey_round)
        case "void":
            void_round(survey_round, "spam")
        case "retention":
            SurveyRound.objects.update(closing_date=date(2020, 1, 1))
            delete_old_answers(timezone.localdate())

    left = raw_bytes()
    assert [key for key in keys if key in left] == []
    assert (MARKER.encode() in left) == (finish == "close")


@pytest.mark.django_db(transaction=True)
def test_t6_a_backup_of_a_closed_round_holds_no_old_key(survey_round, zorg, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for _ in range(30):
        send(zorg, v1="ja")
    keys = [key.hex.encode() for key in Response.objects.values_list("pk", flat=True)]
    close_round(survey_round)

    call_command("backup")

    [backup] = (tmp_path / "backups").iterdir()
    if (
        connection.vendor == "sqlite"
    ):  # a dump of PostgreSQL is compressed, and copies live rows only
        assert [key for key in keys if key in backup.read_bytes()] == []
    assert not any(key.decode() in dump().replace("-", "") for key in keys)


def test_t7_review_and_export_do_not_tell_who_used_other(sign_in, survey_round, zorg, ada):
    for number in range(6):
        send(zorg, v1="ja" if number else "nee", v6=["koffie"])
    close_round(survey_round)
    one, another = Response.objects.filter(answers__choice__code="ja")[:2]
    other = Choice.objects.get(question__code="v6", is_other=True)
    client = sign_in(ada)

    def pages():
        paths = [f"/admin/survey/response/{each.pk}/change/" for each in Response.objects.all()]
        answers = [client.get(path) for path in [*paths, "/admin/survey/response/"]]
        assert {answer.status_code for answer in answers} == {200}
        clean = re.compile(rb'csrfmiddlewaretoken" value="\w+"')
        return [clean.sub(b"", answer.content) for answer in answers]

    seen = []
    for used_by in (one, another):
        answer = Answer.objects.create(response=used_by, choice=other)
        seen.append(pages())
        answer.delete()

    assert seen[0] == seen[1]


def test_t7_a_text_is_linked_to_nothing_of_a_response(survey_round, zorg):
    send(zorg, v1="ja", v6=["andere"], texts={"v6": MARKER})
    key = Response.objects.get().pk.hex

    [row] = all_rows()["survey_othertext"]

    assert MARKER in row
    assert key not in row.replace("-", "")


# T8: respondent pages


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


# T9, T10, T11


def test_t9_looking_at_responses_is_only_possible_after_closing_and_is_written_down(
    sign_in, survey_round, zorg, ada
):
    for _ in range(6):
        send(zorg, v1="ja")
    client = sign_in(ada)
    open_key = Response.objects.first().pk

    before = client.get(f"/admin/survey/response/{open_key}/change/").status_code
    entries_before = AuditEntry.objects.count()
    close_round(survey_round)
    key = Response.objects.first().pk
    page = client.get(f"/admin/survey/response/{key}/change/")

    assert (before, entries_before, page.status_code) == (404, 0, 200)
    assert AuditEntry.objects.get().user_email == ada.email
    for action in ("change", "delete"):
        client.post(f"/admin/survey/response/{key}/{action}/", {"post": "yes"})
    assert client.get("/admin/survey/response/add/").status_code == 403
    assert Response.objects.count() == 6


def test_t10_after_retention_nothing_raw_is_left_anywhere(survey_round, zorg):
    for _ in range(6):
        send(zorg, v1="ja", texts={"v6": MARKER})
    close_round(survey_round)
    keys = [str(key) for key in Response.objects.values_list("pk", flat=True)]
    assert MARKER in dump()
    SurveyRound.objects.update(closed_at=timezone.make_aware(timezone.datetime(2020, 1, 1)))

    delete_old_answers(timezone.localdate())

    left = dump()
    assert MARKER not in left
    assert not any(key in left or key.replace("-", "") in left for key in keys)
    assert Tally.objects.filter(count=6).exists()


def test_t11_the_explanation_says_what_we_cannot_promise(client, db):
    page = client.get("/uitleg/").content.decode()

    for limit in ["handschrift", "manier van schrijven", "wie de server beheert"]:
        assert limit in page.lower()
