"""One day in somebody's calendar, as an iCalendar file (RFC 5545). Pure: knows no Django."""

from datetime import date, datetime, timedelta

LONGEST_LINE = 75  # octets, RFC 5545 section 3.1
LINE_END = "\r\n"


def all_day_event(
    *, key: str, day: date, title: str, description: str, address: str, made_at: datetime
) -> str:
    """Return a calendar with one event that lasts the whole day.

    `key` is the same whenever the same event is made again, so that a calendar replaces it;
    `made_at` is in UTC.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Leercultuur//NL",
        "BEGIN:VEVENT",
        f"UID:{escape(key)}",
        f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{written(day)}",
        *_end_after(day),
        f"SUMMARY:{escape(title)}",
        f"DESCRIPTION:{escape(description)}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(fold(line) + LINE_END for line in lines)


def written(day: date) -> str:
    """Return the day in eight digits; strftime leaves out the zeros before an early year."""
    return day.isoformat().replace("-", "")


def _end_after(day):
    """Return the line that ends the day; without it an event lasts one day too."""
    return [] if day == date.max else [f"DTEND;VALUE=DATE:{written(day + timedelta(days=1))}"]


def escape(text: str) -> str:
    """Return the text as a value: separators escaped, line ends as \\n, no control signs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    safe = "".join(sign for sign in lines if sign == "\n" or sign.isprintable())
    for sign in ("\\", ";", ","):
        safe = safe.replace(sign, f"\\{sign}")
    return safe.replace("\n", "\\n")


def fold(line: str) -> str:
    """Return the line in pieces of at most 75 octets; every next piece starts with a space."""
    pieces, piece, length = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, length = " ", 1
        piece += sign
        length += octets
    return LINE_END.join([*pieces, piece])
