"""`make bench`: measure the app beside the floor, on SQLite and PostgreSQL, and print a table.

Only ratios of one run mean something: the machine may be busy. docs/performance.md tells how
to read them.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg2

from .reading import measure_growth, measure_reading
from .servers import ROOT, running
from .table import show_growth, show_size
from .visits import measure_visits, save_pages

sys.path.insert(0, str(ROOT / "tools"))
import postgresql

APP, FLOOR = "leercultuur.settings", "benchmarks.floor.settings"
SIZES, MILLION = [100, 10_000, 100_000], 1_000_000


def main():
    options = read_options()
    # Our own clients are threads: let them take turns so fast that we do not measure ourselves.
    sys.setswitchinterval(0.0005)
    if options.first_visit:
        return show_first_visit(options)
    start = time.monotonic()
    told = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "repeats": options.repeats,
        "results": [],
        "growth": {},
    }
    print(f"{told['machine']}; each number is the median of {options.repeats} interleaved turns\n")
    for database in options.database:
        with prepared(database) as environment:
            rounds = {}
            for size in options.size:
                rounds[size], result = measure_size(environment, size, options)
                told["results"].append({"database": database, "size": size, **result})
                show_size(database, size, result)
            with running("app", APP, options.port, environment) as app:
                often = {"repeats": options.repeats, "count": options.count // 2}
                told["growth"][database] = measure_growth(app, rounds, **often)
            show_growth(database, told["growth"][database])
    told["seconds"] = time.monotonic() - start
    target = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "benchmark.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(told, indent=2))
    print(f"Took {told['seconds'] / 60:.0f} minutes. Everything stands in {target}.")


def read_options():
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, action="append", help="responses; may be repeated")
    parser.add_argument("--million", action="store_true", help="also a million responses")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--count", type=int, default=200, help="requests per turn")
    parser.add_argument("--port", type=int, default=8120, help="this one and the next are used")
    parser.add_argument("--first-visit", action="store_true", help="only what a browser loads")
    options = parser.parse_args()
    options.size = (options.size or SIZES) + [MILLION] * options.million
    options.database = options.database or ["sqlite", "postgresql"]
    return options


@contextmanager
def prepared(database):
    """Yield the environment of a new database with the questionnaire in it."""
    with tempfile.TemporaryDirectory(prefix="lc-bench-") as folder, ExitStack() as stack:
        url = ""
        if database == "postgresql":
            binaries = postgresql.find_binaries()
            if binaries is None:
                sys.exit("There is no PostgreSQL here; use --database sqlite.")
            url = stack.enter_context(postgresql.running(binaries))
            create_database(url)
        environment = os.environ | {
            "DATA_DIR": folder,
            "DATABASE_URL": url,
            "SITE_URL": "http://localhost:8000",
            "DEBUG": "0",
            "LOG_LEVEL": "ERROR",
            "FLOOR_PAGES": folder,
            "FORMS_PER_MINUTE": "1000000",  # counted as always, but all of this is one address
        }
        for command in (["migrate"], ["load_questionnaire"], ["collectstatic", "--no-input"]):
            run([sys.executable, "manage.py", *command, "--verbosity", "0"], environment)
        yield environment


def create_database(url):
    connection = psycopg2.connect(url.replace("/leercultuur?", "/postgres?"))
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE leercultuur")
    connection.close()


def measure_size(environment, size, options):
    """Return the survey round that was made, and everything that was measured with it."""
    start = time.monotonic()
    often = {"repeats": options.repeats, "count": options.count}
    seeded = inside(environment, "seed", str(size))
    result = {"seeding_s": seeded["seconds"], "texts": seeded["texts"]}
    with running("app", APP, options.port, environment) as app:
        save_pages(app, seeded, Path(environment["FLOOR_PAGES"]))
        with running("floor", FLOOR, options.port + 1, environment) as floor:
            result["visits"] = measure_visits(app, floor, seeded, **often)
            memory = {"visits": app.memory_mb(), "visits of the floor": floor.memory_mb()}
        result["closing"] = inside(environment, "close", seeded["round"])
        seeded["segments"] = result["closing"].pop("segments")
        result["queries"] = count_queries(environment, seeded)
        often["count"] = options.count // 4
        result["reading"] = measure_reading(app, seeded, **often)
        result["memory_mb"] = memory | {"reading and PDF": app.memory_mb()}
    result["export"] = inside(environment, "export", seeded["round"])
    result["seconds"] = time.monotonic() - start
    return seeded, result


def count_queries(environment, seeded):
    open_round = inside(environment, "seed", "5")
    return inside(environment, "queries", json.dumps(open_round | {"closed": seeded["round"]}))


def inside(environment, what, key):
    return json.loads(run([sys.executable, "-m", "benchmarks.inside", what, key], environment))


def run(command, environment):
    done = subprocess.run(  # noqa: S603, our own commands
        command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
    )
    return done.stdout


def show_first_visit(options):
    from .first_visit import measure_first_visit  # needs a browser, which the rest does not

    with prepared("sqlite") as environment:
        seeded = inside(environment, "seed", "5")
        with running("app", APP, options.port, environment) as app:
            for visit in measure_first_visit(app, seeded["form"]):
                print(f"{visit['requests']} requests, {visit['bytes']} bytes: {visit['files']}")


if __name__ == "__main__":
    main()
