"""`manage.py seed_responses`: a new organisation with many responses, to measure with."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from survey.management.seeding import seed_responses
from survey.models import Membership, Questionnaire, User

NOT_HERE = (
    "SITE_URL is {site_url}. Made-up responses are for measuring on your own machine: "
    "this command works on localhost only, and there is no flag that changes that."
)
NOT_BY_ACCIDENT = (
    "This fills the database with a made-up organisation of {size} responses. "
    "If you mean that: manage.py seed_responses {size} --yes-made-up-responses"
)


class Command(BaseCommand):
    help = "Makes a new organisation with N made-up responses, to measure with."

    def add_arguments(self, parser):
        parser.add_argument("size", type=int, metavar="N", help="number of responses")
        parser.add_argument("--teams", type=int, default=10, help="number of teams")
        parser.add_argument("--texts", type=int, default=0, help="number of texts to review")
        parser.add_argument("--hr", metavar="E-MAIL", help="user who becomes HR there")
        parser.add_argument(
            "--yes-made-up-responses", action="store_true", dest="is_meant", help="needed"
        )

    def handle(self, *args, size, teams, texts, hr, is_meant, **options):
        if not settings.IS_LOCAL:
            raise CommandError(NOT_HERE.format(site_url=settings.SITE_URL))
        if not is_meant:
            raise CommandError(NOT_BY_ACCIDENT.format(size=size))
        if size < 1 or teams < 1 or texts < 0:
            raise CommandError("At least one response, one team, and no negative texts.")
        user = self.find(hr) if hr else None
        questionnaire = Questionnaire.objects.newest()
        if questionnaire is None:
            raise CommandError("First run: manage.py load_questionnaire")

        survey_round = seed_responses(questionnaire, size, team_count=teams, text_count=texts)
        if user:
            Membership.objects.create(
                organisation=survey_round.organisation, user=user, role=Membership.Role.HR
            )
        self.stdout.write(str(survey_round.pk))

    def find(self, address):
        try:
            return User.objects.get(email__iexact=address)
        except User.DoesNotExist:
            raise CommandError(f"There is no user {address}.") from None
