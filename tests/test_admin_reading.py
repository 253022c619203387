"""What stands fixed in the admin: questionnaires, segments, actions and the log."""

import re

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import ActionPoint, Answer, AuditEntry, OtherText, Questionnaire, Segment
from tests.admin_data import make_anonymous_round


@pytest.fixture
def open_round(questionnaire, de_linde):
    return make_anonymous_round(de_linde)


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


# The instrument is a file


def test_a_questionnaire_is_shown_in_the_order_of_the_leaflet(desk, questionnaire):
    page = desk.get(reverse("admin:survey_questionnaire_change", args=[questionnaire.pk]))

    texts = [question.text["nl"] for question in questionnaire.questions.all()]
    places = [page.content.decode().index(text) for text in texts]
    assert places == sorted(places)
    assert "Een vragenlijst is een bestand en verandert nooit." in words_of(page)


def test_a_questionnaire_cannot_be_made_or_changed(desk, questionnaire):
    url = reverse("admin:survey_questionnaire_change", args=[questionnaire.pk])

    assert desk.get("/admin/survey/questionnaire/add/").status_code == 403
    assert desk.post(url, {"code": "anders"}).status_code == 403
    assert "is een bestand" in words_of(desk.get("/admin/survey/questionnaire/"))


@pytest.mark.parametrize(("is_used", "status"), [(True, 403), (False, 302)])
def test_a_questionnaire_goes_only_while_unused(desk, open_round, is_used, status):
    questionnaire = open_round.questionnaire
    if not is_used:
        Answer.objects.all().delete()
        OtherText.objects.all().delete()
        open_round.delete()
    url = reverse("admin:survey_questionnaire_delete", args=[questionnaire.pk])

    answer = desk.post(url, {"post": "yes"})

    assert answer.status_code == status
    assert Questionnaire.objects.exists() == is_used


# What came out


def test_a_segment_shows_its_name_and_counts(desk, open_round):
    close_round(open_round)
    pool = Segment.objects.get(position=2)

    page = desk.get(reverse("admin:survey_segment_change", args=[pool.pk]))

    assert "Keuken en Onthaal samen" in words_of(page)
    assert words_of(page).count("geen antwoord") == 11
    assert desk.post(page.request["PATH_INFO"], {"response_count": 1}).status_code == 403


def test_the_list_of_segments_costs_the_same(desk, open_round, django_assert_num_queries):
    close_round(open_round)
    url = "/admin/survey/segment/"
    with django_assert_num_queries(5):
        desk.get(url)

    close_round(make_anonymous_round(open_round.organisation, "Nog een"))

    with django_assert_num_queries(5):
        desk.get(url)


def test_an_action_can_be_mended_but_not_moved(desk, open_round):
    close_round(open_round)
    segment = Segment.objects.get(position=1)
    action = ActionPoint.objects.create(
        survey_round=segment.survey_round, segment=segment, position=1, text="Elke maand koffie"
    )
    url = reverse("admin:survey_actionpoint_change", args=[action.pk])

    page = desk.get(url)
    desk.post(url, {"text": "Elke week koffie", "state": "BUSY", "position": 3, "segment": ""})

    action.refresh_from_db()
    assert "Zorg" in words_of(page)
    assert (action.text, action.state) == ("Elke week koffie", "BUSY")
    assert (action.position, action.segment) == (1, segment)


def test_the_log_cannot_be_changed(desk, open_round, ada):
    entry = AuditEntry.objects.create(
        user=ada, user_email=ada.email, survey_round=open_round, what=AuditEntry.What.LIST
    )
    url = reverse("admin:survey_auditentry_change", args=[entry.pk])

    assert desk.get(url).status_code == 200
    assert desk.post(url, {"what": "EXPORT"}).status_code == 403
    assert desk.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert desk.get("/admin/survey/auditentry/add/").status_code == 403
    assert AuditEntry.objects.count() == 1
