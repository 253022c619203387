"""A survey round is closed while colleagues send their answers: the report holds all of them.

Seen failing with the round read before the lock on its team, without that lock in closing
(PostgreSQL), with a count that is read and then written, and in deferred transactions (SQLite).
"""

from tests.faults.conftest import check_published
from tests.faults.server import wait_for
from tests.faults.visitors import Crowd, Visitor


def test_what_was_thanked_for_is_published_and_who_is_late_hears_it(
    server, survey_round, team, ilse, figures
):
    path = team.get_absolute_url()
    late, hr = Visitor(server.port), Visitor(server.port)
    form_of_late = late.fill_in(path, "Te laat, <b>helaas</b>")
    hr.sign_in(ilse)

    with Crowd(server.port, path) as crowd:
        wait_for(lambda: crowd.acknowledged() > 200)
        closing = hr.close(survey_round)
        assert closing.status == 302
        seen = crowd.finish()
    page = late.ask("POST", path, form_of_late)

    figures(seen)
    total = len(seen.acknowledged)
    assert total > 200
    assert seen.counts["sent"] == total + seen.counts["shut"]
    assert (seen.counts["503"], seen.counts["cut"]) == (0, 0)
    check_published(survey_round, total, sorted(seen.acknowledged.values()))
    assert page.status == 409
    assert "Deze bevraging is afgesloten" in page.text
    assert "Te laat, &lt;b&gt;helaas&lt;/b&gt;" in page.text
