"""One day in somebody's calendar, as RFC 5545 wants it."""

from datetime import UTC, date, datetime

import pytest

from survey.report.calendar import all_day_event, escape, fold


def test_an_event_is_written_as_the_standard_says():
    event = all_day_event(
        key="actie-1",
        day=date(2027, 2, 28),
        title="Eten; samen, hier",
        description="Sofie\nhttps://x.example",
        address="https://x.example/a/",
        made_at=datetime(2026, 11, 22, 9, 5, 7, tzinfo=UTC),
    )

    assert event.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Leercultuur//NL",
        "BEGIN:VEVENT",
        "UID:actie-1",
        "DTSTAMP:20261122T090507Z",
        "DTSTART;VALUE=DATE:20270228",
        "DTEND;VALUE=DATE:20270301",
        "SUMMARY:Eten\\; samen\\, hier",
        "DESCRIPTION:Sofie\\nhttps://x.example",
        "URL:https://x.example/a/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a\\b", "a\\\\b"),
        ("a\r\nBEGIN:VEVENT", "a\\nBEGIN:VEVENT"),
        ("a\rb", "a\\nb"),
        ("a\x00\x07b\u2028c", "abc"),
    ],
)
def test_no_text_can_start_a_line_of_its_own(text, value):
    assert escape(text) == value


def test_long_lines_are_folded_between_signs():
    folded = fold("SUMMARY:" + "é" * 80)

    pieces = folded.split("\r\n")
    assert [len(piece.encode()) for piece in pieces] == [74, 75, 21]
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == "SUMMARY:" + "é" * 80


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(9999, 12, 31), ["DTSTART;VALUE=DATE:99991231"]),
        (date(1, 1, 1), ["DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00010102"]),
    ],
)
def test_the_first_and_the_last_day_there_are_can_be_written(day, expected):
    event = all_day_event(
        key="x",
        day=day,
        title="x",
        description="x",
        address="https://x.example",
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
    )

    assert [line for line in event.split("\r\n") if "VALUE=DATE" in line] == expected
