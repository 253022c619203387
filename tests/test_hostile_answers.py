"""Options and keys that no honest form sends: refused or counted once, never a 500."""

import uuid

import pytest

from survey.models import Answer, Response
from tests.factories import SurveyRoundFactory, TeamFactory, form_fields
from tests.scan import stored


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("v6", "bestaat-niet"),
        ("v6", "9" * 6000),
        ("v6", "ja"),
        ("v6", ""),
        ("v1", "misschien"),
        ("v1", "9" * 6000),
        ("v1", "koffie"),
    ],
)
def test_an_option_that_is_not_there_is_refused(quiet_client, zorg, field, code):
    page = quiet_client.post(zorg.get_absolute_url(), form_fields(v2="ja", **{field: code}))

    assert page.status_code == 422
    assert stored() == (0, 0, 0)


def test_an_option_of_another_question_is_refused(quiet_client, zorg):
    page = quiet_client.post(zorg.get_absolute_url(), form_fields(v6=["koffie"], v7=["koffie"]))

    assert page.status_code == 422
    assert stored() == (0, 0, 0)


def test_of_both_yes_and_no_one_counts(quiet_client, zorg):
    quiet_client.post(zorg.get_absolute_url(), form_fields(v1=["ja", "nee"]))

    assert list(Answer.objects.values_list("choice__code", flat=True)) == ["nee"]


def test_the_same_option_a_thousand_times_counts_once(quiet_client, zorg):
    quiet_client.post(zorg.get_absolute_url(), form_fields(v6=["koffie"] * 900))

    assert Answer.objects.filter(choice__code="koffie").count() == 1


@pytest.mark.parametrize("key", ["", "x", "9" * 6000, "\x00", "0" * 32, "{" + "0" * 32 + "}"])
def test_an_odd_key_never_fails(quiet_client, zorg, key):
    page = quiet_client.post(zorg.get_absolute_url(), form_fields(sleutel=key))

    assert page.status_code == 302
    assert Response.objects.count() == 1


def test_a_form_without_key_or_with_strange_fields_is_taken(quiet_client, zorg):
    page = quiet_client.post(
        zorg.get_absolute_url(), {"v1": "ja", "team": "x", "id": "1", "segment": "y", "<b>": "z"}
    )

    assert page.status_code == 302
    assert Response.objects.get().team == zorg


def test_a_key_of_another_team_stores_nothing_and_tells_nothing(quiet_client, zorg):
    other = TeamFactory(survey_round=SurveyRoundFactory(), name="Elders")
    key = str(uuid.uuid4())
    quiet_client.post(other.get_absolute_url(), {"sleutel": key, "v1": "ja"})

    quiet_client.post(zorg.get_absolute_url(), {"sleutel": key, "v1": "nee"})

    assert Response.objects.get().team == other
    zorg.refresh_from_db()
    assert zorg.response_count == 0
