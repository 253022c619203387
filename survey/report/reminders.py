"""On its date, a mail asks the members how an action went. Sent by the daily command."""

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from survey.mailing import mail_each, mail_is_off
from survey.models import ActionPoint, User
from survey.models.actions import ANSWERS

from .agreements import group_name, group_teams


def send_action_reminders(today: date) -> int:
    """Mail the members about unfinished actions whose date has come; return how many mails left.

    One mail per member and organisation. Each date is asked about once, also when this runs
    twice at the same time; a missed day is caught up. If no mail of an organisation could
    leave, the next run tries again.
    """
    if mail_is_off():
        return 0
    due = (
        ActionPoint.objects.to_remind(today)
        .select_related("survey_round__organisation", "segment", "question")
        .prefetch_related("segment__teams", "survey_round__teams")
        .order_by("survey_round__organisation_id", "review_on", "pk")
    )
    sent = 0
    for organisation, of_organisation in groupby(due, lambda each: each.survey_round.organisation):
        claimed = [action for action in of_organisation if _claim(action, today)]
        if not claimed:
            continue
        arrived = _mail_members(organisation, claimed, today)
        sent += arrived
        if not arrived:
            _release(claimed)
    return sent


def _claim(action, today) -> bool:
    """Note that somebody is asked about this action; whether we were the first to do so.

    Only columns of its own decide: PostgreSQL looks at those again after waiting for another
    one's claim, but not at a subquery.
    """
    same = ActionPoint.objects.filter(pk=action.pk, reminded_on=action.reminded_on)
    return bool(same.update(reminded_on=today))


def _release(actions):
    for action in actions:
        ActionPoint.objects.filter(pk=action.pk).update(reminded_on=action.reminded_on)


def _mail_members(organisation, actions, today) -> int:
    """Ask every active member about these actions; return how many mails left."""
    members = User.objects.filter(memberships__organisation=organisation, is_active=True)

    def write():
        asked = [
            {
                "action": action,
                "group": group_name(action),
                "teams": group_teams(action),
                "answers": _answers(action),
            }
            for action in actions
        ]
        subject = _("Hoe loopt het? Een afspraak bij %(organisation)s")
        body = render_to_string(
            "survey/report/email/reminder.txt",
            {
                "organisation": organisation,
                "asked": asked,
                "is_late": any(action.review_on < today for action in actions),
            },
        )
        return subject % {"organisation": organisation.name}, body

    return mail_each(members.order_by("email"), write, about="actions")


def _answers(action):
    """Return what somebody can say about an action, each with the page that offers it first."""
    page = settings.SITE_URL + reverse("action", args=[action.survey_round_id, action.pk])
    return [
        (ActionPoint.State(state).label, f"{page}?{urlencode({'stand': state})}")
        for state in ANSWERS
    ]
