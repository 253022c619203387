"""What is stored, one module per subject.

Results, responses and actions know the rounds; these know organisations and questionnaires.
"""

from .actions import ActionPoint
from .audit import AuditEntry
from .former_links import FormerLink
from .organisations import Invitation, Membership, Organisation, User
from .questionnaire import Choice, Prompt, Question, Questionnaire
from .responses import Answer, OtherText, Response, erase
from .results import Segment, SharedFinding, Tally
from .rounds import SurveyRound
from .teams import Team

__all__ = [
    "ActionPoint",
    "Answer",
    "AuditEntry",
    "Choice",
    "FormerLink",
    "Invitation",
    "Membership",
    "Organisation",
    "OtherText",
    "Prompt",
    "Question",
    "Questionnaire",
    "Response",
    "Segment",
    "SharedFinding",
    "SurveyRound",
    "Tally",
    "Team",
    "User",
    "erase",
]
