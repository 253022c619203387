"""Rows as a file: exact bytes, neutral for spreadsheets."""

import tracemalloc
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from survey.report import tables
from survey.report.names import segment_name
from survey.report.tables import (
    csv_response,
    neutral,
    stream_csv,
    write_xlsx,
    xlsx_response,
)

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_xlsx(file, sheet=1):
    """Return the cells of a sheet as (kind, text), row by row."""
    with ZipFile(file) as archive:
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314
    assert root.findall(f".//{MAIN}f") == []
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row]
        for row in root.iter(f"{MAIN}row")
    ]


def test_csv_has_a_mark_semicolons_and_windows_line_ends():
    rows = [("team", "aantal"), ("Zorg & co", 12), ("Onthaal", None)]

    content = b"".join(stream_csv(rows))

    assert content == "\ufeffteam;aantal\r\nZorg & co;12\r\nOnthaal;\r\n".encode()


def test_csv_quotes_what_would_break_a_row():
    rows = [("a;b", 'zeg "ja"', "twee\nregels")]

    content = b"".join(stream_csv(rows))

    assert content == '\ufeff"a;b";"zeg ""ja""";"twee\nregels"\r\n'.encode()


def test_no_rows_make_an_empty_file():
    with write_xlsx([]) as file:
        cells = read_xlsx(file)

    assert cells == []
    assert b"".join(stream_csv([])) == "\ufeff".encode()


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"),  # noqa: RUF001
        *("  =1", "\n=1", "\u00a0=1", "\u3000＝1", "\ufeff=1"),  # noqa: RUF001
    ],
)
def test_a_cell_that_starts_like_a_formula_gets_a_quote(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["a=1", "één", "", "1-2", 0, -3, None])
def test_any_other_cell_stays_as_it_is(cell):
    assert neutral(cell) == cell


def test_xlsx_writes_text_as_text_and_numbers_as_numbers():
    rows = [("team", "aantal"), ("=HYPERLINK(1)", 12), ("https://kwaad.example", -3), ("<&é", None)]

    with write_xlsx(rows) as file:
        cells = read_xlsx(file)

    assert cells == [
        [("inlineStr", "team"), ("inlineStr", "aantal")],
        [("inlineStr", "=HYPERLINK(1)"), ("n", "12")],
        [("inlineStr", "https://kwaad.example"), ("n", "-3")],
        [("inlineStr", "<&é")],
    ]


def test_a_full_sheet_goes_on_on_the_next_one(monkeypatch):
    monkeypatch.setattr(tables, "XLSX_ROWS_PER_SHEET", 3)
    rows = [("nummer",), (1,), (2,), (3,)]

    with write_xlsx(rows) as file:
        first, second = read_xlsx(file, 1), read_xlsx(file, 2)

    assert first == [[("inlineStr", "nummer")], [("n", "1")], [("n", "2")]]
    assert second == [[("inlineStr", "nummer")], [("n", "3")]]


def write_csv(rows):
    for _ in stream_csv(rows):
        pass


@pytest.mark.parametrize("write", [write_csv, lambda rows: write_xlsx(rows).close()])
def test_memory_stays_flat(write):
    def peak(count):
        tracemalloc.start()
        rows = (("Woonzorgcentrum De Linde", number, "antwoord") for number in range(count))
        write(rows)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(100)

    assert peak(10_000) < peak(1_000) + 300_000


def test_a_download_has_a_safe_name_and_is_not_kept():
    response = csv_response([("a",)], 'Léren "samen"\r\nX: y/../z')

    assert response["Content-Disposition"] == 'attachment; filename="leren-samen-x-yz.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response.getvalue() == b"\xef\xbb\xbfa\r\n"


def test_a_workbook_download_tells_its_type_and_length():
    response = xlsx_response([("a",)], "日本")

    content = response.getvalue()
    response.file_to_stream.close()

    assert response["Content-Disposition"] == 'attachment; filename="leercultuur.xlsx"'
    assert response["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert int(response["Content-Length"]) == len(content)


@pytest.mark.parametrize(
    ("teams", "name"),
    [
        (["Zorg"], "Zorg"),
        (["Keuken", "Onthaal"], "Keuken en Onthaal samen"),
        (["Keuken", "Onthaal", "Zorg"], "Keuken, Onthaal en Zorg samen"),
        (["A", "B", "C", "D"], "Overige teams"),
    ],
)
def test_a_segment_is_named_after_its_teams(teams, name):
    assert segment_name(teams) == name
