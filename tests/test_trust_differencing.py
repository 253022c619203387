"""Promises T3, T4 and T6: adding up and taking away what is published tells of no small group.

Brute force over hundreds of made-up organisations, on the numbers of the real downloads.
"""

import csv
import io
import random
from itertools import combinations, product

import pytest
from django.db import connection

from survey.closing import close_round
from survey.instrument import read_instrument
from survey.models import Answer, Response, Segment, Team
from tests.factories import SurveyRoundFactory, TeamFactory, send

ORGANISATIONS = 250
CHANCE = random.Random(20261122)  # noqa: S311, always the same made-up organisations


def make_round(de_linde, questionnaire):
    """Make a round of up to five teams of up to nine; return it and each team's own counts."""
    survey_round = SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, threshold=CHANCE.choice([3, 5])
    )
    questions = read_instrument(questionnaire.pk, "nl").questions
    counts = {}
    for place in range(CHANCE.randint(1, 5)):
        team = TeamFactory(survey_round=survey_round, name=f"Team {place}")
        sent = [some_answers(questions) for _ in range(CHANCE.randint(0, 9))]
        responses = Response.objects.bulk_create([Response(team=team) for _ in sent])
        Answer.objects.bulk_create(
            Answer(response=response, choice_id=choice)
            for response, choices in zip(responses, sent, strict=True)
            for choice in choices
        )
        Team.objects.filter(pk=team.pk).update(response_count=len(sent))
        counts[team] = len(sent), counted(questions, sent)
    return survey_round, counts


def some_answers(questions):
    chosen = []
    for question in questions:
        most = 1 if question.is_yes_no else len(question.choices)
        chosen += [each.id for each in CHANCE.sample(question.choices, CHANCE.randint(0, most))]
    return chosen


def counted(questions, sent):
    """Return the counts of these responses in the order of a download."""
    numbers = []
    for question in questions:
        own = [choice.id for choice in question.choices]
        numbers += [sum(choice in each for each in sent) for choice in own]
        numbers.append(sum(not set(own) & set(each) for each in sent))
    return tuple(numbers)


def published(client, survey_round):
    """Return the counts in every download of this round: of the organisation and each part."""
    parts = Segment.objects.filter(survey_round=survey_round)
    base = f"/rapport/{survey_round.pk}/"
    tables = []
    for path in [base, *(f"{base}{part.pk}/" for part in parts)]:
        text = b"".join(client.get(f"{path}csv/")).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
        tables.append(tuple(int(row[3]) for row in rows))
    return tables


def add_up(tables, signs):
    return tuple(
        sum(sign * count for sign, count in zip(signs, row, strict=True))
        for row in zip(*tables, strict=True)
    )


def renew_statistics():
    """In one long transaction PostgreSQL itself does not, and then plans as for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE survey_response, survey_answer")


def test_t3_t4_and_t6_no_reckoning_gives_the_counts_of_a_small_group(
    sign_in, ilse, de_linde, questionnaire
):
    client = sign_in(ilse)
    closed, reckonings, groups = 0, 0, 0

    for _ in range(ORGANISATIONS):
        survey_round, counts = make_round(de_linde, questionnaire)
        if sum(size for size, _ in counts.values()) < survey_round.threshold:
            continue
        renew_statistics()
        close_round(survey_round)
        closed += 1
        tables = published(client, survey_round)
        reachable = {
            add_up(tables, signs): signs for signs in product((-1, 0, 1), repeat=len(tables))
        }
        reckonings += len(reachable)
        for number in range(1, len(counts) + 1):
            for some in combinations(counts.values(), number):
                size = sum(size for size, _ in some)
                if 0 < size < survey_round.threshold:
                    groups += 1
                    small = add_up([table for _, table in some], [1] * number)
                    assert small not in reachable
                    assert add_up([tables[0], small], [1, -1]) not in reachable

    assert closed > 0.8 * ORGANISATIONS
    assert groups > 0.8 * ORGANISATIONS
    assert reckonings > 20 * ORGANISATIONS


# Pooled teams


@pytest.fixture
def pooled(survey_round):
    """A closed round: six of Zorg, and a pool of three of Keuken and two of Onthaal."""
    for name, size in {"Zorg": 6, "Keuken": 3, "Onthaal": 2}.items():
        team = TeamFactory(survey_round=survey_round, name=name)
        for _ in range(size):
            send(team, v1="ja", v6=["andere"], texts={"v6": f"iets van {name}"})
    return close_round(survey_round)


LOOKUPS = [
    "team", "team__exact", "team__id__exact", "team__name", "team__name__icontains", "team__token",
    "segment__teams", "segment__teams__id__exact", "segment__teams__name",
    "segment__teams__name__startswith", "segment__teams__token", "segment__survey_round__teams",
    "segment__survey_round__teams__name", "survey_round__teams__name", "teams", "teams__name",
    "q", "segment", "survey_round",
]  # fmt: skip


@pytest.mark.parametrize("model", ["response", "othertext", "segment"])
def test_t6_a_pooled_team_cannot_be_told_from_the_other(sign_in, ada, pooled, model):
    client = sign_in(ada)
    teams = {team.name: team for team in pooled.teams.all()}
    address = f"/admin/survey/{model}/"

    def answer(lookup, value):
        listed = client.get(address, {lookup: value})
        chosen = client.post(
            f"{address}?{lookup}={value}",
            {"action": "export_csv", "select_across": "1", "_selected_action": ["x"]},
        )
        found = listed.context["cl"].result_list if listed.status_code == 200 else []
        rows = sorted(str(each.pk) for each in found)
        lines = b"".join(chosen).count(b"\n") if chosen.get("Content-Disposition") else None
        return listed.status_code, rows, chosen.status_code, lines

    told = []
    for lookup in LOOKUPS:
        for values in zip(facts(teams["Keuken"]), facts(teams["Onthaal"]), strict=True):
            one, other = (answer(lookup, value) for value in values)
            # Whoever searches in texts finds what somebody wrote, not from which team.
            if one != other and not (model == "othertext" and lookup == "q"):
                told.append((lookup, values))

    assert told == []


def facts(team):
    return team.pk, team.name, team.token
