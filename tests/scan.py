"""What is really in the database, whatever the models say."""

import functools
import gc
import subprocess
import sys
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, ModuleType

from django.db import connection

from survey.models import Answer, OtherText, Response

# Put where it must not leak from, and then looked for.
MARKER = "merkteken-7f3a"

CODE = (BuiltinFunctionType, FunctionType, ModuleType)
CONTAINERS = (dict, list, set, tuple)


def all_rows(*, leave_out=()) -> dict[str, list[str]]:
    """Return every row of every table as text, in a fixed order."""
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in leave_out:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                rows[table] = sorted(map(str, cursor.fetchall()))
    return rows


def stored() -> tuple[int, int, int]:
    """Return how many responses, answers and texts there are."""
    return Response.objects.count(), Answer.objects.count(), OtherText.objects.count()


def dump(*, leave_out=()) -> str:
    """Return the whole database as text."""
    return "\n".join(row for rows in all_rows(leave_out=leave_out).values() for row in rows)


def columns(table) -> set[str]:
    with connection.cursor() as cursor:
        return {
            column.name for column in connection.introspection.get_table_description(cursor, table)
        }


def raw_bytes() -> bytes:
    """Return the bytes of SQLite's file and its write-ahead log.

    Read by another process: closing the file in this one would drop SQLite's locks on it.
    """
    main = Path(connection.settings_dict["NAME"])
    parts = [part for part in (main, Path(f"{main}-wal")) if part.exists()]
    return subprocess.run(["cat", *parts], check=True, capture_output=True).stdout


def in_order_of_writing(table, key) -> list[str]:
    """Return the keys of a table as they lie on disk."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} ORDER BY {place}")  # noqa: S608
        return [str(row[0]) for row in cursor.fetchall()]


def rank_correlation(order: list[int]) -> float:
    """Return Spearman's rho between the order found and the order of sending."""
    size = len(order)
    distances = sum((place - rank) ** 2 for place, rank in enumerate(order))
    return 1 - 6 * distances / (size * (size**2 - 1))


def kept_in_memory(words: str) -> list[str]:
    """Return which function caches of this process, and containers of our modules, hold these."""
    # Its own type: a lazy object may say that it is anything.
    caches = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
    roots = {str(getattr(cache, "__wrapped__", cache)): cache for cache in caches} | {
        f"{module}.{name}": value
        for module in [name for name in sys.modules if name.startswith("survey.")]
        for name, value in vars(sys.modules[module]).items()
        if type(value) in CONTAINERS and not name.startswith("__")
    }
    return sorted(name for name, root in roots.items() if _holds(root, words))


def _holds(root, words) -> bool:
    """Return whether the words are in this object or in anything that it leads to, but code."""
    seen, waiting = {id(root)}, [root]
    while waiting:
        for each in gc.get_referents(waiting.pop()):
            if isinstance(each, (str, bytes)):
                if words in (each if isinstance(each, str) else each.decode(errors="replace")):
                    return True
            elif id(each) not in seen and type(each) not in CODE and not isinstance(each, type):
                seen.add(id(each))
                waiting.append(each)
    return False
