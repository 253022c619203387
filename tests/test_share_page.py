"""The page from which a survey round is shared: the link of each team, or the only one."""

import pytest
from django.urls import reverse

from tests.factories import TeamFactory


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://leren.example"


def of_team(name, team):
    return reverse(name, args=[team.survey_round_id, team.pk])


def page(response):
    return response.content.decode()


def test_every_team_has_its_link_and_its_poster_on_the_page_to_share(
    sign_in, ilse, survey_round, zorg
):
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", position=2)

    body = page(sign_in(ilse).get(reverse("share", args=[survey_round.pk])))

    for team in [zorg, keuken]:
        address = f"https://leren.example/v/{team.grouped_token}/"
        assert f'<p class="full-link" id="link-{team.position}">{address}</p>' in body
        assert f'data-copy="link-{team.position}"' in body
        assert f'href="{of_team("poster", team)}"' in body


def test_with_one_team_the_page_to_share_has_one_link_and_all_prints(
    sign_in, ilse, survey_round, zorg
):
    body = page(sign_in(ilse).get(reverse("share", args=[survey_round.pk])))

    assert body.count('class="full-link"') == 1
    assert f'id="link">https://leren.example/v/{zorg.grouped_token}/</p>' in body
    assert f"/v/{survey_round.grouped_token}/" not in body
    assert "Per team" not in body
    assert f'href="{of_team("cards", zorg)}"' in body
