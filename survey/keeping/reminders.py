"""Mails to HR about the date of a survey round: shortly before it, and once it has passed."""

import logging
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from survey.models import Membership, SurveyRound, User

logger = logging.getLogger(__name__)

DAYS_BEFORE = 3


def remind_of_dates(today: date) -> int:
    """Mail HR about rounds that end soon or have ended; return how many mails left.

    Once per closing date: more time means a new date and new mails. Two that run at once do
    not mail twice; a missed day is caught up. Nothing is ever closed here.
    """
    rounds = SurveyRound.objects.unfinished().select_related("organisation")
    soon = rounds.filter(
        closing_date__gte=today, closing_date__lte=today + timedelta(days=DAYS_BEFORE)
    )
    # A round shorter than that would be announced to end on the day it began.
    ending = [each for each in soon if each.opened_on < today]
    sent = sum(_remind(each, "ending_mailed_for", "ending") for each in ending)
    ended = rounds.filter(closing_date__lt=today)
    return sent + sum(_remind(each, "ended_mailed_for", "ended") for each in ended)


def _remind(survey_round, field, mail) -> int:
    """Claim this reminder, send it, and give it back when no mail could leave."""
    before = getattr(survey_round, field)
    if before == survey_round.closing_date:
        return 0
    same = SurveyRound.objects.filter(pk=survey_round.pk)
    claimed = same.filter(**{field: before}).update(**{field: survey_round.closing_date})
    if not claimed:
        return 0
    receivers = Membership.objects.filter(
        organisation=survey_round.organisation, role=Membership.Role.HR, user__is_active=True
    )
    connection = get_connection()
    arrived = 0
    for member in receivers.select_related("user").order_by("user__email"):
        try:
            arrived += _write(survey_round, member.user, mail, connection).send()
        except (OSError, SMTPException) as error:
            # The class only: what a mail server says repeats the address.
            logger.error("A reminder of a date was not sent: %s", type(error).__name__)
    if not arrived:
        same.update(**{field: before})
    return arrived


def _write(survey_round: SurveyRound, user: User, mail, connection) -> EmailMessage:
    """Return the mail in the language of who reads it."""
    with override(user.language):
        subjects = {
            "ending": _("%(title)s loopt bijna af"),
            "ended": _("De einddatum van %(title)s is voorbij"),
        }
        body = render_to_string(
            f"survey/keeping/{mail}.txt",
            {
                "survey_round": survey_round,
                "organisation": survey_round.organisation,
                "response_count": sum(survey_round.teams.values_list("response_count", flat=True)),
                "retention_months": settings.RETENTION_MONTHS,
                "address": settings.SITE_URL + survey_round.get_absolute_url(),
            },
        )
        # One line, whatever the title holds.
        subject = " ".join((subjects[mail] % {"title": survey_round.title}).split())
        return EmailMessage(
            subject,
            body,
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
            connection=connection,
        )
