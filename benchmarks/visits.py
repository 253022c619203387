"""The form and a whole visit, app and floor in turns: what they cost, and how long they take."""

import statistics
from pathlib import Path

from .load import Client, measure
from .servers import Server

CSRF_MARK = b"CSRF-TOKEN"
CLIENTS = (1, 8)


def save_pages(app: Server, seeded: dict, folder: Path) -> None:
    """Save what the app shows, for the floor to show."""
    client = Client(app)
    page = client.ask("GET", seeded["form"])
    token = page.split(b'name="csrfmiddlewaretoken" value="')[1].split(b'"')[0]
    (folder / "form.html").write_bytes(page.replace(token, CSRF_MARK))
    (folder / "thanks.html").write_bytes(client.ask("GET", f"{seeded['form']}bedankt/"))


def measure_visits(app: Server, floor: Server, seeded: dict, *, repeats: int, count: int) -> dict:
    """Return per kind of work and number of clients what app and floor cost, turn by turn."""
    path, answers = seeded["form"], seeded["answers"]
    works = {
        # The clock of /proc ticks a hundred times a second: what is cheap is asked more often.
        "form": (lambda client: client.ask("GET", path), count * 4),
        "visit": (lambda client: client.visit(path, answers), count),
    }
    told = {}
    for name, (work, times) in works.items():
        for server in (app, floor):
            measure(server, work, count=40, clients=4)  # both warm
        for clients in CLIENTS:
            turns = {"app": [], "floor": []}
            for _ in range(repeats):
                for server in (app, floor):
                    turn = measure(server, work, count=times, clients=clients)
                    turns[server.name].append(turn)
            told[f"{name}, {clients} client{'s' * (clients > 1)}"] = compare(**turns)
    return told


def compare(app, floor) -> dict:
    """Return medians, and the ratio of each turn to the turn of the floor beside it."""
    ratios = [ours.cpu_ms / theirs.cpu_ms for ours, theirs in zip(app, floor, strict=True)]
    rates = [ours.rate / theirs.rate for ours, theirs in zip(app, floor, strict=True)]
    tails = [turn.p99 / turn.p50 for turn in app]
    median = statistics.median
    return {
        "cpu_ms": median(turn.cpu_ms for turn in app),
        "floor_cpu_ms": median(turn.cpu_ms for turn in floor),
        "cpu_ratio": median(ratios),
        "cpu_ratio_spread": [min(ratios), max(ratios)],
        "rate": median(turn.rate for turn in app),
        "floor_rate": median(turn.rate for turn in floor),
        "rate_ratio": median(rates),
        "p50_ms": median(turn.p50 for turn in app),
        "p99_ms": median(turn.p99 for turn in app),
        "p99_of_p50": median(tails),
        "p99_of_p50_spread": [min(tails), max(tails)],
        "floor_p50_ms": median(turn.p50 for turn in floor),
        "floor_p99_ms": median(turn.p99 for turn in floor),
        "floor_p99_of_p50": median(turn.p99 / turn.p50 for turn in floor),
    }
