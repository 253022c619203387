"""Check whether everything adds up."""

import sys

from django.core.management.base import BaseCommand

from survey.keeping.verify import find_problems


class Command(BaseCommand):
    help = "Recounts what must always be true; names what is wrong and ends with 1."

    def handle(self, **options):
        problems = list(find_problems())
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            sys.exit(1)
        self.stdout.write("Everything adds up.")
