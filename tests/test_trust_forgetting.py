"""Promises T6 and T7 of docs/promises.md: what somebody took back or reworded is nowhere on disk.

SQLite keeps old pages in its log until that is emptied. Seen failing for each of the five without
`forget_old_pages`. On PostgreSQL it waits for the daily command (`test_trust_postgresql.py`).
"""

import uuid

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import OtherText, Response, SurveyRound
from tests.factories import TeamFactory, send
from tests.scan import MARKER, raw_bytes

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def text(survey_round, zorg):
    """What somebody wrote in a round that is closed now."""
    send(zorg, v6=["andere"], texts={"v6": MARKER})
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(survey_round)
    return OtherText.objects.get()


def test_t7_the_former_words_of_a_text_that_hr_reworded(sign_in, survey_round, text, ilse):
    assert MARKER.encode() in raw_bytes()

    sign_in(ilse).post(
        reverse("review_texts", kwargs={"round_id": survey_round.pk}),
        {"tekst": text.pk, "decision": "show", "text": "Vraag het aan een collega"},
    )

    assert OtherText.objects.get().text == "Vraag het aan een collega"
    assert MARKER.encode() not in raw_bytes()


def test_t7_the_former_words_of_a_text_that_an_administrator_reworded(sign_in, text, ada):
    sign_in(ada).post(
        f"/admin/survey/othertext/{text.pk}/change/",
        {"text": "Vraag het aan een collega", "state": "SHOWN"},
    )

    assert OtherText.objects.get().text == "Vraag het aan een collega"
    assert MARKER.encode() not in raw_bytes()


def test_t6_a_sheet_of_paper_that_was_taken_back(sign_in, zorg, ilse):
    hr, address = sign_in(ilse), {"round_id": zorg.survey_round.pk, "team_id": zorg.pk}
    sheet = {"sleutel": str(uuid.uuid4()), "v6-tekst": MARKER}
    hr.post(reverse("paper_entry", kwargs=address), sheet)
    assert MARKER.encode() in raw_bytes()

    hr.post(reverse("paper_undo", kwargs=address))

    left = raw_bytes()
    assert not Response.objects.exists()
    assert [
        word in left for word in (MARKER.encode(), uuid.UUID(sheet["sleutel"]).hex.encode())
    ] == [
        False,
        False,
    ]


def test_t6_which_of_two_joined_teams_a_form_came_from(sign_in, survey_round, zorg, ilse):
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    for _ in range(3):
        send(keuken, v1="ja")
    key, team = (value.hex.encode() for value in (Response.objects.first().pk, keuken.pk))
    assert key + team in raw_bytes()  # they stand in one row

    sign_in(ilse).post(
        reverse("teams_join", kwargs={"round_id": survey_round.pk}),
        {"teams": [zorg.pk, keuken.pk], "name": "Huis"},
    )

    left = raw_bytes()
    assert survey_round.teams.get().name == "Huis"
    assert (key in left, key + team in left) == (True, False)


def test_t6_a_response_that_an_administrator_deleted(sign_in, survey_round, zorg, ada):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)
    send(zorg, v1="ja")
    response = Response.objects.get()
    assert response.pk.hex.encode() in raw_bytes()

    sign_in(ada).post(f"/admin/survey/response/{response.pk}/delete/", {"post": "yes"})

    assert not Response.objects.exists()
    assert response.pk.hex.encode() not in raw_bytes()
