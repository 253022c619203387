"""Keep what was tried without an account: the answers become a survey round."""

import pytest
from django.urls import reverse

from survey.models import Membership, Organisation, OtherText, Response, SurveyRound
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.usefixtures("questionnaire")

KEEP_TRIAL, KEEP_ANSWERS = "/probeer/hou-bij/", "/organisaties/hou-bij/"
ANSWERS = {"v1": "ja", "v6": ["koffie"], "v7-tekst": "Van de kinesist"}


def page(response):
    return response.content.decode()


def test_the_report_says_what_keeping_does_before_it_is_done(client):
    shown = page(client.post("/probeer/", ANSWERS))

    assert "dan bewaren we ze, eerst in een sessie van deze browser" in shown
    assert 'action="/probeer/hou-bij/"' in shown
    assert "session" not in client.cookies


def test_a_visitor_is_led_to_sign_up_and_back(client):
    response = client.post(KEEP_TRIAL, ANSWERS)

    assert response.url == "/account/signup/?next=%2Forganisaties%2Fhou-bij%2F"
    assert not Response.objects.exists()


@pytest.mark.parametrize("path", ["/account/signup/", "/account/login/"])
def test_who_keeps_a_trial_reads_what_waits_and_what_follows(client, path):
    before = page(client.get(path))

    client.post(KEEP_TRIAL, ANSWERS)

    assert "Je elf antwoorden staan klaar" not in before
    assert "Je elf antwoorden staan klaar" in page(client.get(path))


def test_the_page_to_keep_says_what_is_kept_and_where_it_leads(sign_in):
    client = sign_in(UserFactory())
    client.post(KEEP_TRIAL, ANSWERS)

    shown = page(client.get(KEEP_ANSWERS))

    assert "We bewaren wat je aankruiste en wat je bij ‘Andere’ schreef" in shown
    assert f'href="{reverse("explanation")}#bewaren"' in shown


def test_after_signing_up_the_answers_become_the_first_survey_round(client):
    client.post(KEEP_TRIAL, ANSWERS)
    signed_up = client.post(
        "/account/signup/",
        {"email": "eva@esdoorn.example", "password1": "koffie om tien", "next": KEEP_ANSWERS},
    )
    question = page(client.get(signed_up.url))
    kept = client.post(KEEP_ANSWERS, {"name": "De Esdoorn"})

    survey_round = SurveyRound.objects.get()
    assert "Naam van je organisatie" in question
    assert kept.url == survey_round.get_absolute_url()
    assert survey_round.mode == SurveyRound.Mode.ORGANISATION
    assert survey_round.organisation.memberships.get().is_hr
    [response] = Response.objects.all()
    codes = sorted(answer.choice.code for answer in response.answers.all())
    assert codes == ["andere", "ja", "koffie"]
    assert OtherText.objects.get().state == OtherText.State.SHOWN
    assert response.team.response_count == 1
    assert "kept_trial" not in client.session


def test_the_report_shows_the_kept_answers(sign_in):
    client = sign_in(UserFactory())
    client.post(KEEP_TRIAL, ANSWERS)
    client.post(KEEP_ANSWERS, {"name": "De Esdoorn"})

    shown = page(client.get(reverse("report", args=[SurveyRound.objects.get().pk])))

    assert "Van de kinesist" in shown


def test_home_asks_first_where_the_answers_belong(sign_in, ilse):
    client = sign_in(ilse)
    kept = client.post(KEEP_TRIAL, ANSWERS)

    assert kept.url == KEEP_ANSWERS
    assert client.get(reverse("home")).url == KEEP_ANSWERS


def test_hr_keeps_the_answers_in_one_of_her_organisations(sign_in, ilse, de_linde):
    client = sign_in(ilse)
    client.post(KEEP_TRIAL, ANSWERS)

    client.post(KEEP_ANSWERS, {"organisation": str(de_linde.pk)})

    assert SurveyRound.objects.get().organisation == de_linde
    assert Organisation.objects.count() == 1


def test_only_organisations_where_she_is_hr_are_offered(sign_in, ilse, noor, de_linde):
    esdoorn = OrganisationFactory(name="De Esdoorn")
    MembershipFactory(organisation=esdoorn, user=ilse, role=Membership.Role.FACILITATOR)
    MembershipFactory(organisation=esdoorn, role=Membership.Role.HR)
    client = sign_in(ilse)
    client.post(KEEP_TRIAL, ANSWERS)

    refused = client.post(KEEP_ANSWERS, {"organisation": str(esdoorn.pk)})

    assert [name for _, name in refused.context["form"].fields["organisation"].choices] == [
        de_linde.name
    ]
    assert refused.status_code == 422
    assert not SurveyRound.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"name": ""}, {"name": "x" * 101}])
def test_without_a_name_nothing_is_made(sign_in, sent):
    client = sign_in(UserFactory())
    client.post(KEEP_TRIAL, ANSWERS)

    response = client.post(KEEP_ANSWERS, sent)

    assert response.status_code == 422
    assert not Organisation.objects.exists()
    assert "kept_trial" in client.session


def test_answers_that_were_kept_before_make_no_second_round(sign_in):
    client = sign_in(UserFactory())
    client.post(KEEP_TRIAL, ANSWERS)
    kept = client.session["kept_trial"]
    client.post(KEEP_ANSWERS, {"name": "De Esdoorn"})
    session = client.session
    session["kept_trial"] = kept
    session.save()

    response = client.post(KEEP_ANSWERS, {"organisation": str(Organisation.objects.get().pk)})

    assert response.url == reverse("home")
    assert SurveyRound.objects.count() == 1


def test_the_answers_can_be_thrown_away(sign_in):
    client = sign_in(UserFactory())
    client.post(KEEP_TRIAL, ANSWERS)

    client.post(KEEP_ANSWERS, {"forget": "1"})

    assert "kept_trial" not in client.session
    assert not SurveyRound.objects.exists()


def test_without_answers_there_is_nothing_to_keep(client, sign_in, ilse):
    assert client.post(KEEP_TRIAL, {}).url == "/probeer/"
    assert client.get(KEEP_TRIAL).status_code == 405
    assert client.get(KEEP_ANSWERS).url.startswith("/account/login/")
    assert sign_in(ilse).get(KEEP_ANSWERS).url == reverse("home")
    assert sign_in(ilse).put(KEEP_ANSWERS).status_code == 405
