"""Pages that are drawn once per process: nothing makes them stale, and nobody's own is kept."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from survey.models import Organisation, SurveyRound, Team
from survey.prepare.paper import SheetForm
from tests.factories import TeamFactory


def form_of(team, client=None, **headers):
    return (client or Client()).get(team.get_absolute_url(), headers=headers).content.decode()


def resent(team):
    """The form as it comes back when it was sent empty."""
    return Client().post(team.get_absolute_url()).content.decode()


def thanks_of(team):
    return Client().get(reverse("thanks", args=[team.grouped_token])).content.decode()


def own_parts(page):
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    key = re.search(r'name="sleutel" value="([\w-]+)"', page).group(1)
    return token, key


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Organisation, "name", "De Nieuwe Linde"),
        (Team, "name", "Zorg en welzijn"),
        (SurveyRound, "asked_by", "Wim Claes"),
        (SurveyRound, "purpose", "Een andere reden."),
        (SurveyRound, "read_by", "Alleen jullie team."),
        (SurveyRound, "heard_when", "In januari."),
        (SurveyRound, "contact", "Wim, toestel 9"),
    ],
)
def test_a_changed_word_is_on_the_next_form(zorg, model, field, value):
    before = form_of(zorg)

    model.objects.update(**{field: value})

    assert value not in before
    assert value in form_of(zorg)


def test_the_way_to_other_teams_is_on_the_form_once_there_are_any(zorg):
    way = f'href="{reverse("respond", args=[zorg.survey_round.grouped_token])}"'
    alone = [form_of(zorg).count(way), resent(zorg).count(way)]

    TeamFactory(survey_round=zorg.survey_round, name="Keuken")
    TeamFactory(survey_round__questionnaire=zorg.survey_round.questionnaire)

    assert alone == [0, 0]
    assert [form_of(zorg).count(way), resent(zorg).count(way)] == [1, 1]


def test_the_form_tells_the_threshold_of_its_round(zorg):
    form_of(zorg)

    SurveyRound.objects.update(threshold=17)

    assert "minstens 17 collega" in form_of(zorg)


def test_more_time_is_told_on_the_next_form(zorg):
    before = form_of(zorg)
    last_day = zorg.survey_round.closing_date + timedelta(days=7)

    SurveyRound.objects.update(closing_date=last_day)

    said = date_format(last_day, "l j F")
    assert [said in page for page in (before, form_of(zorg))] == [False, True]


def test_a_round_that_is_no_longer_anonymous_says_so_on_the_next_form(zorg):
    form_of(zorg)

    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)

    assert "Dit is niet anoniem" in form_of(zorg)


def test_the_thanks_offer_no_next_form_once_the_date_has_passed(zorg):
    before = thanks_of(zorg)

    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.update(opened_on=yesterday, closing_date=yesterday)

    assert "Iemand anders vult in" in before
    assert "Iemand anders vult in" not in thanks_of(zorg)


def test_the_thanks_say_for_whom_the_result_is_in_the_words_of_hr(zorg):
    SurveyRound.objects.update(read_by="Iedereen <hier>")

    assert "Het resultaat is voor: Iedereen &lt;hier&gt;" in thanks_of(zorg)


def test_the_thanks_after_filling_in_together_promise_nothing_for_later(zorg):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)

    page = thanks_of(zorg)

    assert "Het rapport is er meteen" in page
    assert "Dan komt er een rapport" not in page
    assert zorg.survey_round.told.heard_when not in page


def test_teams_of_one_round_get_their_own_form(zorg):
    kitchen = TeamFactory(survey_round=zorg.survey_round, name="Keuken")

    pages = [form_of(zorg), form_of(kitchen)]

    assert [team.get_absolute_url() in pages[0] for team in (zorg, kitchen)] == [True, False]
    assert [team.get_absolute_url() in pages[1] for team in (zorg, kitchen)] == [False, True]


def test_languages_do_not_mix(zorg, questionnaire):
    first = questionnaire.questions.get(number=1).text

    pages = {code: form_of(zorg, accept_language=code) for code in ("nl", "fr", "nl")}

    assert [first[code] in pages[code] for code in ("nl", "fr")] == [True, True]
    assert first["nl"] not in pages["fr"]


def test_two_visitors_share_the_page_but_not_the_token_or_the_key(zorg):
    pages = [form_of(zorg), form_of(zorg)]

    tokens, keys = zip(*map(own_parts, pages), strict=True)
    assert len(set(tokens)) == 2
    assert len(set(keys)) == 2
    without = [
        page.replace(token, "").replace(key, "")
        for page, token, key in zip(pages, tokens, keys, strict=True)
    ]
    assert without[0] == without[1]


def test_a_kept_form_holds_nothing_of_who_is_signed_in(zorg, ilse, sign_in):
    anonymous = form_of(zorg)

    page = form_of(zorg, client=sign_in(ilse))

    assert ilse.email not in page
    assert len(page) == len(anonymous)


def test_typing_paper_changes_nothing_about_the_form_of_colleagues(client, zorg):
    def with_a_problem():
        return client.post(zorg.get_absolute_url(), {"v6-tekst": "x" * 301}).content.decode()

    before = with_a_problem()
    SheetForm.blank(zorg.survey_round)

    rows = re.findall(r'rows="(\d)"', with_a_problem())
    assert rows == re.findall(r'rows="(\d)"', before) == ["2"] * 6
