from hypothesis import given
from hypothesis import strategies as st

from survey.disclosure import partition

TEAM_NAMES = st.text(alphabet="abcdefgh", min_size=1, max_size=3)
COUNTS = st.dictionaries(TEAM_NAMES, st.integers(0, 12), max_size=8)
THRESHOLDS = st.integers(3, 7)


@given(COUNTS, THRESHOLDS)
def test_every_response_is_in_exactly_one_segment(counts, threshold):
    groups = partition(counts, threshold)

    teams = [team for group in groups for team in group]
    assert len(teams) == len(set(teams))
    if groups:
        assert set(teams) == {team for team, count in counts.items() if count}


@given(COUNTS, THRESHOLDS)
def test_every_segment_reaches_the_threshold(counts, threshold):
    groups = partition(counts, threshold)

    assert [group for group in groups if sum(counts[team] for team in group) < threshold] == []


@given(COUNTS, THRESHOLDS)
def test_segments_add_up_to_the_whole_or_nothing_is_shown(counts, threshold):
    whole = sum(counts.values())

    groups = partition(counts, threshold)

    shown = sum(counts[team] for group in groups for team in group)
    assert shown == (whole if whole >= threshold else 0)


@given(COUNTS, THRESHOLDS)
def test_segments_follow_the_rule_and_nothing_but_the_rule(counts, threshold):
    """T3 in other words than the code: what is in the pool, and why."""
    small = {team for team, count in counts.items() if 0 < count < threshold}
    large = sorted(
        (team for team, count in counts.items() if count >= threshold),
        key=lambda team: (counts[team], team),
    )
    pool_of_small = sum(counts[team] for team in small)
    joins = large[:1] if small and pool_of_small < threshold else []
    pool = small | set(joins)

    groups = partition(counts, threshold)

    if sum(counts.values()) < threshold:
        assert groups == []
    else:
        alone = {(team,) for team in large if team not in joins}
        assert {group for group in groups if set(group) != pool} == alone
        assert [set(group) for group in groups if set(group) == pool] == ([pool] if pool else [])


@given(COUNTS, THRESHOLDS)
def test_the_pool_comes_last_and_teams_keep_their_order(counts, threshold):
    order = list(counts)

    groups = partition(counts, threshold)

    assert all(list(group) == sorted(group, key=order.index) for group in groups)
    alone = [group[0] for group in groups[:-1]]
    assert alone == sorted(alone, key=order.index)
    assert all(len(group) == 1 for group in groups[:-1])


def test_teams_with_enough_responses_stand_alone():
    assert partition({"Zorg": 6, "Keuken": 5}, threshold=5) == [("Zorg",), ("Keuken",)]


def test_small_teams_are_pooled_until_they_may_be_shown():
    segments = partition({"Keuken": 2, "Zorg": 6, "Onthaal": 3}, threshold=5)

    assert segments == [("Zorg",), ("Keuken", "Onthaal")]


def test_a_pool_that_is_too_small_takes_the_smallest_team_with_it():
    segments = partition({"Zorg": 12, "Keuken": 6, "Onthaal": 3}, threshold=5)

    assert segments == [("Zorg",), ("Keuken", "Onthaal")]


def test_of_two_smallest_teams_the_first_by_name_joins_the_pool():
    segments = partition({"Zorg": 6, "Keuken": 6, "Onthaal": 3}, threshold=5)

    assert segments == [("Zorg",), ("Keuken", "Onthaal")]


def test_one_response_too_few_publishes_nothing():
    assert partition({"Zorg": 4}, threshold=5) == []
    assert partition({"Zorg": 2, "Keuken": 2}, threshold=5) == []


def test_teams_without_responses_are_in_no_segment():
    assert partition({"Zorg": 5, "Keuken": 0}, threshold=5) == [("Zorg",)]


def test_no_teams_give_no_segments():
    assert partition({}, threshold=5) == []


def test_a_single_response_is_enough_where_a_team_answers_together():
    assert partition({"Zorg": 1}, threshold=1) == [("Zorg",)]
