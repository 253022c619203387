"""Make the demo organisation through the same code that real visitors use."""

import uuid
from datetime import datetime, time, timedelta
from itertools import cycle, islice

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from survey.answering import Outcome, Submission, store_response
from survey.closing import close_round
from survey.instrument import Instrument, QuestionText, read_instrument
from survey.models import (
    ActionPoint,
    Membership,
    Organisation,
    OtherText,
    Questionnaire,
    Segment,
    SurveyRound,
    Team,
    User,
)
from survey.models.told import PROPOSED

from . import story

CLOSED_AT = time(17, 15)

# One key per sheet, so that the same demo always has the same open responses.
KEYS = uuid.UUID("6f1d4c0e-5c1b-4f6e-9a57-0d3c6f0b2a11")


@transaction.atomic
def build_demo() -> Organisation:
    """Return the demo organisation, made on the first call and left alone after that.

    Raises Questionnaire.DoesNotExist if the shipped questionnaire is not loaded.
    """
    known = Organisation.objects.filter(memberships__user__email=story.HR).first()
    if known:
        return known

    questionnaire = Questionnaire.objects.get(code="leercultuur", version=1)
    organisation = Organisation.objects.create(name=story.ORGANISATION)
    _add_people(organisation)
    previous = None
    for round_story in story.ROUNDS:
        previous = _add_round(organisation, questionnaire, round_story, previous)
    return organisation


def _add_people(organisation):
    hr = _add_user(story.HR, first_name="Ilse", last_name="Maes")
    facilitator = _add_user(story.FACILITATOR, first_name="Bram", last_name="Claes")
    _add_user(story.ADMINISTRATOR, first_name="Ada", is_staff=True, is_superuser=True)
    Membership.objects.create(organisation=organisation, user=hr, role=Membership.Role.HR)
    Membership.objects.create(
        organisation=organisation, user=facilitator, role=Membership.Role.FACILITATOR
    )


def _add_user(email, **fields):
    user = User.objects.create_user(email, story.PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def _add_round(organisation, questionnaire, round_story, previous):
    """Return a new survey round with its answers, closed if the story says so."""
    today = timezone.localdate()
    survey_round = SurveyRound.objects.create(
        organisation=organisation,
        questionnaire=questionnaire,
        previous=previous,
        title=round_story.title_on(today),
        opened_on=today + timedelta(days=round_story.starts_in),
        closing_date=today + timedelta(days=round_story.ends_in),
        asked_by="Ilse Maes, HR",
        purpose=PROPOSED["purpose"],
        read_by=PROPOSED["read_by"],
        heard_when=round_story.heard_when,
        contact="Ilse Maes, toestel 214",
    )
    instrument = read_instrument(questionnaire.pk, "nl")
    for position, team_story in enumerate(round_story.teams, start=1):
        team = Team.objects.create(
            survey_round=survey_round,
            position=position,
            name=team_story.name,
            headcount=team_story.headcount,
        )
        if previous:
            team.previous_teams.set(previous.teams.filter(name=team.name))
        for number, submission in enumerate(_submissions(instrument, team_story)):
            key = uuid.uuid5(KEYS, f"{round_story.ends_in}/{team.name}/{number}")
            # As from paper, because some closing dates have passed.
            outcome = store_response(team, key, submission, from_paper=True)
            if outcome is not Outcome.STORED:
                raise RuntimeError(f"A response of the demo was not stored: {outcome}.")
    if round_story.is_closed:
        _close(survey_round, round_story)
    return survey_round


def _submissions(instrument: Instrument, team_story: story.TeamStory) -> list[Submission]:
    """Return one submission per response, which together give the counts of the story."""
    choices: list[list[int]] = [[] for _ in range(team_story.responses)]
    texts: list[dict[int, str]] = [{} for _ in range(team_story.responses)]
    if not team_story.responses:
        return []
    for question in instrument.questions:
        chosen = _who_chooses_what(question, team_story)
        for choice, people in zip(question.choices, chosen, strict=True):
            for person in people:
                choices[person].append(choice.id)
        written = team_story.texts.get(question.code, ())
        for (text, _), person in zip(written, chosen[-1], strict=False):
            texts[person][question.id] = text
    return [Submission(tuple(ids), said) for ids, said in zip(choices, texts, strict=True)]


def _who_chooses_what(question: QuestionText, team_story: story.TeamStory) -> list[list[int]]:
    """Return for each option the people who choose it: everybody's turn comes around."""
    counts = team_story.counts[question.code]
    skipped = team_story.skipped.get(question.code, 0)
    people = [
        (person + question.number) % team_story.responses for person in range(team_story.responses)
    ]
    turn = cycle(people[skipped:])
    return [list(islice(turn, count)) for count in counts]


def _close(survey_round, round_story):
    close_round(survey_round)
    closed_at = datetime.combine(survey_round.closing_date, CLOSED_AT, story.BRUSSELS)
    SurveyRound.objects.filter(pk=survey_round.pk).update(closed_at=closed_at)
    for team_story in round_story.teams:
        for written in team_story.texts.values():
            for text, state in written:
                of_round = OtherText.objects.filter(segment__survey_round=survey_round)
                of_round.filter(text=text).update(state=state)
    _add_actions(survey_round, round_story)


def _add_actions(survey_round, round_story):
    positions = dict.fromkeys(Segment.objects.filter(survey_round=survey_round), 0) | {None: 0}
    for action in round_story.actions:
        segment = (
            Segment.objects.get(survey_round=survey_round, teams__name=action.team)
            if action.team
            else None
        )
        positions[segment] += 1
        ActionPoint.objects.create(
            survey_round=survey_round,
            segment=segment,
            position=positions[segment],
            question=survey_round.questionnaire.questions.get(code=action.question),
            text=action.text,
            first_step=action.first_step,
            who=action.who,
            needed=action.needed,
            asked_of_management=action.asked_of_management,
            noticed_by=action.noticed_by,
            review_on=_in_days(action.review_in),
            state=action.state,
            is_shared=action.is_shared,
        )


def _in_days(days):
    return None if days is None else timezone.localdate() + timedelta(days=days)
