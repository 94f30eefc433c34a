"""The error table: how wrong a measure is in a view and in an exercise, as measured.  No tolerance is tighter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Protocol

from coach.motion.measures import Measure, ViewName
from coach.pose import QUICKER

Table = Mapping[str, Mapping[str, float]]  # measure, view: error in the measure's unit


class Errors(Protocol):
    """How wrong a measure is in a view, in the measure's unit."""

    def error(self, measure: Measure, view: ViewName) -> float:
        """The error of the measure itself."""

    def error_of_change(self, measure: Measure, view: ViewName) -> float:
        """The error of a change from the person's own rest."""


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


class SeenErrors:
    """The errors in one exercise of the pose model that sees it; of two that saw it the wider ones.

    A slow computer changes to the quicker model in the middle of a set, and what was learnt at rest is of both.
    """

    def __init__(self, exercise: str, table: ErrorTable | None = None) -> None:
        self._exercise, self._asked = exercise, table is None
        self._table = (table or load_errors()).of(exercise)

    @property
    def date(self) -> str:
        """When the table was measured."""
        return self._table.date

    def seen_by(self, model: str) -> None:
        """A frame was seen by this pose model; "" where nobody knows.  A table that was given stays."""
        if model == QUICKER and self._asked:
            self._asked = False
            self._table = load_errors(model).of(self._exercise)

    def error(self, measure: Measure, view: ViewName) -> float:
        """The error of the measure itself."""
        return self._table.error(measure, view)

    def error_of_change(self, measure: Measure, view: ViewName) -> float:
        """The error of a change from the person's own rest."""
        return self._table.error_of_change(measure, view)


def _over(whole: Table, part: Table) -> Table:
    """`whole`, with what `part` tells in its place."""
    return {**whole, **{name: {**whole.get(name, {}), **views} for name, views in part.items()}}


def _wider(one: Table, other: Table) -> Table:
    """What both tell, and of what both tell the larger."""
    return {
        name: {
            view: max(table[name][view] for table in (one, other) if view in table.get(name, {}))
            for view in dict.fromkeys((*one.get(name, {}), *other.get(name, {})))
        }
        for name in dict.fromkeys((*one, *other))
    }


@cache
def load_errors(model: str = "") -> ErrorTable:
    """The table that came with this version, for what a pose model saw; "" where nobody knows."""
    usual = _read("errors.json")
    return usual if model != QUICKER else _as_wide(_read(f"errors_{model}.json"), usual)


def _as_wide(table: ErrorTable, usual: ErrorTable) -> ErrorTable:
    """A table that is nowhere narrower than the usual one: fewer clips may show less than there is."""
    return replace(
        table,
        errors=_wider(table.errors, usual.errors),
        changes=_wider(table.changes, usual.changes),
        exercises={
            name: (
                _wider(table.of(name).errors, usual.of(name).errors),
                _wider(table.of(name).changes, usual.of(name).changes),
            )
            for name in dict.fromkeys((*table.exercises, *usual.exercises))
        },
        ranges={
            name: max(table.ranges.get(name, 0.0), usual.ranges.get(name, 0.0))
            for name in dict.fromkeys((*table.ranges, *usual.ranges))
        },
    )


@cache
def _read(name: str) -> ErrorTable:
    data = json.loads(files("coach.motion").joinpath(name).read_text("utf-8"))
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
