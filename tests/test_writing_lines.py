"""Lines to write on follow the room that is left (look, weak point 3)."""

from survey.report.writing_lines import lines_left

SHORT, LONG = (
    "Wat hielp?",
    "Denk aan een moment waarop jullie snel vonden wat jullie nodig hadden. " * 2,
)


def test_longer_prompts_leave_more_lines_under_a_short_table():
    few = lines_left(True, ["Ja", "Nee"], [], [SHORT, SHORT])
    many = lines_left(True, ["Ja", "Nee"], [], [LONG, LONG, LONG, LONG])

    assert few == 1
    assert many == 5


def test_a_longer_table_leaves_more_lines_beside_it():
    assert lines_left(False, ["Intranet"] * 3, [], [SHORT, SHORT]) == 1
    assert lines_left(False, ["Intranet"] * 8, ["Op de parking"] * 4, [SHORT, SHORT]) == 5


def test_there_is_always_a_line_to_write_on():
    assert lines_left(False, ["Intranet"], [], [LONG] * 4) == 1
