"""The A4 report has at most six pages, whatever people wrote (docs/decisions/0007)."""

import datetime
import io

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from survey.closing import close_round
from survey.models import ActionPoint, OtherText, Questionnaire
from survey.report import pdf
from survey.report.build import build_report
from tests.factories import SurveyRoundFactory, TeamFactory, send

pytestmark = pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")

MOST_PAGES = 6
LONG_TEXT = "Bij de overdracht, als er eens tijd is om samen door te praten over de week. " * 4
LONG_NAME = "Dienst voor thuiszorg, poetshulp en aanvullende gezinszorg van de regio en de stad"
YES_NO = ["v1", "v2", "v3", "v4", "v5"]
SPLIT = [dict.fromkeys(YES_NO, "ja"), dict.fromkeys(YES_NO, "nee")]


def pages(report, language):
    with override(language):
        return len(PdfReader(io.BytesIO(pdf.write_pdf(report))).pages)


def write_texts(survey_round, count, text=LONG_TEXT[:300]):
    """Put so many shown texts at each question where something can be added."""
    segment = survey_round.segments.first()
    questions = Questionnaire.objects.get().questions.filter(kind="MULTIPLE")
    OtherText.objects.bulk_create(
        OtherText(segment=segment, question=question, text=text, state=OtherText.State.SHOWN)
        for question in questions
        for _ in range(count)
    )


def longest_topic(question):
    return -max(len(topic) for topic in question.topic.values())


def agree_on_much(survey_round, count):
    """Agree on actions in which every field is as long as it may be, on the longest topic."""
    questions = sorted(Questionnaire.objects.get().questions.all(), key=longest_topic)
    for position in range(1, count + 1):
        ActionPoint.objects.create(
            survey_round=survey_round,
            segment=survey_round.segments.first(),
            position=position,
            text=LONG_TEXT[:200],
            first_step=LONG_TEXT[:200],
            who=LONG_TEXT[:100],
            needed=LONG_TEXT[:200],
            noticed_by=LONG_TEXT[:200],
            asked_of_management=LONG_TEXT[:200],
            review_on=datetime.date(2027, 2, 1),
            state=ActionPoint.State.CHANGED,
            question=questions[0],
        )


@pytest.fixture
def long_round(survey_round):
    """Ten small teams with names of 100 characters, pooled; long earlier actions."""
    survey_round.organisation.name = f"{LONG_NAME} en omstreken"[:100]
    survey_round.organisation.save()
    earlier = SurveyRoundFactory(
        organisation=survey_round.organisation, questionnaire=survey_round.questionnaire
    )
    names = [f"{LONG_NAME} nummer {number}"[:100] for number in range(10)]
    for each in (earlier, survey_round):
        for position, name in enumerate(names):
            team = TeamFactory(survey_round=each, name=name, position=position)
            for answers in SPLIT:
                send(team, **answers)
    closed = close_round(earlier)
    agree_on_much(closed, 3)
    survey_round.title = LONG_NAME
    survey_round.read_by = LONG_TEXT[:200]
    survey_round.previous = closed
    survey_round.save()
    return survey_round


@pytest.mark.parametrize(
    ("language", "texts"), [("nl", 10), ("fr", 3), ("fr", 10), ("de", 0), ("de", 10)]
)
def test_a_report_of_long_names_texts_and_plans_stays_within_six_pages(long_round, language, texts):
    closed = close_round(long_round)
    write_texts(closed, texts)
    agree_on_much(closed, 3)

    with override(language):
        report = build_report(closed)

    assert report.name
    assert len(report.earlier_actions) == 3
    assert pages(report, language) <= MOST_PAGES


def test_ten_thousand_texts_give_as_many_pages_as_ten(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg", headcount=30)
    for number in range(23):
        send(team, **SPLIT[number % 2], v6=["koffie"])
    closed = close_round(survey_round)

    write_texts(closed, 10)
    with_ten = pages(build_report(closed), "nl")
    write_texts(closed, 1650)

    assert with_ten == MOST_PAGES
    assert pages(build_report(closed), "nl") == with_ten


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_short_report_stays_short(survey_round, language):
    team = TeamFactory(survey_round=survey_round, name="Zorg")
    for _ in range(6):
        send(team, v1="ja", v6=["koffie"], texts={"v6": "Op de parking"})
    closed = close_round(survey_round)
    OtherText.objects.update(state=OtherText.State.SHOWN)

    with override(language):
        report = build_report(closed)

    assert 4 <= pages(report, language) <= MOST_PAGES


@pytest.mark.parametrize("name", ["Stad Lokeren, dienst Vrije Tijd & Bibliotheek", LONG_NAME])
def test_what_a_team_expects_never_spills_to_a_second_page(survey_round, name):
    survey_round.organisation.name = name
    survey_round.organisation.save()
    survey_round.opened_on -= datetime.timedelta(days=18)
    survey_round.save()
    for team_name in ["Zorg", "Keuken", "Onthaal en administratie", "Technische dienst"]:
        team = TeamFactory(survey_round=survey_round, name=team_name)
        for answers in SPLIT * 3:
            send(team, **answers)

    report = build_report(close_round(survey_round))

    document = PdfReader(io.BytesIO(pdf.write_pdf(report)))
    assert report.name == ""
    assert document.pages[1].extract_text().startswith("Wat valt op?")


def test_the_running_head_of_an_organisation_has_its_whole_name(survey_round):
    name = "Stad Lokeren, dienst Vrije Tijd & Bibliotheek"
    survey_round.organisation.name = name
    survey_round.organisation.save()
    for team_name in ["Zorg", "Keuken"]:
        team = TeamFactory(survey_round=survey_round, name=team_name)
        for answers in SPLIT * 3:
            send(team, **answers)

    report = build_report(close_round(survey_round))

    document = PdfReader(io.BytesIO(pdf.write_pdf(report)))
    assert name in document.pages[2].extract_text()


def test_nothing_that_must_be_read_is_smaller_than_nine_points(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Zorg")
    for answers in SPLIT * 3:
        send(team, **answers)
    closed = close_round(survey_round)
    write_texts(closed, 10)

    points = set()
    for page in PdfReader(io.BytesIO(pdf.write_pdf(build_report(closed)))).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, _font, size: points.add(
                round(abs(size * tm[3] * cm[3]), 1) if text.strip() else None
            )
        )

    hidden = 0.1  # words for who listens, in print
    assert min(points - {None, hidden}) == 9
