"""Organisations: the first page after signing in."""

from datetime import date

import pytest
from django.urls import reverse

from survey.models import Membership, Organisation
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SurveyRoundFactory,
    TeamFactory,
    UserFactory,
    close_with,
    send,
)


def page(response):
    return response.content.decode()


def test_who_is_not_signed_in_is_asked_to(client, db):
    response = client.get(reverse("home"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_with_one_organisation_home_is_that_one(sign_in, ilse, de_linde):
    response = sign_in(ilse).get(reverse("home"))

    assert response.status_code == 302
    assert response.url == de_linde.get_absolute_url()


def test_without_organisation_home_offers_to_make_one(sign_in, db):
    response = sign_in(UserFactory()).get(reverse("home"))

    assert response.status_code == 200
    assert "Voor welke organisatie is dit?" in page(response)


def test_with_two_organisations_home_lists_both(sign_in, ilse):
    MembershipFactory(organisation=OrganisationFactory(name="De Esdoorn"), user=ilse)

    response = sign_in(ilse).get(reverse("home"))

    names = [organisation.name for organisation in response.context["organisations"]]
    assert names == ["De Esdoorn", "Woonzorgcentrum De Linde"]


def test_who_makes_an_organisation_is_its_hr(sign_in, db):
    user = UserFactory()

    response = sign_in(user).post(reverse("organisation_new"), {"name": "De Esdoorn"})

    organisation = Organisation.objects.get()
    assert response.url == reverse("survey_round_new", args=[organisation.pk])
    assert organisation.memberships.get().user == user
    assert organisation.memberships.get().role == Membership.Role.HR


def test_a_form_that_is_sent_twice_makes_one_organisation(sign_in, db):
    client = sign_in(UserFactory())
    key = str(client.get(reverse("organisation_new")).context["form"]["sleutel"].value())
    sent = {"name": "De Esdoorn", "sleutel": key}

    addresses = {client.post(reverse("organisation_new"), sent).url for _ in range(2)}

    assert addresses == {reverse("survey_round_new", args=[Organisation.objects.get().pk])}
    assert str(Organisation.objects.get().pk) == key


def test_the_key_of_somebody_elses_organisation_gives_nothing(sign_in, de_linde):
    sent = {"name": "De Esdoorn", "sleutel": str(de_linde.pk)}

    response = sign_in(UserFactory()).post(reverse("organisation_new"), sent)

    assert response.status_code == 404
    assert Organisation.objects.get().name == de_linde.name


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x00b"])
def test_an_organisation_needs_a_good_name(sign_in, db, name):
    response = sign_in(UserFactory()).post(reverse("organisation_new"), {"name": name})

    assert response.status_code == 422
    assert page(response).count('class="error-summary"') == 1
    assert Organisation.objects.count() == 0


def test_the_page_of_an_organisation_without_rounds_says_how_to_start(sign_in, ilse, de_linde):
    response = sign_in(ilse).get(de_linde.get_absolute_url())

    assert response.status_code == 200
    assert "Start een bevraging" in page(response)


def test_a_facilitator_is_not_offered_to_start(sign_in, bram, de_linde):
    response = sign_in(bram).get(de_linde.get_absolute_url())

    assert response.status_code == 200
    assert "Start een bevraging" not in page(response)


def test_the_page_of_an_organisation_shows_the_round_that_waits(
    sign_in, ilse, de_linde, survey_round, zorg
):
    closed = SurveyRoundFactory(organisation=de_linde, title="Vorig jaar")
    TeamFactory(survey_round=closed)
    send(zorg, v1="ja")

    response = sign_in(ilse).get(de_linde.get_absolute_url())

    assert len(response.context["overviews"]) == 2
    assert "1 van 15" in page(response)


def test_the_latest_closed_round_tells_how_many_answered_in_each_team(
    sign_in, ilse, de_linde, questionnaire
):
    before = SurveyRoundFactory(organisation=de_linde, opened_on=date(2025, 11, 1))
    close_with(before, Was=(5, 0), Poets=(5, 0))
    close_with(SurveyRoundFactory(organisation=de_linde), Zorg=(6, 0), Keuken=(2, 0))

    shown = page(sign_in(ilse).get(de_linde.get_absolute_url()))

    assert [name in shown for name in ["Zorg", "Keuken", "Was", "Poets"]] == [1, 1, 0, 0]
    assert [count in shown for count in ["6 van 30", "2 van 30", "10 van 60 coll"]] == [1, 1, 1]


def test_the_page_of_an_organisation_costs_the_same_with_many_rounds(
    sign_in, ilse, de_linde, questionnaire, django_assert_num_queries
):
    for number in range(8):
        TeamFactory(survey_round=SurveyRoundFactory(organisation=de_linde, title=f"{number}"))
    client = sign_in(ilse)

    with django_assert_num_queries(5):
        client.get(de_linde.get_absolute_url())


def test_a_foreign_organisation_is_not_found(sign_in, noor, de_linde):
    assert sign_in(noor).get(de_linde.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["home", "organisation"])
def test_these_pages_only_show(sign_in, ilse, de_linde, name):
    arguments = [de_linde.pk] if name == "organisation" else []

    assert sign_in(ilse).post(reverse(name, args=arguments)).status_code == 405
