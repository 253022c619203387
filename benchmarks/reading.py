"""The report: on screen, as PDF and as a table; and whether it costs the same at any size."""

import statistics
from functools import partial

from .load import Client, measure
from .servers import Server
from .visits import CLIENTS

KINDS = ("csv", "xlsx", "pdf")


def measure_reading(app: Server, seeded: dict, *, repeats: int, count: int) -> dict:
    """Return what the report of a closed round costs, with one client and with several."""
    cookies = {"session": seeded["session"]}
    report = f"/rapport/{seeded['round']}/"
    pages = {"report": report, "report of a segment": f"{report}{seeded['segments'][0]}/"}
    told = {}
    for name, path in (pages | {kind: f"{report}{kind}/" for kind in KINDS}).items():
        work = partial(Client.ask, method="GET", path=path)
        first = measure(app, work, count=1, clients=1, cookies=cookies)
        measure(app, work, count=8, clients=4, cookies=cookies)  # both workers warm
        told[name] = {
            "bytes": len(Client(app, cookies).ask("GET", path)),
            "first_ms": first.p50,
            "first_cpu_ms": first.cpu_ms,
        }
        for clients in CLIENTS:
            turns = [
                measure(app, work, count=count, clients=clients, cookies=cookies)
                for _ in range(repeats)
            ]
            told[name][f"clients_{clients}"] = _medians(turns)
    told["pdf"]["first_of_segments"] = [
        {"ms": first.p50, "cpu_ms": first.cpu_ms}
        for first in _first_pdfs(app, report, seeded["segments"][1:6], cookies)
    ]
    return told


def _first_pdfs(app, report, segments, cookies):
    """Yield what the first PDF of each of these segments costs."""
    for segment in segments:
        work = partial(Client.ask, method="GET", path=f"{report}{segment}/pdf/")
        yield measure(app, work, count=1, clients=1, cookies=cookies)


def measure_growth(app: Server, rounds: dict[int, dict], *, repeats: int, count: int) -> dict:
    """Return what the report costs at each size beside the smallest one, in the same turns."""
    told = {}
    for name in ("report", "report of a segment"):
        turns = {size: [] for size in rounds}
        for turn in range(repeats + 1):
            for size, seeded in rounds.items():
                path = f"/rapport/{seeded['round']}/"
                if name != "report":
                    path += f"{seeded['segments'][0]}/"
                work = partial(Client.ask, method="GET", path=path)
                cookies = {"session": seeded["session"]}
                measured = measure(app, work, count=count, clients=1, cookies=cookies)
                if turn:  # the first one only warms up
                    turns[size].append(measured)
        smallest = turns[min(rounds)]
        told[name] = {
            size: _medians(of_size) | _ratios(of_size, smallest) | {"texts": rounds[size]["texts"]}
            for size, of_size in turns.items()
        }
    return told


def _medians(turns):
    names = ("cpu_ms", "p50", "p99", "rate")
    return {name: statistics.median(getattr(turn, name) for turn in turns) for name in names}


def _ratios(turns, smallest):
    ratios = [turn.cpu_ms / least.cpu_ms for turn, least in zip(turns, smallest, strict=True)]
    return {"ratio": statistics.median(ratios), "ratio_spread": [min(ratios), max(ratios)]}
