"""Promises T7 and T9 of docs/promises.md: what those who look at responses may learn."""

import csv
import io
import re
from collections import Counter

import pytest
from django.urls import reverse

from survey.admin.reviewing import read_response, telling_questions
from survey.closing import close_round
from survey.models import Answer, AuditEntry, Choice, Response, Segment
from tests.factories import TeamFactory, send
from tests.scan import MARKER, all_rows


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


def test_t7_who_ticked_other_alone_is_not_the_one_without_an_answer(
    sign_in, survey_round, zorg, ada
):
    """The report says that nobody left this question open, so an open one would betray her."""
    for number in range(6):
        send(zorg, v1="ja" if number else "nee")
    close_round(survey_round)
    nobody_else, *others = Response.objects.order_by("answers__choice__code", "pk")
    coffee, other = (
        Choice.objects.get(question__code="v6", code=code) for code in ("koffie", "andere")
    )
    client = sign_in(ada)

    def seen():
        paths = [f"/admin/survey/response/{each.pk}/change/" for each in Response.objects.all()]
        pages = [client.get(path).content for path in [*paths, "/admin/survey/response/"]]
        export = {"action": "export_csv", "_selected_action": [each.pk for each in others]}
        export["_selected_action"].append(nobody_else.pk)
        file = b"".join(client.post("/admin/survey/response/", export))
        clean = re.compile(rb'csrfmiddlewaretoken" value="\w+"')
        return [clean.sub(b"", page) for page in pages], file

    found = []
    for alone in (nobody_else, others[0]):
        telling_questions.cache_clear()
        rest = [each for each in (nobody_else, *others) if each != alone]
        Answer.objects.bulk_create(Answer(response=each, choice=coffee) for each in rest)
        Answer.objects.create(response=alone, choice=other)
        found.append(seen())
        Answer.objects.filter(choice__question__code="v6").delete()

    assert found[0] == found[1]
    assert "Niet getoond" in found[0][0][0].decode()


@pytest.mark.parametrize(("answered", "is_shown"), [(1, False), (4, False), (5, True)])
def test_t7_where_few_answered_nobody_sees_which_of_them_used_other(
    sign_in, survey_round, zorg, ada, answered, is_shown
):
    send(zorg, v1="nee", v6=["koffie", "andere"], texts={"v6": "Op de trap"})
    for number in range(1, 7):
        send(zorg, v1="ja", **({"v6": ["koffie"]} if number < answered else {}))
    close_round(survey_round)
    writer = Response.objects.get(answers__choice__code="nee")
    client = sign_in(ada)

    page = client.get(f"/admin/survey/response/{writer.pk}/change/").content.decode()
    export = {"action": "export_csv", "_selected_action": list(map(str, all_keys()))}
    file = b"".join(client.post("/admin/survey/response/", export)).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(file), delimiter=";")

    coffee = head.index("6. Waar ontmoeten medewerkers elkaar? Bij de koffie")
    assert ("Niet getoond" not in page) == is_shown
    assert {row[coffee] for row in rows} == ({"0", "1"} if is_shown else {""})


@pytest.mark.parametrize(("empty", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
@pytest.mark.parametrize("sent", [{"v6": ["andere"]}, {"v6": ["andere"], "v7": ["andere"]}])
def test_t7_no_row_is_shown_where_an_empty_one_would_tell_who_wrote(
    sign_in, survey_round, zorg, ada, empty, is_shown, sent
):
    """Nobody sends an empty form: who has an empty row ticked Andere and nothing else."""
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    for _ in range(6):
        send(zorg, v1="ja", v6=["koffie"])
        send(keuken, v1="nee")
    send(zorg, v1="ja", v6=["koffie", "andere"])
    send(zorg, v2="ja")
    for number in range(empty):
        send(zorg, **sent, texts={"v6": f"Op de trap {number}"})
    close_round(survey_round)
    client = sign_in(ada)
    of_zorg, of_keuken = (
        Response.objects.filter(segment__teams__name=name) for name in ("Zorg", "Keuken")
    )

    page = client.get("/admin/survey/response/")
    statuses = {client.get(url_of(each, "change")).status_code for each in of_zorg}
    statuses |= {client.get(url_of(each, "history")).status_code for each in of_zorg}
    export = {"action": "export_csv", "_selected_action": list(map(str, all_keys()))}
    file = b"".join(client.post("/admin/survey/response/", export | {"select_across": "1"}))

    shown = [*of_keuken, *of_zorg] if is_shown else [*of_keuken]
    assert set(page.context_data["cl"].queryset) == set(shown)
    assert page.context_data["cl"].result_count == len(shown)
    assert len(file.decode().splitlines()) == 1 + len(shown)
    assert statuses == {200 if is_shown else 404}
    assert "geen afzonderlijke inzendingen" in page.content.decode()
    assert Segment.objects.get(teams__name="Zorg").response_count == len(of_zorg)


def url_of(response, view):
    return reverse(f"admin:survey_response_{view}", args=[response.pk])


def test_t7_no_choice_of_answers_leads_from_a_row_to_a_text(sign_in, survey_round, zorg, ada):
    """Forty teams that answered in every way: no row that is shown is empty, but in fives."""
    ways = [{}, {"v1": "ja"}, {"v6": ["andere"]}, {"v6": ["koffie", "andere"]}, {"v7": ["andere"]}]
    for number in range(40):
        team = TeamFactory(survey_round=survey_round, name=f"Team {number}", position=number)
        for each in range(5 + number % 5):
            mixed = number + each * (1 + number % 3)
            answers = ways[mixed % 5] | ways[mixed * 3 % (1 + number % 4)]
            send(team, **(answers or {"v8": ["mentor"]}))
    close_round(survey_round)
    client = sign_in(ada)

    shown = client.get("/admin/survey/response/").context_data["cl"].queryset
    empty = Counter(
        response.segment_id
        for response in shown
        if all(question.is_skipped for question in read_response(response))
    )
    segments = set(shown.order_by().values_list("segment", flat=True))

    assert [count for count in empty.values() if count < 5] == []
    assert 0 < len(segments) < 40


def all_keys():
    return Response.objects.values_list("pk", flat=True)


def test_t7_a_text_is_linked_to_nothing_of_a_response(survey_round, zorg):
    send(zorg, v1="ja", v6=["andere"], texts={"v6": MARKER})
    key = Response.objects.get().pk.hex

    [row] = all_rows()["survey_othertext"]

    assert MARKER in row
    assert key not in row.replace("-", "")


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
