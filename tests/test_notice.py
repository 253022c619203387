"""The notice board: what a team said and does, as far as it chose to share that."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from survey.closing import close_round
from survey.models import ActionPoint, SharedFinding, SurveyRound
from survey.report import pdf
from survey.report.contents import ChoiceResult
from survey.report.notice import Notice, Said
from tests.factories import SurveyRoundFactory, TeamFactory, send

A4, A3 = (595, 842), (842, 1191)

needs_pango = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")


@pytest.fixture
def closed(survey_round, zorg):
    """A closed round with the segments Zorg and Keuken; ja wins at question 1, coffee at 6."""
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    for number in range(6):
        send(
            zorg,
            v1="ja" if number else "nee",
            v6=["koffie", "online-live"] if number else ["koffie"],
        )
        send(keuken, v1="nee")
    return close_round(survey_round)


@pytest.fixture
def action(closed, segment):
    return ActionPoint.objects.create(
        survey_round=closed, segment=segment, position=1, text="Samen eten", who="Sofie"
    )


def page(response):
    return response.content.decode()


def board(survey_round, segment=None, name="notice"):
    if segment is None:
        return reverse(name, args=[survey_round.pk])
    return reverse(f"segment_{name}", args=[survey_round.pk, segment.pk])


def shared(survey_round):
    findings = survey_round.shared_findings.order_by("question__number")
    return list(findings.values_list("segment__teams__name", "question__code"))


def size_of(response):
    [sheet] = PdfReader(io.BytesIO(response.content)).pages
    return tuple(round(side) for side in sheet.mediabox[2:])


def test_at_first_nothing_hangs_on_the_board(sign_in, bram, closed, segment, action):
    response = sign_in(bram).get(board(closed, segment))

    assert response.status_code == 200
    assert 'class="board' not in page(response)
    assert "checked" not in page(response)


def test_only_what_is_ticked_hangs_on_the_board(sign_in, bram, closed, segment, action):
    ActionPoint.objects.create(survey_round=closed, segment=segment, position=2, text="Geheim")
    client = sign_in(bram)

    client.post(board(closed, segment), {"questions": ["v1", "v6"], "actions": [str(action.pk)]})
    shown = page(client.get(board(closed, segment))).split('class="board ')[1]

    assert shared(closed) == [("Zorg", "v1"), ("Zorg", "v6")]
    assert "<strong>5</strong> van 6" in shown
    assert "zeggen ja" in shown
    assert shown.index("Bij de koffie") < shown.index("Online en live")
    assert "Samen eten" in shown
    assert "Geheim" not in shown


def test_unticking_takes_it_off_the_board(sign_in, bram, closed, segment, action):
    client = sign_in(bram)
    client.post(board(closed, segment), {"questions": ["v1"], "actions": [str(action.pk)]})

    client.post(board(closed, segment), {})

    action.refresh_from_db()
    assert shared(closed) == []
    assert not action.is_shared


def test_the_board_of_one_segment_leaves_the_others_alone(sign_in, bram, closed, segment, action):
    client = sign_in(bram)
    client.post(board(closed, segment), {"questions": ["v1"], "actions": [str(action.pk)]})

    client.post(board(closed), {"questions": ["v2"]})

    action.refresh_from_db()
    assert action.is_shared
    assert shared(closed) == [("Zorg", "v1"), (None, "v2")]


@pytest.mark.parametrize(
    "sent",
    [
        {"questions": ["v1", "v2", "v3", "v4"]},
        {"questions": ["v99"]},
        {"questions": ["v1\x00"]},
        {"actions": ["99999"]},
        {"actions": ["9" * 40]},
    ],
)
def test_a_bad_choice_changes_nothing(sign_in, bram, closed, segment, action, sent):
    response = sign_in(bram).post(board(closed, segment), sent)

    action.refresh_from_db()
    assert response.status_code == 422
    assert "Dit is nog niet bewaard" in page(response)
    assert shared(closed) == []
    assert not action.is_shared


def test_three_questions_may_hang_on_the_board(sign_in, bram, closed):
    sign_in(bram).post(board(closed), {"questions": ["v1", "v2", "v3"]})

    assert shared(closed) == [(None, "v1"), (None, "v2"), (None, "v3")]


def test_an_action_of_another_segment_cannot_be_shared(sign_in, bram, closed, action):
    other = closed.segments.get(teams__name="Keuken")

    response = sign_in(bram).post(board(closed, other), {"actions": [str(action.pk)]})

    action.refresh_from_db()
    assert response.status_code == 302  # Keuken has no actions, so its form asks about none
    assert not action.is_shared


def test_a_question_is_shared_once(closed, questionnaire):
    question = questionnaire.questions.get(code="v1")
    SharedFinding.objects.create(survey_round=closed, question=question)

    with pytest.raises(IntegrityError), transaction.atomic():
        SharedFinding.objects.create(survey_round=closed, question=question)


def test_what_a_team_shared_while_open_still_hangs_there_after_closing(
    sign_in, bram, de_linde, questionnaire
):
    together = SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, mode=SurveyRound.Mode.ORGANISATION
    )
    send(TeamFactory(survey_round=together, name="Directie"), v1="ja", v6=["koffie"])
    client = sign_in(bram)
    client.post(board(together), {"questions": ["v6"]})

    close_round(together)

    assert "Bij de koffie" in page(client.get(board(together)))
    client.post(board(together), {})
    assert shared(together) == []


@needs_pango
@pytest.mark.parametrize(("address", "size"), [("", A4), ("?formaat=a3", A3), ("?formaat=x", A4)])
def test_the_pdf_is_one_sheet(sign_in, bram, closed, segment, action, address, size):
    client = sign_in(bram)
    client.post(board(closed, segment), {"questions": ["v1", "v6"], "actions": [str(action.pk)]})

    response = client.get(board(closed, segment, "notice_pdf") + address)

    assert size_of(response) == size


@needs_pango
def test_a_full_board_is_still_one_sheet(sign_in, bram, closed):
    for team in closed.teams.all():
        team.name = f"Dienst thuiszorg en poetshulp {team.position} " * 3
        team.save()
    for position in (1, 2, 3):
        ActionPoint.objects.create(
            survey_round=closed, position=position, text="lang woord " * 18, who="Sofie en " * 11
        )
    keys = [str(key) for key in closed.action_points.values_list("pk", flat=True)]
    client = sign_in(bram)
    client.post(board(closed), {"questions": ["v6", "v10", "v11"], "actions": keys})

    assert size_of(client.get(board(closed, name="notice_pdf"))) == A4


def test_who_does_it_stands_there_only_when_somebody_chose_that(
    sign_in, bram, closed, segment, action
):
    ActionPoint.objects.update(is_shared=True)
    client = sign_in(bram)

    without = page(client.get(board(closed, segment)))
    chosen = client.post(
        board(closed, segment), {"actions": [str(action.pk)], "has_names": "on"}, follow=True
    )

    assert "Samen eten" in without
    assert "Sofie" not in without
    assert "Trekt de kar: Sofie" in page(chosen)
    assert "?namen=ja" in page(chosen)
    assert "Sofie" not in page(client.get(board(closed, segment)))


@needs_pango
def test_the_names_are_printed_when_chosen(sign_in, bram, closed, segment, action):
    ActionPoint.objects.update(is_shared=True)
    client = sign_in(bram)

    printed = [
        PdfReader(io.BytesIO(client.get(board(closed, segment, "notice_pdf") + query).content))
        for query in ("", "?namen=ja")
    ]

    assert ["Sofie" in pdf.pages[0].extract_text() for pdf in printed] == [False, True]


def test_the_heading_says_what_is_on_the_board(sign_in, bram, closed, segment, action):
    client = sign_in(bram)

    def heading(**ticked):
        client.post(board(closed, segment), ticked)
        shown = page(client.get(board(closed, segment)))
        return shown.split('<h2 class="board-title" id="bord">')[1].split("</h2>")[0]

    assert heading(actions=[str(action.pk)]) == "<mark>Dit doen we</mark>"
    assert heading(questions=["v1"]) == "<mark>Dit zeiden we</mark>"
    both = heading(questions=["v1"], actions=[str(action.pk)])
    assert both == "Dit zeiden we,<br><mark>dit doen we</mark>"


@needs_pango
def test_few_actions_fill_the_sheet_and_stay_on_it(sign_in, bram, closed):
    for position in (1, 2):
        ActionPoint.objects.create(
            survey_round=closed, position=position, text="x" * 44, who="Sofie", is_shared=True
        )

    assert size_of(sign_in(bram).get(board(closed, name="notice_pdf") + "?namen=ja")) == A4


def test_letters_get_smaller_as_the_board_fills_up():
    choice = ChoiceResult("a", "x" * 60, is_other=False, count=1, total=5, mark=None)

    def size(number):
        return Notice(tuple(Said(1, "t", False, (choice,)) for _ in range(number)), ()).size

    assert [size(5), size(6), size(7), size(8)] == ["large", "medium", "medium", "small"]


def test_an_empty_board_is_not_printed(sign_in, bram, closed):
    response = sign_in(bram).get(board(closed, name="notice_pdf"))

    assert response.url in (board(closed), reverse("report", args=[closed.pk]))


def test_before_closing_there_is_no_board(sign_in, ilse, survey_round, zorg):
    client = sign_in(ilse)

    assert client.get(board(survey_round)).url == reverse("report", args=[survey_round.pk])
    client.post(board(survey_round), {"questions": ["v1"]})
    assert shared(survey_round) == []


def test_members_of_another_organisation_find_nothing(sign_in, noor, closed):
    client = sign_in(noor)

    assert client.get(board(closed)).status_code == 404
    assert client.post(board(closed), {"questions": ["v1"]}).status_code == 404
    assert client.get(board(closed, name="notice_pdf")).status_code == 404


def test_a_visitor_signs_in_first(client, closed):
    assert client.get(board(closed)).url == f"{reverse('account_login')}?next={board(closed)}"


def test_the_board_cannot_be_deleted(sign_in, ilse, closed):
    assert sign_in(ilse).delete(board(closed)).status_code == 405


def test_the_board_has_a_fixed_number_of_queries(
    sign_in, bram, closed, segment, action, django_assert_num_queries
):
    client = sign_in(bram)
    client.post(board(closed, segment), {"questions": ["v1", "v6"], "actions": [str(action.pk)]})
    client.get(board(closed, segment))

    # Session, user, round; teams, tallies, texts and actions; what is shared.
    with django_assert_num_queries(8):
        client.get(board(closed, segment))
