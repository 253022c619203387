"""Dates in Dutch: 20 november 2026, 20 november, vrijdag 20 november, with the year."""

DATE_FORMAT = "j F Y"
SHORT_DAY_FORMAT = "j F"
DAY_FORMAT = "l j F"
FULL_DAY_FORMAT = "l j F Y"
