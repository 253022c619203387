"""A form that is sent to a link that is gone meanwhile: what was typed is not lost."""

import re

import pytest
from django.http import Http404
from django.test import Client

from survey.models import Response, Team
from survey.respond.views import _receive
from tests.factories import OrganisationFactory, SurveyRoundFactory, TeamFactory
from tests.scan import all_rows
from tests.test_respond import visible

NOWHERE = "/v/k36tah40mx6w/"
ANSWERS = {
    "sleutel": "5f4f3c2e-6f0a-4a53-9d4e-0f6f6f1b2a3c",
    "v1": "ja",
    "v6": ["koffie", "andere"],
    "v6-tekst": "Op de <b>parking</b>\nna het werk",
}


def without_token(page):
    return re.sub(rb'csrfmiddlewaretoken" value="\w+"', b"", page.content)


def test_the_answers_to_a_team_that_was_deleted_meanwhile_are_on_the_page_in_words(client, zorg):
    address = zorg.get_absolute_url()
    TeamFactory(survey_round=zorg.survey_round)
    Team.objects.filter(pk=zorg.pk).delete()

    page = client.post(address, ANSWERS)

    assert page.status_code == 404
    for said in [
        "Wat je net verstuurde, is niet bewaard. Hieronder staat het nog.",
        "6. Waar ontmoeten medewerkers elkaar?",
        "Bij de koffie",
        "Op de &lt;b&gt;parking&lt;/b&gt;<br>na het werk",
    ]:
        assert said in visible(page)
    assert "2. " not in visible(page)
    assert 'name="v6' not in visible(page)
    assert "no-store" in page["Cache-Control"]
    assert Response.objects.count() == 0


def test_the_page_is_the_same_whether_the_link_is_absent_or_was_another_ones(client, zorg):
    foreign = TeamFactory(survey_round=SurveyRoundFactory(organisation=OrganisationFactory()))
    gone = foreign.get_absolute_url()
    foreign.delete()

    pages = [client.post(address, ANSWERS) for address in (NOWHERE, gone)]

    assert [page.status_code for page in pages] == [404, 404]
    assert without_token(pages[0]) == without_token(pages[1])


def test_a_form_to_a_gone_link_is_written_nowhere(client, questionnaire):
    before = all_rows()

    client.post(NOWHERE, ANSWERS)

    assert all_rows() == before


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"sleutel": "x"},
        {"v1": "misschien"},
        {"onbekend": "Merkteken"},
        {"v1-tekst": "Merkteken"},
    ],
)
def test_what_is_no_answer_is_not_repeated(client, questionnaire, posted):
    page = client.post(NOWHERE, posted)

    assert page.status_code == 404
    assert "Wat je net verstuurde" not in visible(page)
    assert "Merkteken" not in visible(page)


def test_a_text_alone_is_repeated_with_its_question_in_the_visitors_language(client, questionnaire):
    page = client.post(NOWHERE, {"v6-tekst": "Aan de poort"}, headers={"accept-language": "fr"})

    assert page.status_code == 404
    assert "Aan de poort" in visible(page)
    assert "6. Où" in visible(page)


def test_another_site_cannot_put_its_words_on_our_page(questionnaire):
    strict_client = Client(enforce_csrf_checks=True)
    evil = {"Origin": "https://evil.example"}
    pages = [
        strict_client.post(address, {"v6-tekst": "Bel 0900"}, headers=evil)
        for address in (NOWHERE, "/v/geen-link/")
    ]

    assert [page.status_code for page in pages] == [403, 404]
    assert all("Bel 0900" not in visible(page) for page in pages)


def test_without_a_questionnaire_the_page_is_the_plain_one(client, db):
    page = client.post(NOWHERE, ANSWERS)

    assert page.status_code == 404
    assert "parking" not in visible(page)


def test_a_get_is_answered_as_before(client, zorg):
    page = client.get(NOWHERE)

    assert page.status_code == 404
    assert "Kijk de twaalf tekens na" in visible(page)
    assert "no-store" not in page.headers.get("Cache-Control", "")


def test_a_team_or_a_round_that_goes_while_its_form_is_received_is_gone_too(rf, zorg):
    request = rf.post(zorg.get_absolute_url(), ANSWERS)
    TeamFactory(survey_round=zorg.survey_round)
    Team.objects.filter(pk=zorg.pk).delete()
    with pytest.raises(Http404):
        _receive(request, zorg)
    zorg.survey_round.delete()
    with pytest.raises(Http404):
        _receive(request, zorg)
