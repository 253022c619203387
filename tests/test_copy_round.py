"""Ask the same again: a new survey round that follows a closed one."""

import uuid

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import Questionnaire, SurveyRound
from survey.prepare.voiding import void_round
from tests.factories import OrganisationFactory, SurveyRoundFactory, TeamFactory, send
from tests.test_prepare_new_round import filled_in


@pytest.fixture
def closed_round(questionnaire, de_linde):
    survey_round = SurveyRoundFactory(organisation=de_linde, purpose="Omdat het telt.")
    zorg = TeamFactory(survey_round=survey_round, name="Zorg", headcount=15, position=1)
    TeamFactory(survey_round=survey_round, name="Keuken", headcount=9, position=2)
    for _ in range(5):
        send(zorg, v1="ja")
    return close_round(survey_round)


@pytest.fixture
def address(de_linde, questionnaire):
    return reverse("survey_round_new", args=[de_linde.pk])


def test_a_closed_round_offers_to_ask_it_again_to_hr_only(sign_in, ilse, bram, closed_round):
    link = f"?vorige={closed_round.pk}"

    by_hr = sign_in(ilse).get(closed_round.get_absolute_url()).content.decode()
    by_facilitator = sign_in(bram).get(closed_round.get_absolute_url()).content.decode()

    assert link in by_hr
    assert link not in by_facilitator


def test_an_open_round_does_not_offer_it(sign_in, ilse, zorg):
    shown = sign_in(ilse).get(zorg.survey_round.get_absolute_url()).content.decode()

    assert "?vorige=" not in shown


def test_teams_headcounts_and_texts_are_filled_in(sign_in, ilse, address, closed_round):
    response = sign_in(ilse).get(address, {"vorige": closed_round.pk})

    rows = [(row["name"].value(), row["headcount"].value()) for row in response.context["rows"]]
    assert rows == [("Zorg", 15), ("Keuken", 9), (None, None)]
    form = response.context["form"]
    assert form["purpose"].value() == "Omdat het telt."
    assert form["mode"].value() == "ANONYMOUS"
    assert form["closing_date"].value() > closed_round.closing_date


def test_the_new_round_follows_the_closed_one(sign_in, ilse, address, closed_round):
    response = sign_in(ilse).post(f"{address}?vorige={closed_round.pk}", filled_in())

    started = SurveyRound.objects.get(closed_at=None)
    assert response.url == started.get_absolute_url()
    assert started.previous == closed_round
    assert started.token != closed_round.token
    assert [team.name for team in started.teams.all()] == ["Zorg", "Keuken"]


def test_one_row_more_keeps_what_it_follows(sign_in, ilse, address, closed_round):
    response = sign_in(ilse).post(f"{address}?vorige={closed_round.pk}", filled_in(add_row="1"))

    assert response.context["example"] == closed_round
    assert len(response.context["rows"].forms) == 4


def test_without_previous_nothing_is_followed(sign_in, ilse, address, closed_round):
    sign_in(ilse).post(address, filled_in())

    assert SurveyRound.objects.get(closed_at=None).previous is None


@pytest.mark.parametrize("key", ["", "x", str(uuid.uuid4()), "9" * 400])
def test_what_is_no_closed_round_is_not_found(sign_in, ilse, address, key):
    client = sign_in(ilse)

    looked = client.get(f"{address}?vorige={key}")
    sent = client.post(f"{address}?vorige={key}", filled_in())

    assert (looked.status_code, sent.status_code) == (404, 404)
    assert not SurveyRound.objects.exists()


def test_a_round_of_another_organisation_is_not_found(sign_in, ilse, address, closed_round):
    SurveyRound.objects.update(organisation=OrganisationFactory(name="Elders"))

    response = sign_in(ilse).get(address, {"vorige": closed_round.pk})

    assert response.status_code == 404


def test_an_open_round_cannot_be_followed(sign_in, ilse, address, zorg):
    response = sign_in(ilse).get(address, {"vorige": zorg.survey_round.pk})

    assert response.status_code == 404


def test_a_round_with_other_questions_cannot_be_followed(sign_in, ilse, address, closed_round):
    other = Questionnaire.objects.create(
        code="iets-anders", version=1, title={}, languages=[], source="", digest=""
    )
    SurveyRound.objects.update(questionnaire=other)

    response = sign_in(ilse).get(address, {"vorige": closed_round.pk})

    assert response.status_code == 404


def test_a_facilitator_cannot_ask_it_again(sign_in, bram, address, closed_round):
    assert sign_in(bram).get(address, {"vorige": closed_round.pk}).status_code == 403


# From a void round


@pytest.fixture
def void(zorg):
    TeamFactory(survey_round=zorg.survey_round, name="Keuken", headcount=9, position=2)
    void_round(zorg.survey_round, "Spam")
    return SurveyRound.objects.get(pk=zorg.survey_round_id)


def test_the_teams_and_texts_of_a_void_round_are_filled_in(sign_in, ilse, address, void):
    response = sign_in(ilse).get(address, {"vorige": void.pk})

    rows = [(row["name"].value(), row["headcount"].value()) for row in response.context["rows"]]
    assert rows == [("Zorg", 15), ("Keuken", 9), (None, None)]
    assert response.context["form"]["purpose"].value() == void.purpose
    assert "Wat daar was ingevuld, is gewist" in response.content.decode()


def test_a_round_that_starts_from_a_void_one_follows_nothing(sign_in, ilse, address, void):
    sign_in(ilse).post(f"{address}?vorige={void.pk}", filled_in())

    started = SurveyRound.objects.get(voided_at=None)
    assert started.previous is None
    assert [team.name for team in started.teams.all()] == ["Zorg", "Keuken"]


def test_a_round_that_starts_from_a_void_one_follows_what_that_one_followed(
    sign_in, ilse, address, closed_round, void
):
    SurveyRound.objects.filter(pk=void.pk).update(previous=closed_round)

    sign_in(ilse).post(f"{address}?vorige={void.pk}", filled_in())

    assert SurveyRound.objects.unfinished().get().previous == closed_round


def test_a_void_round_of_another_organisation_is_not_found(sign_in, ilse, address, void):
    SurveyRound.objects.update(organisation=OrganisationFactory(name="Elders"))

    assert sign_in(ilse).get(address, {"vorige": void.pk}).status_code == 404
