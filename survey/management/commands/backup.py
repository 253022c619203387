"""Make a backup of the database; deploy/README.md says how to restore one."""

from django.core.management.base import BaseCommand, CommandError

from survey.keeping.backup import CannotBackUp, make_backup


class Command(BaseCommand):
    help = "Writes a backup to DATA_DIR/backups, readable by its owner alone."

    def handle(self, **options):
        try:
            path = make_backup()
        except CannotBackUp as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(str(path))
