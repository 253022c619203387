"""On its date a mail asks the members how an action went."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from survey.closing import close_round
from survey.models import ActionPoint, Organisation, Question, SurveyRound
from survey.prepare.voiding import void_round
from survey.report.reminders import send_action_reminders
from tests.factories import SurveyRoundFactory, TeamFactory, send

CHANGED, DONE = ActionPoint.State.CHANGED, ActionPoint.State.DONE
DAY = date(2027, 2, 1)


@pytest.fixture
def action(survey_round, zorg):
    """An action of Zorg, the only segment of a closed round."""
    for _ in range(5):
        send(zorg, v1="ja")
    closed = close_round(survey_round)
    return ActionPoint.objects.create(
        survey_round=closed,
        segment=closed.segments.get(),
        position=1,
        text="Eén keer per week samen eten",
        review_on=DAY,
    )


def test_on_its_date_every_member_gets_one_mail(ilse, bram, noor, action, settings):
    settings.SITE_URL = "https://leren.example"

    sent_mails = send_action_reminders(DAY)

    assert sent_mails == 2
    assert [message.to for message in mail.outbox] == [[bram.email], [ilse.email]]
    assert mail.outbox[0].subject == "Hoe loopt het? Een afspraak bij Woonzorgcentrum De Linde"
    assert "Zorg: Eén keer per week samen eten" in mail.outbox[0].body
    address = reverse("action", args=[action.survey_round_id, action.pk])
    links = [line for line in mail.outbox[0].body.splitlines() if "https" in line]
    assert links == [
        f"Bezig: https://leren.example{address}?stand=BUSY",
        f"Gedaan: https://leren.example{address}?stand=DONE",
        f"Anders gelopen: https://leren.example{address}?stand=CHANGED",
    ]
    assert "om dit vandaag opnieuw te bekijken" in mail.outbox[0].body


def test_the_day_before_nothing_is_mailed(ilse, action):
    assert send_action_reminders(date(2027, 1, 31)) == 0


@pytest.mark.parametrize("day", [DAY, date(2027, 2, 9)])
def test_a_second_run_mails_nothing(ilse, action, day):
    send_action_reminders(DAY)

    assert send_action_reminders(day) == 0


def test_a_missed_week_is_caught_up(ilse, action):
    assert send_action_reminders(date(2027, 2, 8)) == 1


def test_a_mail_that_comes_late_does_not_say_today(ilse, action):
    send_action_reminders(date(2027, 2, 8))

    assert "vandaag" not in mail.outbox[0].body
    assert "Opnieuw bekijken op 1 februari 2027" in mail.outbox[0].body


def test_a_mail_names_the_question_and_the_teams_that_share_a_report(ilse, action):
    ActionPoint.objects.update(question=Question.objects.get(code="v6"))
    for number in range(4):
        TeamFactory(
            survey_round=action.survey_round, name=f"Ploeg {number}", segment=action.segment
        )

    send_action_reminders(DAY)

    [message] = mail.outbox
    assert "Overige teams: Eén keer per week samen eten" in message.body
    assert "(Ploeg 0, Ploeg 1, Ploeg 2, Ploeg 3, Zorg)" in message.body
    assert "Over vraag 6. Ontmoetingen tussen medewerkers" in message.body


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
