"""Where there is only one team, nobody is asked to choose one."""

from django.urls import reverse

from tests.factories import TeamFactory


def page(response):
    return response.content.decode()


def test_with_one_team_there_is_one_link_to_share(sign_in, ilse, zorg):
    client = sign_in(ilse)
    address = zorg.survey_round.get_absolute_url()

    with_one = page(client.get(address))
    TeamFactory(survey_round=zorg.survey_round, name="Keuken", position=2)
    with_two = page(client.get(address))

    assert "stuur dan de link rond" in with_one
    assert "stuur dan elke link naar zijn team" in with_two


def test_only_with_several_teams_the_general_link_asks_for_the_team(
    sign_in, ilse, survey_round, zorg
):
    client = sign_in(ilse)
    address = reverse("share", args=[survey_round.pk])

    with_one = client.get(address)
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    with_two = client.get(address)

    asked = ["kiest eerst zijn team", "Je kiest eerst je team."]
    assert [words in page(with_one) for words in asked] == [False, False]
    assert [words in page(with_two) for words in asked] == [True, True]
    mail = with_one.context["invitations"][0].mail
    assert all(line == line.rstrip() for line in mail.splitlines())


def test_with_one_team_the_page_of_the_round_has_no_link_for_everybody(
    sign_in, ilse, survey_round, zorg
):
    client = sign_in(ilse)
    address = survey_round.get_absolute_url()

    with_one = page(client.get(address))
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    with_two = page(client.get(address))

    assert [shown.count("Eén link voor iedereen") for shown in (with_one, with_two)] == [0, 1]


def test_under_the_teams_adding_one_is_the_only_button(sign_in, ilse, survey_round, zorg):
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)

    shown = page(sign_in(ilse).get(survey_round.get_absolute_url()))

    teams = shown.split('id="teams"')[1].split("</section>")[0]
    assert teams.count('class="button') == 1
    assert 'class="button button-quiet" href="' + reverse("team_new", args=[survey_round.pk]) in (
        teams
    )
