"""Every statement of the hot paths starts at a key of one organisation (docs/growth.md).

A planner may read a small table as a whole, so that is forbidden here; where it then still has no
key to start from, there is no index for it.
"""

import json
import re
import uuid

import pytest
from django.db import connection

from survey.closing import close_round
from survey.management.seeding import seed_responses
from survey.models import ActionPoint, Membership, OtherText, Segment
from tests.factories import form_fields

# Tables that grow with the number of organisations.
GROWING = {
    f"survey_{name}"
    for name in (
        "organisation", "membership", "surveyround", "team", "response", "answer", "othertext",
        "segment", "tally", "actionpoint", "formerlink", "team_previous_teams",
    )
}  # fmt: skip


# Columns that lead to one organisation; a question or an option is in all of them.
LEADS = re.compile(
    r"\b(id|token|(organisation|survey_round|(from_|to_)?team|segment|response|user)_id)\b"
)


@pytest.fixture
def rounds(questionnaire):
    """An open round and a closed one with shown texts, among others that nobody asks for.

    After each closed one every team agreed on three actions.
    """
    open_round, *others = [
        seed_responses(questionnaire, 60, team_count=6, text_count=200) for _ in range(5)
    ]
    closed, *_ = [close_round(each) for each in others]
    ActionPoint.objects.bulk_create(
        ActionPoint(
            survey_round_id=segment.survey_round_id,
            segment=segment,
            position=position,
            text="Samen eten",
        )
        for segment in Segment.objects.all()
        for position in (1, 2, 3)
    )
    OtherText.objects.of_round(closed).update(state=OtherText.State.SHOWN)
    if connection.vendor == "postgresql":  # nobody does that to SQLite
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return open_round, closed


def captured(ask):
    """Return the statements that were sent to the database, each with its parameters."""
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    asking = re.compile(r"\s*\(?(SELECT|INSERT|UPDATE|DELETE)\b")
    return [each for each in statements if asking.match(each[0])]


def whole_walks(statements):
    """Return where the database goes through a growing table without such a key."""
    plan = _plan_of_sqlite if connection.vendor == "sqlite" else _plan_of_postgresql
    return [
        f"{table}, {condition or 'all rows'}: {sql}"
        for sql, params in statements
        for table, condition in plan(sql, params)
        if table in GROWING and not LEADS.search(condition)
    ]


def _plan_of_sqlite(sql, params):
    """Yield each table that is read and the condition at which the index starts."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        for *_, step in cursor.fetchall():
            if step.startswith(("SCAN ", "SEARCH ")):
                condition = re.search(r"\((.*)\)", step)
                yield step.split()[1], condition.group(1) if condition else ""


def _plan_of_postgresql(sql, params):
    with connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        [[plan]] = cursor.fetchall()
    nodes = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if "Relation Name" in node and "Scan" in node["Node Type"]:
            yield node["Relation Name"], node.get("Index Cond") or node.get("Recheck Cond", "")


def test_form_sending_and_thanks_start_at_a_key(rounds, client):
    team = rounds[0].teams.first()
    path = team.get_absolute_url()
    sent = form_fields(sleutel=str(uuid.uuid4()))

    form = captured(lambda: client.get(path))
    sending = captured(lambda: client.post(path, sent))
    thanks = captured(lambda: client.get(f"{path}bedankt/"))

    assert [bool(each) for each in (form, sending, thanks)] == [True, True, True]
    assert whole_walks(form + sending + thanks) == []


def test_the_report_of_a_segment_starts_at_a_key(rounds, client, ilse):
    closed = rounds[1]
    Membership.objects.create(user=ilse, organisation=closed.organisation)
    client.force_login(ilse, backend="django.contrib.auth.backends.ModelBackend")
    segment = closed.segments.first()

    statements = captured(lambda: client.get(segment.get_absolute_url()))

    assert len(statements) == 7  # its five, and two to know who reads
    assert whole_walks(statements) == []


def test_what_starts_at_no_key_is_noticed(rounds):
    everywhere = OtherText.objects.order_by()

    by_text = captured(lambda: list(everywhere.filter(text="Op de trap")))
    by_question = captured(lambda: list(everywhere.filter(question=6)))

    assert [len(whole_walks(each)) for each in (by_text, by_question)] == [1, 1]
