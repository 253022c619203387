"""What the session of who types paper keeps about her sheets, and forgetting that.

It is the one exception to T9: the keys of her last sheet, until the next one is saved or the
survey round is finished. Closing rewrites every key, so that from then on they lead to nothing;
but with the team and the number of texts they would still tell something in a small group.
"""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session

from .models import SurveyRound, Team

LAST, NUMBERS = "last_sheet", "sheet_numbers"


def forget_finished_sheets(session) -> bool:
    """Forget the sheets of teams that are finished or gone; return whether there were any."""
    numbers, last = session.get(NUMBERS, {}), session.get(LAST)
    known = {*numbers} | ({last["team_id"]} if last else set())
    if not known:
        return False
    unfinished = Team.objects.filter(
        pk__in=known, survey_round__in=SurveyRound.objects.unfinished()
    )
    finished = known - {str(key) for key in unfinished.values_list("pk", flat=True)}
    if last and last["team_id"] in finished:
        del session[LAST]
    session[NUMBERS] = {team: count for team, count in numbers.items() if team not in finished}
    return bool(finished)


def forget_finished_sheets_everywhere() -> int:
    """Forget them in every session; return in how many. For the daily command."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    changed = 0
    for key in Session.objects.values_list("session_key", flat=True).iterator():
        session = store(session_key=key)
        if forget_finished_sheets(session):
            session.save()
            changed += 1
    return changed
