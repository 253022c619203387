"""Type sheets of paper: their form, their running number, and taking the last one back.

What HR's session keeps about the last sheet is the one exception to T9 (`survey/kept_sheets.py`).
"""

import uuid
from dataclasses import asdict, dataclass

from crispy_forms.layout import Layout
from django import forms
from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from survey.answering import AnswerForm, Fieldset, Outcome, store_response
from survey.forgetting import forget_old_pages
from survey.holding import hold_unfinished
from survey.instrument import Instrument, read_instrument
from survey.kept_sheets import LAST, NUMBERS
from survey.models import OtherText, Question, Response, SurveyRound, Team
from survey.question_fields import text_name


class SheetForm(AnswerForm):
    """The questions as they are typed from paper, with the key that makes saving twice harmless."""

    template_for_kind = {
        Question.Kind.YES_NO: "survey/prepare/paper/_typed_question.html",
        Question.Kind.MULTIPLE: "survey/prepare/paper/_typed_question.html",
    }
    empty_message = _("Dit blad is leeg. Een leeg blad telt niet mee: leg het opzij.")

    sleutel = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, instrument: Instrument, *args, **kwargs):
        super().__init__(instrument, *args, **kwargs)
        for question in instrument.questions:
            if question.other:
                text_field = self.fields[text_name(question)]
                text_field.label = _("Wat staat erbij? Laat namen weg.")
                text_field.widget.attrs["rows"] = 1
        self.helper.layout = Layout(*(Fieldset(question) for question in instrument.questions))

    @classmethod
    def blank(cls, survey_round: SurveyRound) -> "SheetForm":
        """Return an empty form with a new key, in the active language."""
        return cls(_instrument_of(survey_round), initial={"sleutel": uuid.uuid4()})

    @classmethod
    def read(cls, survey_round: SurveyRound, posted) -> "SheetForm":
        """Return what was typed. Without a usable key it gets a new one, to save it."""
        posted = posted.copy()
        try:
            uuid.UUID(posted.get("sleutel", ""))
        except ValueError:
            posted["sleutel"] = str(uuid.uuid4())
        return cls(_instrument_of(survey_round), posted)


def _instrument_of(survey_round):
    return read_instrument(survey_round.questionnaire_id, get_language())


@dataclass(frozen=True)
class LastSheet:
    """The sheet that can still be taken back: its team, number and keys."""

    team_id: str
    number: int
    key: str
    text_keys: list[str]


def next_number(session, team: Team) -> int:
    """Return the number to write on the next sheet of this team, from 1."""
    return session.get(NUMBERS, {}).get(str(team.pk), 0) + 1


def last_sheet(session, team: Team) -> LastSheet | None:
    """Return the last sheet that was saved in this session, if it is one of this team.

    A sheet of a team that was joined since is one of the new team.
    """
    kept = session.get(LAST)
    if kept and Response.objects.filter(pk=kept["key"], team=team).exists():
        return LastSheet(**kept)
    return None


def save_sheet(session, team: Team, form: SheetForm) -> Outcome:
    """Store a valid sheet; return what became of it. From now on only this one can be undone."""
    submission = form.submission()
    text_keys = {question_id: uuid.uuid4() for question_id in submission.texts}
    key = form.cleaned_data["sleutel"]
    outcome = store_response(team, key, submission, from_paper=True, text_keys=text_keys)
    if outcome is Outcome.STORED:
        number = next_number(session, team)
        sheet = LastSheet(str(team.pk), number, str(key), [str(pk) for pk in text_keys.values()])
        session[LAST] = asdict(sheet)
        _set_number(session, team, number)
    return outcome


def undo_last_sheet(session, team: Team) -> LastSheet | None:
    """Take back the last sheet, as if it had not been typed; return it, or None if there is none.

    Raises AlreadyFinished when the round was closed or voided meanwhile.
    """
    sheet = last_sheet(session, team)
    if sheet is None:
        return None
    with hold_unfinished(team.survey_round) as held:
        of_round = Response.objects.of_round(held).select_related("team")
        response = of_round.filter(pk=sheet.key).first()
        if response is None:
            return None
        response.delete()
        # Its team is another one if HR joined teams while we waited.
        OtherText.objects.filter(pk__in=sheet.text_keys, team=response.team).delete()
        of_team = Team.objects.filter(pk=response.team_id)
        of_team.update(response_count=F("response_count") - 1)
        transaction.on_commit(forget_old_pages)
    del session[LAST]
    if sheet.team_id == str(team.pk):
        _set_number(session, team, sheet.number - 1)
    return sheet


def _set_number(session, team, number):
    session[NUMBERS] = session.get(NUMBERS, {}) | {str(team.pk): number}
