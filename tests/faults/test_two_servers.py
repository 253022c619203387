"""Two app servers on one PostgreSQL behind a balancer: nothing is local, every number is exact.

Seen failing without the lock on teams in closing, with the round read before that lock, with a
count that is read and then written, and with sessions in local memory.
"""

import threading

import pytest
from django.urls import reverse

from survey.models import SurveyRound
from tests.faults.balancer import Balancer
from tests.faults.conftest import check_published
from tests.faults.server import wait_for
from tests.faults.visitors import Crowd, Visitor

pytestmark = pytest.mark.postgresql


@pytest.fixture
def balancer():
    balancer = Balancer([])
    threading.Thread(target=balancer.serve_forever, daemon=True).start()
    yield balancer
    balancer.shutdown()
    balancer.server_close()


def test_two_servers_lose_nothing_while_one_is_replaced_and_a_round_is_closed(
    balancer, start_server, ilse, survey_round, team, figures
):
    old, other = start_server(workers=1), start_server(workers=1)
    balancer.ports = [old.port, other.port]
    hr = Visitor(balancer.port)
    hr.sign_in(ilse)

    with Crowd(balancer.port, team.get_absolute_url()) as crowd:
        wait_for(lambda: crowd.acknowledged() > 20)

        new = start_server(workers=1)
        balancer.ports = [new.port, other.port]
        stopped = old.stop()
        at_replacement = crowd.acknowledged()
        wait_for(lambda: crowd.acknowledged() > at_replacement + 100)

        closing = hr.close(survey_round)
        assert closing.status == 302
        seen = crowd.finish()

    figures(seen)
    assert (stopped, SurveyRound.objects.get().is_closed) == (0, True)
    check_published(survey_round, len(seen.acknowledged), sorted(seen.acknowledged.values()))
    report = reverse("report", args=[survey_round.pk])
    said = [hr.ask("GET", report).status for _ in range(4)]  # two by each server
    assert said == [200] * 4
