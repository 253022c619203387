"""Write rows as a file that a spreadsheet opens, neutral and with flat memory.

A row is a sequence of text, whole numbers, or None for an empty cell. The first row is the
head. Text that looks like a formula stays text.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

Cell = str | int | None
Row = Sequence[Cell]

# Spreadsheets run a cell that starts like this, also full-width or after spaces.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001
SPACES = " \n\v\f\u00a0\u200b\u3000\ufeff"

BYTE_ORDER_MARK = "\ufeff"
CSV_ROWS_AT_ONCE = 500
XLSX_ROWS_PER_SHEET = 1_048_576
LONGEST_FILE_NAME = 80


def neutral(cell: Cell) -> Cell:
    """Return the cell, with a quote before text that a spreadsheet would run."""
    if isinstance(cell, str) and cell.lstrip(SPACES).startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def stream_csv(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the rows as CSV as Excel reads it here: semicolons, byte order mark, CRLF."""
    line = _Line()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    pending = [BYTE_ORDER_MARK]
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        pending.append(line.text)
        if len(pending) >= CSV_ROWS_AT_ONCE:
            yield "".join(pending).encode()
            pending.clear()
    if pending:
        yield "".join(pending).encode()


class _Line:
    """The file that csv writes to: it holds one line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def write_xlsx(rows: Iterable[Row]) -> IO[bytes]:
    """Return a temporary file on disk with the rows as a workbook; the caller closes it.

    The head is bold, stays in view and stands again on each next sheet: one holds at most a
    million rows.
    """
    rows = iter(rows)
    head = next(rows, ())
    file = TemporaryFile()  # noqa: SIM115, the caller closes it
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    bold = workbook.add_format({"bold": True})
    sheet = _new_sheet(workbook, head, bold)
    height = 1
    for row in rows:
        if height == XLSX_ROWS_PER_SHEET:
            sheet = _new_sheet(workbook, head, bold)
            height = 1
        _write_row(sheet, height, row)
        height += 1
    workbook.close()
    file.seek(0)
    return file


def _new_sheet(workbook, head, style):
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    _write_row(sheet, 0, head, style)
    return sheet


def _write_row(sheet, number, row, style=None):
    """Text through write_string: anything else could become a live formula or link."""
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(number, column, cell, style)
        elif cell is not None:
            sheet.write_number(number, column, cell, style)


def csv_response(rows: Iterable[Row], title: str) -> HttpResponseBase:
    """Return a download of the rows as CSV, streamed, named after the title."""
    return StreamingHttpResponse(
        stream_csv(rows), content_type="text/csv; charset=utf-8", headers=_headers(title, "csv")
    )


def xlsx_response(rows: Iterable[Row], title: str) -> HttpResponseBase:
    """Return a download of the rows as a workbook, named after the title."""
    return FileResponse(
        write_xlsx(rows),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers=_headers(title, "xlsx"),
    )


def _headers(title, extension):
    name = slugify(title)[:LONGEST_FILE_NAME] or "leercultuur"
    return {
        "Content-Disposition": f'attachment; filename="{name}.{extension}"',
        "Cache-Control": "private, no-store",
    }
