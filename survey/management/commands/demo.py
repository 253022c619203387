"""`manage.py demo`: a demo organisation to look around in, with three people who can sign in."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from survey.management.demo import story
from survey.management.demo.build import build_demo
from survey.models import Questionnaire

NOT_HERE = (
    "SITE_URL is {site_url}. The demo has a password that everybody knows, so it is for your "
    "own machine. If this is a trial site that holds no real answers: "
    "manage.py demo --yes-this-is-a-trial"
)


class Command(BaseCommand):
    help = "Makes the demo organisation once, and tells how to sign in."

    def add_arguments(self, parser):
        parser.add_argument(
            "--yes-this-is-a-trial",
            action="store_true",
            dest="is_trial",
            help="also on another address than localhost",
        )

    def handle(self, *args, is_trial, **options):
        if not (settings.IS_LOCAL or is_trial):
            raise CommandError(NOT_HERE.format(site_url=settings.SITE_URL))
        try:
            organisation = build_demo()
        except Questionnaire.DoesNotExist:
            raise CommandError("First run: manage.py load_questionnaire") from None
        open_round = organisation.survey_rounds.open().order_by("-closing_date").first()
        self.stdout.write(f"\nLeercultuur, with the demo organisation {organisation}:")
        self.stdout.write(f"  {settings.SITE_URL}/\n\n")
        if open_round:
            self.stdout.write("Answer as a colleague:")
            self.stdout.write(f"  {settings.SITE_URL}/v/{open_round.grouped_token}/\n\n")
        self.stdout.write(f"Sign in with the password {story.PASSWORD} as")
        self.stdout.write(f"  {story.HR:24} HR")
        self.stdout.write(f"  {story.FACILITATOR:24} facilitator")
        self.stdout.write(
            f"  {story.ADMINISTRATOR:24} administrator, at {settings.SITE_URL}/admin/\n\n"
        )
        self.stdout.flush()
