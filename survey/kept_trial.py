"""What somebody tried without an account and wants to keep, until an organisation holds it.

The trial puts it in the session and the workspace takes it out; this is all they share.
"""

import uuid
from dataclasses import dataclass

from .answering import Submission

KEPT = "kept_trial"


@dataclass(frozen=True)
class KeptTrial:
    """The answers of one form, with the key that makes storing them twice impossible."""

    key: uuid.UUID
    questionnaire_id: int
    submission: Submission


def keep(session, questionnaire_id: int, submission: Submission) -> None:
    """Put the answers in the session, in the place of what was kept before."""
    session[KEPT] = {
        "key": str(uuid.uuid4()),
        "questionnaire": questionnaire_id,
        "choices": list(submission.choices),
        "texts": [[question_id, text] for question_id, text in submission.texts.items()],
    }


def find(session) -> KeptTrial | None:
    """Return what is kept in this session, or None."""
    kept = session.get(KEPT)
    if kept is None:
        return None
    return KeptTrial(
        key=uuid.UUID(kept["key"]),
        questionnaire_id=kept["questionnaire"],
        submission=Submission(tuple(kept["choices"]), dict(kept["texts"])),
    )


def forget(session) -> None:
    """Take the answers out of the session."""
    session.pop(KEPT, None)
