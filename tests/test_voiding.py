"""Declaring a survey round void: what goes, and what stays."""

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import Answer, OtherText, Response, SurveyRound
from survey.prepare.voiding import void_round
from tests.factories import SurveyRoundFactory, TeamFactory, send


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


def voiding(survey_round):
    return reverse("survey_round_void", args=[survey_round.pk])


def send_many(team, number):
    for _ in range(number):
        send(team, v1="ja")


def test_voiding_deletes_every_answer_and_keeps_the_reason(
    sign_in, ilse, survey_round, zorg, keuken
):
    send_many(zorg, 6)
    send(keuken, v6=["andere"], texts={"v6": "een verhaal"})

    response = sign_in(ilse).post(voiding(survey_round), {"void_reason": "Verkeerde link."})

    survey_round.refresh_from_db()
    assert response.url == survey_round.get_absolute_url()
    assert survey_round.state == SurveyRound.State.VOID
    assert survey_round.void_reason == "Verkeerde link."
    assert (Answer.objects.count(), Response.objects.count(), OtherText.objects.count()) == (
        0,
        0,
        0,
    )
    assert list(survey_round.teams.values_list("response_count", flat=True)) == [0, 0]


def test_voiding_leaves_other_rounds_alone(survey_round, zorg, de_linde):
    elsewhere = TeamFactory(survey_round=SurveyRoundFactory(organisation=de_linde))
    send(elsewhere, v1="ja")
    send(zorg, v1="ja")

    void_round(survey_round, "Verkeerde link.")

    assert Response.objects.get().team == elsewhere


def test_a_void_round_takes_no_answers(survey_round, zorg):
    void_round(survey_round, "Verkeerde link.")

    send(zorg, v1="ja")

    assert Response.objects.count() == 0


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201, "a\x00b"])
def test_voiding_needs_a_reason(sign_in, ilse, survey_round, zorg, reason):
    send(zorg, v1="ja")

    response = sign_in(ilse).post(voiding(survey_round), {"void_reason": reason})

    survey_round.refresh_from_db()
    assert response.status_code == 422
    assert survey_round.is_open
    assert Response.objects.count() == 1


def test_a_closed_round_cannot_be_voided(sign_in, ilse, survey_round, zorg):
    send_many(zorg, 5)
    close_round(survey_round)

    sign_in(ilse).post(voiding(survey_round), {"void_reason": "Toch niet."})

    survey_round.refresh_from_db()
    assert survey_round.is_closed
    assert Response.objects.count() == 5


def test_a_void_round_cannot_be_seen_as_a_colleague(sign_in, ilse, survey_round, zorg):
    void_round(survey_round, "Verkeerde link.")

    response = sign_in(ilse).get(reverse("preview", args=[survey_round.pk]))

    assert response.url == survey_round.get_absolute_url()


@pytest.mark.parametrize(("mode", "is_said"), [("ANONYMOUS", True), ("ORGANISATION", False)])
def test_that_nobody_saw_a_result_is_only_said_where_it_is_so(
    client, survey_round, zorg, mode, is_said
):
    SurveyRound.objects.update(mode=mode)
    void_round(survey_round, "Verkeerde link.")

    shown = client.get(zorg.get_absolute_url()).content.decode()

    assert "Wat er al was ingevuld, is gewist." in shown
    assert ("Niemand heeft een resultaat gezien." in shown) is is_said


def test_looking_changes_nothing(sign_in, ilse, survey_round, zorg):
    send_many(zorg, 5)

    sign_in(ilse).get(voiding(survey_round))

    survey_round.refresh_from_db()
    assert survey_round.is_open
    assert Response.objects.count() == 5
