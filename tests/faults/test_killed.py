"""Processes are killed while colleagues send their answers.

Seen failing with thanks before the commit, with the count, answers and texts stored outside one
transaction, and with a repeated key stored anew.
"""

import threading
import time

from tests.faults.server import status_of, wait_for
from tests.faults.visitors import Crowd

SECONDS_BETWEEN_KILLS = 2
SECONDS_TO_START = 10


def test_workers_killed_every_two_seconds_lose_nothing(server, team, check_stored_once, figures):
    kills = []

    def kill_while_busy(crowd):
        while crowd.is_busy:
            server.kill_a_worker()
            kills.append(1)
            time.sleep(SECONDS_BETWEEN_KILLS)

    start = time.monotonic()
    with Crowd(server.port, team.get_absolute_url(), forms=500, hang_up_every=10) as crowd:
        killer = threading.Thread(target=kill_while_busy, args=[crowd])
        killer.start()
        seen = crowd.finish()
        killer.join()

    figures(seen, kills=len(kills), seconds=round(time.monotonic() - start))
    assert seen.counts["sent"] == len(seen.acknowledged) == 4000
    assert len(kills) >= 3
    assert seen.counts["cut"] > 0
    check_stored_once(seen.acknowledged)


def test_all_processes_killed_at_once_and_started_again(server, team, check_stored_once, figures):
    path = team.get_absolute_url()
    with Crowd(server.port, path, forms=100) as crowd:
        wait_for(lambda: crowd.acknowledged() > 200)
        server.kill_everything()
        at_kill = crowd.acknowledged()
        start = time.monotonic()
        server.start()
        wait_for(lambda: status_of(server.port, path) == 200)
        seconds = time.monotonic() - start
        seen = crowd.finish()

    figures(seen, before_the_kill=at_kill, seconds_to_start=round(seconds, 1))
    assert seconds < SECONDS_TO_START
    assert seen.counts["sent"] == len(seen.acknowledged) == 800 > at_kill
    check_stored_once(seen.acknowledged)
