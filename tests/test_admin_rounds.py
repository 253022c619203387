"""Survey rounds, questionnaires and results in the admin."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from survey.closing import close_round
from survey.models import (
    Answer,
    AuditEntry,
    OtherText,
    Response,
    Segment,
    SurveyRound,
    Tally,
    Team,
)
from tests.admin_data import filled_in, make_anonymous_round, url_of, words_of
from tests.factories import UserFactory

LIST = "/admin/survey/surveyround/"


@pytest.fixture
def open_round(questionnaire, de_linde):
    return make_anonymous_round(de_linde)


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


def test_the_list_tells_state_and_number_of_responses(desk, open_round):
    page = desk.get(LIST)

    assert "Leercultuur najaar 2026 Woonzorgcentrum De Linde anoniem, elk apart open" in words_of(
        page
    )
    assert '<td class="field-responses">11</td>' in page.content.decode()


@pytest.mark.parametrize(
    ("state", "count"), [("OPEN", 1), ("ENDED", 0), ("CLOSED", 0), ("VOID", 0)]
)
def test_rounds_are_filtered_by_state(desk, open_round, state, count):
    page = desk.get(LIST, {"state": state})

    assert len(page.context["cl"].result_list) == count


def test_what_is_fixed_does_not_change(desk, open_round, noor):
    other = noor.memberships.get().organisation
    sent = filled_in(
        open_round,
        title="Nieuwe titel",
        organisation=other.pk,
        mode="ORGANISATION",
        threshold=3,
        questionnaire=99,
        token="x",
        closed_at_0="2026-01-01",
        teams__0__response_count=0,
        teams__0__token="y",
    )

    answer = desk.post(url_of(open_round), sent)

    assert answer.status_code == 302
    changed = SurveyRound.objects.get()
    assert changed.title == "Nieuwe titel"
    for name in ("organisation", "mode", "threshold", "questionnaire", "token", "closed_at"):
        assert getattr(changed, name) == getattr(open_round, name)
    assert [team.response_count for team in changed.teams.all()] == [6, 3, 2]


IN_TWO_YEARS = f"{timezone.localdate().year + 2}-01-01"


@pytest.mark.parametrize(
    "closing_date", ["9999-12-31", IN_TWO_YEARS, "2020-01-01", "gisteren", "\0", ""]
)
def test_a_date_that_cannot_be_is_refused(desk, open_round, closing_date):
    page = desk.post(url_of(open_round), filled_in(open_round, closing_date=closing_date))

    assert list(page.context["adminform"].form.errors) == ["closing_date"]
    assert SurveyRound.objects.get().closing_date == open_round.closing_date


@pytest.mark.parametrize("field", ["closed_at", "voided_at"])
def test_a_closed_or_void_round_is_read_only(desk, open_round, field):
    SurveyRound.objects.update(**{field: timezone.now()}, void_reason="Spam")

    page = desk.get(url_of(open_round))
    answer = desk.post(url_of(open_round), filled_in(open_round, title="Anders"))

    assert page.status_code == 200
    assert 'name="title"' not in page.content.decode()
    assert 'name="teams-0-name"' not in page.content.decode()
    assert answer.status_code == 403
    assert SurveyRound.objects.get().title == "Leercultuur najaar 2026"


def test_before_closing_a_round_shows_numbers_only(desk, open_round):
    page = desk.get(url_of(open_round))

    *counts, _of_the_empty_form = re.findall(r"Aantal inzendingen: (\d+)", words_of(page))
    assert counts == ["6", "3", "2"]
    assert not re.search(r"Tekst \d", words_of(page))


def test_deleting_shows_what_goes_but_no_answer(desk, open_round):
    page = desk.get(url_of(open_round, "delete"))

    assert "Team Zorg met 6 inzendingen" in words_of(page)
    assert "Inzendingen: 11" in words_of(page)
    assert not re.search(r"Tekst \d|Ja|Andere", words_of(page))


@pytest.mark.parametrize("is_closed", [False, True])
def test_deleting_a_round_leaves_nothing_behind(desk, open_round, is_closed):
    if is_closed:
        close_round(open_round)
        desk.get("/admin/survey/response/")
    other = make_anonymous_round(open_round.organisation, "Een andere")

    answer = desk.post(url_of(open_round, "delete"), {"post": "yes"})

    assert answer.status_code == 302
    assert list(SurveyRound.objects.all()) == [other]
    assert Response.objects.count() == OtherText.objects.count() == 11
    assert Answer.objects.count() == 33
    assert Team.objects.count() == 3
    assert Segment.objects.count() == Tally.objects.count() == 0
    assert AuditEntry.objects.count() == int(is_closed)


def test_only_a_superuser_deletes_a_round(sign_in, open_round):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    client = sign_in(user)

    answer = client.post(url_of(open_round, "delete"), {"post": "yes"})

    assert answer.status_code == 403
    assert SurveyRound.objects.count() == 1


def test_the_list_costs_the_same_at_any_length(desk, open_round, django_assert_num_queries):
    desk.get(LIST)
    with django_assert_num_queries(4):
        desk.get(LIST)

    for number in range(5):
        make_anonymous_round(open_round.organisation, f"Nog {number}")

    with django_assert_num_queries(4):
        desk.get(LIST)


def test_an_organisation_with_survey_rounds_cannot_be_deleted(desk, open_round):
    url = reverse("admin:survey_organisation_delete", args=[open_round.organisation_id])

    assert desk.get(url).status_code == 403
    assert desk.post(url, {"post": "yes"}).status_code == 403


def test_an_empty_organisation_goes_with_its_members_and_invitations(desk, ilse, de_linde):
    de_linde.invitations.create(email="x@delinde.example", role="HR")
    url = reverse("admin:survey_organisation_delete", args=[de_linde.pk])

    answer = desk.post(url, {"post": "yes"})

    assert answer.status_code == 302
    assert ilse.memberships.count() == 0


def test_a_last_day_is_not_moved_into_the_past(desk, open_round):
    SurveyRound.objects.update(opened_on="2020-01-01")

    page = desk.post(url_of(open_round), filled_in(open_round, closing_date="2020-02-01"))

    assert list(page.context["adminform"].form.errors) == ["closing_date"]
    assert SurveyRound.objects.get().closing_date == open_round.closing_date


def test_a_last_day_that_passed_does_not_stand_in_the_way(desk, open_round):
    SurveyRound.objects.update(opened_on="2020-01-01", closing_date="2020-02-01")
    open_round.refresh_from_db()

    desk.post(url_of(open_round), filled_in(open_round, title="Nieuwe titel"))

    assert SurveyRound.objects.get().title == "Nieuwe titel"


@pytest.mark.parametrize("review_on", ["9999-12-31", "0001-01-01"])
def test_an_action_is_looked_at_again_within_a_few_years(desk, action, review_on):
    url = f"/admin/survey/actionpoint/{action.pk}/change/"

    page = desk.post(url, {"text": action.text, "state": action.state, "review_on": review_on})

    assert "review_on" in page.context["adminform"].form.errors
