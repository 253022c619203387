"""The same form arrives twice, or again after the connection was cut, or a day later.

Seen failing with a repeated key stored anew, and with an expired form thrown away.
"""

import threading

from survey.models import Answer, Response
from tests.faults.server import wait_for
from tests.faults.visitors import Visitor

TIMES, FEW = 40, 5


def post_together(visitors, path, fields):
    """Let all of them send at the same moment; return the answers."""
    pages, together = [], threading.Barrier(len(visitors))

    def post(visitor):
        together.wait(timeout=30)
        pages.append(visitor.ask("POST", path, fields))

    threads = [threading.Thread(target=post, args=[each]) for each in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return pages


def test_a_connection_that_is_cut_after_the_form_was_sent(server, team, check_stored_once, figures):
    path, visitor = team.get_absolute_url(), Visitor(server.port)
    stored_before_the_retry = 0
    for number in range(TIMES):
        fields = visitor.fill_in(path, f"Afgebroken {number}")

        visitor.send_and_hang_up(path, fields)
        if number % 2:
            # The other half is sent again while the server may still be storing it.
            sent = Response.objects.filter(pk=dict(fields)["sleutel"])
            wait_for(sent.exists)
            stored_before_the_retry += 1
        assert visitor.send(path, fields)

    seen = visitor.seen
    figures(seen, stored_before_the_retry=stored_before_the_retry)
    assert len(seen.acknowledged) == TIMES
    check_stored_once(seen.acknowledged)


def test_a_double_click(server, team, check_stored_once, figures):
    path, visitor, twin = team.get_absolute_url(), Visitor(server.port), Visitor(server.port)
    acknowledged = {}
    for number in range(TIMES):
        fields = visitor.fill_in(path, f"Dubbel {number}")
        twin.cookies = dict(visitor.cookies)

        pages = post_together([visitor, twin], path, fields)

        thanks = sorted(page.headers["Location"].partition("?")[2] for page in pages)
        assert ([page.status for page in pages], thanks) == ([302, 302], ["", "eerder=zelfde"])
        acknowledged[dict(fields)["sleutel"]] = f"Dubbel {number}"

    figures(sent=2 * TIMES, acknowledged=len(acknowledged))
    check_stored_once(acknowledged)


def test_one_key_with_other_answers_at_the_same_moment(server, team):
    path, visitor, twin = team.get_absolute_url(), Visitor(server.port), Visitor(server.port)
    for number in range(TIMES):
        fields = visitor.fill_in(path, f"Eerst {number}")
        others = [(name, "nee" if name == "v1" else value) for name, value in fields]
        twin.cookies = dict(visitor.cookies)
        pages = []

        second = threading.Thread(
            target=lambda others=others, pages=pages: pages.append(twin.ask("POST", path, others))
        )
        second.start()
        pages.append(visitor.ask("POST", path, fields))
        second.join(timeout=60)

        told = sorted("eerder=anders" in page.headers["Location"] for page in pages)
        assert told == [False, True]
    assert Response.objects.filter(team=team).count() == TIMES
    assert Answer.objects.filter(response__team=team).count() == 3 * TIMES


def test_the_back_button_and_then_the_same_or_other_answers(server, team, check_stored_once):
    path, acknowledged = team.get_absolute_url(), {}
    for number in range(FEW):
        visitor = Visitor(server.port)
        fields = visitor.fill_in(path, f"Terug {number}")
        assert visitor.send(path, fields)

        again = visitor.ask("POST", path, fields)
        told_again = visitor.ask("GET", again.headers["Location"])
        other = visitor.ask("POST", path, [pair for pair in fields if pair[0] != "v1"])
        told_other = visitor.ask("GET", other.headers["Location"])

        assert "kwam al eerder aan. Het telt één keer" in told_again.text
        assert "was al eerder verstuurd, met andere antwoorden" in told_other.text
        acknowledged |= visitor.seen.acknowledged
    check_stored_once(acknowledged)


def check_that_one_click_sends_it(visitor, path, fields):
    """The form comes back filled in, whatever happened to its token; its button sends it."""
    page = visitor.ask("POST", path, fields)
    assert page.status == 403
    assert {pair for pair in fields if pair[0] != "csrfmiddlewaretoken"} <= {*page.fields()}

    assert visitor.send(path, page.fields())


def test_a_form_that_was_open_for_a_day(server, team, check_stored_once):
    """Its cookie is gone: the browser was closed, or threw it away."""
    path, acknowledged = team.get_absolute_url(), {}
    for number in range(FEW):
        visitor = Visitor(server.port)
        fields = visitor.fill_in(path, f"Gisteren begonnen {number}")
        visitor.cookies.clear()

        check_that_one_click_sends_it(visitor, path, fields)

        acknowledged |= visitor.seen.acknowledged
    check_stored_once(acknowledged)


def test_a_form_whose_token_changed_by_a_sign_in_in_another_tab(
    server, team, ilse, check_stored_once
):
    path, acknowledged = team.get_absolute_url(), {}
    for number in range(FEW):
        visitor = Visitor(server.port)
        fields = visitor.fill_in(path, f"Voor het aanmelden {number}")
        before = visitor.cookies["csrf"]
        visitor.sign_in(ilse)
        assert visitor.cookies["csrf"] != before

        check_that_one_click_sends_it(visitor, path, fields)

        acknowledged |= visitor.seen.acknowledged
    check_stored_once(acknowledged)
