"""The numbers of a report as flat tables: the one place where they are rounded for every format that machines read.

A thousandth is far below what a camera can tell, and keeps the files short and the same everywhere.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from coach.care.trends import sides_alike
from coach.care.types import SetSummary
from coach.judge import HeldPose, Rep, Verdict
from coach.judge.results import Measured
from coach.report.course import CourseInput
from coach.report.model import ReportInput

Kind = Literal["text", "number", "whole", "truth", "time"]
Value = str | float | int | bool | datetime | None
DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its values are, and their unit ("deg", "s", "ratio", "percent" or "")."""

    name: str
    kind: Kind
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Rows of plain values, each as long as `columns`; None is what nobody knows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def of(self, column: str) -> tuple[Value, ...]:
        """The values of one column."""
        place = [one.name for one in self.columns].index(column)
        return tuple(row[place] for row in self.rows)


def rounded(value: float | None, digits: int = DIGITS) -> float | None:
    """A number as it is written; None for one that nobody knows.

    >>> rounded(52.34567), rounded(float("nan"))
    (52.346, None)
    """
    return None if value is None or not math.isfinite(value) else round(float(value), digits) + 0.0


# --- one set ----------------------------------------------------------------------------------------------

ATTEMPT: Final = (
    Column("number", "whole"),
    Column("side", "text"),
    Column("counted", "truth"),
    Column("why_not", "text"),
    Column("start_s", "number", "s"),
    Column("end_s", "number", "s"),
)
REP: Final = (
    Column("peak_s", "number", "s"),
    Column("hold_s", "number", "s"),
    Column("out_s", "number", "s"),
    Column("back_s", "number", "s"),
    Column("range_deg", "number", "deg"),
    Column("view", "text"),
)
HOLD: Final = (Column("held_s", "number", "s"), Column("pauses", "whole"), Column("paused_s", "number", "s"))


def attempts(report: ReportInput) -> FlatTable:
    """One row a repetition or hold; what a test measured; of each check its verdict, value, error band and reason."""
    of_kind = HOLD if report.held else REP
    columns = (
        *ATTEMPT,
        *of_kind,
        *(column for name in report.results for column in _of_result(name, report)),
        *(column for check in report.checks for column in _of_check(check, report)),
    )
    return FlatTable("holds" if report.held else "reps", columns, tuple(_rows(report)))


def _of_check(check: str, report: ReportInput) -> tuple[Column, ...]:
    unit = next((found.unit for found in report.verdicts(check) if found.unit), "")
    return (
        Column(check, "text"),
        Column(f"{check}.value", "number", unit),
        Column(f"{check}.band", "number", unit),
        Column(f"{check}.reason", "text"),
    )


def _of_result(name: str, report: ReportInput) -> tuple[Column, ...]:
    """Named `measured.…`, since a check may have the same name."""
    unit = next((hold.measured[name].unit for hold in report.result.holds if name in hold.measured), "")
    return (
        Column(f"measured.{name}.value", "number", unit),
        Column(f"measured.{name}.band", "number", unit),
        Column(f"measured.{name}.says", "text"),
    )


def _rows(report: ReportInput) -> Iterable[tuple[Value, ...]]:
    for number, part in enumerate(report.attempts, start=1):
        told = (number, part.side, part.counted, part.why_not, rounded(part.start_s), rounded(part.end_s))
        verdicts = (value for check in report.checks for value in _verdict(part.verdicts.get(check)))
        taken = part.measured if isinstance(part, HeldPose) else {}
        results = (value for name in report.results for value in _result(taken.get(name)))
        yield (*told, *_part(part), *results, *verdicts)


def _part(part: Rep | HeldPose) -> tuple[Value, ...]:
    if isinstance(part, Rep):
        times = (part.peak_s, part.hold_s, part.out_s, part.back_seen_s, part.range_deg)
        return (*map(rounded, times), part.view or None)
    return rounded(part.held_s), len(part.pauses), rounded(sum(end - start for start, end in part.pauses))


def _result(found: Measured | None) -> tuple[Value, ...]:
    return (None, None, None) if found is None else (rounded(found.value), rounded(found.band), found.says)


def _verdict(found: Verdict | None) -> tuple[Value, ...]:
    if found is None:
        return None, None, None, None
    return found.verdict.value, rounded(found.value), rounded(found.band), found.reason or None


# --- a course ---------------------------------------------------------------------------------------------

SET: Final = (
    Column("set", "text"),
    Column("session", "text"),
    Column("started", "time"),
    Column("exercise", "text"),
    Column("source", "text"),
    Column("closed", "truth"),
    Column("counted", "whole"),
    Column("attempts", "whole"),
    Column("symmetry_percent", "number", "percent"),
    Column("sides_alike", "truth"),
    Column("seen_share", "number", "ratio"),
)
OF_SIDE: Final = {  # of a summary -> the column and its unit
    "range_deg": ("range_deg", "deg"),
    "spread_deg": ("change_error_deg", "deg"),
    "hold_s": ("hold_s", "s"),
    "longest_s": ("longest_s", "s"),
}
OF_CHECK: Final = ("faults", "judged")


def sets(course: CourseInput) -> FlatTable:
    """One row a set, the oldest first; range with the error of its changes and times held by side, faults by check."""
    sided = [
        (field, side)
        for field in OF_SIDE
        for side in ("left", "right", "both")
        if any(side in getattr(one, field) for one in course.sets)
    ]
    checks = tuple(dict.fromkeys(check for one in course.sets for check in (*one.judged, *one.faults)))
    columns = (
        *SET,
        *(
            Column(f"{name}.{side}", "number", unit)
            for field, side in sided
            for name, unit in (OF_SIDE[field],)
        ),
        *(Column(f"{field}.{check}", "whole") for check in checks for field in OF_CHECK),
    )
    rows = (
        (
            one.id,
            one.session,
            one.started,
            one.exercise,
            one.source,
            one.closed,
            one.counted,
            one.attempts,
            rounded(one.symmetry_percent),
            sides_alike(one),
            rounded(one.seen_share),
            *(rounded(getattr(one, field).get(side)) for field, side in sided),
            *(n for check in checks for n in _tally(one, check)),
        )
        for one in course.sets
    )
    return FlatTable("sets", columns, tuple(rows))


def _tally(one: SetSummary, check: str) -> tuple[int | None, int | None]:
    """Faults, and of how many (OF_CHECK); none of something is 0, and none of nothing is not told."""
    judged = one.of_how_many(check) if check in one.judged else None
    return one.faults.get(check) or (0 if judged else None), judged


def sessions(course: CourseInput) -> FlatTable:
    """One row a session: when, pain before and after (0 to 10) and where."""
    columns = (
        Column("session", "text"),
        Column("started", "time"),
        Column("ended", "time"),
        Column("pain_before", "whole"),
        Column("pain_after", "whole"),
        Column("place", "text"),
        Column("numb", "truth"),
    )
    rows = []
    for one in course.sessions:
        told = [pain for pain in (one.before, one.after) if pain is not None]
        rows.append(
            (
                one.id,
                one.started,
                one.ended,
                one.score_before,
                one.score_after,
                next((pain.place for pain in told if pain.place), None),
                one.numb if told else None,
            )
        )
    return FlatTable("sessions", columns, tuple(rows))


def corrections(course: CourseInput) -> FlatTable:
    """One row a word of a therapist, beside what the machine had said."""
    columns = (
        Column("set", "text"),
        Column("started", "time"),
        Column("exercise", "text"),
        Column("number", "whole"),
        Column("check", "text"),
        Column("machine", "text"),
        Column("therapist", "text"),
        Column("comment", "text"),
        Column("by", "text"),
        Column("at", "time"),
    )
    rows = (
        (
            one.correction.set,
            one.started,
            one.exercise,
            one.correction.part + 1,
            one.correction.check,
            one.machine.value if one.machine else None,
            one.correction.says.value,
            one.correction.comment,
            course.name_of(one.correction.by),
            one.correction.at,
        )
        for one in course.reviewed
    )
    return FlatTable("corrections", columns, tuple(rows))


def weeks(course: CourseInput) -> FlatTable:
    """One row a week of the course: sets that were planned and done."""
    columns = (
        Column("monday", "text"),
        Column("planned", "whole"),
        Column("done", "whole"),
        Column("sessions", "whole"),
    )
    rows = ((one.monday.isoformat(), one.planned, one.done, one.sessions) for one in course.weeks)
    return FlatTable("weeks", columns, tuple(rows))


def tables(course: CourseInput) -> tuple[FlatTable, ...]:
    """All tables of a course; the sets first."""
    return sets(course), sessions(course), weeks(course), corrections(course)
