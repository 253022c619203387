"""The pages of a report: who may open them, and what a file of it holds."""

import io
import uuid
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.closing import close_round
from survey.models import OtherText
from tests.factories import TeamFactory, send


@pytest.fixture
def closed_round(survey_round):
    for name, count in [("Zorg", 12), ("Keuken", 6)]:
        team = TeamFactory(survey_round=survey_round, name=name)
        for number in range(count):
            send(team, v1="ja" if number < 4 else "nee", v6=["koffie"])
    return close_round(survey_round)


def addresses(closed_round):
    segment = closed_round.segments.first().pk
    names = ["report", "report_pdf", "report_csv", "report_xlsx"]
    return [reverse(name, args=[closed_round.pk]) for name in names] + [
        reverse(f"segment_{name}", args=[closed_round.pk, segment]) for name in names
    ]


@pytest.mark.parametrize("person", ["ilse", "bram"])
def test_members_open_every_page_of_the_report(closed_round, sign_in, person, request):
    client = sign_in(request.getfixturevalue(person))

    answers = [client.get(address) for address in addresses(closed_round)]
    for answer in answers:
        answer.close()

    assert [answer.status_code for answer in answers] == [200] * 8
    assert all("no-store" in answer["Cache-Control"] for answer in answers)


def test_for_others_the_report_does_not_exist(closed_round, sign_in, noor):
    client = sign_in(noor)

    assert [client.get(address).status_code for address in addresses(closed_round)] == [404] * 8


def test_visitors_sign_in_first(closed_round, client):
    assert [client.get(address).status_code for address in addresses(closed_round)] == [302] * 8


def test_a_report_is_only_read(closed_round, sign_in, ilse):
    client = sign_in(ilse)

    assert [client.post(address).status_code for address in addresses(closed_round)] == [405] * 8


def test_a_segment_that_does_not_exist_is_not_found(closed_round, sign_in, ilse):
    address = reverse("segment_report", args=[closed_round.pk, uuid.uuid4()])

    assert sign_in(ilse).get(address).status_code == 404


def test_before_closing_files_lead_back_to_the_page_that_says_why(zorg, sign_in, ilse):
    for _ in range(6):
        send(zorg, v1="ja")
    client = sign_in(ilse)

    for name in ["report_pdf", "report_csv", "report_xlsx"]:
        answer = client.get(reverse(name, args=[zorg.survey_round.pk]))

        assert answer.url == reverse("report", args=[zorg.survey_round.pk])

    page = client.get(reverse("report", args=[zorg.survey_round.pk]))
    assert "Er is nog geen rapport" in page.content.decode()
    assert "van 6" not in page.content.decode()


@pytest.mark.parametrize("name", ["report_pdf", "participant_sheet_pdf", "notice_pdf"])
def test_where_no_pdf_can_be_made_it_leads_to_the_same_report(
    closed_round, sign_in, ilse, name, monkeypatch
):
    monkeypatch.setattr("survey.report.pdf.is_available", lambda: False)
    segment = closed_round.segments.first()

    answer = sign_in(ilse).get(reverse(f"segment_{name}", args=[closed_round.pk, segment.pk]))

    assert answer.url == segment.get_absolute_url()


def test_the_csv_holds_every_count(closed_round, sign_in, ilse):
    address = reverse("report_csv", args=[closed_round.pk])

    lines = b"".join(sign_in(ilse).get(address).streaming_content).decode("utf-8-sig").split("\r\n")

    assert lines[0] == "vraag;tekst van de vraag;antwoord;aantal;van"
    assert lines[1].endswith(";Ja;8;18")
    assert lines[2].endswith(";Nee;10;18")
    assert len(lines) == 1 + 5 * 3 + 41 + 6 + 1  # head, yes/no, options, skipped, last line end


def test_the_workbook_opens_and_holds_the_counts(closed_round, sign_in, ilse):
    address = reverse("report_xlsx", args=[closed_round.pk])

    answer = sign_in(ilse).get(address)
    sheet = ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("xl/worksheets/sheet1.xml")
    answer.close()

    assert b"Bij de koffie" in sheet
    assert b"<f>" not in sheet  # no formulas


def test_the_pdf_is_tagged_and_tells_its_language_and_counts(closed_round, sign_in, bram):
    zorg = closed_round.teams.get(name="Zorg").segment_id
    address = reverse("segment_report_pdf", args=[closed_round.pk, zorg])

    pdf = PdfReader(io.BytesIO(sign_in(bram).get(address).content))

    assert 4 <= len(pdf.pages) <= 6
    assert pdf.trailer["/Root"]["/Lang"] == "nl"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in pdf.xmp_metadata.stream.get_data().decode()
    assert [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "4 van 12" in text
    assert "Geen score, wel een gesprek" in pdf.pages[0].extract_text()
    assert "Wat valt op?" not in pdf.pages[0].extract_text()
    assert "Wat gaan we doen?" in pdf.pages[-1].extract_text()


def test_an_unchanged_report_is_drawn_once(closed_round, sign_in, bram, monkeypatch):
    import weasyprint

    client = sign_in(bram)
    address = reverse("report_pdf", args=[closed_round.pk])
    first = client.get(address).content
    monkeypatch.delattr(weasyprint.HTML, "write_pdf")

    assert client.get(address).content == first


def test_the_page_of_the_report_costs_five_queries(
    closed_round, sign_in, bram, django_assert_num_queries
):
    client = sign_in(bram)
    address = reverse("report", args=[closed_round.pk])

    with django_assert_num_queries(2 + 5):  # session and user; the rest is the report
        client.get(address)


def test_a_report_of_very_many_texts_says_how_many_at_least(closed_round, sign_in, ilse):
    segment = closed_round.segments.first()
    six = closed_round.questionnaire.questions.get(number=6)
    for state in (OtherText.State.SHOWN, OtherText.State.PENDING):
        OtherText.objects.bulk_create(
            OtherText(segment=segment, question=six, text=f"Tekst {number}", state=state)
            for number in range(120)
        )

    page = sign_in(ilse).get(reverse("segment_report", args=[closed_round.pk, segment.pk]))

    assert "En nog minstens 80, die HR kan nalezen." in page.text
    assert "Minstens 100 aanvullingen zijn nog niet nagelezen" in page.text
