"""Dates in French: 20 novembre 2026, 20 novembre, vendredi 20 novembre, with the year."""

DATE_FORMAT = "j F Y"
SHORT_DAY_FORMAT = "j F"
DAY_FORMAT = "l j F"
FULL_DAY_FORMAT = "l j F Y"
