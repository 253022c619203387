"""One row per response, as a file: what it holds, what it costs, and T7 and T9."""

import pytest
from django.urls import reverse

from survey.admin import export as export_module
from survey.admin import responses as responses_module
from survey.closing import close_round
from survey.models import AuditEntry, Response, SurveyRound
from tests.admin_data import make_anonymous_round, make_longer, make_team_round

LIST = "/admin/survey/response/"


@pytest.fixture
def closed_round(questionnaire, de_linde):
    return close_round(make_anonymous_round(de_linde))


@pytest.fixture
def team_round(questionnaire, de_linde):
    return make_team_round(de_linde)


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


def looks():
    return list(AuditEntry.objects.order_by("pk").values_list("user_email", "what"))


def export(desk, kind, **query):
    keys = list(Response.objects.values_list("pk", flat=True))
    url = reverse("admin:survey_response_changelist", query=query)
    return desk.post(url, {"action": f"export_{kind}", "_selected_action": keys})


def test_an_anonymous_export_has_a_row_per_response_without_andere(desk, closed_round):
    answer = export(desk, "csv")

    head, *rows = [line.split(";") for line in answer.getvalue().decode().splitlines()]
    assert len(head) == 3 + 5 + 5 + 5 + 6 + 6 + 6 + 7
    assert "Andere" not in "".join(head)
    zorg = ["Woonzorgcentrum De Linde", "Leercultuur najaar 2026", "Zorg"]
    pool = [*zorg[:2], "Keuken en Onthaal samen"]
    cells = ["Ja", "", "", "", "", "1", *"0000"]
    # Everybody ticked Andere alone at question 7, which nobody left open.
    cells += [*[""] * 5, *"0" * (6 + 6 + 6 + 7)]
    assert sorted(rows) == sorted([zorg + cells] * 6 + [pool + cells] * 5)
    assert looks() == [("ada@site.example", "EXPORT")]


def test_an_export_of_a_round_filled_in_together_has_andere(desk, team_round):
    answer = export(desk, "csv")

    head, first, second = answer.getvalue().decode().splitlines()
    assert head.count(" Andere") == 6
    assert "Samen ingevuld;Directie;Nee;;;;;0;0;1;0;0;1;" in first
    assert "Samen ingevuld;Directie;;Ja;;;;0;0;0;0;0;0;" in second


def test_an_export_follows_the_filter(desk, closed_round, team_round):
    answer = export(desk, "csv", survey_round=team_round.pk)

    assert len(answer.getvalue().splitlines()) == 1 + 2
    assert answer["Content-Disposition"] == (
        'attachment; filename="inzendingen-samen-ingevuld.csv"'
    )


def test_an_export_to_excel_is_a_workbook(desk, closed_round):
    answer = export(desk, "xlsx")

    content = answer.getvalue()
    answer.close()
    assert content[:2] == b"PK"
    assert answer["Content-Disposition"].endswith('najaar-2026.xlsx"')


def test_a_workbook_that_takes_too_long_is_refused_kindly(desk, closed_round, monkeypatch):
    monkeypatch.setattr(responses_module, "MOST_IN_WORKBOOK", 10)

    answer = export(desk, "xlsx")

    assert answer.status_code == 302
    assert "hoogstens 10 inzendingen" in desk.get(answer.url).content.decode()
    assert len(export(desk, "csv").getvalue().splitlines()) == 1 + 11


def test_responses_of_different_questionnaires_are_not_mixed(
    desk, closed_round, team_round, other_questionnaire
):
    SurveyRound.objects.filter(pk=team_round.pk).update(questionnaire=other_questionnaire)

    answer = export(desk, "csv")

    assert answer.status_code == 302
    assert "verschillende vragenlijsten" in desk.get(answer.url).content.decode()
    assert [what for _email, what in looks()] == ["LIST", "LIST"]


@pytest.fixture
def other_questionnaire(questionnaire):
    questionnaire_class = type(questionnaire)
    return questionnaire_class.objects.create(
        code="andere", version=1, title={"nl": "Andere"}, languages=["nl"], source="", digest=""
    )


def test_a_long_export_is_read_in_pages(desk, closed_round, monkeypatch):
    monkeypatch.setattr(export_module, "ROWS_AT_ONCE", 4)

    rows = export(desk, "csv").getvalue().splitlines()

    assert len(rows) == 1 + 11


def test_an_export_costs_the_same_at_any_length(desk, closed_round, django_assert_num_queries):
    def read():
        export(desk, "csv").getvalue()

    read()
    with django_assert_num_queries(18):
        read()

    make_longer(closed_round)
    read()  # once per segment: who ticked Andere alone

    with django_assert_num_queries(18):
        read()
