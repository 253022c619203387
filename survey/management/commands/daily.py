"""The one command that a timer runs every day."""

import logging
from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from survey.keeping import backup, reminders, retention
from survey.report.reminders import send_action_reminders

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends reminders and deletes what is old. Closes nothing. Safe to run twice."

    def handle(self, **options):
        today = timezone.localdate()
        steps = {
            "survey rounds emptied": lambda: retention.delete_old_answers(today),
            "audit entries deleted": lambda: retention.delete_old_audit_entries(today),
            "invitations deleted": retention.delete_expired_invitations,
            "sessions cleared": retention.clear_sessions,
            "backups deleted": lambda: backup.delete_expired_backups(datetime.now(UTC)),
            "mails about dates": lambda: reminders.remind_of_dates(today),
            "mails about actions": lambda: send_action_reminders(today),
            "vacuumed": retention.vacuum,
        }
        failed = [name for name, step in steps.items() if not self._did(name, step)]
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}. The log says why.")

    def _did(self, name, step) -> bool:
        """Do one step; one that fails does not keep the others from being done."""
        try:
            count = step()
        except Exception:
            logger.exception("The daily command failed at: %s", name)
            return False
        if count is not None:
            self.stdout.write(f"{name}: {count}")
        return True
