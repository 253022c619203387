"""The mails to HR about the date of a survey round: when they leave, once, and what they say."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from survey.closing import close_round
from survey.keeping.reminders import remind_of_dates
from survey.models import SurveyRound
from tests.factories import MembershipFactory, UserFactory, send

TODAY = date(2026, 11, 22)


def ends(survey_round, day):
    SurveyRound.objects.update(opened_on=date(2026, 10, 1), closing_date=day)


def test_hr_hears_three_days_before_the_end_and_once(survey_round, zorg, ilse, bram, noor):
    ends(survey_round, TODAY + timedelta(days=3))

    sent = [remind_of_dates(TODAY + timedelta(days=day)) for day in (-1, 0, 0, 1, 2, 3)]

    assert sent == [0, 1, 0, 0, 0, 0]
    [message] = mail.outbox
    assert message.to == [ilse.email]
    assert message.subject == "Leercultuur najaar 2026 loopt bijna af"
    assert "Er zijn tot nu toe 0 inzendingen." in message.body
    assert survey_round.get_absolute_url() in message.body


def test_hr_hears_when_the_date_has_passed_also_after_a_missed_week(survey_round, zorg, ilse):
    ends(survey_round, TODAY)

    sent = [remind_of_dates(TODAY + timedelta(days=day)) for day in (8, 9, 30)]

    assert sent == [1, 0, 0]
    assert "wissen we de antwoorden 12 maanden na de einddatum" in mail.outbox[0].body
    survey_round.refresh_from_db()
    assert survey_round.closed_at is None


@pytest.mark.parametrize(
    ("mode", "responses", "said"),
    [
        ("ANONYMOUS", 1, "Pas na het afsluiten is er een rapport"),
        ("ORGANISATION", 1, "Het rapport is er al, want jullie vulden samen in."),
        ("ORGANISATION", 0, "Het rapport is er zodra jullie iets invullen."),
    ],
)
def test_the_mail_about_the_date_tells_when_there_is_a_report(
    survey_round, zorg, ilse, mode, responses, said
):
    SurveyRound.objects.update(mode=mode)
    for _ in range(responses):
        send(zorg, v1="ja")
    ends(survey_round, TODAY)

    remind_of_dates(TODAY + timedelta(days=1))

    told = [line for line in mail.outbox[0].body.splitlines() if " rapport " in line]
    assert [said in line for line in told] == [True]
    assert mail.outbox[0].body.startswith("Dag,")


def test_hr_hears_that_what_a_team_filled_in_together_stays(survey_round, zorg, ilse):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)
    send(zorg, v1="ja")
    ends(survey_round, TODAY)

    remind_of_dates(TODAY + timedelta(days=1))

    assert "Zolang niemand afsluit, blijven de antwoorden." in mail.outbox[0].body
    assert "wissen we" not in mail.outbox[0].body


def test_more_time_means_a_new_date_and_new_mails(survey_round, zorg, ilse):
    ends(survey_round, TODAY)
    remind_of_dates(TODAY)
    ends(survey_round, TODAY + timedelta(days=14))

    sent = remind_of_dates(TODAY + timedelta(days=12))

    assert sent == 1


def test_closed_and_void_rounds_are_left_alone(survey_round, zorg, ilse):
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(survey_round)
    ends(survey_round, TODAY)

    assert remind_of_dates(TODAY + timedelta(days=1)) == 0


def test_each_reads_the_mail_in_an_own_language(survey_round, zorg, ilse, de_linde):
    MembershipFactory(
        organisation=de_linde, user=UserFactory(email="luc@delinde.example", language="fr")
    )
    ends(survey_round, TODAY)

    sent = remind_of_dates(TODAY)

    assert sent == 2
    assert "22 novembre" in mail.outbox[1].body
    assert [len(message.to) for message in mail.outbox] == [1, 1]


def test_a_mail_that_could_not_leave_is_sent_the_next_day(survey_round, zorg, ilse, settings):
    ends(survey_round, TODAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    failed = remind_of_dates(TODAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert (failed, remind_of_dates(TODAY)) == (0, 1)


class ConfusedBackend(EmailBackend):
    """Fails as no mail server should."""

    def send_messages(self, messages):
        raise ValueError("ilse@delinde.example")


def test_a_mail_that_failed_in_an_unexpected_way_is_sent_the_next_day(
    survey_round, zorg, ilse, settings
):
    ends(survey_round, TODAY)
    settings.EMAIL_BACKEND = "tests.test_date_reminders.ConfusedBackend"

    failed = remind_of_dates(TODAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert (failed, remind_of_dates(TODAY)) == (0, 1)
