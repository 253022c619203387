"""What fits on which page of A4: computed before anything is drawn."""

from dataclasses import replace

import pytest

from survey.report.paper.blocks import (
    COMPACT,
    ROOMY,
    Words,
    block_height,
    free_lines,
    measure,
    texts_beside,
)
from survey.report.paper.cover import first_names, lay_out_cover
from survey.report.paper.pages import FEWEST_LINES, MOST_LINES, PAGE, deal_out, lay_out
from survey.report.paper.typesetting import count_lines

OPENING = 100
PROMPT = "Denk aan een moment waarop jullie snel vonden wat jullie nodig hadden. Wat hielp?"
LONG_TEXT = "Bij de overdracht, als er eens tijd is om door te praten. " * 5
YES_NO = Words(
    is_yes_no=True,
    heading="Is er aandacht voor leren?",
    topic="Leren",
    options=("Ja", "Nee"),
    has_percentages=False,
    is_marked=False,
    pattern=(),
    prompts=(PROMPT, PROMPT),
    texts=(),
    text_count=0,
)
MULTIPLE = replace(YES_NO, is_yes_no=False, options=("Bij de koffie",) * 7)


def eleven(**changes):
    """Return five yes/no questions and six with options."""
    return (YES_NO,) * 5 + (replace(MULTIPLE, **changes),) * 6


def test_a_text_takes_as_many_lines_as_its_letters_need():
    assert count_lines("", 50, 9) == 1
    assert count_lines("Op de parking", 50, 9) == 1
    assert count_lines("i" * 60, 50, 9) == 2
    assert count_lines("W" * 60, 50, 9) == 4
    assert count_lines("woord " * 30, 50, 9) == 6


def test_longer_prompts_leave_more_room_to_write_under_a_short_table():
    with_pattern = replace(YES_NO, pattern=(PROMPT, PROMPT))

    assert free_lines(measure(YES_NO, ROOMY), 0) == 1
    assert free_lines(measure(with_pattern, ROOMY), 0) == 5


def test_lines_in_free_room_cost_no_height():
    with_pattern = measure(replace(YES_NO, pattern=(PROMPT, PROMPT)), ROOMY)

    assert block_height(with_pattern, 0, 5) == block_height(with_pattern, 0, 0)
    assert block_height(with_pattern, 0, 7) > block_height(with_pattern, 0, 0)


def test_texts_stand_beside_a_question_while_their_lines_fit():
    question = replace(MULTIPLE, texts=("Op de parking",) * 10 + (LONG_TEXT,), text_count=11)

    assert texts_beside(measure(question, ROOMY), 6) == 6
    assert texts_beside(measure(question, COMPACT), 3) == 3
    assert texts_beside(measure(replace(question, texts=(LONG_TEXT,)), ROOMY), 3) == 0


def test_without_texts_a_report_needs_three_pages_for_its_questions():
    layout = lay_out(OPENING, eleven())

    assert [place.starts_page for place in layout.places].count(True) == 2
    assert not layout.is_compact


@pytest.mark.parametrize("text", ["Op de parking", LONG_TEXT, "W" * 300])
@pytest.mark.parametrize("count", [1, 3, 10, 20])
def test_whatever_people_wrote_the_questions_stay_on_four_pages(text, count):
    layout = lay_out(OPENING, eleven(texts=(text,) * count, text_count=count))

    assert [place.starts_page for place in layout.places].count(True) <= 3


def test_a_page_is_never_fuller_than_full():
    questions = eleven(texts=(LONG_TEXT,) * 3, text_count=3)
    layout = lay_out(OPENING, questions)
    sizes = COMPACT if layout.is_compact else ROOMY

    pages = [OPENING]
    for question, place in zip(questions, layout.places, strict=True):
        if place.starts_page:
            pages.append(0)
        pages[-1] += block_height(measure(question, sizes), place.texts, place.writing_lines)

    assert max(pages) <= PAGE


def test_ten_thousand_texts_are_set_like_twenty():
    twenty = lay_out(OPENING, eleven(texts=(LONG_TEXT,) * 20, text_count=20))
    thousands = lay_out(OPENING, eleven(texts=(LONG_TEXT,) * 20, text_count=10_000))

    assert twenty == thousands


def test_there_is_never_one_lonely_line_to_write_on():
    for count in range(6):
        layout = lay_out(OPENING, eleven(texts=(LONG_TEXT,) * count, text_count=count))
        lines = {place.writing_lines for place in layout.places}

        assert lines <= {0, *range(FEWEST_LINES, MOST_LINES + 1)}


def test_questions_on_one_page_have_equally_many_lines_unless_a_column_has_more_room():
    layout = lay_out(OPENING, eleven())

    first_page = layout.places[:3]
    assert {place.writing_lines for place in first_page} == {first_page[0].writing_lines}


def test_the_annex_is_dealt_out_in_turn():
    waiting = [[1, 2, 2, 2], [1, 2], [1], [1, 2, 2, 2]]

    assert deal_out(waiting, 100) == [3, 1, 0, 3]
    assert deal_out(waiting, 13) == [2, 1, 0, 2]
    assert deal_out(waiting, 3) == [1, 0, 0, 0]
    assert deal_out(waiting, 0) == [0, 0, 0, 0]


def test_a_text_that_is_too_long_for_the_annex_lets_the_others_go_first():
    assert deal_out([[1, 9], [1, 2, 2]], 6) == [0, 2]


def test_the_first_page_fills_its_foot_with_lines():
    usual = lay_out_cover(["De Linde", "Zorg"], "Najaar 2026", ["HR"], [])

    assert (usual.is_small, usual.earlier_actions, usual.writing_lines) == (False, 0, 5)


def test_long_names_and_many_agreements_make_the_first_page_smaller():
    actions = ["We plannen elke maand een kwartier overdracht. " * 4] * 9
    cover = lay_out_cover(["Dienst thuiszorg " * 6] * 2, "Najaar", ["Keuken, " * 70], actions)

    assert (cover.is_small, cover.earlier_actions, cover.writing_lines) == (True, 1, 2)


def test_names_are_listed_while_there_is_room_and_one_always():
    assert first_names(["Zorg", "Keuken", "Onthaal"], 14) == ("Zorg", "Keuken")
    assert first_names(["Dienst thuiszorg"], 5) == ("Dienst thuiszorg",)
    assert first_names([], 5) == ()
