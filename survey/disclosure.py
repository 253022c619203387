"""Which teams may be shown, alone or together (T3). Pure: knows no Django and no database."""

from collections.abc import Mapping


def partition(counts: Mapping[str, int], threshold: int) -> list[tuple[str, ...]]:
    """Return groups of team names, each with at least `threshold` responses.

    `counts` maps a team's name to its number of responses. Teams with enough stand alone;
    teams with some but too few form one pool. If that pool is itself too small, the smallest
    stand-alone team joins it (ties: the first by name). Teams without responses are in no
    group. Every response is in exactly one group, so subtraction tells nothing (T4).

    Stand-alone teams come first, the pool last, each in the order of `counts`. The list is
    empty when all teams together stay below the threshold: then nothing may be shown.
    """
    answered = {team: count for team, count in counts.items() if count > 0}
    if sum(answered.values()) < threshold:
        return []

    pooled = {team for team, count in answered.items() if count < threshold}
    if pooled and sum(answered[team] for team in pooled) < threshold:
        alone = answered.keys() - pooled
        pooled.add(min(alone, key=lambda team: (answered[team], team)))

    groups: list[tuple[str, ...]] = [(team,) for team in answered if team not in pooled]
    if pooled:
        groups.append(tuple(team for team in answered if team in pooled))
    return groups
