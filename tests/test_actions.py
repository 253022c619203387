"""The action plan on screen, how an action went, its day in a calendar, and the mail about it."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.urls import reverse

from survey.closing import close_round
from survey.models import ActionPoint, Membership, Organisation, SurveyRound
from survey.prepare.voiding import void_round
from survey.report.calendar import all_day_event, escape, fold
from survey.report.reminders import send_action_reminders
from tests.factories import MembershipFactory, SurveyRoundFactory, TeamFactory, UserFactory, send

BUSY, CHANGED, DONE, OPEN = (
    ActionPoint.State[name] for name in ("BUSY", "CHANGED", "DONE", "OPEN")
)
DAY = date(2027, 2, 1)


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", position=2)


@pytest.fixture
def closed(survey_round, zorg, keuken):
    """A closed round with the segments Zorg and Keuken."""
    for _ in range(5):
        send(zorg, v1="ja")
        send(keuken, v1="nee")
    return close_round(survey_round)


@pytest.fixture
def segment(closed):
    return closed.segments.get(position=1)


@pytest.fixture
def action(closed, segment):
    return ActionPoint.objects.create(
        survey_round=closed,
        segment=segment,
        position=1,
        text="Eén keer per week samen eten",
        who="Sofie",
        review_on=DAY,
    )


def page(response):
    return response.content.decode()


def planning(survey_round, segment=None):
    if segment is None:
        return reverse("plan", args=[survey_round.pk])
    return reverse("segment_plan", args=[survey_round.pk, segment.pk])


def at(name, action):
    return reverse(name, args=[action.survey_round_id, action.pk])


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
    return list(survey_round.action_points.order_by("position").values_list("position", "text"))


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
            "state": "BUSY",
            "is_shared": "on",
        },
    )

    action = ActionPoint.objects.get()
    report = reverse("segment_report", args=[closed.pk, segment.pk])
    assert response.url == f"{report}#plan"
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
    assert (action.review_on, action.state, action.is_shared) == (DAY, BUSY, True)
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
        ("state", "FAILED"),
    ],
)
def test_a_bad_field_stores_nothing(sign_in, ilse, closed, name, value):
    response = write(sign_in(ilse), planning(closed), {"text": "Samen eten", name: value})

    assert response.status_code == 422
    assert f'href="#id_actie-1-{name}"' in page(response)
    assert not ActionPoint.objects.exists()


def test_who_saves_over_a_newer_plan_is_told_first(sign_in, ilse, closed, segment, action):
    client = sign_in(ilse)
    seen = client.get(planning(closed, segment)).context["seen"]
    ActionPoint.objects.update(text="Iets anders")

    refused = client.post(
        planning(closed, segment), sent({"text": "Mijn versie"}) | {"gezien": seen}
    )

    assert refused.status_code == 409
    assert texts_of(closed) == [(1, "Iets anders")]

    again = refused.context["seen"]
    client.post(planning(closed, segment), sent({"text": "Mijn versie"}) | {"gezien": again})

    assert texts_of(closed) == [(1, "Mijn versie")]


def test_a_plan_without_the_hidden_field_is_not_stored(sign_in, ilse, closed):
    response = sign_in(ilse).post(planning(closed), sent({"text": "Samen eten"}))

    assert response.status_code == 409
    assert not ActionPoint.objects.exists()


def test_a_mail_that_went_out_meanwhile_is_not_forgotten(sign_in, ilse, closed, segment, action):
    client = sign_in(ilse)
    seen = client.get(planning(closed, segment)).context["seen"]
    ActionPoint.objects.update(reminded_on=DAY)

    fields = {"text": "Ander woord", "who": "Sofie", "review_on": "2027-02-01"}
    client.post(planning(closed, segment), sent(fields) | {"gezien": seen})

    action.refresh_from_db()
    assert (action.text, action.reminded_on) == ("Ander woord", DAY)


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


@pytest.mark.parametrize("state", ["BUSY", "DONE", "CHANGED"])
def test_a_press_tells_how_an_action_went(sign_in, bram, action, state):
    response = sign_in(bram).post(at("action", action), {"stand": state})

    action.refresh_from_db()
    assert action.state == state
    assert response.url.endswith(f"/{action.segment_id}/#actie-1")


def test_looking_at_an_action_changes_nothing(sign_in, bram, action):
    response = sign_in(bram).get(at("action", action), {"stand": "DONE"})

    action.refresh_from_db()
    assert response.status_code == 200
    assert "Eén keer per week samen eten" in page(response)
    assert action.state == OPEN


@pytest.mark.parametrize("state", ["", "FAILED", "x" * 5000])
def test_an_unknown_state_changes_nothing(sign_in, bram, action, state):
    response = sign_in(bram).post(at("action", action), {"stand": state})

    action.refresh_from_db()
    assert response.status_code == 422
    assert action.state == OPEN


@pytest.mark.parametrize("number", ["0", "99", "9" * 40])
def test_an_unknown_action_is_not_found(sign_in, ilse, closed, number):
    response = sign_in(ilse).get(f"/rapport/{closed.pk}/acties/{number}/")

    assert response.status_code == 404


def test_an_action_of_another_round_is_not_found(sign_in, ilse, action, de_linde, questionnaire):
    other = SurveyRoundFactory(organisation=de_linde, questionnaire=questionnaire)

    response = sign_in(ilse).get(reverse("action", args=[other.pk, action.pk]))

    assert response.status_code == 404


def test_an_event_is_written_as_the_standard_says():
    event = all_day_event(
        key="actie-1",
        day=date(2027, 2, 28),
        title="Eten; samen, hier",
        description="Sofie\nhttps://x.example",
        address="https://x.example/a/",
        made_at=datetime(2026, 11, 22, 9, 5, 7, tzinfo=UTC),
    )

    assert event.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Leercultuur//NL",
        "BEGIN:VEVENT",
        "UID:actie-1",
        "DTSTAMP:20261122T090507Z",
        "DTSTART;VALUE=DATE:20270228",
        "DTEND;VALUE=DATE:20270301",
        "SUMMARY:Eten\\; samen\\, hier",
        "DESCRIPTION:Sofie\\nhttps://x.example",
        "URL:https://x.example/a/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a\\b", "a\\\\b"),
        ("a\r\nBEGIN:VEVENT", "a\\nBEGIN:VEVENT"),
        ("a\rb", "a\\nb"),
        ("a\x00\x07b\u2028c", "abc"),
    ],
)
def test_no_text_can_start_a_line_of_its_own(text, value):
    assert escape(text) == value


def test_long_lines_are_folded_between_signs():
    folded = fold("SUMMARY:" + "é" * 80)

    pieces = folded.split("\r\n")
    assert [len(piece.encode()) for piece in pieces] == [74, 75, 21]
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == "SUMMARY:" + "é" * 80


def test_the_day_of_an_action_can_be_put_in_a_calendar(sign_in, bram, action, settings):
    settings.SITE_URL = "https://leren.example"

    response = sign_in(bram).get(at("action_calendar", action))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20270201\r\n" in page(response)
    assert f"URL:https://leren.example{at('action', action)}" in page(response).replace("\r\n ", "")


def test_an_action_without_a_day_has_no_calendar(sign_in, bram, action):
    ActionPoint.objects.update(review_on=None)

    assert sign_in(bram).get(at("action_calendar", action)).status_code == 404


def test_on_its_date_every_member_gets_one_mail(ilse, bram, noor, action, settings):
    settings.SITE_URL = "https://leren.example"

    sent_mails = send_action_reminders(DAY)

    assert sent_mails == 2
    assert [message.to for message in mail.outbox] == [[bram.email], [ilse.email]]
    assert mail.outbox[0].subject == "Hoe loopt het? Een afspraak bij Woonzorgcentrum De Linde"
    assert "Zorg: Eén keer per week samen eten" in mail.outbox[0].body
    assert f"https://leren.example{at('action', action)}" in mail.outbox[0].body


def test_the_day_before_nothing_is_mailed(ilse, action):
    assert send_action_reminders(date(2027, 1, 31)) == 0


@pytest.mark.parametrize("day", [DAY, date(2027, 2, 9)])
def test_a_second_run_mails_nothing(ilse, action, day):
    send_action_reminders(DAY)

    assert send_action_reminders(day) == 0


def test_a_missed_week_is_caught_up(ilse, action):
    assert send_action_reminders(date(2027, 2, 8)) == 1


def test_a_later_date_is_asked_about_again(ilse, action):
    send_action_reminders(DAY)
    ActionPoint.objects.update(review_on=date(2027, 3, 1))

    assert send_action_reminders(date(2027, 2, 20)) == 0
    assert send_action_reminders(date(2027, 3, 1)) == 1


@pytest.mark.parametrize("state", [DONE, CHANGED])
def test_nobody_is_asked_about_what_is_finished(ilse, action, state):
    ActionPoint.objects.update(state=state)

    assert send_action_reminders(DAY) == 0


def test_nobody_is_asked_about_a_void_round(ilse, questionnaire, de_linde):
    together = SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, mode=SurveyRound.Mode.ORGANISATION
    )
    ActionPoint.objects.create(survey_round=together, position=1, text="Eten", review_on=DAY)
    void_round(together, "Verkeerde vragen")

    assert send_action_reminders(DAY) == 0


def test_an_unreachable_mail_server_is_tried_again_the_next_day(ilse, action, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1

    assert send_action_reminders(DAY) == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_action_reminders(date(2027, 2, 2)) == 1


def test_a_mail_is_plain_text_exactly_as_typed(ilse, action):
    Organisation.objects.update(name="A & B\r\nBcc: x@y.example")
    ActionPoint.objects.update(text="<b>eten</b> & {{ praten }}")

    send_action_reminders(DAY)

    [message] = mail.outbox
    assert "<b>eten</b> & {{ praten }}" in message.body
    assert message.subject == "Hoe loopt het? Een afspraak bij A & B Bcc: x@y.example"


def test_all_actions_of_the_organisation_stand_on_one_page(sign_in, bram, de_linde, closed, action):
    ActionPoint.objects.create(
        survey_round=closed, position=1, text="Overleg", asked_of_management="Een uur per maand"
    )
    ActionPoint.objects.create(survey_round=closed, position=2, text="Voorbij", state=DONE)

    response = sign_in(bram).get(reverse("organisation_actions", args=[de_linde.pk]))

    assert response.status_code == 200
    assert page(response).index("Een uur per maand") < page(response).index("Hele organisatie</a>")
    assert "Eén keer per week samen eten" in page(response)
    assert "Voorbij" not in page(response)


def test_an_organisation_without_actions_says_so(sign_in, ilse, de_linde):
    response = sign_in(ilse).get(reverse("organisation_actions", args=[de_linde.pk]))

    assert "Er loopt nog niets." in page(response)


def test_more_actions_cost_no_more_queries(
    sign_in, bram, de_linde, closed, segment, django_assert_num_queries
):
    for position in (1, 2, 3):
        ActionPoint.objects.create(
            survey_round=closed, segment=segment, position=position, text=f"Actie {position}"
        )
    client = sign_in(bram)

    # Session, user, organisation, and the actions with the teams of their segment and round.
    with django_assert_num_queries(6):
        client.get(reverse("organisation_actions", args=[de_linde.pk]))


def test_the_page_of_the_plan_has_a_fixed_number_of_queries(
    sign_in, bram, closed, segment, action, django_assert_num_queries
):
    client = sign_in(bram)
    client.get(planning(closed, segment))

    # Session, user, round; teams, tallies, texts and actions of the report; the actions again.
    with django_assert_num_queries(8):
        client.get(planning(closed, segment))


def pages_about(action):
    return [
        planning(action.survey_round),
        planning(action.survey_round, action.segment),
        at("action", action),
        at("action_calendar", action),
        reverse("organisation_actions", args=[action.survey_round.organisation_id]),
    ]


@pytest.mark.parametrize("role", Membership.Role)
def test_members_open_every_page(sign_in, de_linde, action, role):
    member = UserFactory()
    MembershipFactory(organisation=de_linde, user=member, role=role)
    client = sign_in(member)

    assert [client.get(address).status_code for address in pages_about(action)] == [200] * 5


def test_members_of_another_organisation_find_nothing(sign_in, noor, action):
    client = sign_in(noor)

    assert [client.get(address).status_code for address in pages_about(action)] == [404] * 5
    assert client.post(at("action", action), {"stand": "DONE"}).status_code == 404


def test_a_visitor_signs_in_first_and_then_comes_back(client, action):
    addresses = pages_about(action)

    answers = [client.get(address).url for address in addresses]

    login = reverse("account_login")
    assert answers == [f"{login}?next={address}" for address in addresses]


def test_a_segment_of_another_round_has_no_plan(sign_in, ilse, segment, de_linde, questionnaire):
    other = SurveyRoundFactory(organisation=de_linde, questionnaire=questionnaire)

    assert sign_in(ilse).get(planning(other, segment)).status_code == 404


def test_only_get_and_post_are_allowed(sign_in, ilse, action):
    client = sign_in(ilse)

    assert client.delete(planning(action.survey_round)).status_code == 405
    assert client.put(at("action", action)).status_code == 405
    assert client.post(at("action_calendar", action)).status_code == 405
