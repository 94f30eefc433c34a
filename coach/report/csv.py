"""The numbers as comma-separated values, which spreadsheets and statistics programs read alike.

UTF-8 with a mark that tells a spreadsheet so; numbers with a decimal point whatever the language; times in ISO 8601;
an empty cell is what nobody knows.
"""

import csv
import io
from datetime import datetime
from typing import Final

from coach.report.flat import FlatTable, Value

ENCODING: Final = "utf-8-sig"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out rather than show


def render_csv(table: FlatTable) -> bytes:
    """A table with its names in the first row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_written(value) for value in row] for row in table.rows)
    return text.getvalue().encode(ENCODING, "replace")


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return repr(value)
