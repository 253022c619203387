"""Where everything of one report stands."""

from uuid import UUID

from django.urls import reverse

from survey.models import ActionPoint, SurveyRound

NAMES = (
    "report",
    "report_pdf",
    "report_csv",
    "report_xlsx",
    "plan",
    "participant_sheet",
    "participant_sheet_pdf",
    "notice",
    "notice_pdf",
    "comparison",
)


def addresses_of(survey_round: SurveyRound, segment_id: UUID | None) -> dict[str, str]:
    """Return the address of each page of a report; without segment the organisation's."""
    if segment_id is None:
        return {name: reverse(name, args=[survey_round.pk]) for name in NAMES}
    arguments = [survey_round.pk, segment_id]
    return {name: reverse(f"segment_{name}", args=arguments) for name in NAMES}


def report_of(action: ActionPoint) -> str:
    """Return the address of the action in its report."""
    names = addresses_of(action.survey_round, action.segment_id)
    return f"{names['report']}#actie-{action.position}"
