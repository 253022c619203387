"""What is deleted when its time has come (T10). Report numbers never change (T5)."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import ProgrammingError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from survey.forgetting import forget_old_pages
from survey.holding import AlreadyFinished, hold_unfinished
from survey.kept_sheets import forget_finished_sheets_everywhere
from survey.models import (
    Answer,
    AuditEntry,
    Invitation,
    OtherText,
    Response,
    SurveyRound,
    Team,
    erase,
)

logger = logging.getLogger(__name__)

MONTHS_IN_YEAR = 12
EXPIRED_INVITATIONS_KEPT = timedelta(days=30)
VACUUM_LOCK = 0x6C656572  # any number, as long as it is always the same


def months_before(day: date, months: int) -> date:
    """Return the same day that many months earlier; the last of the month if it has no such day."""
    count = day.year * MONTHS_IN_YEAR + day.month - 1 - months
    first = date(count // MONTHS_IN_YEAR, count % MONTHS_IN_YEAR + 1, 1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), next_first - timedelta(days=1))


def is_past_retention(survey_round: SurveyRound, today: date) -> bool:
    """Return whether the raw answers of this closed round may be gone."""
    closed_on = timezone.localdate(survey_round.closed_at)
    return closed_on <= months_before(today, settings.RETENTION_MONTHS)


def delete_old_answers(today: date) -> int:
    """Delete the raw answers of rounds that ended RETENTION_MONTHS ago; return how many rounds.

    A closed round keeps its tallies and the texts that its report shows. An anonymous round that
    nobody closed keeps nothing: its teams go back to 0 responses, so that it cannot be closed on
    answers that are gone. What a team filled in together is its report until somebody closes it,
    so of that only hidden texts go. Nothing is ever closed here (T5).
    """
    last_day = months_before(today, settings.RETENTION_MONTHS)
    done = sum(_empty_closed(survey_round) for survey_round in closed_to_empty(last_day))
    return done + sum(
        _empty_unfinished(survey_round, last_day) for survey_round in unfinished_to_empty(last_day)
    )


def closed_to_empty(last_day: date) -> QuerySet[SurveyRound]:
    """Return the rounds closed until this day that still have what does not stay."""
    # The days of closing are Belgian days, like all others.
    return SurveyRound.objects.filter(closed_at__date__lte=last_day).filter(
        Exists(Response.objects.filter(segment__survey_round=OuterRef("pk")))
        | Exists(_unshown().filter(segment__survey_round=OuterRef("pk")))
    )


def unfinished_to_empty(last_day: date) -> QuerySet[SurveyRound]:
    """Return the rounds that ended until this day, unclosed, and still have what does not stay."""
    of_round = {"team__survey_round": OuterRef("pk")}
    return (
        SurveyRound.objects.unfinished()
        .filter(closing_date__lte=last_day)
        .filter(
            Exists(_unshown().filter(**of_round))
            | Q(mode=SurveyRound.Mode.ANONYMOUS)
            & (
                Exists(Response.objects.filter(**of_round))
                | Exists(OtherText.objects.filter(**of_round))
            )
        )
    )


def _empty_closed(survey_round) -> bool:
    with transaction.atomic():
        return _delete(Response.objects.of_round(survey_round), _unshown().of_round(survey_round))


def _unshown():
    return OtherText.objects.exclude(state=OtherText.State.SHOWN)


def _empty_unfinished(survey_round, last_day) -> bool:
    """Delete what may go, unless somebody finished it or gave it more time while we waited."""
    try:
        with hold_unfinished(survey_round) as held:
            if held.closing_date > last_day:
                return False
            if not held.is_anonymous:
                return _delete(Response.objects.none(), _unshown().of_round(held))
            held.teams.update(response_count=0)
            return _delete(Response.objects.of_round(held), OtherText.objects.of_round(held))
    except AlreadyFinished:
        return False


def _delete(responses, texts) -> bool:
    """Delete these responses and texts, also from SQLite's log; return whether there were any."""
    transaction.on_commit(forget_old_pages)
    return bool(erase(responses, texts))


def delete_expired_invitations() -> int:
    """Delete invitations that expired a month ago; return how many.

    Until then both who invited and who was invited can read that the link expired.
    """
    kept_for = Invitation.VALID_FOR + EXPIRED_INVITATIONS_KEPT
    expired = Invitation.objects.filter(sent_at__lte=timezone.now() - kept_for)
    return expired.delete()[0]


def delete_old_audit_entries(today: date) -> int:
    """Delete what was logged RETENTION_MONTHS ago about who looked at what; return how many looks.

    Counted from the look, so an address is not kept longer for a round that nobody closes. Nor
    does a look go before what was seen: single responses of an anonymous round are shown from its
    closing on, and are gone RETENTION_MONTHS after that (T9, T10).
    """
    last_day = months_before(today, settings.RETENTION_MONTHS)
    return AuditEntry.objects.filter(at__date__lte=last_day).delete()[0]


def clear_sessions() -> None:
    """Delete expired sessions, and let the others forget sheets of finished rounds."""
    SessionStore.clear_expired()
    forget_finished_sheets_everywhere()


def vacuum() -> None:
    """Let the database forget old versions of rows that say what was written together (T6).

    Two at once are safe: the second leaves it to the first.
    """
    forget_old_pages()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [VACUUM_LOCK])
            if not cursor.fetchone()[0]:
                return
            try:
                _rewrite_tables(cursor)
                _drop_old_log(cursor)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [VACUUM_LOCK])


def _rewrite_tables(cursor):
    """Write the tables to new files: a plain VACUUM leaves old rows readable in free space."""
    tables = ", ".join(
        connection.ops.quote_name(model._meta.db_table)
        for model in (Answer, Response, OtherText, Team, SurveyRound)
    )
    # Who fills in waits as long as we wait for a table, so that is not long.
    cursor.execute("SET lock_timeout = '10s'")
    try:
        cursor.execute(f"VACUUM (FULL, ANALYZE) {tables}")
    finally:
        cursor.execute("RESET lock_timeout")


def _drop_old_log(cursor):
    """Remove the finished files of the write-ahead log: it says when each row was written.

    Only where deploy/postgresql-log.sql allowed it; elsewhere PostgreSQL overwrites them in time.
    """
    try:
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("CHECKPOINT")
    except ProgrammingError:
        logger.warning(
            "The write-ahead log of PostgreSQL still says when each row was written, until it is "
            "overwritten. Let a superuser run deploy/postgresql-log.sql in this database."
        )
