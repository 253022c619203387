"""What the daily command deletes and mails, and what it never does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from survey.closing import TooFewResponses, close_round
from survey.keeping.retention import (
    delete_expired_invitations,
    delete_old_answers,
    delete_old_audit_entries,
    months_before,
)
from survey.models import (
    Answer,
    AuditEntry,
    Invitation,
    Membership,
    OtherText,
    Response,
    Segment,
    SurveyRound,
    Tally,
)
from survey.report.build import build_report
from tests.factories import send

TODAY = date(2026, 11, 22)


def answered(team, count=6):
    for _ in range(count):
        send(team, v1="ja", v6=["koffie", "andere"], texts={"v6": "Een aanvulling"})


def closed_on(survey_round, day):
    close_round(survey_round)
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, 23, 30))
    SurveyRound.objects.update(closed_at=moment)


def rows():
    return Response.objects.count(), Answer.objects.count(), OtherText.objects.count()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_months_before_a_day(day, months, expected):
    assert months_before(day, months) == expected


def test_raw_answers_go_after_twelve_months_and_the_report_stays(survey_round, zorg):
    answered(zorg)
    closed_on(survey_round, date(2025, 11, 22))
    OtherText.objects.update(state=OtherText.State.HIDDEN)
    first = OtherText.objects.first()
    OtherText.objects.filter(pk=first.pk).update(state=OtherText.State.SHOWN)
    before = build_report(SurveyRound.objects.get()).results, list(Tally.objects.values())

    delete_old_answers(TODAY)

    assert rows() == (0, 0, 1)
    assert OtherText.objects.get().state == OtherText.State.SHOWN
    after = build_report(SurveyRound.objects.get()).results, list(Tally.objects.values())
    assert after == before
    call_command("verify")


def test_a_day_earlier_everything_is_still_there(survey_round, zorg):
    answered(zorg)
    closed_on(survey_round, date(2025, 11, 23))

    done = delete_old_answers(TODAY)

    assert (done, rows()) == (0, (6, 18, 6))


def test_a_round_that_nobody_closed_loses_its_answers_and_is_not_closed(survey_round, zorg):
    answered(zorg)
    SurveyRound.objects.update(opened_on=date(2025, 11, 1), closing_date=date(2025, 11, 22))

    delete_old_answers(TODAY)

    survey_round.refresh_from_db()
    zorg.refresh_from_db()
    assert rows() == (0, 0, 0)
    assert (survey_round.closed_at, survey_round.voided_at) == (None, None)
    assert zorg.response_count == 0
    with pytest.raises(TooFewResponses):
        close_round(survey_round)
    call_command("verify")


def filled_in_together(survey_round, team):
    survey_round.mode = SurveyRound.Mode.ORGANISATION
    survey_round.save()
    answered(team)


def test_a_report_that_a_team_made_together_stays_as_long_as_nobody_closes(survey_round, zorg):
    filled_in_together(survey_round, zorg)
    hidden = OtherText.objects.first()
    OtherText.objects.filter(pk=hidden.pk).update(state=OtherText.State.HIDDEN)
    SurveyRound.objects.update(opened_on=date(2025, 11, 1), closing_date=date(2025, 11, 22))
    before = build_report(SurveyRound.objects.get()).results

    done = [delete_old_answers(TODAY) for _ in "12"]

    assert done == [1, 0]
    assert before is not None
    assert build_report(SurveyRound.objects.get()).results == before
    assert rows() == (6, 18, 5)
    assert SurveyRound.objects.unfinished().count() == 1
    call_command("verify")


def test_once_closed_its_raw_answers_go_like_all_others(survey_round, zorg):
    filled_in_together(survey_round, zorg)
    closed_on(survey_round, date(2025, 11, 22))
    before = build_report(SurveyRound.objects.get()).results

    delete_old_answers(TODAY)

    assert rows() == (0, 0, 6)
    assert build_report(SurveyRound.objects.get()).results == before


def test_a_round_that_got_more_time_keeps_its_answers(survey_round, zorg):
    answered(zorg)
    SurveyRound.objects.update(opened_on=date(2025, 1, 1), closing_date=TODAY)

    delete_old_answers(TODAY)

    assert rows() == (6, 18, 6)


@pytest.mark.parametrize(
    "change",
    [
        {"closed_at": timezone.now()},
        {"voided_at": timezone.now(), "void_reason": "Spam"},
        {"closing_date": TODAY},
    ],
    ids=["closed", "void", "more time"],
)
def test_a_round_that_changes_meanwhile_is_left_alone(survey_round, zorg, change):
    answered(zorg)
    SurveyRound.objects.update(opened_on=date(2025, 11, 1), closing_date=date(2025, 11, 22))
    changes = [change]

    def just_before(execute, sql, params, many, context):
        if changes and ' FROM "survey_team"' in sql:
            SurveyRound.objects.update(**changes.pop())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(just_before):
        done = delete_old_answers(TODAY)

    assert (changes, done) == ([], 0)
    assert rows() == (6, 18, 6)


def test_the_number_of_months_is_a_setting(survey_round, zorg, settings):
    settings.RETENTION_MONTHS = 1
    answered(zorg)
    closed_on(survey_round, date(2026, 10, 22))

    delete_old_answers(TODAY)

    assert rows() == (0, 0, 0)


def test_invitations_go_a_month_after_they_expired(de_linde):
    now = timezone.now()
    for email, days in [("oud@delinde.example", 38), ("nieuw@delinde.example", 36)]:
        Invitation.objects.create(
            organisation=de_linde,
            email=email,
            role=Membership.Role.HR,
            sent_at=now - timedelta(days=days),
        )

    delete_expired_invitations()

    assert Invitation.objects.get().email == "nieuw@delinde.example"


def test_who_looked_at_what_goes_after_twelve_months_and_not_before(survey_round, ada):
    for day in (22, 23):
        AuditEntry.objects.record(ada, [survey_round], AuditEntry.What.LIST)
        late_in_the_evening = timezone.make_aware(datetime(2025, 11, day, 23, 30))
        AuditEntry.objects.filter(pk=AuditEntry.objects.latest("pk").pk).update(
            at=late_in_the_evening
        )

    done = delete_old_audit_entries(TODAY)

    assert done == 1
    assert timezone.localdate(AuditEntry.objects.get().at) == date(2025, 11, 23)


# The command


@pytest.mark.django_db(transaction=True)
def test_daily_does_everything_and_closes_nothing(survey_round, zorg, ilse, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    answered(zorg)
    AuditEntry.objects.record(ilse, [survey_round], AuditEntry.What.TEXTS)
    AuditEntry.objects.update(at=timezone.now() - timedelta(days=367))
    SurveyRound.objects.update(
        opened_on=date(2026, 10, 1), closing_date=timezone.localdate() - timedelta(days=2)
    )
    Session.objects.create(
        session_key="oud", session_data="x", expire_date=timezone.now() - timedelta(days=1)
    )
    backups = tmp_path / "backups"
    backups.mkdir()
    old = datetime.now(UTC) - timedelta(days=31)
    recent = datetime.now(UTC) - timedelta(days=29)
    for made in (old, recent):
        (backups / made.strftime("leercultuur-%Y%m%d-%H%M%S.sqlite3")).touch()
    (backups / "van-iemand-anders.txt").touch()

    call_command("daily")
    call_command("daily")

    assert len(mail.outbox) == 1
    assert not Session.objects.exists()
    assert not AuditEntry.objects.exists()
    assert sorted(path.name for path in backups.iterdir()) == [
        recent.strftime("leercultuur-%Y%m%d-%H%M%S.sqlite3"),
        "van-iemand-anders.txt",
    ]
    assert SurveyRound.objects.unfinished().count() == 1
    assert not Segment.objects.exists()
    assert rows() == (6, 18, 6)
