"""The error table: how wrong a measure is in a view and in an exercise, as measured.  No tolerance is tighter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import sqrt

from coach.motion.measures import Measure, ViewName

Table = Mapping[str, Mapping[str, float]]  # measure, view: error in the measure's unit


@dataclass(frozen=True, slots=True)
class ErrorTable:
    """Error of each measure by view, in the measure's unit; `date` and `source` say where it is from.

    changes    the error of a change from the person's own rest, in which what a body or a camera shifts falls away;
               for what is told as a share of rest, as a share
    ranges     how wrong the range of a repetition is in an exercise, degrees: rest and end range may err apart
    exercises  the errors and the changes that were measured in an exercise: the same knee reads otherwise standing
               than lying, or beside the other one
    """

    date: str
    source: str
    default: Mapping[str, float]
    errors: Table
    changes: Table = field(default_factory=dict)
    exercises: Mapping[str, tuple[Table, Table]] = field(default_factory=dict)
    ranges: Mapping[str, float] = field(default_factory=dict)

    def of(self, exercise: str) -> "ErrorTable":
        """The errors in one exercise by the id it is measured as: what was measured in it, else what holds over all."""
        errors, changes = self.exercises.get(exercise, ({}, {}))
        return replace(self, errors=_over(self.errors, errors), changes=_over(self.changes, changes))

    def error_of_range(self, exercise: str, measure: Measure, view: ViewName) -> float:
        """How wrong the range of a repetition is; no less than a change of its measure in the view, degrees."""
        return max(self.ranges.get(exercise, 0.0), self.of(exercise).error_of_change(measure, view))

    def alike(self, exercise: str, measure: Measure, view: ViewName, left: float, right: float) -> bool:
        """Whether the ranges of both sides differ by no more than the error of a difference.

        That is sqrt(2) times the error of a change; what both sides err by alike, as a range itself may, falls away.
        """
        return abs(left - right) <= sqrt(2) * self.of(exercise).error_of_change(measure, view)

    def error(self, measure: Measure, view: ViewName) -> float:
        """The error in a view; the default of its unit where nobody measured it."""
        return self.errors.get(measure.name, {}).get(view, self.default[measure.unit])

    def error_of_change(self, measure: Measure, view: ViewName) -> float:
        """The error of a change from rest; that of the measure itself where nobody measured it."""
        return self.changes.get(measure.name, {}).get(view, self.error(measure, view))


def _over(whole: Table, part: Table) -> Table:
    """`whole`, with what `part` tells in its place."""
    return {**whole, **{name: {**whole.get(name, {}), **views} for name, views in part.items()}}


@cache
def load_errors() -> ErrorTable:
    """The table that came with this version."""
    data = json.loads(files("coach.motion").joinpath("errors.json").read_text("utf-8"))
    exercises = {name: (own["errors"], own["changes"]) for name, own in data["exercises"].items()}
    return ErrorTable(
        data["date"],
        data["source"],
        data["default"],
        data["errors"],
        data["changes"],
        exercises,
        data["ranges"],
    )
