"""Start a survey round with its teams."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from survey.models import Questionnaire, SurveyRound
from tests.factories import SurveyRoundFactory

TEAMS = [("Zorg", "15"), ("Keuken", "9"), ("", "")]


def filled_in(teams=TEAMS, **changes):
    """What HR's browser sends."""
    sent = {
        "title": "Leercultuur najaar 2026",
        "mode": "ANONYMOUS",
        "closing_date": (timezone.localdate() + timedelta(days=21)).isoformat(),
        "asked_by": "Ilse Maes, HR",
        "purpose": "We willen beter van elkaar leren.",
        "read_by": "Je eigen team en HR.",
        "heard_when": "Op het teamoverleg.",
        "contact": "ilse@delinde.example",
        "team-TOTAL_FORMS": str(len(teams)),
        "team-INITIAL_FORMS": "0",
    }
    for row, (name, headcount) in enumerate(teams):
        sent[f"team-{row}-name"] = name
        sent[f"team-{row}-headcount"] = headcount
    return sent | changes


@pytest.fixture
def address(de_linde, questionnaire):
    return reverse("survey_round_new", args=[de_linde.pk])


def page(response):
    return response.content.decode()


def test_the_form_starts_with_three_rows_and_good_texts(sign_in, ilse, address):
    response = sign_in(ilse).get(address)

    assert response.status_code == 200
    assert len(response.context["rows"].forms) == 3
    form = response.context["form"]
    assert form["closing_date"].value() == timezone.localdate() + timedelta(weeks=3)
    assert all(form[name].value() for name in form.for_colleagues)


def test_the_first_round_is_the_second_step_after_the_organisation(sign_in, ilse, address):
    client = sign_in(ilse)

    first = page(client.get(address))
    client.post(address, filled_in())
    second = page(client.get(address))

    assert [shown.count("Tweede stap van twee") for shown in (first, second)] == [1, 0]


def test_what_is_proposed_can_be_sent_as_it_is(sign_in, ilse, address):
    client = sign_in(ilse)
    proposed = client.get(address).context["form"].initial

    response = client.post(address, filled_in() | proposed)

    assert response.status_code == 302
    assert SurveyRound.objects.get().title == proposed["title"]


def test_a_round_opens_when_it_is_made(sign_in, ilse, address, settings):
    settings.THRESHOLD = 6

    response = sign_in(ilse).post(address, filled_in())

    survey_round = SurveyRound.objects.get()
    assert response.url == survey_round.get_absolute_url()
    assert survey_round.state == SurveyRound.State.OPEN
    assert survey_round.threshold == 6
    teams = survey_round.teams.values_list("position", "name", "headcount")
    assert list(teams) == [(1, "Zorg", 15), (2, "Keuken", 9)]


def test_empty_rows_between_teams_do_not_count(sign_in, ilse, address):
    teams = [("", ""), ("Zorg", "15"), ("", ""), ("Keuken", "9")]

    sign_in(ilse).post(address, filled_in(teams))

    assert list(SurveyRound.objects.get().teams.values_list("name", flat=True)) == [
        "Zorg",
        "Keuken",
    ]


def test_the_newest_version_of_the_questionnaire_is_used(sign_in, ilse, address):
    newest = Questionnaire.objects.create(
        code="leercultuur", version=2, title={"nl": "Leercultuur"}, languages=["nl"]
    )

    sign_in(ilse).post(address, filled_in())

    assert SurveyRound.objects.get().questionnaire == newest


def test_one_more_row_keeps_what_was_typed_and_complains_about_nothing(sign_in, ilse, address):
    sent = filled_in([("Zorg", "15"), ("", "vijf"), ("", "")], title="", add_row="1")

    response = sign_in(ilse).post(address, sent)

    assert response.status_code == 200
    rows = response.context["rows"].forms
    assert len(rows) == 4
    assert rows[0]["name"].value() == "Zorg"
    assert rows[1]["headcount"].value() == "vijf"
    assert response.context["form"]["contact"].value() == "ilse@delinde.example"
    assert "error-summary" not in page(response)
    assert SurveyRound.objects.count() == 0


def test_every_mistake_leads_to_its_field(sign_in, ilse, address):
    sent = filled_in() | {"title": "", "mode": "", "closing_date": "x", "team-0-headcount": "0"}

    response = sign_in(ilse).post(address, sent)

    summary = page(response).split('id="fouten"')[1].split("</ul>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == 4
    assert [target for target in targets if f'id="{target}"' not in page(response)] == []


@pytest.mark.parametrize(
    ("total", "status"),
    [("", 422), ("-1", 422), ("x", 422), ("9" * 6000, 422), ("1000", 422), ("٣", 302)],
)
def test_a_strange_number_of_rows_is_no_problem(sign_in, ilse, address, total, status):
    sent = filled_in() | {"team-TOTAL_FORMS": total}

    more = sign_in(ilse).post(address, sent | {"add_row": "1"})
    response = sign_in(ilse).post(address, sent)

    assert more.status_code == 200
    assert response.status_code == status
    assert SurveyRound.objects.count() == (status == 302)


YESTERDAY = (timezone.localdate() - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 101},
        {"title": "a\x00b"},
        {"mode": "SECRET"},
        {"mode": ""},
        {"closing_date": ""},
        {"closing_date": YESTERDAY},
        {"closing_date": "31/02/2027"},
        {"closing_date": "9999-12-31"},
        {"purpose": "x" * 201},
        {"contact": ""},
        {"team-0-headcount": "0"},
        {"team-0-headcount": "100001"},
        {"team-0-headcount": "9" * 6000},
        {"team-0-name": ""},
        {"team-0-name": "x" * 101},
        {"team-1-name": "ZORG"},
        {"mode": "ORGANISATION"},
    ],
)
def test_bad_input_is_said_and_stores_nothing(sign_in, ilse, address, changes):
    response = sign_in(ilse).post(address, filled_in(**changes))

    assert response.status_code == 422
    assert page(response).count('class="error-summary"') == 1
    assert page(response).count('<li><a href="#') >= 1
    assert SurveyRound.objects.count() == 0


def test_at_least_one_team_is_needed(sign_in, ilse, address):
    response = sign_in(ilse).post(address, filled_in([("", ""), ("", "")]))

    assert response.status_code == 422
    assert "Vul minstens één team in." in page(response)


def test_filling_in_together_takes_exactly_one_team(sign_in, ilse, address):
    sent = filled_in([("Iedereen", "20")], mode="ORGANISATION")

    started = page(sign_in(ilse).post(address, sent, follow=True))

    assert SurveyRound.objects.get().mode == SurveyRound.Mode.ORGANISATION
    assert "De bevraging is begonnen. Vul ze nu samen in." in started


def test_a_body_without_fields_is_said(sign_in, ilse, address):
    response = sign_in(ilse).post(address, "{}", content_type="application/json")

    assert response.status_code == 422
    assert SurveyRound.objects.count() == 0


def test_without_questionnaire_nothing_can_start(sign_in, ilse, de_linde):
    response = sign_in(ilse).get(reverse("survey_round_new", args=[de_linde.pk]), follow=True)

    assert "Er is nog geen vragenlijst geladen." in page(response)


def test_a_facilitator_may_not_start_a_round(sign_in, bram, address):
    assert sign_in(bram).get(address).status_code == 403
    assert sign_in(bram).post(address, filled_in()).status_code == 403


def test_a_foreign_organisation_is_not_found(sign_in, noor, address):
    assert sign_in(noor).post(address, filled_in()).status_code == 404


def test_who_is_not_signed_in_starts_nothing(client, address):
    assert client.post(address, filled_in()).status_code == 302
    assert SurveyRound.objects.count() == 0


def test_a_round_cannot_be_deleted_by_address(sign_in, ilse, address):
    assert sign_in(ilse).delete(address).status_code == 405


def test_a_form_that_is_sent_twice_starts_one_round(sign_in, ilse, address):
    client = sign_in(ilse)
    key = str(client.get(address).context["form"]["sleutel"].value())

    first, again = (client.post(address, filled_in(sleutel=key)) for _ in range(2))

    survey_round = SurveyRound.objects.get()
    assert str(survey_round.pk) == key
    assert [first.url, again.url] == [survey_round.get_absolute_url()] * 2
    assert survey_round.teams.count() == 2


def test_the_key_of_somebody_elses_round_starts_and_changes_nothing(sign_in, ilse, noor, address):
    elsewhere = SurveyRoundFactory(
        organisation=noor.memberships.get().organisation, questionnaire=Questionnaire.objects.get()
    )

    response = sign_in(ilse).post(address, filled_in(sleutel=str(elsewhere.pk)))

    assert response.status_code == 404
    assert SurveyRound.objects.get().title == elsewhere.title


@pytest.mark.parametrize("key", ["", "niet-echt", "9" * 6000])
def test_without_a_usable_key_a_round_starts_all_the_same(sign_in, ilse, address, key):
    response = sign_in(ilse).post(address, filled_in(sleutel=key))

    assert response.url == SurveyRound.objects.get().get_absolute_url()
