"""Objects for tests, without surprises: no random values, nothing made that was not asked for."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

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
