"""Reviewing single responses: rules T1, T7 and T9."""

import re
from uuid import UUID

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from survey.admin.responses import delete_responses
from survey.closing import close_round
from survey.models import AuditEntry, Response, SurveyRound, Team
from tests.admin_data import make_anonymous_round, make_longer, make_team_round
from tests.factories import OrganisationFactory, UserFactory

LIST = "/admin/survey/response/"


@pytest.fixture
def open_round(questionnaire, de_linde):
    return make_anonymous_round(de_linde)


@pytest.fixture
def closed_round(open_round):
    return close_round(open_round)


@pytest.fixture
def team_round(questionnaire, de_linde):
    return make_team_round(de_linde)


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


def url_of(response, view="change"):
    return reverse(f"admin:survey_response_{view}", args=[response.pk])


def listed(answer):
    return [response.pk for response in answer.context["cl"].result_list]


def filter_labels(answer):
    return {
        str(spec.title): [str(choice["display"]) for choice in spec.choices(answer.context["cl"])]
        for spec in answer.context["cl"].filter_specs
    }


def text_of(answer):
    """Return the words of a page, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def looks():
    return list(AuditEntry.objects.order_by("pk").values_list("user_email", "what"))


# T1, T9: until closing nobody sees a response of an anonymous round


def test_an_open_anonymous_round_shows_nothing(desk, open_round):
    page = desk.get(LIST)

    assert listed(page) == []
    assert filter_labels(page) == {}
    assert looks() == []


def test_a_response_of_an_open_anonymous_round_does_not_exist(desk, open_round):
    response = Response.objects.first()

    assert desk.get(url_of(response)).status_code == 404
    assert desk.get(url_of(response, "history")).status_code == 404
    assert desk.post(url_of(response, "delete"), {"post": "yes"}).status_code == 404
    assert Response.objects.count() == 11


def test_an_open_anonymous_round_cannot_be_exported(desk, open_round):
    keys = list(Response.objects.values_list("pk", flat=True))

    answer = desk.post(LIST, {"action": "export_csv", "_selected_action": keys})

    assert answer.getvalue().decode().splitlines() == ["\ufefforganisatie;bevraging;deelrapport"]
    assert looks() == []


def test_a_void_anonymous_round_shows_nothing(desk, open_round):
    SurveyRound.objects.update(voided_at="2026-11-20T10:00Z", void_reason="Spam")

    assert listed(desk.get(LIST)) == []


def test_after_closing_responses_are_listed_by_segment_and_in_random_order(desk, closed_round):
    page = desk.get(LIST)

    assert listed(page) == list(Response.objects.order_by("pk").values_list("pk", flat=True))
    assert len(listed(page)) == 11
    assert text_of(page).count("Keuken en Onthaal samen") == 5
    assert text_of(page).count("Zorg") == 6
    assert looks() == [("ada@site.example", "LIST")]


def test_pooled_teams_are_never_a_filter(desk, closed_round):
    page = desk.get(LIST, {"survey_round": closed_round.pk})

    assert filter_labels(page) == {
        "organisatie": ["Alle", "Woonzorgcentrum De Linde"],
        "bevraging": ["Alle", "Leercultuur najaar 2026"],
        "deelrapport": ["Alle", "Zorg", "Keuken en Onthaal samen"],
    }


def test_filters_narrow_the_list(desk, closed_round, team_round):
    zorg = closed_round.segments.get(position=1)
    directie = team_round.teams.get()
    elsewhere = OrganisationFactory(name="Elders")
    make_team_round(elsewhere, "Elders samen")

    def count(**query):
        return len(listed(desk.get(LIST, query, follow=True)))

    assert count(organisation=closed_round.organisation_id) == 13
    assert count(survey_round=closed_round.pk) == 11
    assert count(survey_round=closed_round.pk, segment=zorg.pk) == 6
    assert count(survey_round=team_round.pk, segment=directie.pk) == 2


@pytest.mark.parametrize("parameter", ["organisation", "survey_round", "segment"])
@pytest.mark.parametrize("value", ["abc", "", "9" * 6000, str(UUID(int=7))])
def test_a_filter_takes_only_what_it_offers(desk, closed_round, parameter, value):
    answer = desk.get(LIST, {parameter: value})

    assert answer.url == f"{LIST}?e=1"


def test_an_open_round_cannot_be_chosen_in_a_filter(desk, open_round):
    answer = desk.get(LIST, {"survey_round": open_round.pk})

    assert answer.url == f"{LIST}?e=1"


# One response, as on paper


def test_one_anonymous_response_is_shown_without_andere(desk, closed_round):
    page = desk.get(url_of(Response.objects.first()))

    questions = page.context["questions"]
    assert [question.number for question in questions] == list(range(1, 12))
    assert [q.number for q in questions if not q.is_skipped] == [1, 6]
    assert [len(question.choices) for question in questions] == [2] * 5 + [5, 0, 6, 6, 6, 7]
    assert [choice.text for choice in questions[0].choices if choice.is_chosen] == ["Ja"]
    assert text_of(page).count("geen antwoord") == 8
    assert text_of(page).count("Niet getoond: in dit deelrapport") == 1
    assert text_of(page).count("(aangekruist)") == 2
    assert "Kruisjes bij Andere staan hier niet bij" in text_of(page)
    assert "Tekst" not in text_of(page)
    assert looks() == [("ada@site.example", "RESPONSE")]


def test_the_list_counts_answers_without_andere_too(desk, closed_round):
    page = desk.get(LIST)

    assert page.content.decode().count('<td class="field-answered">2</td>') == 11


def test_a_response_that_was_filled_in_together_shows_everything(desk, team_round):
    page = desk.get(url_of(Response.objects.get(pk=UUID(int=1))))

    sixth = page.context["questions"][5]
    assert [choice.text for choice in sixth.choices if choice.is_chosen][-1] == "Andere"
    assert "Directie" in text_of(page)
    assert "voordeur" not in text_of(page)


def test_nothing_can_be_added_or_changed(desk, team_round):
    response = Response.objects.first()

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}add/", {}).status_code == 403
    assert desk.post(url_of(response), {"segment": ""}).status_code == 403


# Deleting


def test_a_wrong_response_can_go_before_closing(desk, team_round):
    answer = desk.post(url_of(Response.objects.get(pk=UUID(int=1)), "delete"), {"post": "yes"})

    assert answer.status_code == 302
    assert list(Response.objects.values_list("pk", flat=True)) == [UUID(int=2)]
    assert Team.objects.get().response_count == 1


def test_deleting_in_bulk_is_not_offered(desk, team_round):
    chosen = {
        "action": "delete_selected",
        "_selected_action": [UUID(int=1), UUID(int=2)],
        "post": "yes",
    }

    desk.post(LIST, chosen)

    assert "delete_selected" not in text_of(desk.get(LIST))
    assert Response.objects.count() == 2


@pytest.mark.parametrize("make", [make_anonymous_round, make_team_round])
def test_no_response_of_a_closed_round_can_go(desk, questionnaire, de_linde, make):
    close_round(make(de_linde))
    response = Response.objects.first()
    count = Response.objects.count()

    assert url_of(response, "delete") not in text_of(desk.get(url_of(response)))
    assert desk.post(url_of(response, "delete"), {"post": "yes"}).status_code == 403
    assert Response.objects.count() == count


def test_a_response_stays_when_the_round_was_closed_meanwhile(team_round):
    SurveyRound.objects.update(closed_at="2026-11-20T10:00Z")

    with pytest.raises(PermissionDenied):
        delete_responses(Response.objects.filter(pk=UUID(int=1)))

    assert Response.objects.count() == 2


# Who may, and at what cost


def staff_with(*codenames):
    user = UserFactory(email="staf@site.example", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def test_view_permission_is_needed_and_enough(sign_in, closed_round):
    client = sign_in(staff_with("view_response"))
    response = Response.objects.first()

    assert client.get(LIST).status_code == 200
    assert client.get(url_of(response)).status_code == 200
    assert client.post(url_of(response, "delete"), {"post": "yes"}).status_code == 403
    assert client.get("/admin/survey/othertext/").status_code == 403
    assert looks() == [("staf@site.example", "LIST"), ("staf@site.example", "RESPONSE")]


def test_without_view_permission_nothing_is_shown_or_logged(sign_in, closed_round):
    client = sign_in(staff_with("view_surveyround"))

    assert client.get(LIST).status_code == 403
    assert client.get(url_of(Response.objects.first())).status_code == 403
    assert client.post(LIST, {"action": "export_csv"}).status_code == 403
    assert looks() == []


def test_a_list_logs_each_round_that_it_shows(desk, closed_round, team_round):
    desk.get(LIST)

    entries = AuditEntry.objects.filter(what=AuditEntry.What.LIST)
    assert set(entries.values_list("survey_round", flat=True)) == {
        closed_round.pk,
        team_round.pk,
    }


def test_a_list_costs_the_same_at_any_length(desk, closed_round, django_assert_num_queries):
    desk.get(LIST)
    with django_assert_num_queries(11):
        desk.get(LIST)

    make_longer(closed_round)
    desk.get(LIST)  # once per segment: who ticked Andere alone

    with django_assert_num_queries(11):
        page = desk.get(LIST)
    assert len(listed(page)) == 71


def test_one_response_costs_few_queries(desk, closed_round, django_assert_num_queries):
    url = url_of(Response.objects.first())
    desk.get(url)

    with django_assert_num_queries(7):
        desk.get(url)
