"""What a segment is called, composed when it is shown, in the reader's language (T3)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

MOST_NAMES = 3


def untold_names(teams: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the names of the teams, if a report's own name does not tell them already."""
    return () if all(team in name for team in teams) else tuple(teams)


def segment_name(teams: Sequence[str]) -> str:
    """Return the name of a segment with these team names, in their order.

    One team keeps its name; two or three are named together; of more, the list stands
    elsewhere on the page.
    """
    if len(teams) == 1:
        return teams[0]
    if len(teams) > MOST_NAMES:
        return _("Overige teams")
    *first, last = teams
    return _("%(teams)s en %(last)s samen") % {"teams": ", ".join(first), "last": last}
