"""Joint angles for OpenSim: the measures that an exercise asks for, in degrees, as a MOT file.

A column is a measure and a side, `knee_flexion_l`; docs/exercise-files.md tells how each is counted.  They are
angles in the picture, not the coordinates of an OpenSim model.

OpenSim's reader of motions ends a file at the first thing that is not a number, so there are no gaps: angles that
were seldom seen have no column, and a moment in which one of the others was not seen has no row.  Nothing is filled in.
What the exercise is about comes first: no other angle has a column that would cost more than moments of an attempt.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from coach.errors import CoachError
from coach.judge import Exercise, HeldPose, Rep
from coach.judge.samples import Probe, Probes
from coach.motion import MEASURES, Body, situations
from coach.pose import PoseTrack, Side
from coach.report.trc import file_name, rising

GENERAL: Final = (
    "hip_extension",
    "knee_flexion",
    "trunk_inclination",
)  # told of every exercise that shows them
SEEN_TOGETHER: Final = 0.5  # share of its frames that must be left of the best seen angle
FEW: Final = 0.05  # share of the frames of an attempt that all columns beside the exercise's own may cost
END_S: Final = 0.1  # to both sides of the middle of an end range in which nobody stayed
SIDES: Final[tuple[Side, ...]] = get_args(Side)


def render_mot(
    track: PoseTrack,
    exercise: Exercise,
    name: str = "track",
    between: tuple[float, float] = (-np.inf, np.inf),
    attempts: Sequence[Rep | HeldPose] = (),
) -> str:
    """The whole file; track and name as for the TRC, and times of the same clock.

    between   from when to when somebody exercised, seconds: the angles of who walks in and away are none of the
              exercise
    attempts  the repetitions or holds in it, of each of which the file has what was seen

    Raises CoachError where no angle was seen: OpenSim does not read a head alone.
    """
    t = np.asarray(track.t, np.float64)
    during = _within(t, *between)
    least = 0.0 if during.all() else SEEN_TOGETHER * during.sum()
    told = angles(track, exercise)
    whole = [_within(t, attempt.start_s, attempt.end_s) for attempt in attempts]
    ends = [_within(t, *_end_range(attempt)) for attempt in attempts if isinstance(attempt, Rep)]
    own = tuple(_own(told, exercise, attempts, during))
    found, kept = without_gaps(told, rising(t) & during, least, own, whole or [during], ends)
    if not found:
        raise CoachError(f"No angle of '{name}' was seen for long enough to write it as a .mot file.")
    head = (
        file_name(name),
        "version=1",
        f"nRows={kept.sum()}",
        f"nColumns={1 + len(found)}",
        "inDegrees=yes",
        "endheader",
        "\t".join(("time", *found)),
    )
    rows = (
        "\t".join((f"{t[i]:.6f}", *(f"{value[i] + 0.0:.4f}" for value in found.values())))
        for i in np.flatnonzero(kept)
    )
    return "\n".join((*head, *rows)) + "\n"


def angles(track: PoseTrack, exercise: Exercise) -> dict[str, NDArray[np.float64]]:
    """By column: each angle (T,) in degrees; NaN where its joints or the view do not show it."""
    names = tuple(_asked(exercise))
    probes = {
        f"{name}_{side[0]}": Probe.of(name, side, exercise.seen) for name in names for side in SIDES
    }  # fmt: skip
    told = {label: np.full(len(track), np.nan) for label in probes}
    for i, (frame, situation) in enumerate(zip(track, situations(track), strict=True)):
        body = Body.of(frame)
        for label, probe in probes.items():
            if situation.view in probe.measure.views:
                told[label][i] = probe.value(body)
    return told


def _asked(exercise: Exercise) -> Iterator[str]:
    """The angles that the exercise's file names, then those that are told of any."""
    named = (name for name, _ in Probes(exercise, "left").keys)
    for name in dict.fromkeys((*named, *GENERAL)):
        if MEASURES[name].unit == "deg":
            yield name


def _own(
    told: Mapping[str, NDArray[np.float64]],
    exercise: Exercise,
    attempts: Sequence[Rep | HeldPose],
    during: NDArray[np.bool_],
) -> Iterator[str]:
    """The columns that the exercise is about, of the side that works; the one seen better where both do."""
    rep, hold = exercise.repetition, exercise.hold
    names = (rep.signal, rep.range_of_motion) if rep else (hold.range_of_motion,) if hold else ()
    moved = {attempt.side for attempt in attempts}
    worked = [side for side in SIDES if side in moved] or SIDES
    for name in dict.fromkeys(names):
        of_sides = [label for side in worked if (label := f"{name}_{side[0]}") in told]
        if of_sides:
            yield max(of_sides, key=lambda label: int(np.isfinite(told[label][during]).sum()))


def _within(t: NDArray[np.float64], start_s: float, end_s: float) -> NDArray[np.bool_]:
    return (start_s <= t) & (t <= end_s)


def _end_range(rep: Rep) -> tuple[float, float]:
    """From when to when somebody was at the end range, seconds."""
    half_s = max(rep.hold_s / 2, END_S)
    return rep.peak_s - half_s, rep.peak_s + half_s


def without_gaps(
    told: Mapping[str, NDArray[np.float64]],
    kept: NDArray[np.bool_],
    fewest: float = 0.0,
    own: Sequence[str] = (),
    whole: Sequence[NDArray[np.bool_]] = (),
    ends: Sequence[NDArray[np.bool_]] = (),
) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.bool_]]:
    """The angles that were seen together, and in which of the `kept` frames.

    Begins with the angle that was seen most; its `own` ones are taken as long as half of those frames are left,
    others as long as nearly all are left of each attempt, and something of each end range.

    fewest  frames in which the first must have been seen: an angle of a moment is none of the exercise
    whole   which frames (T,) each attempt has; ends  which each end range has
    """
    seen = {label: kept & np.isfinite(value) for label, value in told.items()}
    most = sorted(seen, key=lambda label: -int(seen[label].sum()))
    if not most or not (rows := seen[most[0]]).any() or rows.sum() < fewest:
        return {}, kept & False
    names, half = {most[0]}, SEEN_TOGETHER * rows.sum()
    for label in own:
        if (rows & seen[label]).sum() >= half:
            rows = rows & seen[label]
            names.add(label)
    needed = [(part & rows, (1 - FEW) * (part & rows).sum()) for part in whole or [kept]]
    needed += [(part & rows, min(1, (part & rows).sum())) for part in ends]
    for label in most:
        together = rows & seen[label]
        if all((part & together).sum() >= enough for part, enough in needed):
            rows = together
            names.add(label)
    return {label: value for label, value in told.items() if label in names}, rows
