"""How an action went, its day in a calendar, and all actions of an organisation."""

from datetime import date

import pytest
from django.urls import reverse

from survey.models import ActionPoint, Membership
from tests.factories import (
    MembershipFactory,
    SurveyRoundFactory,
    TeamFactory,
    UserFactory,
    planning,
)

DONE, OPEN = ActionPoint.State.DONE, ActionPoint.State.OPEN
DAY = date(2027, 2, 1)


def page(response):
    return response.content.decode()


def at(name, action):
    return reverse(name, args=[action.survey_round_id, action.pk])


@pytest.mark.parametrize("state", ["BUSY", "DONE", "CHANGED"])
def test_a_press_tells_how_an_action_went(sign_in, bram, action, state):
    response = sign_in(bram).post(at("action", action), {"stand": state})

    action.refresh_from_db()
    assert action.state == state
    assert response.url.endswith(f"/{action.segment_id}/#actie-1")


def test_looking_at_an_action_changes_nothing(sign_in, bram, action):
    response = sign_in(bram).get(at("action", action), {"stand": "DONE"})

    action.refresh_from_db()
    assert response.status_code == 200
    assert "Eén keer per week samen eten" in page(response)
    assert action.state == OPEN


@pytest.mark.parametrize("state", ["", "FAILED", "x" * 5000])
def test_an_unknown_state_changes_nothing(sign_in, bram, action, state):
    response = sign_in(bram).post(at("action", action), {"stand": state})

    action.refresh_from_db()
    assert response.status_code == 422
    assert action.state == OPEN


@pytest.mark.parametrize("number", ["0", "99", "9" * 40])
def test_an_unknown_action_is_not_found(sign_in, ilse, closed, number):
    response = sign_in(ilse).get(f"/rapport/{closed.pk}/acties/{number}/")

    assert response.status_code == 404


def test_an_action_of_another_round_is_not_found(sign_in, ilse, action, de_linde, questionnaire):
    other = SurveyRoundFactory(organisation=de_linde, questionnaire=questionnaire)

    response = sign_in(ilse).get(reverse("action", args=[other.pk, action.pk]))

    assert response.status_code == 404


def test_the_day_of_an_action_can_be_put_in_a_calendar(sign_in, bram, action, settings):
    settings.SITE_URL = "https://leren.example"

    response = sign_in(bram).get(at("action_calendar", action))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20270201\r\n" in page(response)
    assert f"URL:https://leren.example{at('action', action)}" in page(response).replace("\r\n ", "")


def test_an_action_without_a_day_has_no_calendar(sign_in, bram, action):
    ActionPoint.objects.update(review_on=None)

    assert sign_in(bram).get(at("action_calendar", action)).status_code == 404


def test_all_actions_of_the_organisation_stand_on_one_page(sign_in, bram, de_linde, closed, action):
    ActionPoint.objects.create(
        survey_round=closed, position=1, text="Overleg", asked_of_management="Een uur per maand"
    )
    ActionPoint.objects.create(survey_round=closed, position=2, text="Voorbij", state=DONE)

    response = sign_in(bram).get(reverse("organisation_actions", args=[de_linde.pk]))

    assert response.status_code == 200
    assert page(response).index("Een uur per maand") < page(response).index("Hele organisatie</a>")
    running, over = page(response).split('id="afgelopen"')
    assert "Eén keer per week samen eten" in running
    assert "Voorbij" not in running
    assert "Voorbij" in over


@pytest.mark.parametrize(("state", "said"), [("DONE", "gedaan"), ("CHANGED", "anders gelopen")])
def test_a_finished_action_stands_below_with_how_it_went(
    sign_in, bram, de_linde, action, state, said
):
    ActionPoint.objects.update(state=state)

    shown = page(sign_in(bram).get(reverse("organisation_actions", args=[de_linde.pk])))

    below = shown.split('id="afgelopen"')[1]
    assert "Eén keer per week samen eten" in below
    assert f"· {said}</span>" in below


def test_when_everything_is_finished_nothing_is_said_to_have_not_begun(
    sign_in, bram, de_linde, action
):
    ActionPoint.objects.update(state=ActionPoint.State.DONE)

    shown = page(sign_in(bram).get(reverse("organisation_actions", args=[de_linde.pk])))

    assert "Alles wat jullie afspraken, is afgelopen." in shown
    assert "Er loopt nog niets." not in shown


def test_while_nothing_is_finished_nothing_is_said_about_it(sign_in, bram, de_linde, action):
    shown = page(sign_in(bram).get(reverse("organisation_actions", args=[de_linde.pk])))

    assert 'id="afgelopen"' not in shown


@pytest.mark.parametrize(("state", "said"), [("DONE", "(gedaan)"), ("CHANGED", "(anders gelopen)")])
def test_a_question_to_the_management_stays_when_its_action_is_finished(
    sign_in, bram, de_linde, action, state, said
):
    ActionPoint.objects.update(asked_of_management="Een uur per maand", state=state)

    response = sign_in(bram).get(reverse("organisation_actions", args=[de_linde.pk]))

    assert f"voor ‘Eén keer per week samen eten’ {said}" in page(response)
    assert "Alles wat jullie afspraken, is afgelopen." in page(response)


@pytest.mark.parametrize(("state", "label"), [("BUSY", "bezig"), ("DONE", "gedaan")])
def test_the_answer_from_the_mail_stands_first_and_takes_one_press(
    sign_in, bram, action, state, label
):
    client = sign_in(bram)

    opened = client.get(at("action", action), {"stand": state})
    button = f'<button class="button" type="submit" name="stand" value="{state}">'

    assert f"{button}Noteer: {label}</button>" in page(opened)
    action.refresh_from_db()
    assert action.state == OPEN


@pytest.mark.parametrize("state", ["", "OPEN", "FAILED", "x" * 5000])
def test_an_unknown_answer_in_the_address_offers_nothing(sign_in, bram, action, state):
    response = sign_in(bram).get(at("action", action), {"stand": state})

    assert response.status_code == 200
    assert "Noteer:" not in page(response)


def test_the_question_of_an_action_stands_where_its_agreement_stands(
    sign_in, bram, de_linde, closed, action
):
    ActionPoint.objects.update(question=closed.questionnaire.questions.get(code="v6"))
    client = sign_in(bram)
    of_all = reverse("organisation_actions", args=[de_linde.pk])

    for address in (at("action", action), of_all):
        assert "Over vraag 6. Ontmoetingen tussen medewerkers" in page(client.get(address))


def test_other_teams_are_listed_at_their_action(sign_in, bram, de_linde, closed, action):
    for number in range(4):
        TeamFactory(survey_round=closed, name=f"Ploeg {number}", segment=action.segment)
    client = sign_in(bram)
    of_all = reverse("organisation_actions", args=[de_linde.pk])

    for address in (at("action", action), of_all):
        shown = page(client.get(address))
        assert "Overige teams" in shown
        assert "Ploeg 0, Ploeg 1, Ploeg 2, Ploeg 3" in shown


def test_an_organisation_without_actions_says_so(sign_in, ilse, de_linde):
    response = sign_in(ilse).get(reverse("organisation_actions", args=[de_linde.pk]))

    assert "Er loopt nog niets." in page(response)


def test_more_actions_cost_no_more_queries(
    sign_in, bram, de_linde, closed, segment, django_assert_num_queries
):
    for position in (1, 2, 3):
        ActionPoint.objects.create(
            survey_round=closed, segment=segment, position=position, text=f"Actie {position}"
        )
    client = sign_in(bram)

    # Session, user, organisation, and the actions with the teams of their segment and round.
    with django_assert_num_queries(6):
        client.get(reverse("organisation_actions", args=[de_linde.pk]))


def pages_about(action):
    return [
        planning(action.survey_round),
        planning(action.survey_round, action.segment),
        at("action", action),
        at("action_calendar", action),
        reverse("organisation_actions", args=[action.survey_round.organisation_id]),
    ]


@pytest.mark.parametrize("role", Membership.Role)
def test_members_open_every_page(sign_in, de_linde, action, role):
    member = UserFactory()
    MembershipFactory(organisation=de_linde, user=member, role=role)
    client = sign_in(member)

    assert [client.get(address).status_code for address in pages_about(action)] == [200] * 5


def test_members_of_another_organisation_find_nothing(sign_in, noor, action):
    client = sign_in(noor)

    assert [client.get(address).status_code for address in pages_about(action)] == [404] * 5
    assert client.post(at("action", action), {"stand": "DONE"}).status_code == 404


def test_a_visitor_signs_in_first_and_then_comes_back(client, action):
    addresses = pages_about(action)

    answers = [client.get(address).url for address in addresses]

    login = reverse("account_login")
    assert answers == [f"{login}?next={address}" for address in addresses]


def test_only_get_and_post_are_allowed(sign_in, ilse, action):
    client = sign_in(ilse)

    assert client.delete(planning(action.survey_round)).status_code == 405
    assert client.put(at("action", action)).status_code == 405
    assert client.post(at("action_calendar", action)).status_code == 405
