"""Two closed rounds side by side: what may be compared, and what may be said about it."""

from datetime import date

import pytest

from survey.models import Question, Segment, SurveyRound
from survey.report.comparing import build_comparison
from survey.report.comparison import Change, Obstacle, Side, find_change
from tests.factories import TeamFactory, close_with, segment_of, send


def side(chosen, responses, answered=None):
    return Side({"ja": chosen}, responses if answered is None else answered, responses)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (side(5, 10), side(7, 10), Change.MORE),
        (side(7, 10), side(5, 10), Change.LESS),
        (side(5, 10), side(5, 10), None),
        (side(10, 20), side(13, 20), None),  # three twentieths
        (side(10, 20), side(14, 20), Change.MORE),  # exactly a fifth
        (side(100, 1000), side(299, 1000), None),
        (side(100, 1000), side(300, 1000), Change.MORE),
        (side(1, 9), side(9, 9), None),  # nine answered
        (side(0, 10), side(9, 9), None),
        (side(0, 9), side(10, 10), None),
        (side(0, 10), side(10, 10), Change.MORE),
        (side(0, 12, answered=9), side(12, 12), None),  # twelve sent a form, nine answered this
        (side(0, 12, answered=10), side(12, 12), Change.MORE),
        (side(9, 10), side(9, 30, answered=10), Change.LESS),  # of all, not of who answered
    ],
)
def test_a_difference_is_only_named_when_it_is_large_and_many_answered(before, now, change):
    assert find_change("ja", before, now) == change


def test_an_option_that_nobody_was_counted_for_is_none_chosen():
    assert find_change("nee", side(5, 10), side(5, 10)) is None


def ja(comparison):
    choice = comparison.questions[0].choices[0]
    return (choice.before.count, choice.before.total, choice.now.count, choice.now.total)


def test_the_organisation_is_the_sum_of_its_segments_both_times(earlier, later):
    close_with(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = close_with(later, Zorg=(8, 2), Keuken=(2, 4))

    comparison = build_comparison(later)

    assert comparison.obstacle is None
    assert (comparison.response_count_before, comparison.response_count) == (15, 16)
    assert ja(comparison) == (6, 15, 10, 16)
    assert len(comparison.questions) == 11
    assert len(comparison.prompts) == 2


def test_a_segment_is_compared_with_the_same_team(earlier, later):
    close_with(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = close_with(later, Zorg=(8, 2), Keuken=(2, 4))

    comparison = build_comparison(later, segment_of(later, "Zorg").pk)

    assert comparison.name == "Zorg"
    assert ja(comparison) == (5, 10, 8, 10)
    assert comparison.questions[0].choices[0].change == Change.MORE
    assert comparison.questions[0].choices[1].change == Change.LESS


def test_a_pool_is_compared_with_a_pool_of_the_same_teams(earlier, later):
    close_with(earlier, Zorg=(5, 0), Keuken=(3, 0), Onthaal=(0, 3))
    later = close_with(later, Zorg=(5, 0), Keuken=(2, 0), Onthaal=(0, 4))

    comparison = build_comparison(later, segment_of(later, "Onthaal").pk)

    assert comparison.name == "Keuken en Onthaal samen"
    assert ja(comparison) == (3, 6, 2, 6)


def test_a_segment_of_other_teams_is_not_compared(earlier, later):
    close_with(earlier, Zorg=(5, 0), Keuken=(3, 0), Onthaal=(0, 3))
    later = close_with(later, Zorg=(5, 0), Keuken=(6, 0), Onthaal=(0, 5))

    of_segment = build_comparison(later, segment_of(later, "Keuken").pk)

    assert of_segment.obstacle == Obstacle.OTHER_SEGMENT
    assert of_segment.questions == ()
    assert build_comparison(later).obstacle is None


def test_other_teams_are_not_compared(earlier, later):
    close_with(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = close_with(later, Zorg=(8, 2), Onthaal=(2, 4))

    comparison = build_comparison(later)

    assert comparison.obstacle == Obstacle.OTHER_TEAMS
    assert comparison.questions == ()


def follow(later, **names):
    """Note which teams each team of the later round was."""
    for name, were in names.items():
        team = later.teams.get(name=name)
        team.previous_teams.set(later.previous.teams.filter(name__in=were))


def test_a_renamed_team_is_compared_with_what_it_was(earlier, later):
    close_with(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = close_with(later, Thuiszorg=(8, 2), Keuken=(2, 4))
    follow(later, Thuiszorg=["Zorg"], Keuken=["Keuken"])

    assert build_comparison(later).obstacle is None
    assert ja(build_comparison(later, segment_of(later, "Thuiszorg").pk)) == (5, 10, 8, 10)


def test_teams_that_were_joined_are_compared_with_the_pool_they_were(earlier, later):
    close_with(earlier, Zorg=(5, 0), Keuken=(3, 0), Onthaal=(0, 3))
    later = close_with(later, Zorg=(5, 0), Huis=(2, 4))
    follow(later, Zorg=["Zorg"], Huis=["Keuken", "Onthaal"])

    comparison = build_comparison(later, segment_of(later, "Huis").pk)

    assert comparison.obstacle is None
    assert ja(comparison) == (3, 6, 2, 6)


def test_teams_that_were_joined_are_not_compared_with_one_of_them(earlier, later):
    close_with(earlier, Zorg=(5, 0), Keuken=(6, 0), Onthaal=(0, 6))
    later = close_with(later, Zorg=(5, 0), Huis=(2, 4))
    follow(later, Zorg=["Zorg"], Huis=["Keuken", "Onthaal"])

    of_segment = build_comparison(later, segment_of(later, "Huis").pk)

    assert of_segment.obstacle == Obstacle.OTHER_SEGMENT
    assert build_comparison(later).obstacle is None


def test_a_team_that_two_teams_were_is_not_compared(earlier, later):
    close_with(earlier, Zorg=(5, 5))
    later = close_with(later, Dag=(5, 0), Nacht=(5, 0))
    follow(later, Dag=["Zorg"], Nacht=["Zorg"])

    assert build_comparison(later).obstacle == Obstacle.OTHER_TEAMS


def test_a_new_team_with_the_name_of_a_renamed_one_is_not_that_team(earlier, later):
    close_with(earlier, Zorg=(5, 5))
    later = close_with(later, Thuiszorg=(5, 0), Zorg=(5, 0))
    follow(later, Thuiszorg=["Zorg"])

    assert build_comparison(later).obstacle == Obstacle.OTHER_TEAMS


def test_swapped_names_are_compared_with_whom_they_were(earlier, later):
    close_with(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = close_with(later, Zorg=(8, 2), Keuken=(2, 4))
    follow(later, Zorg=["Keuken"], Keuken=["Zorg"])

    assert ja(build_comparison(later, segment_of(later, "Zorg").pk)) == (1, 5, 8, 10)


def test_equal_titles_are_told_apart_by_their_days(earlier, later):
    SurveyRound.objects.update(title="Leercultuur")
    SurveyRound.objects.filter(pk=earlier.pk).update(opened_on=date(2026, 3, 12))
    SurveyRound.objects.filter(pk=later.pk).update(opened_on=date(2026, 10, 1))

    comparison = build_comparison(SurveyRound.objects.get(pk=later.pk))

    assert comparison.title_before == "Leercultuur (12 maart 2026)"
    assert comparison.title == "Leercultuur (1 oktober 2026)"


def test_equal_titles_of_one_day_are_then_and_now(earlier, later):
    SurveyRound.objects.update(title="Leercultuur")

    comparison = build_comparison(SurveyRound.objects.get(pk=later.pk))

    assert (comparison.title_before, comparison.title) == ("Leercultuur (toen)", "Leercultuur (nu)")


def test_a_round_of_its_own_has_nothing_to_compare_with(earlier):
    earlier = close_with(earlier, Zorg=(5, 5))

    assert build_comparison(earlier).obstacle == Obstacle.NO_PREVIOUS


def test_before_both_are_closed_there_are_no_counts(earlier, later):
    close_with(earlier, Zorg=(5, 5))
    send(TeamFactory(survey_round=later, name="Zorg"), v1="ja")

    comparison = build_comparison(later)

    assert comparison.obstacle == Obstacle.NOT_CLOSED
    assert comparison.questions == ()


def test_an_earlier_round_that_is_still_open_shows_nothing(earlier, later):
    send(TeamFactory(survey_round=earlier, name="Zorg"), v1="ja")
    later = close_with(later, Zorg=(5, 5))

    assert build_comparison(later).obstacle == Obstacle.NOT_CLOSED


def test_a_segment_of_another_round_does_not_exist(earlier, later):
    earlier = close_with(earlier, Zorg=(5, 5))
    later = close_with(later, Zorg=(5, 5))

    with pytest.raises(Segment.DoesNotExist):
        build_comparison(later, segment_of(earlier, "Zorg").pk)


def new_version(questionnaire, **changes):
    """Return a copy of the questionnaire in which the Dutch text of some questions changed."""
    questions = list(questionnaire.questions.prefetch_related("choices"))
    questionnaire.pk, questionnaire.version = None, 2
    questionnaire.save()
    for question in questions:
        choices = list(question.choices.all())
        text = changes.get(question.code)
        question.pk, question.questionnaire = None, questionnaire
        question._prefetched_objects_cache = {}
        question.text = question.text | ({"nl": text} if text else {})
        question.save()
        for choice in choices:
            choice.pk, choice.question = None, question
            choice.save()
    return questionnaire


def test_a_question_with_other_words_is_left_out_and_named(earlier, later, questionnaire):
    close_with(earlier, Zorg=(5, 5))
    SurveyRound.objects.filter(pk=later.pk).update(
        questionnaire=new_version(questionnaire, v2="Iets helemaal anders?")
    )
    later = close_with(SurveyRound.objects.get(pk=later.pk), Zorg=(8, 2))

    comparison = build_comparison(later)

    assert ja(comparison) == (5, 10, 8, 10)
    assert [question.number for question in comparison.questions] == [1, *range(3, 12)]
    assert comparison.left_out == ("Iets helemaal anders?",)


def test_without_any_question_in_the_same_words_nothing_is_compared(earlier, later, questionnaire):
    close_with(earlier, Zorg=(5, 5))
    codes = list(Question.objects.values_list("code", flat=True))
    SurveyRound.objects.filter(pk=later.pk).update(
        questionnaire=new_version(questionnaire, **dict.fromkeys(codes, "Anders?"))
    )
    later = close_with(SurveyRound.objects.get(pk=later.pk), Zorg=(8, 2))

    assert build_comparison(later).obstacle == Obstacle.OTHER_QUESTIONS
