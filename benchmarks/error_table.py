"""The error table that the engine reads, made from rendered clips by `python -m benchmarks.accuracy … --errors`.

The error of a measure in a view is the larger of two, each on the 95th percentile: what a clip's reading is off by (the
median over its frames), and how far the value that a check was judged on is off from what is usual for it, in
repetitions without that fault.  The first is the error at large, the second the one that would make a false fault: a
heel in a deep squat reads lifted, though on the whole of the clip it is read right.  What all such repetitions are off
by is in the limit of the exercise's file already, which stands where they read: a thigh that is raised to the side
draws the trunk of the model along by 9 degrees, in everybody.  Bodies, cameras and lights vary; nobody and nothing
else is in the picture.

It is told over all clips, and for each exercise by itself where enough clips show it: the model is wrong in other ways
about a knee that lies on another one than about one that stands.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from benchmarks.scores import CheckScore, ClipScore, MeasureError
from coach.judge import load_exercise
from coach.motion import MEASURES
from coach.pose import QUICKER

FOLDER = Path(__file__).parent.parent / "coach" / "motion"
FEWEST_CLIPS = 4  # below this, the widest error of the measure in other views, or the default, stays
PERCENTILE = 95
DEFAULT = {"deg": 6.0, "ratio": 0.1, "s": 0.3}
DIGITS = {"deg": 1, "ratio": 3, "s": 2}

VERSION: Final = 4
NOTHING: Final[dict[str, Any]] = {"source": "", "ranges": {}, "errors": {}, "changes": {}, "exercises": {}}
Which = Literal["all", "exercises", "ranges"]
Table = dict[str, dict[str, float]]  # measure, view: error in the measure's unit


def error_of(errors: Sequence[MeasureError]) -> float:
    """The error of one measure in one view, from its clips.

    Of a change by which repetitions are counted it is what is left beside its slope: that the model shows a part of a
    movement makes it no noise.
    """
    scaled = all(e.counted and e.against != "zero" for e in errors)
    slope = _slope(errors) if scaled else 1.0
    per_clip = [float(np.median(np.abs(e.off + (1 - slope) * e.true))) for e in errors if len(e.off)]
    return float(np.percentile(per_clip, PERCENTILE)) if len(per_clip) >= FEWEST_CLIPS else float("nan")


def _slope(errors: Sequence[MeasureError]) -> float:
    """How much of a change is seen: the slope through nothing, by least squares over all clips."""
    true = np.concatenate([e.true for e in errors])
    measured = true + np.concatenate([e.off for e in errors])
    return float(true @ measured / max(float(true @ true), 1e-9))


def error_when_right(checks: Sequence[CheckScore], usual: Sequence[CheckScore] = ()) -> float:
    """How what the judged value is off by scatters where nothing was wrong; NaN with too few clips.

    What another fault moves along out of its range is left out: naming it would be no false fault.

    usual  where another model set the limits: the same as that one saw it, from whose middle it is told
    """
    right = _right(checks)
    off = _off(right)
    if not off or len({c.clip for c in right}) < FEWEST_CLIPS:
        return float("nan")
    middle = np.median(_off(_right(usual)) or off)
    return float(np.percentile(np.abs(np.array(off) - middle), PERCENTILE))


def _right(checks: Sequence[CheckScore]) -> list[CheckScore]:
    return [c for c in checks if c.label == "clean" or (c.label == "side effect" and _is_right(c))]


def _off(checks: Sequence[CheckScore]) -> list[float]:
    return [c.value - c.true_value for c in checks if c.value is not None and c.true_value is not None]


def _is_right(score: CheckScore) -> bool:
    wanted = load_exercise(score.exercise).checks[score.check].range
    return wanted is not None and score.true_value is not None and wanted.outside(score.true_value) <= 0


def table_of(scores: Iterable[ClipScore], usual: Iterable[ClipScore] = (), *, changes: bool) -> Table:
    """Measure, view: error in the measure's unit; of changes from rest, or of the measures themselves."""
    plain = [s for s in scores if s.plain]
    readings: dict[tuple[str, str], list[MeasureError]] = {}
    for e in (e for s in plain for e in s.measures):
        if (e.against != "zero") == changes:
            readings.setdefault((e.measure, e.view), []).append(e)
    judged, usually = (_judged(some, changes) for some in (plain, [s for s in usual if s.plain]))
    table: Table = {}
    for name, view in sorted(readings):
        when_right = error_when_right(judged.get((name, view), []), usually.get((name, view), []))
        error = np.fmax(error_of(readings[name, view]), when_right)
        if error > 0:  # 0 is a reading that was never anything but its hidden value; NaN too few clips
            table.setdefault(name, {})[view] = round(float(error), DIGITS[MEASURES[name].unit])
    return table


def _judged(scores: Iterable[ClipScore], changes: bool) -> dict[tuple[str, str], list[CheckScore]]:
    """The scores of the checks by measure and view: of changes from rest, or of the measures themselves."""
    judged: dict[tuple[str, str], list[CheckScore]] = {}
    for c in (c for s in scores for c in s.checks):
        check = load_exercise(c.exercise).checks[c.check]
        if check.measure is not None and (check.against != "zero") == changes:
            judged.setdefault((check.measure, c.view), []).append(c)
    return judged


def write_errors(
    scores: Sequence[ClipScore],
    folders: Sequence[Path],
    which: Which = "all",
    usual: Sequence[ClipScore] = (),
) -> str:
    """Write the table; measures and views that the clips do not show keep what they had.

    which  all; exercises: only what holds in each of those that are shown; ranges: only those of repetitions
    usual  where the quicker model saw them, the scores of the usual one: the quicker one has a table of its own
    """
    quicker = bool(usual)
    path = FOLDER / (f"errors_{QUICKER}.json" if quicker else "errors.json")
    old = json.loads(path.read_text("utf-8")) if path.exists() else NOTHING
    nothing: dict[str, Table] = {"errors": {}, "changes": {}}
    measured = both_tables(scores, usual) if which == "all" else nothing
    shown = sorted({s.exercise for s in scores}) if which != "ranges" else []
    by_exercise = {name: own for name in shown if any((own := _of_exercise(scores, usual, name)).values())}
    ranges = ranges_of(scores) if which != "exercises" else {}
    tables = {
        kind: old[kind] | {name: old[kind].get(name, {}) | views for name, views in new.items()}
        for kind, new in measured.items()
    }
    data = {
        "version": VERSION,
        "date": date.today().isoformat(),
        "source": _source(scores, folders, which, old["source"], f" --model {QUICKER}" if quicker else ""),
        "default": DEFAULT,
        "ranges": old["ranges"] | ranges,
    }
    path.write_text(_as_text(data, tables, dict(sorted((old["exercises"] | by_exercise).items()))), "utf-8")
    return (
        f"Wrote {path.name}: {len(measured['errors'])} measures over all, {len(by_exercise)} exercises, "
        f"the ranges of {len(ranges)}; the rest is kept."
    )


def _source(
    scores: Sequence[ClipScore], folders: Sequence[Path], which: Which, before: str, flag: str
) -> str:
    """Where the errors are from: over all, and of exercises by themselves; ranges are from the former."""
    plain = [s for s in scores if s.plain]
    names = ", ".join(sorted({folder.name for folder in folders}))
    shown = f"{len(plain)} rendered clips of {len({s.body for s in plain})} bodies ({names})"
    if which == "ranges":
        return before
    if which == "exercises":
        return f"{before.split('; of exercises')[0]}; of exercises by themselves: {shown}"
    return f"python -m benchmarks.accuracy{flag} --errors: {shown}"


def _of_exercise(scores: Sequence[ClipScore], usual: Sequence[ClipScore], name: str) -> dict[str, Table]:
    """The errors in one exercise; of its counted signal the noise over all holds, by which its counting was chosen."""
    own = both_tables(*([s for s in some if s.exercise == name] for some in (scores, usual)))
    repetition = load_exercise(name).repetition
    if repetition is not None:
        for table in own.values():
            table.pop(repetition.signal, None)
    return own


def ranges_of(scores: Iterable[ClipScore]) -> dict[str, float]:
    """How far the range of a repetition is off in each exercise, degrees: the 95th percentile."""
    off: dict[str, list[float]] = {}
    for r in (r for s in scores for r in s.ranges):
        off.setdefault(r.exercise, []).append(abs(r.ours - r.true))
    return {
        name: round(float(np.percentile(of, PERCENTILE)), 1)
        for name, of in sorted(off.items())
        if len(of) >= FEWEST_CLIPS
    }


def both_tables(scores: Sequence[ClipScore], usual: Sequence[ClipScore] = ()) -> dict[str, Table]:
    """The errors of the measures, and of their changes from rest."""
    return {
        "errors": table_of(scores, usual, changes=False),
        "changes": table_of(scores, usual, changes=True),
    }


def _as_text(
    data: dict[str, object], tables: dict[str, Table], exercises: dict[str, dict[str, Table]]
) -> str:
    """JSON with a line for each measure, so that a change of the table can be read."""
    parts = [json.dumps(data, indent=2)[:-2], *_lines(tables, "  ")]
    own = [
        f'    "{name}": {{\n' + ",\n".join(_lines(both, "      ")) + "\n    }"
        for name, both in exercises.items()
    ]
    return ",\n".join([*parts, '  "exercises": {\n' + ",\n".join(own) + "\n  }"]) + "\n}\n"


def _lines(tables: dict[str, Table], indent: str) -> list[str]:
    """Each table with a line for each measure."""
    return [
        f'{indent}"{kind}": {{\n'
        + ",\n".join(f'{indent}  "{name}": {json.dumps(views)}' for name, views in sorted(table.items()))
        + f"\n{indent}}}"
        for kind, table in tables.items()
    ]
