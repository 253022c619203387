"""Facts that the database itself holds, whoever writes to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from survey.models import OtherText, Prompt, SurveyRound, Team
from tests.factories import send

PROMPTS = {
    "of a question": {"pattern": ""},
    "of a pattern": {"question": None},
}


def check_refused(write, *args, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(*args, **changes)


def test_a_survey_round_ends_no_earlier_than_it_began(survey_round):
    rounds = SurveyRound.objects.all()

    rounds.update(closing_date=survey_round.opened_on)
    check_refused(rounds.update, closing_date=survey_round.opened_on - timedelta(days=1))


def test_a_survey_round_is_void_for_a_reason(survey_round):
    rounds = SurveyRound.objects.all()

    check_refused(rounds.update, voided_at=timezone.now())
    rounds.update(voided_at=timezone.now(), void_reason="Spam")


def test_in_a_team_is_somebody(zorg):
    check_refused(Team.objects.update, headcount=0)


def test_a_text_is_not_empty(zorg):
    send(zorg, v6=["andere"], texts={"v6": "In de gang"})

    check_refused(OtherText.objects.update, text="")


@pytest.mark.parametrize("kind", PROMPTS)
def test_two_prompts_have_two_places(questionnaire, kind):
    prompt = Prompt.objects.filter(**PROMPTS[kind]).first()
    same = Prompt(
        questionnaire=questionnaire,
        question=prompt.question,
        pattern=prompt.pattern,
        position=prompt.position,
        text={},
    )

    check_refused(same.save)
