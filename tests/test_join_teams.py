"""Join small teams before closing: everything goes with them, and old links keep working."""

import uuid

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import FormerLink, OtherText, Response, SurveyRound, Team
from survey.respond import views as respond_views
from tests.factories import OrganisationFactory, SurveyRoundFactory, TeamFactory, send


def page(response):
    return response.content.decode()


@pytest.fixture
def keuken(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=1)
    for _ in range(3):
        send(team, v6=["andere"], texts={"v6": "In de tuin"})
    return team


@pytest.fixture
def onthaal(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Onthaal", headcount=4, position=2)
    for _ in range(2):
        send(team, v1="ja")
    return team


@pytest.fixture
def address(survey_round, keuken, onthaal, zorg):
    Team.objects.filter(pk=zorg.pk).update(position=3)
    return reverse("teams_join", args=[survey_round.pk])


def both(keuken, onthaal, **changes):
    return {"teams": [str(onthaal.pk), str(keuken.pk)], "name": "Huis"} | changes


def test_the_page_says_what_would_happen_without(sign_in, ilse, address):
    shown = page(sign_in(ilse).get(address))

    assert "Keuken: 3 van 6" in shown
    assert "Keuken en Onthaal samen" in shown
    assert "Dit kan je niet terugdraaien." in shown


def test_joined_teams_are_one_team_with_everything_of_both(
    sign_in, ilse, survey_round, address, keuken, onthaal
):
    response = sign_in(ilse).post(address, both(keuken, onthaal))

    huis = Team.objects.get(name="Huis")
    assert response.url == survey_round.get_absolute_url()
    assert huis.pk == keuken.pk
    assert (huis.headcount, huis.response_count) == (10, 5)
    assert Response.objects.filter(team=huis).count() == 5
    assert OtherText.objects.filter(team=huis).count() == 3
    assert [team.name for team in survey_round.teams.all()] == ["Huis", "Zorg"]


def test_the_name_of_one_of_them_can_stay(sign_in, ilse, address, keuken, onthaal):
    sign_in(ilse).post(address, both(keuken, onthaal, name="Onthaal"))

    assert Team.objects.get(name="Onthaal").response_count == 5


def test_what_is_printed_on_posters_keeps_working(client, sign_in, ilse, address, keuken, onthaal):
    sign_in(ilse).post(address, both(keuken, onthaal))
    huis = Team.objects.get(name="Huis")
    thanks, old_thanks = (reverse("thanks", args=[team.grouped_token]) for team in (huis, onthaal))

    opened = client.get(onthaal.get_absolute_url())
    sent = client.post(onthaal.get_absolute_url(), {"sleutel": str(uuid.uuid4()), "v1": "nee"})

    huis.refresh_from_db()
    assert opened.url == huis.get_absolute_url()
    assert sent.url == thanks
    assert huis.response_count == 6
    assert client.get(old_thanks).url == thanks


def test_a_form_that_was_sent_before_joining_counts_once_when_sent_again(
    client, sign_in, ilse, address, keuken, onthaal
):
    sent = {"sleutel": str(uuid.uuid4()), "v1": "nee"}
    client.post(onthaal.get_absolute_url(), sent)
    sign_in(ilse).post(address, both(keuken, onthaal))

    again = client.post(onthaal.get_absolute_url(), sent)

    assert again.status_code == 302
    assert Team.objects.get(name="Huis").response_count == 6


def test_a_form_that_arrives_while_teams_are_joined_is_kept(
    rf, sign_in, ilse, address, keuken, onthaal
):
    """The team was found just before it was joined."""
    sign_in(ilse).post(address, both(keuken, onthaal))
    request = rf.post(onthaal.get_absolute_url(), {"sleutel": str(uuid.uuid4()), "v1": "nee"})

    response = respond_views._receive(request, onthaal)

    assert response.status_code == 302
    assert Team.objects.get(name="Huis").response_count == 6


def test_joining_again_takes_the_older_links_along(sign_in, ilse, address, keuken, onthaal, zorg):
    client = sign_in(ilse)
    client.post(address, both(keuken, onthaal))

    client.post(address, {"teams": [str(keuken.pk), str(zorg.pk)], "name": "Allen"})

    allen = Team.objects.get()
    assert {link.token for link in allen.former_links.all()} == {onthaal.token, zorg.token}
    assert client.get(onthaal.get_absolute_url()).url == allen.get_absolute_url()


def test_after_closing_the_joined_team_stands_alone(
    sign_in, ilse, survey_round, address, keuken, onthaal
):
    sign_in(ilse).post(address, both(keuken, onthaal))

    closed = close_round(survey_round)

    segment = closed.segments.get()
    assert segment.response_count == 5
    assert [team.name for team in segment.teams.all()] == ["Huis"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"teams": []}, "Welke teams worden één team?"),
        ({"teams": ["x"]}, "Welke teams worden één team?"),
        ({"name": ""}, "Naam van het nieuwe team"),
        ({"name": "x" * 101}, "Naam van het nieuwe team"),
        ({"name": "ZORG"}, "Er is al een ander team met deze naam"),
    ],
)
def test_bad_input_is_told_and_joins_nothing(
    sign_in, ilse, address, keuken, onthaal, changes, said
):
    response = sign_in(ilse).post(address, both(keuken, onthaal, **changes))

    assert response.status_code == 422
    assert said in page(response)
    assert Team.objects.count() == 3


def test_one_team_twice_is_one_team(sign_in, ilse, address, keuken):
    response = sign_in(ilse).post(address, {"teams": [str(keuken.pk)] * 2, "name": "Huis"})

    assert response.status_code == 422
    assert "Kies minstens twee teams." in page(response)


def test_a_team_of_another_round_is_refused(sign_in, ilse, questionnaire, address, keuken, onthaal):
    elsewhere = SurveyRoundFactory(
        organisation=OrganisationFactory(name="Elders"), questionnaire=questionnaire
    )
    foreign = TeamFactory(survey_round=elsewhere, name="Vreemd")

    response = sign_in(ilse).post(
        address, both(keuken, onthaal, teams=[str(keuken.pk), str(foreign.pk)])
    )

    assert response.status_code == 422
    assert Team.objects.filter(pk=foreign.pk).exists()


def test_a_closed_round_keeps_its_teams(sign_in, ilse, survey_round, address, keuken, onthaal):
    close_round(survey_round)

    response = sign_in(ilse).post(address, both(keuken, onthaal))

    assert response.url == survey_round.get_absolute_url()
    assert Team.objects.count() == 3
    assert not FormerLink.objects.exists()


def test_one_team_has_nothing_to_join(sign_in, ilse, zorg):
    response = sign_in(ilse).get(reverse("teams_join", args=[zorg.survey_round.pk]))

    assert response.url == SurveyRound.objects.get().get_absolute_url()


def test_only_hr_of_the_organisation_joins(client, sign_in, bram, noor, address):
    assert client.post(address).url.startswith("/account/login/")
    assert sign_in(bram).post(address).status_code == 403
    assert sign_in(noor).post(address).status_code == 404
    assert Team.objects.count() == 3


def test_a_wrong_method_is_refused(sign_in, ilse, address):
    assert sign_in(ilse).put(address).status_code == 405


def test_the_round_page_offers_it_with_two_teams(sign_in, ilse, survey_round, address):
    assert address in page(sign_in(ilse).get(survey_round.get_absolute_url()))


def test_a_joined_team_is_every_team_that_its_teams_were(
    sign_in, ilse, de_linde, survey_round, address, keuken, onthaal
):
    earlier = SurveyRoundFactory(organisation=de_linde, title="Vorig jaar")
    SurveyRound.objects.filter(pk=survey_round.pk).update(previous=earlier)
    balie, _zorg = (TeamFactory(survey_round=earlier, name=name) for name in ("Balie", "Zorg"))
    TeamFactory(survey_round=earlier, name="Keuken")  # of which nothing was noted
    onthaal.previous_teams.add(balie)

    sign_in(ilse).post(address, both(keuken, onthaal))

    huis = Team.objects.get(name="Huis")
    assert [team.name for team in huis.previous_teams.order_by("name")] == ["Balie", "Keuken"]
