"""`make bench`: measure the app beside the floor, on SQLite and PostgreSQL, and print a table.

Only ratios of one run mean something: the machine may be busy. docs/performance.md tells how
to read them.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg2

from .load import Client, measure
from .servers import ROOT, running

sys.path.insert(0, str(ROOT / "tools"))
import postgresql

APP, FLOOR = "leercultuur.settings", "benchmarks.floor.settings"
CSRF_MARK = b"CSRF-TOKEN"


def main():
    options = read_options()
    if options.first_visit:
        return show_first_visit(options)
    told = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "repeats": options.repeats,
        "results": [],
    }
    print(f"{told['machine']}; each number is the median of {options.repeats} interleaved turns\n")
    for database in options.database:
        with prepared(database) as environment:
            for size in options.size:
                result = measure_size(environment, size, options)
                told["results"].append({"database": database, "size": size, **result})
                show(database, size, result)
    target = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "benchmark.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(told, indent=2))
    print(f"Everything stands in {target}.")


def read_options():
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, action="append", help="responses; may be repeated")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--count", type=int, default=200, help="requests per turn")
    parser.add_argument("--port", type=int, default=8120, help="this one and the next are used")
    parser.add_argument("--first-visit", action="store_true", help="only what a browser loads")
    options = parser.parse_args()
    options.size = options.size or [100, 10_000, 100_000]
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
    seeded = inside(environment, "seed", str(size))
    result = {"seeding_s": seeded["seconds"], "texts": seeded["texts"]}
    with running("app", APP, options.port, environment) as app:
        save_pages(app, seeded, Path(environment["FLOOR_PAGES"]))
        with running("floor", FLOOR, options.port + 1, environment) as floor:
            result["visits"] = measure_visits(app, floor, seeded, options)
        result["closing"] = inside(environment, "close", seeded["round"])
        result |= measure_reading(environment, app, seeded, options)
    result["export"] = inside(environment, "export", seeded["round"])
    return result


def save_pages(app, seeded, folder):
    """Save what the app shows, for the floor to show."""
    client = Client(app)
    page = client.ask("GET", seeded["form"])
    token = page.split(b'name="csrfmiddlewaretoken" value="')[1].split(b'"')[0]
    (folder / "form.html").write_bytes(page.replace(token, CSRF_MARK))
    (folder / "thanks.html").write_bytes(client.ask("GET", f"{seeded['form']}bedankt/"))


def measure_visits(app, floor, seeded, options):
    """Return per kind of work and number of clients what app and floor cost, turn by turn."""
    path, answers = seeded["form"], seeded["answers"]
    works = {
        # The clock of /proc ticks a hundred times a second: what is cheap is asked more often.
        "form": (lambda client: client.ask("GET", path), options.count * 4),
        "visit": (lambda client: client.visit(path, answers), options.count),
    }
    told = {}
    for name, (work, count) in works.items():
        for server in (app, floor):
            measure(server, work, count=40, clients=4)  # both warm
        for clients in (1, 8):
            turns = {"app": [], "floor": []}
            for _ in range(options.repeats):
                for server in (app, floor):
                    turn = measure(server, work, count=count, clients=clients)
                    turns[server.name].append(turn)
            told[f"{name}, {clients} client{'s' * (clients > 1)}"] = compare(**turns)
    told["memory_mb"] = {server.name: server.memory_mb() for server in (app, floor)}
    return told


def compare(app, floor):
    """Return medians, and the ratio of each turn to the turn of the floor beside it."""
    ratios = [ours.cpu_ms / theirs.cpu_ms for ours, theirs in zip(app, floor, strict=True)]
    median = statistics.median
    return {
        "cpu_ms": median(turn.cpu_ms for turn in app),
        "floor_cpu_ms": median(turn.cpu_ms for turn in floor),
        "cpu_ratio": median(ratios),
        "cpu_ratio_spread": [min(ratios), max(ratios)],
        "rate": median(turn.rate for turn in app),
        "floor_rate": median(turn.rate for turn in floor),
        "p50_ms": median(turn.p50 for turn in app),
        "p99_ms": median(turn.p99 for turn in app),
        "floor_p50_ms": median(turn.p50 for turn in floor),
        "floor_p99_ms": median(turn.p99 for turn in floor),
    }


def measure_reading(environment, app, seeded, options):
    """Return what the report costs on screen and as a file, and how many queries everything."""
    round_id = seeded["round"]
    open_round = inside(environment, "seed", "5")
    counted = inside(environment, "queries", json.dumps(open_round | {"closed": round_id}))
    cookies = {"session": seeded["session"]}
    reports = {
        "report": f"/rapport/{round_id}/",
        "report of a segment": f"/rapport/{round_id}/{counted['segment']}/",
    }
    files = {kind: f"/rapport/{round_id}/{kind}/" for kind in ("csv", "xlsx", "pdf")}
    told = {}
    for name, path in (reports | files).items():

        def work(client, path=path):
            return client.ask("GET", path)

        first = measure(app, work, count=1, clients=1, cookies=cookies)
        count = 10 if name == "pdf" else options.count // 4
        measure(app, work, count=8, clients=4, cookies=cookies)  # both workers warm
        turns = [
            measure(app, work, count=count, clients=1, cookies=cookies)
            for _ in range(options.repeats)
        ]
        told[name] = {
            "bytes": len(Client(app, cookies).ask("GET", path)),
            "first_ms": first.p50,
            "cpu_ms": statistics.median(turn.cpu_ms for turn in turns),
            "p50_ms": statistics.median(turn.p50 for turn in turns),
        }
    return {"reading": told, "queries": counted["queries"], "memory_after_mb": app.memory_mb()}


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


def show(database, size, result):
    print(f"── {database}, {size} responses " + "─" * 30)
    print(f"{'':22}{'CPU ms':>8}{'floor':>8}{'ratio':>7}  {'spread':12}{'per s':>7}{'floor':>7}"
          f"{'p50':>7}{'p99':>7}")  # fmt: skip
    visits = dict(result["visits"])
    memory = visits.pop("memory_mb")
    for name, row in visits.items():
        low, high = row["cpu_ratio_spread"]
        print(
            f"{name:22}{row['cpu_ms']:8.2f}{row['floor_cpu_ms']:8.2f}{row['cpu_ratio']:7.2f}  "
            f"{f'{low:.2f}–{high:.2f}':12}{row['rate']:7.0f}{row['floor_rate']:7.0f}"
            f"{row['p50_ms']:7.1f}{row['p99_ms']:7.1f}"
        )
    for name, row in result["reading"].items():
        print(
            f"{name:22}{row['cpu_ms']:8.2f} CPU ms, {row['p50_ms']:.1f} ms, "
            f"first {row['first_ms']:.0f} ms, {row['bytes']} bytes"
        )
    closing, export = result["closing"], result["export"]
    print(f"closing               {closing['seconds']:.1f} s, {closing['memory_mb']} MB")
    print(
        f"export of every row   {export['seconds']:.1f} s, {export['bytes']} bytes, "
        f"{export['memory_before_mb']} → {export['memory_mb']} MB"
    )
    print(f"statements            {result['queries']}")
    print(f"memory of a worker    {memory} MB, {result['memory_after_mb']} after reading\n")


if __name__ == "__main__":
    main()
