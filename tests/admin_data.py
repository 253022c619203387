"""Rounds with responses, and what browsers send and show, for the tests of the admin."""

import re
from uuid import UUID

from django.urls import reverse

from survey.answering import Submission, store_response
from survey.models import Choice, OtherText, Response, SurveyRound, Team
from tests.factories import SurveyRoundFactory, TeamFactory


def answer(team, number, *codes, texts=None):
    """Store a response with these options, as "question choice", and texts by question code."""
    chosen = [
        Choice.objects.get(
            question__questionnaire=team.survey_round.questionnaire_id,
            question__code=question,
            code=choice,
        )
        for question, choice in (code.split() for code in codes)
    ]
    by_question = {choice.question.code: choice.question_id for choice in chosen}
    submission = Submission(
        tuple(choice.pk for choice in chosen),
        {by_question[code]: text for code, text in (texts or {}).items()},
    )
    store_response(team, UUID(int=number), submission)


def make_anonymous_round(organisation, title="Leercultuur najaar 2026"):
    """Return an open anonymous round: Zorg with 6 responses, Keuken 3 and Onthaal 2."""
    survey_round = SurveyRoundFactory(organisation=organisation, title=title)
    start = SurveyRound.objects.count() * 1000
    for position, (name, size) in enumerate([("Zorg", 6), ("Keuken", 3), ("Onthaal", 2)]):
        team = TeamFactory(survey_round=survey_round, name=name, position=position)
        for number in range(size):
            key = start + 100 * position + number
            answer(team, key, "v1 ja", "v6 koffie", "v7 andere", texts={"v7": f"Tekst {key}"})
    return survey_round


def make_team_round(organisation, title="Samen ingevuld"):
    """Return an open round that a team filled in together: two responses, one text."""
    survey_round = SurveyRoundFactory(
        organisation=organisation, title=title, mode=SurveyRound.Mode.ORGANISATION
    )
    team = TeamFactory(survey_round=survey_round, name="Directie")
    answer(team, 1, "v1 nee", "v6 overleg", "v6 andere", texts={"v6": "Aan de voordeur"})
    answer(team, 2, "v2 ja")
    return survey_round


def texts_of(survey_round):
    """Return the texts of a round, in the order of their keys."""
    return OtherText.objects.of_round(survey_round).order_by("pk")


def make_longer(closed_round):
    """Add sixty responses in a segment of their own, as another closed round would have."""
    team = TeamFactory(survey_round=closed_round, name="Nacht", headcount=60)
    SurveyRound.objects.update(closed_at=None)
    for number in range(60):
        answer(team, 5000 + number, "v1 ja", "v8 mentor")
    SurveyRound.objects.update(closed_at="2026-11-20T10:00Z")
    segment = closed_round.segments.create(position=9, response_count=60)
    Team.objects.filter(pk=team.pk).update(segment=segment)
    Response.objects.filter(team=team).update(team=None, segment=segment)


def url_of(survey_round, view="change"):
    """Return the address of a page of the admin about this round."""
    return reverse(f"admin:survey_surveyround_{view}", args=[survey_round.pk])


def words_of(page):
    """Return the words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def filled_in(survey_round, **changes):
    """Return what the browser would send for a round and its teams."""
    teams = list(survey_round.teams.all())
    fields = ("title", "closing_date", "asked_by", "purpose", "read_by", "heard_when", "contact")
    sent = {name: getattr(survey_round, name) for name in fields}
    sent |= {"teams-TOTAL_FORMS": len(teams), "teams-INITIAL_FORMS": len(teams)}
    for number, team in enumerate(teams):
        sent |= {
            f"teams-{number}-id": team.pk,
            f"teams-{number}-survey_round": survey_round.pk,
            f"teams-{number}-name": team.name,
            f"teams-{number}-headcount": team.headcount,
        }
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}
