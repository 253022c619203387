"""What is deleted when its time has come (T10). Report numbers never change (T5)."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from survey.closing import forget_old_pages
from survey.models import Answer, Invitation, OtherText, Response, SurveyRound, Team

MONTHS_IN_YEAR = 12


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

    A closed round keeps its tallies and the texts that its report shows. A round that nobody
    closed keeps nothing: its teams go back to 0 responses, so that it cannot be closed on
    answers that are gone. It is never closed here (T5).
    """
    last_day = months_before(today, settings.RETENTION_MONTHS)
    # The days of closing are Belgian days, like all others.
    closed = SurveyRound.objects.filter(closed_at__date__lte=last_day).filter(
        Exists(Response.objects.filter(segment__survey_round=OuterRef("pk")))
        | Exists(_unshown().filter(segment__survey_round=OuterRef("pk")))
    )
    unfinished = SurveyRound.objects.unfinished().filter(closing_date__lte=last_day)
    done = sum(_empty_closed(survey_round) for survey_round in closed)
    return done + sum(_empty_unfinished(survey_round, last_day) for survey_round in unfinished)


def _empty_closed(survey_round) -> bool:
    with transaction.atomic():
        return _delete(Response.objects.of_round(survey_round), _unshown().of_round(survey_round))


def _unshown():
    return OtherText.objects.exclude(state=OtherText.State.SHOWN)


def _empty_unfinished(survey_round, last_day) -> bool:
    """Delete everything, unless somebody closed it or gave it more time while we waited."""
    with transaction.atomic():
        # Same order as a submission: first the teams, then the state.
        list(survey_round.teams.for_update().values_list("pk"))
        still = SurveyRound.objects.unfinished().filter(
            pk=survey_round.pk, closing_date__lte=last_day
        )
        if not still.exists():
            return False
        Team.objects.filter(survey_round=survey_round).update(response_count=0)
        return _delete(
            Response.objects.of_round(survey_round), OtherText.objects.of_round(survey_round)
        )


def _delete(responses, texts) -> bool:
    """Delete these responses with their answers, and these texts; return whether there were any."""
    answers = Answer.objects.filter(response__in=responses)
    transaction.on_commit(forget_old_pages)
    # Plain DELETE: the ordinary one would first fetch every row to look for cascades.
    return bool(sum(old._raw_delete(old.db) or 0 for old in (answers, responses, texts)))


def delete_expired_invitations() -> int:
    """Delete invitations whose link no longer works; return how many."""
    expired = Invitation.objects.filter(sent_at__lte=timezone.now() - Invitation.VALID_FOR)
    return expired.delete()[0]


def delete_expired_sessions() -> None:
    """Delete the sessions of who stayed away too long."""
    SessionStore.clear_expired()


def vacuum() -> None:
    """Let the database forget old versions of rows that say what was written together (T6)."""
    forget_old_pages()
    if connection.vendor == "postgresql":
        tables = ", ".join(
            connection.ops.quote_name(model._meta.db_table)
            for model in (Answer, Response, OtherText, Team, SurveyRound)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {tables}")
