"""Whether the process lives and whether it can serve, for whoever watches the server."""

import logging
import os
from pathlib import Path
from tempfile import TemporaryFile

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from survey.models import Questionnaire

logger = logging.getLogger(__name__)

ROOM = 65_536  # bytes; a few responses


@require_safe
@never_cache
def healthz(request):
    """Answer 200 as long as the process answers at all; asks the database nothing."""
    return _plain("ok", status=200)


@require_safe
@never_cache
def readyz(request):
    """Answer 200 when the database answers, is migrated and holds a questionnaire, else 503."""
    problem = why_not_ready()
    if problem:
        return _plain(f"not ready: {problem}", status=503)
    return _plain("ready", status=200)


def why_not_ready() -> str:
    """Return what is missing: database, disk, migrations or questionnaire; "" when ready."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations"
        if not Questionnaire.objects.exists():
            return "questionnaire"
        _write_and_forget()
    except OSError:
        return "disk"
    except DatabaseError as error:
        # The class only: the message of a driver may name a host or a user.
        logger.error("The database does not answer: %s", type(error).__name__)
        return "database"
    return ""


def _write_and_forget():
    """Write where the database writes, and leave nothing; raises OSError or DatabaseError.

    A full disk can be read for a long time. Of SQLite it is the disk alone that is tried: a write
    would wait for whoever is writing, which is a sign of health.
    """
    if connection.vendor == "sqlite":
        folder = Path(connection.settings_dict["NAME"]).parent
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM))
            file.flush()
            os.fsync(file.fileno())
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE readyz AS SELECT 1")
        cursor.execute("DROP TABLE readyz")


def _plain(text, *, status):
    return HttpResponse(text + "\n", content_type="text/plain; charset=utf-8", status=status)
