"""A process of its own that works on a database with marked answers: `python -m tests.marked WORK`.

For tests of a whole database server, on which the test runner has no database.
"""

import os
import sys
from datetime import date, datetime

import django
from django.core.management import call_command
from django.utils import timezone

RESPONSES = 40


def text_of(number):
    return f"merkteken-{number:04d}"


def fill():
    """Make a round with two teams and send marked forms in turn; print the keys."""
    from survey.models import Questionnaire, Response
    from tests.factories import OrganisationFactory, SurveyRoundFactory, TeamFactory, send

    call_command("migrate", verbosity=0)
    call_command("load_questionnaire", verbosity=0)
    survey_round = SurveyRoundFactory(
        organisation=OrganisationFactory(), questionnaire=Questionnaire.objects.get()
    )
    teams = [TeamFactory(survey_round=survey_round, name=name) for name in ("Keuken", "Zorg")]
    for number in range(RESPONSES):
        team = teams[number % 2]
        send(team, v1="ja", v6=["koffie", "andere"], texts={"v6": text_of(number)})
    print(*Response.objects.values_list("pk", flat=True))


def close():
    from survey.closing import close_round
    from survey.models import SurveyRound

    close_round(SurveyRound.objects.get())


def reword():
    """HR rewords one text and shows the others."""
    from survey.models import OtherText

    OtherText.objects.update(state=OtherText.State.SHOWN)
    OtherText.objects.filter(text=text_of(7)).update(text="anders gezegd")


def grow_old():
    """The months of retention pass; nothing was shown."""
    from survey.models import OtherText, SurveyRound

    OtherText.objects.update(state=OtherText.State.HIDDEN)
    long_ago = timezone.make_aware(datetime.combine(date(2020, 1, 1), datetime.min.time()))
    SurveyRound.objects.update(closed_at=long_ago)


def daily():
    call_command("daily")
    call_command("verify")


def backup():
    call_command("backup")


WORK = {each.__name__: each for each in (fill, close, reword, grow_old, daily, backup)}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "leercultuur.settings"
    django.setup()
    WORK[sys.argv[1]]()
