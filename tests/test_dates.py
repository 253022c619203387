"""Dates read as people write them in each language."""

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nl", ["20 november 2026", "20 november", "vrijdag 20 november"]),
        ("fr", ["20 novembre 2026", "20 novembre", "vendredi 20 novembre"]),
        ("en", ["20 November 2026", "20 November", "Friday 20 November"]),
        ("de", ["20. November 2026", "20. November", "Freitag, 20. November"]),
    ],
)
def test_a_day_reads_as_people_write_it(language, written):
    formats = ["DATE_FORMAT", "SHORT_DAY_FORMAT", "DAY_FORMAT"]

    with override(language):
        assert [date_format(date(2026, 11, 20), name) for name in formats] == written
