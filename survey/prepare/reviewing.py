"""What colleagues wrote at Andere, as HR reads it before the report shows it (T7).

The reader sees the size of the group, never its name. The order is that of the random keys, so
it does not tell which texts came in together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from survey.forgetting import forget_old_pages
from survey.models import OtherText, SurveyRound
from survey.models.questionnaire import in_language
from survey.question_fields import OtherTextField
from survey.report.pdf import forget_prints

PENDING, SHOWN, HIDDEN = OtherText.State.PENDING, OtherText.State.SHOWN, OtherText.State.HIDDEN
NEW_STATE = {"show": SHOWN, "hide": HIDDEN}
TEXTS_AT_ONCE = 50
BETWEEN_BRACKETS = re.compile(r"\[[^\[\]]+\]")
BLACKED_OUT = "█" * 5


@dataclass(frozen=True)
class TextToReview:
    """One text: how many answered in its group, and the form to decide about it."""

    key: str
    text: str
    group_size: int
    is_shown: bool
    form: "WordingForm"


@dataclass(frozen=True)
class QuestionToReview:
    """The texts of one question."""

    number: int
    text: str
    texts: tuple[TextToReview, ...]


class RewordedField(OtherTextField):
    """HR's wording of a text: what she puts between square brackets is blacked out.

    All alike, so that the length of a name is gone too. A text that she leaves as it is may hold
    brackets of who wrote it.
    """

    def __init__(self, *, original: str):
        super().__init__()
        self.original = original
        self.required = True
        self.error_messages["required"] = _(
            "Een aanvulling kan niet leeg zijn. Wil je ze niet tonen, kies dan ‘Verberg’."
        )

    def to_python(self, value):
        text = super().to_python(value)
        return text if text == self.original else BETWEEN_BRACKETS.sub(BLACKED_OUT, text)


class WordingForm(forms.Form):
    """A decision about one text, and the wording that the report will show."""

    use_required_attribute = False  # a text that is hidden needs no words

    decision = forms.ChoiceField(
        choices=[("show", _("Toon in het rapport")), ("hide", _("Verberg"))],
        error_messages={"required": _("Kies tonen of verbergen.")},
    )

    def __init__(self, data=None, *, text: OtherText):
        super().__init__(data, auto_id=f"%s-{text.pk}", initial={"text": text.text})
        self.other_text = text
        self.fields["text"] = RewordedField(original=text.text)
        self.fields["text"].label = _("De woorden die in het rapport komen")

    def clean(self):
        """A hidden text keeps its words; a shown one needs some."""
        super().clean()
        if self.cleaned_data.get("decision") == "hide":
            self.errors.pop("text", None)
            self.cleaned_data["text"] = self.other_text.text

    def decide(self) -> bool:
        """Store the decision; return whether the text is still there.

        Updated in place: closing may just have given the text another key. The original
        wording is then gone.
        """
        decided = {"state": NEW_STATE[self.cleaned_data["decision"]]}
        if may_be_reworded(self.other_text.survey_round):
            decided["text"] = self.cleaned_data["text"]
        is_there = OtherText.objects.filter(pk=self.other_text.pk).update(**decided)
        if decided.get("text", self.other_text.text) != self.other_text.text:
            transaction.on_commit(forget_old_pages)
        forget_prints(self.other_text.survey_round.pk, self.other_text.segment_id)
        return bool(is_there)


def is_reviewable(survey_round: SurveyRound) -> bool:
    """Return whether HR may read texts now: not before an anonymous round is closed (T1)."""
    if survey_round.state == SurveyRound.State.VOID:
        return False
    return survey_round.is_closed or not survey_round.is_anonymous


def may_be_reworded(survey_round: SurveyRound) -> bool:
    """Return whether HR may change words: what a team wrote together stays as typed."""
    return survey_round.is_anonymous


def texts_of(survey_round: SurveyRound):
    """Return all texts of the round in the order of the leaflet, shuffled within a question."""
    of_round = OtherText.objects.of_round(survey_round)
    return of_round.select_related(
        "question", "segment__survey_round", "team__survey_round"
    ).order_by("question__number", "pk")


def group_by_question(
    texts: Iterable[OtherText], refused: WordingForm | None = None
) -> tuple[QuestionToReview, ...]:
    """Return these texts per question, each with its form; `refused` is the one to mend."""
    return tuple(
        QuestionToReview(
            number=question.number,
            text=in_language(question.text),
            texts=tuple(_to_review(text, refused) for text in texts_of_question),
        )
        for question, texts_of_question in groupby(texts, key=lambda text: text.question)
    )


def _to_review(text, refused):
    is_refused = refused is not None and refused.other_text.pk == text.pk
    return TextToReview(
        key=str(text.pk),
        text=text.text,
        group_size=(text.segment or text.team).response_count,
        is_shown=text.state == SHOWN,
        form=refused if is_refused else WordingForm(text=text),
    )


def find_next(survey_round: SurveyRound, text: OtherText) -> OtherText | None:
    """Return the next text that nobody read yet: after this one, else the first; else None."""
    pending = list(texts_of(survey_round).pending()[:TEXTS_AT_ONCE])
    here = (text.question.number, str(text.pk))
    after = (each for each in pending if (each.question.number, str(each.pk)) > here)
    return next(after, pending[0] if pending else None)
