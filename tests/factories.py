"""Objects for tests, without surprises: no random values, nothing made that was not asked for."""

import uuid
from datetime import timedelta

import factory
from django.urls import reverse
from django.utils import timezone
from factory.django import DjangoModelFactory

from survey.answering import Submission, store_response
from survey.closing import close_round
from survey.instrument import read_instrument
from survey.models import Membership, Organisation, Questionnaire, SurveyRound, Team, User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"iemand{n}@delinde.example")
    password = factory.django.Password("wachtwoord-voor-tests")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = "Woonzorgcentrum De Linde"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Membership.Role.HR


class SurveyRoundFactory(DjangoModelFactory):
    """An open anonymous round of the shipped questionnaire, without teams."""

    class Meta:
        model = SurveyRound

    organisation = factory.SubFactory(OrganisationFactory)
    questionnaire = factory.LazyFunction(lambda: Questionnaire.objects.get(code="leercultuur"))
    title = "Leercultuur najaar 2026"
    closing_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    asked_by = "Ilse Maes, HR"
    purpose = "We willen beter van elkaar leren."
    read_by = "Jullie eigen team en HR."
    heard_when = "Op het teamoverleg van december."
    contact = "Ilse Maes, toestel 214"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    survey_round = factory.SubFactory(SurveyRoundFactory)
    name = factory.Sequence(lambda n: f"Team {n}")
    headcount = 12


def submission(questionnaire, *, texts=None, **answers):
    """Return a submission by codes: `submission(q, v1="ja", v6=["koffie"], texts={"v6": "…"})`."""
    questions = {each.code: each for each in read_instrument(questionnaire.pk, "nl").questions}
    choices = [
        choice.id
        for code, given in answers.items()
        for choice in questions[code].choices
        if choice.code in ([given] if isinstance(given, str) else given)
    ]
    return Submission(
        tuple(choices), {questions[code].id: text for code, text in (texts or {}).items()}
    )


def form_fields(**changes):
    """Return what a browser posts of a filled-in form, with these changes."""
    return {"sleutel": str(uuid.uuid4()), "v1": "ja"} | changes


def send(team, *, key=None, texts=None, **answers):
    """Store a response of this team through the real code; return what became of it."""
    sent = submission(team.survey_round.questionnaire, texts=texts, **answers)
    return store_response(team, key or uuid.uuid4(), sent)


def close_with(survey_round, **responses):
    """Add teams with so many responses (ja, nee) to question 1, and close the round."""
    for position, (name, (yes, no)) in enumerate(responses.items(), start=1):
        team = TeamFactory(survey_round=survey_round, name=name, headcount=30, position=position)
        for _ in range(yes):
            send(team, v1="ja")
        for _ in range(no):
            send(team, v1="nee")
    return close_round(survey_round)


def segment_of(survey_round, name):
    """Return the segment in which the team with this name is."""
    return survey_round.segments.get(teams__name=name)


def planning(survey_round, segment=None):
    """Return the address of the action plan of a segment, or of the whole round."""
    if segment is None:
        return reverse("plan", args=[survey_round.pk])
    return reverse("segment_plan", args=[survey_round.pk, segment.pk])
