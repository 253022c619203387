"""The least that Django can do for a visit: ready-made pages, and the same rows.

It asks the database nothing to show a page, checks no answer and knows no language, team or
closing date. An app that does all that cannot be faster; `make bench` tells how close it is.
"""

import os
import uuid
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path

from survey.models import Answer, Choice, OtherText, Response, Team

CSRF_MARK = "CSRF-TOKEN"


def form(request, token):
    if request.method == "POST":
        return receive(request, token)
    page = read_page("form.html").replace(CSRF_MARK, get_token(request), 1)
    return HttpResponse(page, headers={"Cache-Control": "private, no-cache"})


def thanks(request, token):
    return HttpResponse(read_page("thanks.html"), headers={"Cache-Control": "private, no-cache"})


def receive(request, token):
    """Store what was sent as it is: a response, its answers and its texts."""
    team, choices, questions = read_keys(token)
    key = uuid.UUID(request.POST["sleutel"])
    answers, texts = [], []
    for name, values in request.POST.lists():
        if name.endswith("-tekst") and values[0]:
            question = questions[name.removesuffix("-tekst")]
            texts.append(OtherText(team=team, question_id=question, text=values[0]))
        answers += [
            Answer(response_id=key, choice_id=choices[name, value])
            for value in values
            if (name, value) in choices
        ]
    with transaction.atomic():
        Team.objects.filter(pk=team.pk).update(response_count=F("response_count") + 1)
        Response.objects.bulk_create([Response(pk=key, team=team)])
        Answer.objects.bulk_create(answers)
        OtherText.objects.bulk_create(texts)
    return HttpResponseRedirect(f"/v/{token}/bedankt/")


@cache
def read_page(name):
    """Return a page that the benchmark saved from the app."""
    return (Path(os.environ["FLOOR_PAGES"]) / name).read_text()


@cache
def read_keys(token):
    """Return the team, the keys of options by code, and those of questions; once per process."""
    team = Team.objects.get(token=token.replace("-", ""))
    rows = Choice.objects.filter(question__questionnaire__survey_rounds__teams=team).values_list(
        "question__code", "code", "pk", "question_id"
    )
    choices = {(question, code): pk for question, code, pk, _ in rows}
    return team, choices, {question: question_id for question, _, _, question_id in rows}


urlpatterns = [
    path("healthz", lambda request: HttpResponse("ok")),
    path("v/<slug:token>/", form),
    path("v/<slug:token>/bedankt/", thanks),
]
