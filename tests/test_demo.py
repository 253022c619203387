import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from survey.management.demo import story
from survey.models import ActionPoint, OtherText, Response, Segment, SurveyRound, Tally, User


@pytest.fixture
def demo(questionnaire):
    return run_demo()


def run_demo(**options):
    output = io.StringIO()
    call_command("demo", stdout=output, **options)
    return output.getvalue()


def test_the_demo_has_a_closed_an_earlier_closed_and_an_open_round(demo):
    rounds = SurveyRound.objects.order_by("opened_on")

    assert [each.state for each in rounds] == [
        SurveyRound.State.CLOSED,
        SurveyRound.State.CLOSED,
        SurveyRound.State.OPEN,
    ]
    assert [each.previous for each in rounds] == [None, rounds[0], rounds[1]]


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29)])
def test_every_round_is_called_after_the_month_in_which_it_ends(today):
    titles = [each.title_on(today) for each in story.ROUNDS]

    assert len(set(titles)) == 3
    if today == date(2026, 11, 22):
        assert titles == [
            "Leercultuur februari 2026",
            "Leercultuur augustus 2026",
            "Leercultuur december 2026",
        ]


def of_last_closed():
    return SurveyRound.objects.closed().order_by("-opened_on").first()


def test_two_teams_of_the_demo_are_pooled(demo):
    segments = Segment.objects.filter(survey_round=of_last_closed())

    assert [(str(segment), segment.response_count) for segment in segments] == [
        ("Zorg", 12),
        ("Keuken", 6),
        ("Onthaal en administratie, Technische dienst", 5),
    ]


@pytest.mark.parametrize("round_story", [story.FIRST, story.LAST])
def test_the_reports_of_the_demo_say_what_the_story_says(demo, round_story):
    [zorg, *_] = round_story.teams

    tallies = Tally.objects.filter(
        segment__survey_round__title=round_story.title_on(timezone.localdate()),
        segment__teams__name="Zorg",
    )

    counted = {}
    for question, count in (
        tallies.exclude(choice=None)
        .order_by("question__number", "choice__position")
        .values_list("question__code", "count")
    ):
        counted.setdefault(question, []).append(count)
    assert {code: tuple(counts) for code, counts in counted.items()} == zorg.counts
    skipped = dict(tallies.filter(choice=None, count__gt=0).values_list("question__code", "count"))
    left_over = {
        code: zorg.responses - sum(counts)
        for code, counts in zorg.counts.items()
        if len(counts) == 2 and sum(counts) < zorg.responses
    }
    assert skipped == {**left_over, **zorg.skipped}


def test_texts_of_the_demo_are_in_every_state(demo):
    states = OtherText.objects.filter(segment__survey_round=of_last_closed())

    assert set(states.values_list("state", flat=True)) == {"PENDING", "SHOWN", "HIDDEN"}


def test_actions_of_the_demo_are_in_every_state(demo):
    assert set(ActionPoint.objects.values_list("state", flat=True)) == set(ActionPoint.State)


def test_a_second_run_keeps_the_data_and_says_the_same(demo):
    responses = set(Response.objects.values_list("pk", flat=True))

    again = run_demo()

    assert again == demo
    assert set(Response.objects.values_list("pk", flat=True)) == responses


@pytest.mark.parametrize("email", [story.HR, story.FACILITATOR, story.ADMINISTRATOR])
def test_everybody_in_the_demo_can_sign_in(demo, client, email):
    assert email in demo
    assert story.PASSWORD in demo
    assert User.objects.get(email=email).check_password(story.PASSWORD)

    signed_in = client.login(email=email, password=story.PASSWORD)

    assert signed_in


def test_the_demo_refuses_on_a_real_address(questionnaire, settings):
    settings.IS_LOCAL = False
    settings.SITE_URL = "https://leercultuur.example"

    with pytest.raises(CommandError, match=r"https://leercultuur\.example"):
        run_demo()

    assert not User.objects.exists()


def test_the_demo_can_be_made_on_a_trial_site(questionnaire, settings):
    settings.IS_LOCAL = False

    run_demo(is_trial=True)

    assert User.objects.count() == 3


@pytest.mark.django_db
def test_the_demo_asks_for_the_questionnaire_first():
    with pytest.raises(CommandError, match="load_questionnaire"):
        run_demo()

    assert not User.objects.exists()
