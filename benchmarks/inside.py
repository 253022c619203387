"""What is measured without a server, in a process of its own: prints one line of JSON.

`python -m benchmarks.inside seed 10000` makes the data, `… close KEY` closes a survey round and
`… export KEY` writes its responses as CSV; both tell the largest memory of the process.
"""

import json
import os
import resource
import sys
import time

import django

TEXTS_SHARE, MOST_TEXTS = 10, 10_000  # one response in ten has a text, at most so many


def seed(size):
    """Make a survey round, somebody of HR who is signed in, and say how they are reached."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from survey.management.seeding import seed_responses
    from survey.models import Choice, Membership, Questionnaire, Team, User

    start = time.monotonic()
    texts = min(int(size) // TEXTS_SHARE, MOST_TEXTS)
    questionnaire = Questionnaire.objects.latest("pk")
    survey_round = seed_responses(questionnaire, int(size), text_count=texts)
    # The measurement itself sends forms too: they must not meet the limit per team.
    Team.objects.filter(survey_round=survey_round).update(headcount=1_000_000)
    user, _ = User.objects.get_or_create(email="meten@example.org")
    Membership.objects.create(
        organisation=survey_round.organisation, user=user, role=Membership.Role.HR
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()

    answers = []
    for question in questionnaire.questions.prefetch_related("choices"):
        codes = [choice.code for choice in question.choices.all()]
        answers += [
            (question.code, code) for code in codes[: 1 if question.kind == "YES_NO" else 3]
        ]
    with_other = Choice.objects.filter(question__questionnaire=questionnaire, is_other=True)
    codes = list(with_other.values_list("question__code", flat=True))
    answers += [(f"{code}-tekst", "Op de trap" if code == codes[0] else "") for code in codes]
    return {
        "round": str(survey_round.pk),
        "form": survey_round.teams.first().get_absolute_url(),
        "session": session.session_key,
        "answers": answers,
        "texts": texts,
        "seconds": time.monotonic() - start,
    }


def close(key):
    """Close the survey round, and let HR show every text."""
    from survey.closing import close_round
    from survey.models import OtherText, SurveyRound

    start = time.monotonic()
    closed = close_round(SurveyRound.objects.get(pk=key))
    seconds, memory = time.monotonic() - start, _memory_mb()
    OtherText.objects.of_round(closed).pending().update(state=OtherText.State.SHOWN)
    segments = [str(segment.pk) for segment in closed.segments.all()]
    return {"seconds": seconds, "memory_mb": memory, "segments": segments}


def export(key):
    """Write every response as CSV, as an administrator downloads them."""
    from survey.admin.export import response_rows
    from survey.models import Response, SurveyRound
    from survey.report.tables import stream_csv

    start, before = time.monotonic(), _memory_mb()
    survey_round = SurveyRound.objects.select_related("organisation").get(pk=key)
    rows = response_rows(Response.objects.of_round(survey_round), [survey_round])
    size = sum(len(part) for part in stream_csv(rows))
    return {
        "seconds": time.monotonic() - start,
        "bytes": size,
        "memory_mb": _memory_mb(),
        "memory_before_mb": before,
    }


def queries(key):
    """Count the statements of a whole visit and of the report, transactions included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from survey.models import Segment

    told = json.loads(key)
    visitor = Client(headers={"host": "localhost"})
    reader = Client(headers={"host": "localhost"})
    reader.cookies["session"] = told["session"]
    segment = Segment.objects.filter(survey_round=told["closed"]).first()
    sent = {"sleutel": "0b6d1c1e-6a0b-4b57-9a55-3a3d2f0f1f11"}
    for name, value in told["answers"]:
        sent.setdefault(name, []).append(value)
    asked = {
        "form": lambda: visitor.get(told["form"]),
        "sending": lambda: visitor.post(told["form"], sent),
        "thanks": lambda: visitor.get(told["form"] + "bedankt/"),
        "report": lambda: reader.get(f"/rapport/{told['closed']}/"),
        "report of a segment": lambda: reader.get(f"/rapport/{told['closed']}/{segment.pk}/"),
    }
    visitor.get(told["form"])
    counts = {}
    for name, ask in asked.items():
        with CaptureQueriesContext(connection) as captured:
            ask()
        counts[name] = len(captured)
    return counts


def _memory_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "leercultuur.settings"
    django.setup()
    _, what, key = sys.argv
    work = {each.__name__: each for each in (seed, close, export, queries)}[what]
    print(json.dumps(work(key)))
