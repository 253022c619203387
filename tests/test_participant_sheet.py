"""The participant sheet: two pages of A4 for everybody around the table."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.closing import close_round
from survey.models import SurveyRound, Team
from survey.report import pdf
from tests.factories import SurveyRoundFactory, TeamFactory, send

A4 = (595, 842)
EVERYTHING = {
    "v1": "ja",
    "v2": "nee",
    "v3": "ja",
    "v4": "nee",
    "v5": "ja",
}

needs_pango = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")


def page(response):
    return response.content.decode()


def fill(team, number):
    for _ in range(number):
        send(team, **EVERYTHING, v6=["koffie"])


@pytest.fixture
def closed(survey_round, zorg):
    """A closed round of Zorg with five responses."""
    fill(zorg, 5)
    return close_round(survey_round)


def sheet(survey_round, name="participant_sheet"):
    return reverse(name, args=[survey_round.pk])


def read_pdf(response):
    return PdfReader(io.BytesIO(response.content))


def test_the_sheet_shows_counts_rules_and_who_was_absent(sign_in, bram, closed):
    response = sign_in(bram).get(sheet(closed))

    assert response.status_code == 200
    assert page(response).count('class="dot"') == 11
    assert "5 van 5" in page(response)
    assert "Wie leidinggeeft, spreekt het laatst." in page(response)
    assert "Wie was er niet bij, en wie vertelt het verder?" in page(response)


def test_the_sheet_of_a_segment_names_that_team(sign_in, bram, survey_round, zorg):
    fill(zorg, 5)
    fill(TeamFactory(survey_round=survey_round, name="Keuken", position=2), 6)
    segment = close_round(survey_round).segments.get(teams__name="Keuken")

    response = sign_in(bram).get(
        reverse("segment_participant_sheet", args=[survey_round.pk, segment.pk])
    )

    assert "<h1>Keuken</h1>" in page(response)
    assert "6 van 6" in page(response)


@needs_pango
@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
@pytest.mark.parametrize("number", [5, 20])
def test_the_pdf_is_two_pages_of_a4_in_every_language(
    sign_in, bram, survey_round, zorg, language, number
):
    survey_round.organisation.name = "Woonzorgcentrum " * 6
    survey_round.organisation.save()
    SurveyRound.objects.update(title="Leercultuur van iedereen " * 4)
    Team.objects.update(name="Dienst thuiszorg en poetshulp " * 3, headcount=40)
    zorg.refresh_from_db()
    fill(zorg, number)
    close_round(survey_round)
    client = sign_in(bram)
    client.cookies["taal"] = language

    document = read_pdf(client.get(sheet(survey_round, "participant_sheet_pdf")))

    sizes = [tuple(round(side) for side in each.mediabox[2:]) for each in document.pages]
    assert sizes == [A4, A4]
    assert document.trailer["/Root"]["/Lang"] == language


@needs_pango
def test_nothing_on_the_sheet_is_smaller_than_ten_points(sign_in, bram, closed):
    document = read_pdf(sign_in(bram).get(sheet(closed, "participant_sheet_pdf")))

    points = set()
    for each in document.pages:
        each.extract_text(
            visitor_text=lambda text, cm, tm, _font, size: points.add(
                round(abs(size * tm[3] * cm[3]), 1) if text.strip() else None
            )
        )
    hidden = 0.1  # words for who listens, in print
    assert min(points - {None, hidden}) == 10


def test_before_closing_there_is_no_sheet(sign_in, bram, survey_round, zorg):
    fill(zorg, 5)
    client = sign_in(bram)

    answers = [
        client.get(sheet(survey_round, name))
        for name in ("participant_sheet", "participant_sheet_pdf")
    ]

    assert [answer.url for answer in answers] == [reverse("report", args=[survey_round.pk])] * 2


def test_one_form_filled_in_together_gives_a_sheet_too(sign_in, bram, de_linde, questionnaire):
    together = SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, mode=SurveyRound.Mode.ORGANISATION
    )
    fill(TeamFactory(survey_round=together, name="Directie"), 1)

    response = sign_in(bram).get(sheet(together))

    assert "aangekruist" in page(response)


def test_members_of_another_organisation_find_nothing(sign_in, noor, closed):
    client = sign_in(noor)

    assert client.get(sheet(closed)).status_code == 404
    assert client.get(sheet(closed, "participant_sheet_pdf")).status_code == 404


def test_a_visitor_signs_in_first(client, closed):
    assert client.get(sheet(closed)).url == f"{reverse('account_login')}?next={sheet(closed)}"


def test_the_sheet_takes_no_post(sign_in, ilse, closed):
    assert sign_in(ilse).post(sheet(closed)).status_code == 405


def test_the_sheet_has_a_fixed_number_of_queries(sign_in, bram, closed, django_assert_num_queries):
    client = sign_in(bram)
    client.get(sheet(closed))

    # Session, user, round; teams, tallies, texts and actions.
    with django_assert_num_queries(7):
        client.get(sheet(closed))


@needs_pango
@pytest.mark.parametrize("language", ["nl", "de"])
def test_other_teams_are_listed_and_the_sheet_stays_two_pages(
    sign_in, bram, survey_round, language
):
    for number in range(10):
        name = f"Dienst {number} voor thuiszorg, poetshulp en gezinszorg van de regio en de stad"
        team = TeamFactory(survey_round=survey_round, name=name, headcount=40, position=number)
        fill(team, 3)
    close_round(survey_round)
    client = sign_in(bram)
    client.cookies["taal"] = language

    shown = page(client.get(sheet(survey_round)))
    document = read_pdf(client.get(sheet(survey_round, "participant_sheet_pdf")))

    assert "Dienst 9 voor thuiszorg" in shown
    assert "Dienst 0 voor thuiszorg" in document.pages[0].extract_text()
    assert len(document.pages) == 2


def test_a_long_list_leaves_more_lines_to_write_on_than_a_short_one(sign_in, bram, closed):
    response = sign_in(bram).get(sheet(closed))

    notes = page(response).split('class="own-notes"')[1:12]
    lines = [each.split("</div>")[0].count("<span></span>") for each in notes]
    assert lines == [2, 2, 2, 2, 2, 4, 4, 5, 5, 5, 5]
