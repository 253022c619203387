"""Who the notice board speaks for: teams that share a report, one form of a team, two sides."""

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import ActionPoint, SurveyRound
from tests.factories import SurveyRoundFactory, TeamFactory, send
from tests.test_notice import A4, board, needs_pango, page, size_of


@pytest.fixture
def pooled(survey_round):
    """A closed round of five small teams that share a report."""
    for name in ("Keuken", "Onthaal", "Techniek", "Poets", "Balie"):
        for _ in range(2):
            team, _made = survey_round.teams.get_or_create(name=name, defaults={"headcount": 4})
            send(team, v1="ja")
    return close_round(survey_round)


def test_of_a_divided_question_both_sides_hang_on_the_board(sign_in, bram, survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg")
    for answer in ["ja"] * 5 + ["nee"] * 6:
        send(team, v1=answer)
    closed = close_round(survey_round)
    segment = closed.segments.get()
    client = sign_in(bram)

    client.post(board(closed, segment), {"questions": ["v1"]})
    shown = page(client.get(board(closed, segment))).split('class="board ')[1]

    assert shown.index("zeggen nee") < shown.index("zeggen ja")
    assert "<strong>6</strong> van 11" in shown
    assert "<strong>5</strong> van 11" in shown


def test_other_teams_are_listed_beneath_their_heading(sign_in, bram, pooled):
    client = sign_in(bram)
    client.post(board(pooled), {"questions": ["v1"]})

    shown = page(client.get(board(pooled))).split('class="board ')[1]

    assert "Overige teams" in shown
    assert '<p class="board-teams">Balie, Keuken, Onthaal, Poets, Techniek</p>' in shown


@needs_pango
@pytest.mark.parametrize("questions", [["v1"], ["v1", "v6", "v10"]])
def test_a_board_with_a_list_of_long_names_is_still_one_sheet(sign_in, bram, pooled, questions):
    for number, team in enumerate(pooled.teams.all()):
        team.name = (
            f"Dienst {number} voor thuiszorg, poetshulp en gezinszorg van de regio en de stad"
        )
        team.save()
    ActionPoint.objects.create(
        survey_round=pooled, position=1, text="Samen eten", state="BUSY", is_shared=True
    )
    client = sign_in(bram)
    client.post(board(pooled), {"questions": questions})
    ActionPoint.objects.update(is_shared=True)

    assert size_of(client.get(board(pooled, name="notice_pdf"))) == A4


def test_one_form_filled_in_together_is_not_one_of_eight(sign_in, bram, de_linde, questionnaire):
    together = SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, mode=SurveyRound.Mode.ORGANISATION
    )
    send(TeamFactory(survey_round=together, name="Directie", headcount=8), v1="ja")
    client = sign_in(bram)
    client.post(board(together), {"questions": ["v1"]})
    sheet = reverse("participant_sheet", args=[together.pk])
    report = reverse("report", args=[together.pk])

    for address in (board(together), sheet, report):
        shown = page(client.get(address))
        assert "Eén formulier, samen ingevuld" in shown
        assert "1 van 8" not in shown
