"""Dates in German: 20. November 2026, 20. November, Freitag, 20. November, with the year."""

DATE_FORMAT = "j. F Y"
SHORT_DAY_FORMAT = "j. F"
DAY_FORMAT = "l, j. F"
FULL_DAY_FORMAT = "l, j. F Y"
