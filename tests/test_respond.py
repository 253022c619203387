"""A colleague answers: the form, sending it, and whatever can get in between."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.closing import close_round
from survey.models import Answer, OtherText, Response, SurveyRound
from tests.factories import TeamFactory, send


def post(client, team, **fields):
    """Send a form with a key; `v6_tekst` is the text behind Andere of question 6."""
    posted = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(team.get_absolute_url(), {"sleutel": str(uuid.uuid4()), **posted})


def visible(page):
    return page.content.decode()


def test_the_form_says_who_asks_what_is_promised_and_how_long_it_takes(client, zorg):
    page = visible(client.get(zorg.get_absolute_url()))

    for said in [
        "Woonzorgcentrum De Linde",
        "Zorg",
        "Ilse Maes, HR vraagt dit",
        "We willen beter van elkaar leren.",
        "Jullie eigen team en HR.",
        "alleen als minstens 5 collega’s antwoordden. Kleine teams nemen we samen.",
        "We bewaren geen naam, IP-adres of tijdstip bij je antwoorden.",
        "5 à 10 minuten",
    ]:
        assert said in page


def test_a_team_that_fills_in_together_hears_that_it_is_not_anonymous(client, zorg):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)

    page = visible(client.get(zorg.get_absolute_url()))

    assert "niet anoniem" in page
    assert "IP-adres" not in page


def test_the_form_has_all_questions_with_their_plain_line(client, zorg, questionnaire):
    page = visible(client.get(zorg.get_absolute_url()))

    for question in questionnaire.questions.all():
        assert question.text["nl"] in page
        assert question.hint["nl"] in page
    assert page.count('type="checkbox"') == 35 + 6
    assert page.count("<textarea") == 6


def test_the_link_works_with_or_without_hyphens_in_either_case(client, zorg):
    for token in [zorg.token, zorg.grouped_token, zorg.grouped_token.upper()]:
        assert client.get(f"/v/{token}/").status_code == 200


@pytest.mark.parametrize("token", ["0000-0000-0000", "zzzzzzzzzzzz", "a" * 14, "------------"])
def test_an_unknown_link_is_not_found(client, db, token):
    assert client.get(f"/v/{token}/").status_code == 404


def test_an_answer_is_stored_and_thanked_for(client, zorg):
    answer = post(client, zorg, v1="ja", v6=["koffie"])

    assert answer.url == reverse("thanks", args=[zorg.grouped_token])
    assert Response.objects.get().team == zorg
    assert set(Answer.objects.values_list("choice__code", flat=True)) == {"ja", "koffie"}
    assert "Op het teamoverleg van december." in visible(client.get(answer.url))


def test_text_without_a_tick_counts_as_a_tick(client, zorg):
    post(client, zorg, v6_tekst="Op de parking")

    assert Answer.objects.get().choice.is_other
    assert OtherText.objects.get().text == "Op de parking"


def test_a_yes_no_answer_can_be_taken_back_without_script(client, zorg):
    post(client, zorg, v1="geen", v2="ja")

    assert Answer.objects.get().choice.question.code == "v2"


def test_an_empty_form_is_refused_kindly(client, zorg):
    page = post(client, zorg, v1="geen")

    assert page.status_code == 422
    assert "Je formulier is nog leeg" in visible(page)
    assert not Response.objects.exists()


def test_a_long_text_is_explained_on_top_and_at_its_field_and_all_answers_stay(client, zorg):
    page = visible(post(client, zorg, v1="ja", v6=["koffie"], v6_tekst="x" * 321))

    message = "Je tekst is 321 tekens lang. Maak hem 21 tekens korter."
    assert f'<a href="#v6-tekst">Vraag 6: {message}</a>' in page
    assert page.count(message) == 2
    assert "x" * 321 in page
    assert re.search(r'value="koffie"[^>]*checked', page)
    assert page.startswith("<!doctype html>")
    assert "<title>Fout:" in page.replace("\n", "")
    assert not Response.objects.exists()


@pytest.mark.parametrize("text", ["Op de parking", "Iets anders", ""])
def test_the_same_form_sent_again_counts_once_as_it_first_was(client, zorg, text):
    """Texts have no link to a form (T7): nobody can compare them, so every such page says it."""
    sent = {"sleutel": str(uuid.uuid4()), "v6": "andere"}

    first = client.post(zorg.get_absolute_url(), sent | {"v6-tekst": "Op de parking"})
    again = client.post(zorg.get_absolute_url(), sent | {"v6-tekst": text})

    zorg.refresh_from_db()
    assert "kwam al eerder aan" not in visible(client.get(first.url))
    assert "Het telt één keer, zoals je het eerst verstuurde" in visible(client.get(again.url))
    assert (Response.objects.count(), zorg.response_count) == (1, 1)
    assert OtherText.objects.get().text == "Op de parking"


def test_the_same_form_with_other_answers_is_told_that_the_first_count(client, zorg):
    key = str(uuid.uuid4())

    client.post(zorg.get_absolute_url(), {"sleutel": key, "v1": "ja"})
    again = client.post(zorg.get_absolute_url(), {"sleutel": key, "v1": "nee"})

    assert "Die eerste tellen mee" in visible(client.get(again.url))
    assert Answer.objects.get().choice.code == "ja"


@pytest.mark.parametrize("key", ["", "niet-echt", "x" * 5000])
def test_a_form_without_a_usable_key_is_stored_under_a_new_one(client, zorg, key):
    client.post(zorg.get_absolute_url(), {"sleutel": key, "v1": "ja"})

    assert Response.objects.count() == 1


def test_an_unknown_option_is_refused_and_nothing_is_stored(client, zorg):
    page = post(client, zorg, v1="misschien", v6=["koffie", "9" * 6000])

    assert page.status_code == 422
    assert not Response.objects.exists()


def test_bots_get_the_form_again_and_nothing_is_stored(client, zorg):
    page = post(client, zorg, v1="ja", website="https://spam.example")

    assert "Verstuur mijn antwoorden" in visible(page)
    assert not Response.objects.exists()


def test_choosing_a_language_keeps_the_answers_and_stores_nothing(client, zorg):
    key = str(uuid.uuid4())

    page = client.post(
        zorg.get_absolute_url(), {"sleutel": key, "taal": "fr", "v1": "ja", "v6-tekst": "Aan zee"}
    )

    assert '<html lang="fr"' in visible(page)
    assert re.search(r'value="ja"[^>]*checked', visible(page))
    assert "Aan zee" in visible(page)
    assert key in visible(page)
    assert page.cookies["taal"].value == "fr"
    assert not Response.objects.exists()


def test_the_phones_language_comes_first(client, zorg, questionnaire):
    page = client.get(zorg.get_absolute_url(), headers={"accept-language": "de-BE,de;q=0.9"})

    assert questionnaire.questions.get(number=1).text["de"] in visible(page)


def test_an_expired_csrf_token_brings_the_filled_in_form_back(zorg):
    client = Client(enforce_csrf_checks=True)
    client.get(zorg.get_absolute_url())

    page = post(client, zorg, v1="ja", v6_tekst="Op de parking")

    assert page.status_code == 403
    assert "Je antwoorden staan er nog." in visible(page)
    assert "Op de parking" in visible(page)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', visible(page)).group(1)
    assert post(client, zorg, v1="ja", csrfmiddlewaretoken=token).status_code == 302


def test_an_expired_token_after_the_date_says_so_and_keeps_the_answers(zorg):
    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.update(opened_on=yesterday, closing_date=yesterday)

    page = post(Client(enforce_csrf_checks=True), zorg, v1="ja", v6_tekst="Op de parking")

    assert page.status_code == 409
    assert "De einddatum is voorbij" in visible(page)
    assert "Op de parking" in visible(page)


def test_after_the_date_the_form_is_shut_and_answers_stay_on_the_page(client, zorg):
    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.update(opened_on=yesterday, closing_date=yesterday)

    page = client.get(zorg.get_absolute_url())
    late = post(client, zorg, v6_tekst="Te laat geschreven")

    assert (page.status_code, late.status_code) == (200, 409)
    assert "De einddatum is voorbij" in visible(page)
    assert "Te laat geschreven" in visible(late)
    assert not Response.objects.exists()


def test_a_closed_round_says_so(client, zorg):
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(zorg.survey_round)

    assert "Deze bevraging is afgesloten" in visible(client.get(zorg.get_absolute_url()))
    assert post(client, zorg, v1="ja").status_code == 409
    assert Response.objects.count() == 5


def test_the_general_link_asks_for_the_team_first(client, zorg):
    TeamFactory(survey_round=zorg.survey_round, name="Keuken")

    page = visible(client.get(f"/v/{zorg.survey_round.grouped_token}/"))

    assert "In welk team werk je?" in page
    assert zorg.get_absolute_url() in page


def test_the_general_link_of_one_team_leads_to_its_form(client, zorg):
    answer = client.get(f"/v/{zorg.survey_round.token}/")

    assert answer.url == zorg.get_absolute_url()


def test_a_respondent_gets_no_cookie_but_csrf_and_language(client, zorg):
    client.get(zorg.get_absolute_url())
    post(client, zorg, v1="ja", taal="nl")
    post(client, zorg, v1="ja")

    assert set(client.cookies) == {"csrf", "taal"}


def test_the_form_may_be_kept_by_the_browser_but_not_by_others(client, zorg):
    cache_control = client.get(zorg.get_absolute_url())["Cache-Control"]

    assert "private" in cache_control
    assert "no-store" not in cache_control


def test_typed_markup_is_shown_as_typed(client, zorg):
    page = visible(
        post(client, zorg, v6_tekst="<script>alert(1)</script>{{ 7|add:7 }}" + "x" * 300)
    )

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


def test_other_methods_are_refused(client, zorg):
    assert client.put(zorg.get_absolute_url()).status_code == 405


def test_the_form_costs_two_queries_and_then_one(client, zorg, django_assert_num_queries):
    with django_assert_num_queries(2):  # team, questionnaire
        client.get(zorg.get_absolute_url())
    with django_assert_num_queries(1):
        client.get(zorg.get_absolute_url())


def test_sending_costs_six_queries(client, zorg, django_assert_num_queries):
    client.get(zorg.get_absolute_url())

    with django_assert_num_queries(6 + 2):  # and the savepoint of the test
        post(client, zorg, v1="ja", v6_tekst="Op de parking")
