"""HR reads what colleagues wrote at Andere before the report shows it (T7)."""

import uuid

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import AuditEntry, OtherText, SurveyRound, Team
from survey.prepare.voiding import void_round
from tests.factories import SurveyRoundFactory, TeamFactory, send

PENDING, SHOWN, HIDDEN = OtherText.State


@pytest.fixture
def closed(survey_round, zorg):
    """A closed round of Zorg: seven responses, with texts at questions 6 and 9."""
    send(zorg, v9=["andere"], texts={"v9": "Meelopen met de nacht"})
    send(zorg, v6=["andere"], texts={"v6": "Vraag het aan Rita"})
    for _ in range(5):
        send(zorg, v1="ja")
    return close_round(survey_round)


@pytest.fixture
def together(questionnaire, de_linde):
    """An open round that a team fills in together, with one text."""
    survey_round = SurveyRoundFactory(
        organisation=de_linde,
        questionnaire=questionnaire,
        mode=SurveyRound.Mode.ORGANISATION,
    )
    team = TeamFactory(survey_round=survey_round, name="Directie")
    send(team, v6=["andere"], texts={"v6": "In de kelder"})
    return survey_round


def page(response):
    return response.content.decode()


def reviewing(survey_round):
    return reverse("review_texts", kwargs={"round_id": survey_round.pk})


def text_at(code):
    return OtherText.objects.get(question__code=code)


def decide(client, survey_round, text, decision, wording=None):
    return client.post(
        reviewing(survey_round),
        {"tekst": text.pk, "decision": decision, "text": wording or text.text},
    )


def test_pending_texts_stand_in_leaflet_order_with_the_size_of_the_group(sign_in, ilse, closed):
    response = sign_in(ilse).get(reviewing(closed))

    assert response.status_code == 200
    assert "Nog 2 na te lezen" in page(response)
    assert page(response).index("Vraag het aan Rita") < page(response).index("Meelopen met de n")
    assert page(response).count("uit een groep van 7") == 2


def test_the_page_never_names_the_group(sign_in, ilse, closed):
    response = sign_in(ilse).get(reviewing(closed))

    assert "Zorg" not in page(response).replace("Woonzorgcentrum", "")


def test_a_shown_text_is_in_the_report_and_the_next_one_comes_into_view(sign_in, ilse, closed):
    first, second = text_at("v6"), text_at("v9")
    client = sign_in(ilse)

    response = decide(client, closed, first, "show")

    first.refresh_from_db()
    assert (first.state, first.text) == (SHOWN, "Vraag het aan Rita")
    assert response.url == f"{reviewing(closed)}#tekst-{second.pk}"
    assert "Vraag het aan Rita" in page(client.get(reverse("report", args=[closed.pk])))


def test_after_the_last_text_the_page_goes_back_to_those_left_before_it(sign_in, ilse, closed):
    response = decide(sign_in(ilse), closed, text_at("v9"), "show")

    assert response.url == f"{reviewing(closed)}#tekst-{text_at('v6').pk}"


def test_a_hidden_text_keeps_its_words_and_stays_out_of_the_report(sign_in, ilse, closed):
    text = text_at("v6")
    client = sign_in(ilse)

    decide(client, closed, text, "hide", "andere woorden")

    text.refresh_from_db()
    assert (text.state, text.text) == (HIDDEN, "Vraag het aan Rita")
    assert "Rita" not in page(client.get(reverse("report", args=[closed.pk])))


def test_other_words_replace_the_original_for_good(sign_in, ilse, closed):
    text = text_at("v6")

    decide(sign_in(ilse), closed, text, "show", "Vraag het aan ████")

    text.refresh_from_db()
    assert (text.state, text.text) == (SHOWN, "Vraag het aan ████")
    assert not OtherText.objects.filter(text__contains="Rita").exists()


def test_a_text_that_was_read_can_be_reconsidered(sign_in, ilse, closed):
    text = text_at("v6")
    client = sign_in(ilse)
    decide(client, closed, text, "show")

    response = decide(client, closed, text, "hide")

    text.refresh_from_db()
    assert text.state == HIDDEN
    assert response.url == f"{reviewing(closed)}?gelezen=1#tekst-{text.pk}"


@pytest.mark.parametrize("wording", ["   ", "x" * 301])
def test_empty_or_long_words_are_refused_at_the_field(sign_in, ilse, closed, wording):
    text = text_at("v6")

    response = decide(sign_in(ilse), closed, text, "show", wording)

    text.refresh_from_db()
    assert response.status_code == 422
    assert f'href="#text-{text.pk}"' in page(response)
    assert (text.state, text.text) == (PENDING, "Vraag het aan Rita")


def test_three_hundred_characters_are_allowed(sign_in, ilse, closed):
    text = text_at("v6")

    decide(sign_in(ilse), closed, text, "show", "é" * 300)

    text.refresh_from_db()
    assert text.text == "é" * 300


@pytest.mark.parametrize("decision", ["", "delete"])
def test_an_unknown_decision_changes_nothing(sign_in, ilse, closed, decision):
    text = text_at("v6")

    response = decide(sign_in(ilse), closed, text, decision)

    text.refresh_from_db()
    assert response.status_code == 422
    assert text.state == PENDING


@pytest.mark.parametrize("key", ["", "x", "\x00", str(uuid.uuid4()), "9" * 6000])
def test_an_unknown_text_is_not_found(sign_in, ilse, closed, key):
    response = sign_in(ilse).post(reviewing(closed), {"tekst": key, "decision": "show"})

    assert response.status_code == 404


def test_a_text_of_another_round_is_not_found(sign_in, ilse, closed, together):
    text = OtherText.objects.get(text="In de kelder")

    response = decide(sign_in(ilse), closed, text, "hide")

    text.refresh_from_db()
    assert response.status_code == 404
    assert text.state == SHOWN


def test_before_closing_nobody_reads_anything(sign_in, ilse, survey_round, zorg):
    send(zorg, v6=["andere"], texts={"v6": "geheim"})

    response = sign_in(ilse).get(reviewing(survey_round), follow=True)

    assert response.redirect_chain[0][0] == survey_round.get_absolute_url()
    assert "geheim" not in page(response)
    assert not AuditEntry.objects.exists()


def test_before_closing_nothing_can_be_decided(sign_in, ilse, survey_round, zorg):
    send(zorg, v6=["andere"], texts={"v6": "geheim"})
    text = text_at("v6")

    decide(sign_in(ilse), survey_round, text, "show")

    text.refresh_from_db()
    assert text.state == PENDING


def test_of_a_void_round_nothing_is_left_to_read(sign_in, ilse, together):
    void_round(together, "Verkeerde vragen")

    response = sign_in(ilse).get(reviewing(together))

    assert response.status_code == 302


def test_what_a_team_wrote_together_can_be_hidden_but_not_reworded(sign_in, ilse, together):
    text = text_at("v6")
    client = sign_in(ilse)

    drawn = client.get(reviewing(together))
    decide(client, together, text, "hide", "iets anders")

    text.refresh_from_db()
    assert "Zeg het met andere woorden" not in page(drawn)
    assert (text.state, text.text) == (HIDDEN, "In de kelder")

    decide(client, together, text, "show", "iets anders")

    text.refresh_from_db()
    assert (text.state, text.text) == (SHOWN, "In de kelder")


def test_each_visit_is_logged(sign_in, ilse, closed):
    client = sign_in(ilse)

    client.get(reviewing(closed))
    client.get(reviewing(closed))

    logged = AuditEntry.objects.values_list("user_email", "survey_round", "what")
    assert list(logged) == [(ilse.email, closed.pk, "TEXTS")] * 2


def test_markup_is_shown_as_typed(sign_in, ilse, survey_round, zorg):
    for _ in range(5):
        send(zorg, v6=["andere"], texts={"v6": "<b>vet</b> {{ naam }}"})
    close_round(survey_round)

    response = sign_in(ilse).get(reviewing(survey_round))

    assert "&lt;b&gt;vet&lt;/b&gt; {{ naam }}" in page(response)
    assert "<b>vet" not in page(response)


def test_the_report_and_the_round_lead_hr_to_the_texts(sign_in, ilse, closed):
    client = sign_in(ilse)

    report = client.get(reverse("report", args=[closed.pk]))
    survey_round = client.get(closed.get_absolute_url())

    assert f'href="{reviewing(closed)}"' in page(report)
    assert f'href="{reviewing(closed)}"' in page(survey_round)


def test_a_facilitator_does_not_review(sign_in, bram, closed):
    client = sign_in(bram)

    assert client.get(reviewing(closed)).status_code == 403
    assert decide(client, closed, text_at("v6"), "show").status_code == 403
    assert f'href="{reviewing(closed)}"' not in page(
        client.get(reverse("report", args=[closed.pk]))
    )


def test_hr_of_another_organisation_finds_nothing(sign_in, noor, closed):
    assert sign_in(noor).get(reviewing(closed)).status_code == 404


def test_a_visitor_signs_in_first(client, closed):
    response = client.get(reviewing(closed))

    assert response.url == f"{reverse('account_login')}?next={reviewing(closed)}"


def test_the_page_cannot_be_deleted(sign_in, ilse, closed):
    assert sign_in(ilse).delete(reviewing(closed)).status_code == 405


def test_the_number_of_texts_does_not_change_the_number_of_queries(
    sign_in, ilse, survey_round, zorg, django_assert_num_queries
):
    Team.objects.update(headcount=60)
    zorg.refresh_from_db()
    for _ in range(60):
        send(zorg, v6=["andere"], texts={"v6": "nog een"})
    close_round(survey_round)
    client = sign_in(ilse)

    # Session, user, round, texts twice with their number, and the audit log.
    with django_assert_num_queries(7):
        response = client.get(reviewing(survey_round))

    assert page(response).count('class="review-text"') == 50
    assert "Hierna komen er nog 10." in page(response)
