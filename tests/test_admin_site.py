"""The admin as a whole: its order, its guard, and who sees what."""

import pytest
from django.contrib import admin
from django.urls import reverse

from survey.closing import close_round
from tests.admin_data import make_anonymous_round, make_team_round
from tests.factories import UserFactory

NO_KEY = "9" * 6000


@pytest.fixture
def closed_round(questionnaire, de_linde):
    return close_round(make_anonymous_round(de_linde))


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


def model_urls(page):
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
        for model in admin.site._registry
    ]


def test_the_index_is_in_dutch_and_in_the_order_of_use(desk):
    page = desk.get(reverse("admin:index"))

    [survey, *others] = page.context["app_list"]
    assert [model["object_name"] for model in survey["models"]] == [
        "Organisation",
        "SurveyRound",
        "Response",
        "OtherText",
        "Segment",
        "ActionPoint",
        "Questionnaire",
        "AuditEntry",
        "User",
        "Membership",
        "Invitation",
    ]
    assert [app["app_label"] for app in others] == ["auth", "account", "mfa"]
    assert "Beheer van Leercultuur" in page.content.decode()


def test_every_list_and_every_page_to_add_opens(desk, closed_round, de_linde):
    make_team_round(de_linde)

    lists = {url: desk.get(url).status_code for url in model_urls("changelist")}
    forms = {url: desk.get(url).status_code for url in model_urls("add")}

    assert set(lists.values()) == {200}
    assert {url for url, status in forms.items() if status == 200} == {
        reverse(f"admin:{name}_add")
        for name in (
            "survey_organisation",
            "survey_surveyround",
            "survey_membership",
            "survey_user",
            "auth_group",
        )
    }
    assert set(forms.values()) == {200, 403}


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "organisation=%00",
        "survey_round=%00",
        "segment=%00",
        "_facets=%00",
        "p=%00",
    ],
)
def test_a_nul_in_an_address_is_refused(desk, questionnaire, query):
    statuses = {desk.get(f"{url}?{query}").status_code for url in model_urls("changelist")}

    assert statuses == {400}


@pytest.mark.parametrize("key", ["%00", "_00", NO_KEY, "9" * 30, "-1", "abc", "1/../2"])
@pytest.mark.parametrize("view", ["change", "delete", "history"])
def test_a_key_that_is_no_key_is_not_found(desk, questionnaire, key, view):
    statuses = {desk.get(f"{url}{key}/{view}/").status_code for url in model_urls("changelist")}

    assert statuses <= {400, 403, 404}


@pytest.mark.parametrize(
    "query",
    [
        f"q={NO_KEY}",
        "q=" + "a+" * 3000,
        f"p={NO_KEY}",
        "p=-1",
        f"o={NO_KEY}",
        f"o={'1.' * 3000}",
        "all=",
        "e=1",
    ],
)
def test_a_wild_page_or_search_never_crashes(desk, closed_round, query):
    statuses = {
        desk.get(f"{url}?{query}", follow=True).status_code for url in model_urls("changelist")
    }

    assert statuses == {200}


@pytest.mark.parametrize(
    "query",
    [
        f"id={NO_KEY}",
        f"id__in={'9' * 30}",
        "segment__teams__name=Keuken",
        "team__name=Keuken",
        "answers__choice__code=ja",
        "password__startswith=a",
    ],
)
def test_only_filters_of_the_page_are_taken(desk, closed_round, query):
    statuses = {desk.get(f"{url}?{query}").status_code for url in model_urls("changelist")}

    assert statuses == {400}


@pytest.mark.parametrize("key", ["9" * 30, NO_KEY, "abc", "\0"])
@pytest.mark.parametrize(
    ("model", "action"),
    [
        ("survey_membership", "delete_selected"),
        ("survey_response", "delete_selected"),
        ("survey_response", "export_csv"),
        ("survey_othertext", "hide"),
        ("auth_group", "delete_selected"),
    ],
)
def test_a_selected_key_that_is_no_key_is_refused(desk, closed_round, model, action, key):
    chosen = {"action": action, "_selected_action": key, "index": 0}

    answer = desk.post(reverse(f"admin:{model}_changelist"), chosen)

    assert answer.status_code == 400


def test_the_redirect_to_public_pages_does_not_exist(desk, de_linde):
    assert desk.get("/admin/r/1/abc/").status_code == 404


def test_staff_without_permissions_sees_nothing(sign_in, closed_round):
    client = sign_in(UserFactory(is_staff=True))

    lists = {client.get(url).status_code for url in model_urls("changelist")}

    assert lists == {403}
    assert client.get(reverse("admin:index")).context["app_list"] == []


def test_who_is_no_staff_is_sent_to_sign_in(sign_in, ilse):
    answer = sign_in(ilse).get(reverse("admin:survey_response_changelist"))

    assert answer.status_code == 302
    assert "login" in answer.url
