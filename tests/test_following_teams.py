"""Which team of a new survey round was which team of the one before."""

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import SurveyRound
from tests.factories import SurveyRoundFactory, TeamFactory, send
from tests.test_prepare_new_round import filled_in


@pytest.fixture
def closed_round(questionnaire, de_linde):
    """A closed round of Zorg and Keuken."""
    survey_round = SurveyRoundFactory(organisation=de_linde)
    zorg = TeamFactory(survey_round=survey_round, name="Zorg", position=1)
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    for _ in range(5):
        send(zorg, v1="ja")
    return close_round(survey_round)


@pytest.fixture
def address(de_linde, closed_round):
    return f"{reverse('survey_round_new', args=[de_linde.pk])}?vorige={closed_round.pk}"


def copied(closed_round, *names, **changes):
    """What HR's browser sends after she typed these names over those of the closed round."""
    keys = [str(team.pk) for team in closed_round.teams.all()]
    hidden = {f"team-{row}-previous_team": key for row, key in enumerate(keys)}
    return filled_in([(name, "9" if name else "") for name in names], **hidden | changes)


def what_they_were():
    started = SurveyRound.objects.get(closed_at=None)
    return {
        team.name: [earlier.name for earlier in team.previous_teams.order_by("name")]
        for team in started.teams.all()
    }


def test_the_form_remembers_of_which_team_each_row_is_a_copy(sign_in, ilse, address, closed_round):
    client = sign_in(ilse)
    keys = [str(team.pk) for team in closed_round.teams.all()]

    first = client.get(address)
    more = client.post(address, copied(closed_round, "Zorg", "Keuken", add_row="1"))

    for response in (first, more):
        shown = response.content.decode()
        assert [f'value="{key}"' in shown for key in keys] == [True, True]


@pytest.mark.parametrize(
    ("names", "were"),
    [
        (("Zorg", "Keuken"), {"Zorg": ["Zorg"], "Keuken": ["Keuken"]}),
        (("Thuiszorg", "Keuken"), {"Thuiszorg": ["Zorg"], "Keuken": ["Keuken"]}),
        (("Keuken", ""), {"Keuken": ["Keuken"]}),
        (("Keuken", "Zorg"), {"Keuken": ["Keuken"], "Zorg": ["Zorg"]}),
        (("Keuken", "Huis"), {"Keuken": ["Keuken"], "Huis": []}),
        (("Zorg", "", "Onthaal"), {"Zorg": ["Zorg"], "Onthaal": []}),
    ],
)
def test_a_team_was_the_one_of_its_name_or_else_of_its_row(
    sign_in, ilse, address, closed_round, names, were
):
    sign_in(ilse).post(address, copied(closed_round, *names))

    assert what_they_were() == were


def test_a_row_that_is_made_empty_is_no_team(sign_in, ilse, address, closed_round):
    sign_in(ilse).post(address, copied(closed_round, "Zorg", ""))

    assert what_they_were() == {"Zorg": ["Zorg"]}


def test_a_team_of_another_round_is_nobodys_previous(sign_in, ilse, address, closed_round, zorg):
    SurveyRound.objects.filter(pk=zorg.survey_round_id).delete()
    other = TeamFactory(
        survey_round__voided_at="2026-01-01T00:00Z", survey_round__void_reason="Spam", name="Elders"
    )

    sent = copied(closed_round, "Nieuw", "Keuken", **{"team-0-previous_team": str(other.pk)})
    sign_in(ilse).post(address, sent)

    new = SurveyRound.objects.get(previous=closed_round).teams.get(name="Nieuw")
    assert not new.previous_teams.exists()


@pytest.mark.parametrize("key", ["x", "9" * 400, "nul\x00"])
def test_what_is_no_key_is_no_team(sign_in, ilse, address, closed_round, key):
    sent = copied(closed_round, "Thuiszorg", "Keuken", **{"team-0-previous_team": key})

    sign_in(ilse).post(address, sent)

    assert what_they_were() == {"Thuiszorg": [], "Keuken": ["Keuken"]}


def test_a_new_name_changes_nothing_about_who_it_was(sign_in, ilse, address, closed_round):
    client = sign_in(ilse)
    client.post(address, copied(closed_round, "Zorg", "Keuken"))
    zorg = SurveyRound.objects.get(closed_at=None).teams.get(name="Zorg")

    client.post(
        reverse("team_edit", args=[zorg.survey_round_id, zorg.pk]),
        {"name": "Thuiszorg", "headcount": "9"},
    )

    assert what_they_were() == {"Thuiszorg": ["Zorg"], "Keuken": ["Keuken"]}
