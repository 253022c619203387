"""On its date, a mail asks the members how an action went. Sent by the daily command."""

import logging
from datetime import date
from itertools import groupby
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from survey.models import ActionPoint, Membership, Organisation, User

from .agreements import group_name

logger = logging.getLogger(__name__)


def send_action_reminders(today: date) -> int:
    """Mail the members about unfinished actions whose date has come; return how many mails left.

    One mail per member and organisation. Each date is asked about once, also when this runs
    twice at the same time; a missed day is caught up. If no mail of an organisation could
    leave, the next run tries again.
    """
    due = (
        ActionPoint.objects.to_remind(today)
        .select_related("survey_round__organisation", "segment")
        .prefetch_related("segment__teams", "survey_round__teams")
        .order_by("survey_round__organisation_id", "review_on", "pk")
    )
    sent = 0
    for organisation, of_organisation in groupby(due, lambda each: each.survey_round.organisation):
        claimed = [action for action in of_organisation if _claim(action, today)]
        if not claimed:
            continue
        arrived = _mail_members(organisation, claimed)
        sent += arrived
        if not arrived:
            _release(claimed)
    return sent


def _claim(action, today) -> bool:
    """Note that somebody is asked about this action; whether we were the first to do so."""
    return bool(ActionPoint.objects.to_remind(today).filter(pk=action.pk).update(reminded_on=today))


def _release(actions):
    for action in actions:
        ActionPoint.objects.filter(pk=action.pk).update(reminded_on=action.reminded_on)


def _mail_members(organisation, actions) -> int:
    members = Membership.objects.filter(organisation=organisation, user__is_active=True)
    connection = get_connection()
    arrived = 0
    for member in members.select_related("user").order_by("user__email"):
        try:
            arrived += _write(organisation, member.user, actions, connection).send()
        except (OSError, SMTPException) as error:
            # The class only: what a mail server says repeats the address.
            logger.error("A reminder of actions was not sent: %s", type(error).__name__)
    return arrived


def _write(organisation: Organisation, user: User, actions, connection) -> EmailMessage:
    """Return the mail in the language of who reads it."""
    with override(user.language):
        asked = [
            {
                "action": action,
                "group": group_name(action),
                "address": settings.SITE_URL
                + reverse("action", args=[action.survey_round_id, action.pk]),
            }
            for action in actions
        ]
        body = render_to_string(
            "survey/report/email/reminder.txt", {"organisation": organisation, "asked": asked}
        )
        # A subject is one line, whatever the organisation is called.
        name = " ".join(organisation.name.split())
        return EmailMessage(
            subject=_("Hoe loopt het? Een afspraak bij %(organisation)s") % {"organisation": name},
            body=body,
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
            connection=connection,
        )
