"""The reports of a closed survey round, as links."""

from dataclasses import dataclass

from survey.models import SurveyRound
from survey.report.names import MOST_NAMES, segment_name

from .plan import list_names


@dataclass(frozen=True)
class PublishedSegment:
    """A report: what it is called, how many answered, where it stands."""

    name: str
    listed: str
    response_count: int
    address: str


def published_segments(survey_round: SurveyRound) -> tuple[PublishedSegment, ...]:
    """Return the reports of a closed survey round in their order; two queries."""
    published = []
    for segment in survey_round.segments.prefetch_related("teams"):
        teams = list(segment.teams.all())
        published.append(
            PublishedSegment(
                name=segment_name([team.name for team in teams]),
                listed=list_names(teams) if len(teams) > MOST_NAMES else "",
                response_count=segment.response_count,
                address=segment.get_absolute_url(),
            )
        )
    return tuple(published)
