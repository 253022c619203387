"""Closing after reading what appears, and declaring a survey round void."""

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.holding import AlreadyFinished
from survey.models import Response, SurveyRound
from survey.prepare.plan import SegmentsChanged, close_as_shown, make_plan
from survey.prepare.voiding import void_round
from tests.factories import SurveyRoundFactory, TeamFactory, send

YES = {"papers_left": "0", "is_certain": "on"}


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


@pytest.fixture
def onthaal(survey_round):
    return TeamFactory(survey_round=survey_round, name="Onthaal", headcount=5, position=3)


def page(response):
    return response.content.decode()


def closing(survey_round):
    return reverse("survey_round_close", args=[survey_round.pk])


def voiding(survey_round):
    return reverse("survey_round_void", args=[survey_round.pk])


def send_many(team, number):
    for _ in range(number):
        send(team, v1="ja")


def plan_of(survey_round, shown=None):
    return make_plan(survey_round, list(survey_round.teams.all()), shown)


def test_a_plan_names_what_is_alone_pooled_and_silent(survey_round, zorg, keuken, onthaal):
    TeamFactory(survey_round=survey_round, name="Nacht", position=4)
    send_many(zorg, 6)
    send_many(keuken, 3)
    send_many(onthaal, 2)

    plan = plan_of(survey_round)

    named = [(segment.name, segment.response_count, segment.reason) for segment in plan.segments]
    assert named == [
        ("Zorg", 6, ""),
        ("Keuken en Onthaal samen", 5, "Elk apart halen ze de 5 inzendingen niet, samen wel."),
    ]
    assert plan.silent_names == "Nacht"


def test_a_plan_says_why_a_large_team_joins(survey_round, zorg, keuken, onthaal):
    send_many(zorg, 6)
    send_many(keuken, 2)

    [segment] = plan_of(survey_round).segments

    assert segment.reason == (
        "Keuken haalt de 5 inzendingen niet. Daarom komt Zorg erbij: het kleinste team dat ze "
        "wel haalt."
    )


def test_a_plan_marks_what_was_not_shown(survey_round, zorg, keuken):
    send_many(zorg, 6)
    shown = plan_of(survey_round).fingerprint
    send_many(zorg, 1)
    same = plan_of(survey_round, shown)
    send_many(keuken, 5)
    changed = plan_of(survey_round, shown)

    assert not same.is_changed
    assert [segment.is_changed for segment in changed.segments] == [False, True]


def test_the_page_says_what_appears(sign_in, ilse, survey_round, zorg, keuken, onthaal):
    send_many(zorg, 6)
    send_many(keuken, 5)

    response = sign_in(ilse).get(closing(survey_round))

    assert response.status_code == 200
    assert "2 deelrapporten en één voor de hele organisatie" in page(response)
    assert "Daar vulde niemand in." in page(response)
    assert "Hoeveel papieren formulieren liggen er nog?" in page(response)


@pytest.mark.parametrize("text", ["", "Op de trap"])
def test_after_closing_hr_reads_that_it_is_and_which_texts_wait(
    sign_in, ilse, survey_round, zorg, text
):
    send_many(zorg, 4)
    send(zorg, v1="ja", texts={"v6": text} if text else {})
    sent = YES | {"plan": plan_of(survey_round).fingerprint}

    shown = page(sign_in(ilse).post(closing(survey_round), sent, follow=True))

    assert "Afgesloten: de cijfers liggen vast." in shown
    assert ("Lees nu eerst na wat collega’s bij ‘Andere’ schreven." in shown) == bool(text)
    assert ("Op de trap" in shown) == bool(text)


def test_after_closing_hr_stands_before_the_texts_that_wait(sign_in, ilse, survey_round, zorg):
    send_many(zorg, 4)
    send(zorg, v1="ja", texts={"v6": "Op de trap"})
    sent = YES | {"plan": plan_of(survey_round).fingerprint}

    response = sign_in(ilse).post(closing(survey_round), sent)

    assert response.url == reverse("review_texts", args=[survey_round.pk])


def test_hr_closes_what_she_read(sign_in, ilse, survey_round, zorg):
    send_many(zorg, 5)

    response = sign_in(ilse).post(
        closing(survey_round), YES | {"plan": plan_of(survey_round).fingerprint}
    )

    survey_round.refresh_from_db()
    assert response.status_code == 302
    assert response.url == reverse("report", args=[survey_round.pk])
    assert survey_round.state == SurveyRound.State.CLOSED
    assert survey_round.segments.get().response_count == 5


def test_who_has_paper_left_goes_from_the_form_to_where_it_is_typed(
    sign_in, ilse, survey_round, zorg
):
    send_many(zorg, 5)
    client = sign_in(ilse)
    entry = reverse("paper_entry", args=[survey_round.pk, zorg.pk])
    link = f'<a class="way-back" href="{entry}">'
    sent = YES | {"papers_left": "2", "plan": plan_of(survey_round).fingerprint}

    of_one_team = page(client.post(closing(survey_round), sent))
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    before = page(client.get(closing(survey_round)))
    refused = page(client.post(closing(survey_round), sent))

    assert f"{link}Voer papier in</a>" in of_one_team
    assert f"{link}Papier van Zorg</a>" in before
    assert ['<details class="papers-left" open>' in shown for shown in (before, refused)] == [
        False,
        True,
    ]


def test_more_responses_in_the_same_segments_do_not_stop_closing(sign_in, ilse, survey_round, zorg):
    send_many(zorg, 5)
    shown = plan_of(survey_round).fingerprint
    send_many(zorg, 1)

    response = sign_in(ilse).post(closing(survey_round), YES | {"plan": shown})

    assert response.status_code == 302
    assert survey_round.segments.get().response_count == 6


@pytest.mark.parametrize("number", [1, 5])
def test_a_changed_plan_is_shown_again(sign_in, ilse, survey_round, zorg, keuken, number):
    send_many(zorg, 5)
    shown = plan_of(survey_round).fingerprint
    send_many(keuken, number)

    response = sign_in(ilse).post(closing(survey_round), YES | {"plan": shown})

    survey_round.refresh_from_db()
    assert response.status_code == 409
    assert "Er is intussen iets veranderd" in page(response)
    assert page(response).count("Veranderd</mark>") == 1
    assert 'name="is_certain" class' not in page(response)
    assert "checked" not in page(response)
    assert not survey_round.is_closed


@pytest.mark.parametrize("plan", ["", "x", "+ +", "\x00"])
def test_a_strange_plan_closes_nothing(sign_in, ilse, survey_round, zorg, plan):
    send_many(zorg, 5)

    response = sign_in(ilse).post(closing(survey_round), YES | {"plan": plan})

    survey_round.refresh_from_db()
    assert response.status_code == 409
    assert not survey_round.is_closed


@pytest.mark.parametrize(
    "sent",
    [
        {"papers_left": "2", "is_certain": "on"},
        {"papers_left": "", "is_certain": "on"},
        {"papers_left": "-1", "is_certain": "on"},
        {"papers_left": "9" * 6000, "is_certain": "on"},
        {"papers_left": "0"},
        {},
    ],
)
def test_paper_and_certainty_come_first(sign_in, ilse, survey_round, zorg, sent):
    send_many(zorg, 5)

    response = sign_in(ilse).post(
        closing(survey_round), sent | {"plan": plan_of(survey_round).fingerprint}
    )

    survey_round.refresh_from_db()
    assert response.status_code == 422
    assert page(response).count('class="error-summary"') == 1
    assert not survey_round.is_closed


def test_below_the_threshold_there_is_no_closing(sign_in, ilse, survey_round, zorg):
    send_many(zorg, 4)
    client = sign_in(ilse)

    own_page = client.get(survey_round.get_absolute_url())
    shown = client.get(closing(survey_round))
    response = client.post(closing(survey_round), YES | {"plan": ""}, follow=True)

    survey_round.refresh_from_db()
    assert closing(survey_round) not in page(own_page)
    assert "Sluit definitief af" not in page(shown)
    assert "Geef meer tijd" in page(shown)
    assert voiding(survey_round) in page(shown)
    assert "Er zijn nog te weinig inzendingen" in page(response)
    assert not survey_round.is_closed


def test_one_response_is_enough_when_a_team_fills_in_together(
    sign_in, ilse, de_linde, questionnaire
):
    together = SurveyRoundFactory(organisation=de_linde, mode=SurveyRound.Mode.ORGANISATION)
    send(TeamFactory(survey_round=together), v1="ja")

    sign_in(ilse).post(closing(together), YES | {"plan": plan_of(together).fingerprint})

    together.refresh_from_db()
    assert together.is_closed


def test_closing_twice_says_it_was_done(sign_in, ilse, survey_round, zorg):
    send_many(zorg, 5)
    shown = plan_of(survey_round).fingerprint
    close_round(survey_round)

    response = sign_in(ilse).post(closing(survey_round), YES | {"plan": shown}, follow=True)

    assert response.redirect_chain[0][0] == survey_round.get_absolute_url()
    assert survey_round.segments.count() == 1


def test_who_read_before_somebody_else_closed_changes_nothing(survey_round, zorg):
    send_many(zorg, 5)
    shown = plan_of(survey_round).fingerprint
    read_before = SurveyRound.objects.get(pk=survey_round.pk)
    close_round(survey_round)

    with pytest.raises(AlreadyFinished):
        close_as_shown(read_before, shown)
    with pytest.raises(AlreadyFinished):
        void_round(read_before, "Te laat.")

    assert Response.objects.count() == 5


def test_a_plan_that_changed_is_not_closed(survey_round, zorg, keuken):
    send_many(zorg, 5)
    shown = plan_of(survey_round).fingerprint
    send_many(keuken, 1)

    with pytest.raises(SegmentsChanged):
        close_as_shown(survey_round, shown)

    assert survey_round.segments.count() == 0


@pytest.mark.parametrize("address_of", [closing, voiding])
def test_only_hr_finishes_a_round(sign_in, bram, noor, client, survey_round, zorg, address_of):
    address = address_of(survey_round)

    assert client.post(address).status_code == 302
    assert sign_in(bram).post(address).status_code == 403
    assert sign_in(noor).post(address).status_code == 404
    assert sign_in(noor).put(address).status_code == 405
