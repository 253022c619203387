"""Mails to HR about the date of a survey round: shortly before it, and once it has passed."""

from datetime import date, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from survey.mailing import mail_each, mail_is_off
from survey.models import Membership, SurveyRound, User

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
    """Claim this reminder, send it, and give it back when no mail could leave.

    At most once: a colleague in HR whose mail failed while another's left is not tried again, nor
    is anybody when the machine stops between claim and mail. Asking twice would be worse, and the
    page of the round says the same.
    """
    before = getattr(survey_round, field)
    if before == survey_round.closing_date or mail_is_off():
        return 0
    same = SurveyRound.objects.filter(pk=survey_round.pk)
    claimed = same.filter(**{field: before}).update(**{field: survey_round.closing_date})
    if not claimed:
        return 0
    receivers = User.objects.filter(
        memberships__organisation=survey_round.organisation,
        memberships__role=Membership.Role.HR,
        is_active=True,
    )
    arrived = mail_each(
        receivers.order_by("email"), lambda: _write(survey_round, mail), about="a date"
    )
    if not arrived:
        same.update(**{field: before})
    return arrived


def _write(survey_round: SurveyRound, mail) -> tuple[str, str]:
    """Return the subject and the body of the mail."""
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
    return subjects[mail] % {"title": survey_round.title}, body
