"""What stands out, at each of its limits."""

import pytest

from survey.report.patterns import Mark, Pattern, QuestionCounts, choose_patterns, find_marks


def yes_no(yes, no, number=1):
    return QuestionCounts(
        number=number, is_yes_no=True, chosen={"ja": yes, "nee": no}, answered=yes + no
    )


def multiple(number=6, answered=10, has_new_text=False, **chosen):
    return QuestionCounts(
        number=number,
        is_yes_no=False,
        chosen=chosen,
        answered=answered,
        other="andere",
        has_new_text=has_new_text,
    )


@pytest.mark.parametrize(
    ("yes", "no", "responses", "patterns"),
    [
        (8, 4, 12, [Pattern.SPLIT]),  # the smaller side is exactly a third
        (9, 4, 13, []),  # just below a third
        (4, 8, 12, [Pattern.SPLIT]),
        (8, 2, 10, [Pattern.ALMOST_ALL_YES]),  # exactly four fifths
        (8, 2, 11, []),  # a skipped answer counts in the denominator
        (2, 8, 10, [Pattern.ALMOST_ALL_NO]),
        (0, 5, 5, [Pattern.ALMOST_ALL_NO]),
        (3, 2, 10, [Pattern.SPLIT]),  # exactly half answered
        (2, 2, 9, []),  # fewer than half answered
        (1, 0, 1, []),  # one form has no pattern
        (0, 0, 0, []),
        (2, 0, 2, [Pattern.ALMOST_ALL_YES]),
    ],
)
def test_a_yes_no_question_has_at_most_one_pattern(yes, no, responses, patterns):
    marks = find_marks(yes_no(yes, no), responses)

    assert [mark.pattern for mark in marks] == patterns


def test_options_are_marked_when_nobody_or_almost_everybody_chose_them():
    question = multiple(koffie=8, werkruimte=7, teambuilding=0, andere=0)

    marks = find_marks(question, responses=10)

    assert marks == (
        Mark(Pattern.CHOSEN_BY_ALMOST_ALL, "koffie"),
        Mark(Pattern.CHOSEN_BY_NONE, "teambuilding"),
    )


def test_andere_is_never_a_pattern_by_its_count():
    assert find_marks(multiple(koffie=3, andere=10), responses=10) == ()


def test_a_question_that_fewer_than_half_answered_has_no_pattern():
    assert find_marks(multiple(answered=4, koffie=0, werkruimte=4), responses=10) == ()


def test_patterns_get_a_place_in_the_agreed_order():
    questions = [
        yes_no(9, 1, number=1),
        yes_no(1, 9, number=2),
        yes_no(5, 5, number=3),
        multiple(number=6, koffie=0, werkruimte=5),
        multiple(number=7, intranet=5, andere=1, has_new_text=True),
    ]

    picked = choose_patterns(questions, responses=10)

    assert [(number, mark.pattern) for number, mark in picked.items()] == [
        (3, Pattern.SPLIT),
        (2, Pattern.ALMOST_ALL_NO),
        (6, Pattern.CHOSEN_BY_NONE),
        (1, Pattern.ALMOST_ALL_YES),
        (7, Pattern.NEW),
    ]


def test_at_most_five_patterns_get_a_place():
    questions = [yes_no(5, 5, number=number) for number in range(1, 8)]

    picked = choose_patterns(questions, responses=10)

    assert list(picked) == [1, 2, 3, 4, 5]


def test_a_question_gets_one_pattern_the_most_important():
    question = multiple(koffie=10, werkruimte=0, andere=1, has_new_text=True)

    picked = choose_patterns([question], responses=10)

    assert picked == {6: Mark(Pattern.CHOSEN_BY_NONE, "werkruimte")}


def test_among_options_of_nobody_the_question_with_the_fewest_ticks_comes_first():
    questions = [multiple(number=6, koffie=9, x=0), multiple(number=7, intranet=5, y=0)]

    picked = choose_patterns(questions, responses=10)

    assert list(picked) == [7, 6]
