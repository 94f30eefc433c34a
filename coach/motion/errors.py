"""The error table: how wrong a measure is in a view, as measured.  No tolerance is tighter than it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from coach.motion.measures import Measure, ViewName


@dataclass(frozen=True, slots=True)
class ErrorTable:
    """Error of each measure by view, in the measure's unit; `date` and `source` say where it is from.

    changes  the error of a change from the person's own rest, in which what a body or a camera shifts falls away;
             for what is told as a share of rest, as a share
    """

    date: str
    source: str
    default: Mapping[str, float]
    errors: Mapping[str, Mapping[str, float]]
    changes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def error(self, measure: Measure, view: ViewName) -> float:
        """The error in a view; the default of its unit where nobody measured it."""
        return self.errors.get(measure.name, {}).get(view, self.default[measure.unit])

    def error_of_change(self, measure: Measure, view: ViewName) -> float:
        """The error of a change from rest; that of the measure itself where nobody measured it."""
        return self.changes.get(measure.name, {}).get(view, self.error(measure, view))


@cache
def load_errors() -> ErrorTable:
    """The table that came with this version."""
    data = json.loads(files("coach.motion").joinpath("errors.json").read_text("utf-8"))
    return ErrorTable(data["date"], data["source"], data["default"], data["errors"], data["changes"])
