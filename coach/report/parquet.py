"""The numbers as Parquet: the tables of the CSV with their types, and their units beside the columns."""

import io
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from coach.report.flat import Column, FlatTable, Kind

TYPES: Final[dict[Kind, Any]] = {
    "text": pa.string(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "truth": pa.bool_(),
    "time": pa.timestamp("us", tz="UTC"),
}


def render_parquet(table: FlatTable, about: dict[str, str] | None = None) -> bytes:
    """A table; each field's metadata tells its `unit`, the schema's is `about`."""
    schema = pa.schema([_field(column) for column in table.columns], metadata=about)
    columns = [
        pa.array([row[i] for row in table.rows], field.type) for i, field in enumerate(schema)
    ]  # fmt: skip
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), file)
    return file.getvalue()


def _field(column: Column) -> Any:
    return pa.field(column.name, TYPES[column.kind], metadata={"unit": column.unit} if column.unit else None)
