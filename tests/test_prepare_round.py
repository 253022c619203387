"""The page of a survey round, and changing it before closing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from survey.closing import close_round
from survey.models import Response, SurveyRound
from survey.prepare.voiding import void_round
from tests.factories import SurveyRoundFactory, TeamFactory, send

CHANGING = ["survey_round_edit", "survey_round_extend", "team_new", "team_edit"]


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


def page(response):
    return response.content.decode()


def at(name, survey_round, **arguments):
    return reverse(name, kwargs={"round_id": survey_round.pk, **arguments})


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def changing(name, team):
    arguments = {"team_id": team.pk} if name == "team_edit" else {}
    return at(name, team.survey_round, **arguments)


def test_the_page_shows_links_and_numbers_of_responses(
    sign_in, ilse, survey_round, zorg, keuken, settings
):
    settings.SITE_URL = "https://leren.example"
    send(zorg, v1="ja")
    send(zorg, v1="nee")

    response = sign_in(ilse).get(survey_round.get_absolute_url())

    assert response.status_code == 200
    assert f"https://leren.example/v/{zorg.grouped_token}/" in page(response)
    assert "2 van 15" in page(response)
    assert "0 van 6" in page(response)
    assert "2 van 21" in page(response)


def test_before_closing_the_page_shows_no_answer(sign_in, ilse, survey_round, zorg):
    for _ in range(6):
        send(zorg, v6=["andere"], texts={"v6": "geheim verhaal"})

    response = sign_in(ilse).get(survey_round.get_absolute_url())

    assert "geheim verhaal" not in page(response)
    assert reverse("report", args=[survey_round.pk]) not in page(response)


def test_small_teams_are_named(sign_in, ilse, survey_round, zorg, keuken):
    response = sign_in(ilse).get(survey_round.get_absolute_url())

    assert "Teams met minder dan 8 collega’s krijgen zelden een eigen rapport" in page(response)
    assert response.context["overview"].small_teams == "Keuken"


def test_a_facilitator_sees_the_page_without_hr_buttons(sign_in, bram, survey_round, zorg):
    for _ in range(5):
        send(zorg, v1="ja")

    response = sign_in(bram).get(survey_round.get_absolute_url())

    assert response.status_code == 200
    assert "5 van 15" in page(response)
    for name in ["survey_round_close", "survey_round_void", *CHANGING]:
        assert f'href="{changing(name, zorg)}"' not in page(response)


def test_a_closed_round_links_to_its_reports(sign_in, bram, survey_round, zorg, keuken):
    for team in (zorg, keuken):
        for _ in range(5):
            send(team, v1="ja")
    close_round(survey_round)

    response = sign_in(bram).get(survey_round.get_absolute_url())

    assert at("report", survey_round) in page(response)
    names = [segment.name for segment in response.context["published"]]
    assert names == ["Zorg", "Keuken"]
    assert "Geef meer tijd" not in page(response)


def test_a_void_round_shows_the_reason_only(sign_in, ilse, survey_round, zorg):
    void_round(survey_round, "De link stond op het internet.")

    response = sign_in(ilse).get(survey_round.get_absolute_url())

    assert "De link stond op het internet." in page(response)
    assert "Zorg" not in page(response)


def test_a_round_filled_in_together_leads_to_its_report_at_once(
    sign_in, ilse, de_linde, questionnaire
):
    together = SurveyRoundFactory(organisation=de_linde, mode=SurveyRound.Mode.ORGANISATION)
    team = TeamFactory(survey_round=together, name="Iedereen")
    client = sign_in(ilse)

    before = page(client.get(together.get_absolute_url()))
    send(team, v1="ja")
    after = page(client.get(together.get_absolute_url()))

    assert at("report", together) not in before
    assert at("report", together) in after


def test_what_is_typed_is_shown_inert(sign_in, ilse, survey_round):
    TeamFactory(survey_round=survey_round, name="<script>alert(1)</script>{{ 7 }}")

    response = sign_in(ilse).get(survey_round.get_absolute_url())

    assert "<script>alert(1)" not in page(response)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in page(response)


def test_the_page_costs_the_same_with_many_teams(
    sign_in, ilse, survey_round, django_assert_num_queries
):
    for number in range(20):
        TeamFactory(survey_round=survey_round, position=number)
    client = sign_in(ilse)

    with django_assert_num_queries(4):
        client.get(survey_round.get_absolute_url())


def test_the_preview_shows_the_real_questions_and_cannot_send(sign_in, ilse, survey_round, zorg):
    response = sign_in(ilse).get(at("preview", survey_round))

    assert response.status_code == 200
    assert "Er wordt niets bewaard." in page(response)
    assert 'name="v1"' in page(response)
    assert zorg.get_absolute_url() not in page(response)
    assert sign_in(ilse).post(at("preview", survey_round), {"v1": "ja"}).status_code == 405
    assert Response.objects.count() == 0


def test_texts_title_and_date_can_change(sign_in, ilse, survey_round, zorg):
    client = sign_in(ilse)
    address = at("survey_round_edit", survey_round)
    sent = client.get(address).context["form"].initial | {
        "title": "Leren 2026",
        "closing_date": in_days(3).isoformat(),
    }

    response = client.post(address, sent | {"mode": "ORGANISATION", "threshold": "3"})

    survey_round.refresh_from_db()
    assert response.url == survey_round.get_absolute_url()
    assert survey_round.title == "Leren 2026"
    assert survey_round.closing_date == in_days(3)
    assert survey_round.mode == SurveyRound.Mode.ANONYMOUS
    assert survey_round.threshold == 5


def test_texts_can_change_after_the_date_when_the_date_stays(sign_in, ilse, survey_round, zorg):
    survey_round.opened_on = survey_round.closing_date = in_days(-2)
    survey_round.save()
    client = sign_in(ilse)
    address = at("survey_round_edit", survey_round)
    sent = client.get(address).context["form"].initial

    kept = client.post(address, sent | {"title": "Leren"})
    earlier = client.post(address, sent | {"closing_date": in_days(-1).isoformat()})

    assert kept.status_code == 302
    assert earlier.status_code == 422
    assert page(earlier).count('class="error-summary"') == 1


def test_a_new_date_gives_more_time_and_opens_an_ended_round(sign_in, ilse, survey_round, zorg):
    survey_round.opened_on = survey_round.closing_date = in_days(-1)
    survey_round.save()

    response = sign_in(ilse).post(
        at("survey_round_extend", survey_round), {"closing_date": in_days(7).isoformat()}
    )

    survey_round.refresh_from_db()
    assert response.status_code == 302
    assert survey_round.state == SurveyRound.State.OPEN


@pytest.mark.parametrize("days", [-1, 0, 5, 14, 4000])
def test_more_time_is_later_than_today_and_than_before(sign_in, ilse, survey_round, zorg, days):
    response = sign_in(ilse).post(
        at("survey_round_extend", survey_round), {"closing_date": in_days(days).isoformat()}
    )

    survey_round.refresh_from_db()
    assert response.status_code == 422
    assert survey_round.closing_date == in_days(14)


@pytest.mark.parametrize("name", CHANGING)
def test_a_closed_round_does_not_change_any_more(sign_in, ilse, zorg, name):
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(zorg.survey_round)
    sent = {"name": "Anders", "headcount": "9", "closing_date": in_days(30).isoformat()}

    shown = sign_in(ilse).get(changing(name, zorg))
    response = sign_in(ilse).post(changing(name, zorg), sent, follow=True)

    assert shown.status_code == 302
    assert "Er verandert niets meer aan, zodat wat jullie ervan deelden" in page(response)
    assert list(zorg.survey_round.teams.values_list("name", flat=True)) == ["Zorg"]


@pytest.mark.parametrize("name", CHANGING)
def test_of_a_void_round_it_is_said_that_it_is_void(sign_in, ilse, zorg, name):
    void_round(zorg.survey_round, "Verkeerde link")

    shown = page(sign_in(ilse).get(changing(name, zorg), follow=True))

    assert "Deze bevraging is ongeldig verklaard. Er verandert niets meer aan." in shown


def test_what_colleagues_read_has_no_line_for_what_hr_left_empty(sign_in, ilse, zorg):
    SurveyRound.objects.update(heard_when="")

    shown = page(sign_in(ilse).get(at("survey_round", zorg.survey_round)))

    assert ("<dt>Waarom</dt>" in shown, "<dt>Wanneer horen ze ervan</dt>" in shown) == (True, False)


@pytest.mark.parametrize("name", CHANGING)
def test_only_hr_changes_a_round(sign_in, bram, noor, client, zorg, name):
    address = changing(name, zorg)

    assert client.post(address).status_code == 302
    assert sign_in(bram).post(address).status_code == 403
    assert sign_in(noor).post(address).status_code == 404
    assert sign_in(noor).delete(address).status_code == 405


@pytest.mark.parametrize("name", ["survey_round", "preview"])
def test_a_foreign_round_is_not_found(sign_in, noor, ada, zorg, name):
    address = at(name, zorg.survey_round)

    assert sign_in(noor).get(address).status_code == 404
    assert sign_in(ada).get(address).status_code == 404
