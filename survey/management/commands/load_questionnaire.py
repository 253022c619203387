"""`manage.py load_questionnaire`: check questionnaire files and load them as rows."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from survey import questionnaires
from survey.questionnaires.checks import QuestionnaireFileError
from survey.questionnaires.file import read_questionnaire
from survey.questionnaires.load import VersionDiffers, load_content

SHIPPED = Path(questionnaires.__file__).parent


class Command(BaseCommand):
    help = (
        "Checks questionnaire files and loads each as a new version that never changes. "
        "Loading the same file again does nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="default: every shipped file"
        )

    def handle(self, *args, files, verbosity, **options):
        files = files or sorted(SHIPPED.glob("*.toml"))
        # All are checked before the first is loaded.
        for content in [self.read(path) for path in files]:
            try:
                questionnaire, is_new = load_content(content)
            except VersionDiffers as error:
                raise CommandError(str(error)) from None
            if verbosity:
                done = "loaded" if is_new else "unchanged"
                self.stdout.write(f"{questionnaire.code} version {questionnaire.version}: {done}")

    def read(self, path):
        try:
            return read_questionnaire(path)
        except QuestionnaireFileError as error:
            raise CommandError(str(error)) from None
