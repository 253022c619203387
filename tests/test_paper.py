"""Typing sheets of paper, and taking the last one back (T1, T9)."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from survey.answering import LOWEST_CAP
from survey.closing import close_round
from survey.models import Answer, OtherText, Response, SurveyRound
from survey.prepare.voiding import void_round
from tests.factories import MembershipFactory, TeamFactory, UserFactory, send

A_SHEET = {"v1": "ja", "v2": "nee", "v6": ["koffie", "teambuilding"], "v8": ["andere"]}


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


def at(name, team):
    return reverse(name, kwargs={"round_id": team.survey_round.pk, "team_id": team.pk})


def type_sheet(client, team, key=None, **answers):
    sheet = {"sleutel": str(key or uuid.uuid4()), **(answers or A_SHEET)}
    return client.post(at("paper_entry", team), sheet)


def undo(client, team):
    return client.post(at("paper_undo", team), follow=True)


def count(team):
    team.refresh_from_db()
    return team.response_count


def page(response):
    return response.content.decode()


def test_a_sheet_counts_like_any_other_response(sign_in, ilse, zorg):
    client = sign_in(ilse)

    response = type_sheet(client, zorg, v1="ja", v6=["koffie"], **{"v8-tekst": "YouTube"})

    assert response.url == at("paper_entry", zorg)
    assert count(zorg) == 1
    chosen = Answer.objects.filter(response__team=zorg).values_list("choice__code", flat=True)
    assert sorted(chosen) == ["andere", "ja", "koffie"]
    text = OtherText.objects.get(team=zorg)
    assert (text.text, text.state) == ("YouTube", OtherText.State.PENDING)


def test_sheets_are_numbered_per_team(sign_in, ilse, zorg, keuken):
    client = sign_in(ilse)
    numbers = []

    for team in [zorg, zorg, keuken, zorg]:
        numbers.append(client.get(at("paper_entry", team)).context["number"])
        type_sheet(client, team)

    assert numbers == [1, 2, 1, 3]


def test_paper_is_taken_after_the_date(sign_in, ilse, survey_round, zorg):
    survey_round.opened_on = survey_round.closing_date = timezone.localdate() - timedelta(days=3)
    survey_round.save()

    type_sheet(sign_in(ilse), zorg)

    assert count(zorg) == 1


def test_a_sheet_that_was_saved_is_never_shown_again(sign_in, ilse, zorg):
    client = sign_in(ilse)
    type_sheet(client, zorg, v1="ja", **{"v8-tekst": "een geheim verhaal"})

    body = page(client.get(at("paper_entry", zorg)))

    assert "een geheim verhaal" not in body
    assert "checked" not in body


def test_saving_twice_counts_once(sign_in, ilse, zorg):
    client, key = sign_in(ilse), uuid.uuid4()

    type_sheet(client, zorg, key)
    type_sheet(client, zorg, key)

    assert count(zorg) == 1
    assert client.get(at("paper_entry", zorg)).context["number"] == 2


def test_a_sheet_cannot_be_changed_by_sending_it_again(sign_in, ilse, zorg):
    client, key = sign_in(ilse), uuid.uuid4()
    type_sheet(client, zorg, key, v1="ja")

    response = client.post(at("paper_entry", zorg), {"sleutel": str(key), "v1": "nee"}, follow=True)

    assert "Dit blad was al bewaard, met andere antwoorden" in page(response)
    assert Answer.objects.get(response=key).choice.code == "ja"
    assert count(zorg) == 1


def test_an_empty_sheet_is_refused_kindly(sign_in, ilse, zorg):
    response = type_sheet(sign_in(ilse), zorg, v1="geen")

    assert response.status_code == 422
    assert "Dit blad is leeg. Een leeg blad telt niet mee" in page(response)
    assert count(zorg) == 0


def test_a_text_that_is_too_long_stays_on_the_page(sign_in, ilse, zorg):
    response = type_sheet(sign_in(ilse), zorg, v1="ja", **{"v8-tekst": "x" * 301})

    assert response.status_code == 422
    assert "301 tekens lang" in page(response)
    assert "x" * 301 in page(response)
    assert count(zorg) == 0


@pytest.mark.parametrize("key", ["", "geen sleutel"])
def test_a_sheet_without_a_usable_key_is_saved_under_a_new_one(sign_in, ilse, zorg, key):
    response = sign_in(ilse).post(at("paper_entry", zorg), {"sleutel": key, "v1": "ja"})

    assert response.status_code == 302
    assert count(zorg) == 1


def test_unknown_answers_are_refused(sign_in, ilse, zorg):
    response = type_sheet(sign_in(ilse), zorg, v1="misschien", v6=["in bad"])

    assert response.status_code == 422
    assert count(zorg) == 0


def test_far_more_sheets_than_colleagues_are_not_saved(sign_in, ilse, zorg):
    zorg.response_count = max(LOWEST_CAP, 3 * zorg.headcount)
    zorg.save()

    response = type_sheet(sign_in(ilse), zorg)

    assert response.status_code == 409
    assert "Dit blad is niet bewaard" in page(response)
    assert Response.objects.count() == 0


def test_the_last_sheet_can_be_taken_back_with_all_that_came_with_it(sign_in, ilse, zorg):
    send(zorg, v1="nee", v6=["andere"], texts={"v6": "van iemand anders"})
    client = sign_in(ilse)
    type_sheet(client, zorg, v1="ja", **{"v6-tekst": "fout", "v8-tekst": "ook fout"})

    response = undo(client, zorg)

    assert "Blad 1 is ongedaan gemaakt" in page(response)
    assert response.context["number"] == 1
    assert count(zorg) == 1
    assert Response.objects.filter(team=zorg).count() == 1
    assert [text.text for text in OtherText.objects.all()] == ["van iemand anders"]


def test_only_the_last_sheet_can_be_taken_back_and_only_once(sign_in, ilse, zorg):
    client, first, second = sign_in(ilse), uuid.uuid4(), uuid.uuid4()
    type_sheet(client, zorg, first)
    type_sheet(client, zorg, second)

    undo(client, zorg)
    again = undo(client, zorg)

    assert "Er is geen blad om ongedaan te maken" in page(again)
    assert list(Response.objects.values_list("pk", flat=True)) == [first]
    assert count(zorg) == 1


def test_a_sheet_of_another_team_makes_the_earlier_one_final(sign_in, ilse, zorg, keuken):
    client = sign_in(ilse)
    type_sheet(client, zorg)
    type_sheet(client, keuken)

    undo(client, zorg)

    assert count(zorg) == 1
    assert count(keuken) == 1


def test_nobody_else_can_take_a_sheet_back(sign_in, ilse, zorg):
    colleague = UserFactory()
    MembershipFactory(organisation=zorg.survey_round.organisation, user=colleague)
    type_sheet(sign_in(ilse), zorg)

    undo(sign_in(colleague), zorg)

    assert count(zorg) == 1


def test_after_closing_nothing_can_be_typed_or_taken_back(sign_in, ilse, survey_round, zorg):
    for _ in range(4):
        send(zorg, v1="ja")
    client = sign_in(ilse)
    type_sheet(client, zorg)
    key = client.session["last_sheet"]["key"]
    close_round(survey_round)

    typed, undone = type_sheet(client, zorg), undo(client, zorg)

    assert typed.url == survey_round.get_absolute_url()
    assert "Er verandert niets meer aan" in page(undone)
    assert Response.objects.count() == 5
    assert not Response.objects.filter(pk=key).exists()


def test_a_void_round_takes_no_paper(sign_in, ilse, survey_round, zorg):
    void_round(survey_round, "Verkeerde link")

    response = type_sheet(sign_in(ilse), zorg)

    assert response.url == survey_round.get_absolute_url()
    assert Response.objects.count() == 0


def test_a_round_filled_in_together_takes_paper_too(sign_in, ilse, survey_round, zorg):
    survey_round.mode = SurveyRound.Mode.ORGANISATION
    survey_round.save()

    type_sheet(sign_in(ilse), zorg, v1="ja", **{"v8-tekst": "YouTube"})

    assert OtherText.objects.get().state == OtherText.State.SHOWN


@pytest.mark.parametrize("name", ["paper_entry", "paper_undo"])
def test_only_hr_of_this_organisation_types(sign_in, bram, noor, client, zorg, name):
    assert client.post(at(name, zorg)).status_code == 302
    assert sign_in(bram).post(at(name, zorg)).status_code == 403
    assert sign_in(noor).post(at(name, zorg)).status_code == 404
    assert count(zorg) == 0


def test_a_team_of_another_round_is_not_found(sign_in, ilse, zorg):
    foreign = TeamFactory(survey_round__questionnaire=zorg.survey_round.questionnaire)
    addresses = [
        reverse(name, kwargs={"round_id": zorg.survey_round.pk, "team_id": foreign.pk})
        for name in ["paper_entry", "paper_undo"]
    ]

    assert [sign_in(ilse).post(address).status_code for address in addresses] == [404, 404]


def test_taking_back_is_never_a_matter_of_visiting(sign_in, ilse, zorg):
    client = sign_in(ilse)
    type_sheet(client, zorg)

    response = client.get(at("paper_undo", zorg))

    assert response.url == at("paper_entry", zorg)
    assert count(zorg) == 1


def test_saving_a_sheet_costs_few_queries(sign_in, ilse, zorg, django_assert_max_num_queries):
    client = sign_in(ilse)
    type_sheet(client, zorg)

    with django_assert_max_num_queries(16):
        type_sheet(client, zorg)
