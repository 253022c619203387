"""The action plan as HR or a facilitator writes it on screen."""

from datetime import date

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import ActionPoint, SurveyRound
from tests.factories import SurveyRoundFactory, TeamFactory, planning, send

BUSY, OPEN = ActionPoint.State.BUSY, ActionPoint.State.OPEN
DAY = date(2027, 2, 1)


def page(response):
    return response.content.decode()


def write(client, address, *actions):
    """Send the plan as somebody who just opened the page."""
    seen = client.get(address).context["seen"]
    return client.post(address, sent(*actions) | {"gezien": seen})


def sent(*actions):
    return {
        f"actie-{position}-{name}": value
        for position, fields in enumerate(actions, start=1)
        for name, value in fields.items()
    }


def texts_of(survey_round):
    return list(
        survey_round.action_points.order_by("position", "pk").values_list("position", "text")
    )


def test_a_plan_without_any_action_is_not_called_saved(sign_in, bram, closed, segment):
    client = sign_in(bram)

    response = write(client, planning(closed, segment), {})

    shown = page(client.get(response.url))
    assert "Er staat nu geen actie in het plan." in shown
    assert "Het plan is bewaard." not in shown


def test_a_facilitator_writes_an_action_with_everything_in_it(sign_in, bram, closed, segment):
    client = sign_in(bram)

    response = write(
        client,
        planning(closed, segment),
        {
            "text": "Eén keer per week samen eten",
            "topic": "v6",
            "first_step": "Een dag kiezen",
            "who": "Sofie",
            "needed": "Een tafel",
            "asked_of_management": "Een half uur",
            "noticed_by": "Iedereen blijft zitten",
            "review_on": "2027-02-01",
            "is_shared": "on",
        },
    )

    action = ActionPoint.objects.get()
    report = reverse("segment_report", args=[closed.pk, segment.pk])
    assert response.url == report
    assert (action.survey_round, action.segment, action.position) == (closed, segment, 1)
    assert (action.question.code, action.text) == ("v6", "Eén keer per week samen eten")
    assert (action.first_step, action.who, action.needed) == (
        "Een dag kiezen",
        "Sofie",
        "Een tafel",
    )
    assert (action.asked_of_management, action.noticed_by) == (
        "Een half uur",
        "Iedereen blijft zitten",
    )
    assert (action.review_on, action.state, action.is_shared) == (DAY, OPEN, True)
    assert "Iedereen blijft zitten" in page(client.get(report))


def test_a_text_alone_is_enough(sign_in, ilse, closed):
    write(sign_in(ilse), planning(closed), {"text": "Samen eten"})

    action = ActionPoint.objects.get()
    assert (action.segment, action.state, action.question) == (None, OPEN, None)


def test_an_empty_plan_stays_lines_on_paper(sign_in, ilse, closed):
    response = write(sign_in(ilse), planning(closed), {"text": ""})

    assert response.status_code == 302
    assert not ActionPoint.objects.exists()


def test_emptying_an_action_removes_it_and_the_next_ones_move_up(sign_in, ilse, closed):
    client = sign_in(ilse)
    write(client, planning(closed), {"text": "Een"}, {"text": "Twee"}, {"text": "Drie"})

    write(
        client, planning(closed), {"text": "", "who": "Sofie"}, {"text": "Twee"}, {"text": "Drie"}
    )

    assert texts_of(closed) == [(1, "Twee"), (2, "Drie")]


def test_the_plan_of_one_segment_leaves_the_others_alone(sign_in, ilse, closed, segment, action):
    write(sign_in(ilse), planning(closed), {"text": "Van iedereen"})

    assert texts_of(closed) == [(1, "Eén keer per week samen eten"), (1, "Van iedereen")]


def test_words_without_an_action_are_refused(sign_in, ilse, closed):
    response = write(sign_in(ilse), planning(closed), {"text": "Een"}, {"who": "Sofie"})

    assert response.status_code == 422
    assert "Wat kiezen jullie? Schrijf het hier, of maak de rest leeg." in page(response)
    assert 'href="#id_actie-2-text"' in page(response)
    assert 'value="Sofie"' in page(response)
    assert not ActionPoint.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "x" * 201),
        ("text", "nul\x00"),
        ("who", "x" * 101),
        ("topic", "v99"),
        ("review_on", "32 januari"),
        ("review_on", "2207-02-01"),
        ("review_on", "2020-02-01"),
    ],
)
def test_a_bad_field_stores_nothing(sign_in, ilse, closed, name, value):
    response = write(sign_in(ilse), planning(closed), {"text": "Samen eten", name: value})

    assert response.status_code == 422
    assert f'href="#id_actie-1-{name}"' in page(response)
    assert not ActionPoint.objects.exists()


def test_the_question_stands_at_its_action_in_the_report(sign_in, ilse, closed, segment, action):
    question = closed.questionnaire.questions.get(code="v6")
    ActionPoint.objects.update(question=question)
    report = reverse("segment_report", args=[closed.pk, segment.pk])

    shown = page(sign_in(ilse).get(report))

    assert shown.count("Over vraag 6. Ontmoetingen tussen medewerkers</span>") == 1
    assert shown.count("Over vraag …") == 2


def test_a_team_that_fills_in_together_plans_at_once_and_keeps_it_after_closing(
    sign_in, ilse, questionnaire, de_linde
):
    together = SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, mode=SurveyRound.Mode.ORGANISATION
    )
    send(TeamFactory(survey_round=together, name="Directie"), v1="ja")
    client = sign_in(ilse)
    write(client, planning(together), {"text": "Samen eten"})

    close_round(together)

    assert "Samen eten" in page(client.get(reverse("report", args=[together.pk])))
    write(client, planning(together), {"text": "Samen eten"}, {"text": "Samen wandelen"})
    assert texts_of(together) == [(1, "Samen eten"), (2, "Samen wandelen")]


def test_before_closing_an_anonymous_round_has_no_plan(sign_in, ilse, survey_round, zorg):
    response = sign_in(ilse).get(planning(survey_round))

    assert response.url == reverse("report", args=[survey_round.pk])


def test_the_page_of_the_plan_has_a_fixed_number_of_queries(
    sign_in, bram, closed, segment, action, django_assert_num_queries
):
    client = sign_in(bram)
    client.get(planning(closed, segment))

    # Session, user, round; teams, tallies, texts and actions of the report; the actions again.
    with django_assert_num_queries(8):
        client.get(planning(closed, segment))


def test_a_segment_of_another_round_has_no_plan(sign_in, ilse, segment, de_linde, questionnaire):
    other = SurveyRoundFactory(organisation=de_linde, questionnaire=questionnaire)

    assert sign_in(ilse).get(planning(other, segment)).status_code == 404


def test_an_empty_plan_starts_with_one_action_and_offers_another(sign_in, bram, closed, segment):
    client = sign_in(bram)
    address = planning(closed, segment)

    first = client.get(address)
    seen = first.context["seen"]
    written = {"text": "Samen eten", "who": "Sofie", "review_on": "2027-02-01"}
    typed = sent(written | {"is_shared": "on"})
    second = client.post(address, typed | {"gezien": seen, "nog_een": "1"})
    third = client.post(address, typed | sent({}, {"text": ""}) | {"gezien": seen, "nog_een": "1"})

    assert [len(each.context["forms"]) for each in (first, second, third)] == [1, 2, 3]
    assert [each.context["can_add"] for each in (first, second, third)] == [True, True, False]
    kept = second.context["forms"][0]
    assert {name: kept[name].value() for name in written} == written
    assert kept["is_shared"].value()
    assert second.context["seen"] == seen
    assert closed.action_points.count() == 0


def test_what_was_changed_in_a_known_action_stays_when_another_is_asked_for(
    sign_in, bram, action, closed, segment
):
    client = sign_in(bram)

    response = client.post(
        planning(closed, segment), sent({"text": "Samen koken", "who": ""}) | {"nog_een": "1"}
    )

    kept, blank = response.context["forms"]
    assert (kept["text"].value(), kept["who"].value()) == ("Samen koken", "")
    assert blank["text"].value() == ""
    action.refresh_from_db()
    assert action.who == "Sofie"


def test_a_new_action_is_agreed_and_a_known_one_tells_how_far_it_is(
    sign_in, bram, action, closed, segment
):
    client = sign_in(bram)

    known, blank = client.post(planning(closed, segment), {"nog_een": "1"}).context["forms"]

    assert "state" in known.fields
    assert "state" not in blank.fields


@pytest.mark.parametrize(("state", "stored"), [("BUSY", BUSY), ("FAILED", OPEN), ("", OPEN)])
def test_how_far_an_action_is_can_be_told_in_the_plan(
    sign_in, bram, action, closed, segment, state, stored
):
    write(sign_in(bram), planning(closed, segment), {"text": "Samen eten", "state": state})

    action.refresh_from_db()
    assert action.state == stored
