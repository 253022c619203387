"""Promises T1 to T5 of docs/promises.md: until closing nothing, after it never of fewer.

What must not leak is first put there, and each scan is shown to see it where it may stand.
"""

import re
import uuid
from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from survey.answering import Outcome, Submission, store_response
from survey.closing import TooFewResponses, close_round
from survey.disclosure import partition
from survey.holding import AlreadyFinished
from survey.models import Answer, Choice, OtherText, Response, SurveyRound
from survey.prepare.voiding import void_round
from tests.addresses import all_addresses
from tests.factories import send
from tests.scan import MARKER, all_rows

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
    with pytest.raises(TooFewResponses):
        close_round(survey_round)


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


# What is valid in any form about a round, so that nothing but its state can refuse it.
VALID_IN_SOME_FORM = {
    "title": "Anders", "asked_by": "x", "contact": "x", "name": "Nieuw team", "headcount": "9",
    "v1": "ja", "v6": "koffie", "void_reason": "bij vergissing", "papers_left": "0",
    "is_certain": "on",
}  # fmt: skip
FROZEN = ["surveyround", "team", "segment", "tally", "response", "answer"]


def test_t5_nothing_reopens_a_closed_round_or_changes_its_numbers(sign_in, world, ilse):
    client = sign_in(ilse)
    before, files = frozen_rows(), downloads(client, world)

    later = timezone.localdate() + timedelta(days=30)
    for path in addresses_of_the_closed_round(world):
        fields = {"closing_date": later.isoformat(), "sleutel": str(uuid.uuid4())}
        client.post(path, VALID_IN_SOME_FORM | fields)

    assert frozen_rows() == before
    assert downloads(client, world) == files


def test_t5_nobody_who_comes_too_late_changes_a_closed_round(world):
    """Whatever a page let through: closing, typing paper and sending hold the round themselves."""
    before = frozen_rows()
    some_choice = Choice.objects.get(question__code="v1", code="ja")

    for from_paper in (False, True):
        outcome = store_response(
            world.closed_round.teams.get(),
            uuid.uuid4(),
            Submission((some_choice.pk,)),
            from_paper=from_paper,
        )
        assert outcome is Outcome.SHUT
    with pytest.raises(AlreadyFinished):
        close_round(world.closed_round)
    with pytest.raises(AlreadyFinished):
        void_round(world.closed_round, "bij vergissing")

    assert frozen_rows() == before


def test_t5_the_numbers_outlive_the_answers(sign_in, world, ilse):
    client = sign_in(ilse)
    before = downloads(client, world)

    Response.objects.filter(segment=world.segment).delete()
    OtherText.objects.filter(segment=world.segment).delete()

    assert downloads(client, world) == before


def frozen_rows():
    rows = all_rows()
    return {table: rows[f"survey_{table}"] for table in FROZEN}


def addresses_of_the_closed_round(world):
    team = world.closed_round.teams.get()
    values = world.values(world.closed_round)
    values |= {"team_id": team.pk, "token": team.grouped_token}
    for address in all_addresses():
        if {"round_id", "token"} & set(address.takes):
            yield address.fill(values)


def downloads(client, world):
    """Return the counts that the reports of the closed round say."""
    report = f"/rapport/{world.closed_round.pk}/"
    return [
        b"".join(client.get(f"{path}csv/")) for path in (report, f"{report}{world.segment.pk}/")
    ]
