import pytest
from django.core.management import CommandError, call_command

from survey.closing import close_round
from survey.models import Answer, Organisation, OtherText, Response, SurveyRound

MEANT = "--yes-made-up-responses"


def test_a_new_organisation_gets_exactly_that_many_responses(questionnaire):
    call_command("seed_responses", "23", "--teams=4", "--texts=7", MEANT, verbosity=0)

    survey_round = SurveyRound.objects.get()
    counts = [team.response_count for team in survey_round.teams.all()]
    assert counts == [6, 6, 6, 5]
    assert Response.objects.of_round(survey_round).count() == 23
    assert OtherText.objects.pending().count() == 7
    assert set(Answer.objects.values_list("response", flat=True)) == set(
        Response.objects.values_list("pk", flat=True)
    )


def test_what_was_seeded_can_be_closed(questionnaire):
    call_command("seed_responses", "12", "--teams=3", MEANT, verbosity=0)

    closed = close_round(SurveyRound.objects.get())

    assert [segment.response_count for segment in closed.segments.all()] == [12]


def test_the_named_user_becomes_hr(questionnaire, noor):
    call_command("seed_responses", "5", f"--hr={noor.email}", MEANT, verbosity=0)

    organisation = Organisation.objects.get(name="Proef met 5 inzendingen")
    assert [membership.is_hr for membership in organisation.memberships.all()] == [True]


def test_it_refuses_without_the_flag(questionnaire):
    with pytest.raises(CommandError, match="made-up"):
        call_command("seed_responses", "5")

    assert not Response.objects.exists()


def test_it_refuses_on_a_real_address_whatever_the_flags(questionnaire, settings):
    settings.IS_LOCAL = False

    with pytest.raises(CommandError, match="localhost only"):
        call_command("seed_responses", "5", MEANT)

    assert not Response.objects.exists()


@pytest.mark.parametrize("arguments", [["0"], ["5", "--teams=0"], ["5", "--hr=x@y.example"]])
def test_it_refuses_what_makes_no_sense(questionnaire, arguments):
    with pytest.raises(CommandError):
        call_command("seed_responses", *arguments, MEANT)

    assert not Organisation.objects.exists()
