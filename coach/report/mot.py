"""Joint angles for OpenSim: the measures that an exercise asks for, in degrees, as a MOT file.

A column is a measure and a side, `knee_flexion_l`; docs/exercise-files.md tells how each is counted.  They are
angles in the picture, not the coordinates of an OpenSim model.

OpenSim's reader of motions ends a file at the first thing that is not a number, so there are no gaps: angles that
were seldom seen have no column, and a moment in which one of the others was not seen has no row.  Nothing is filled in.
"""

from collections.abc import Iterator, Mapping
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from coach.judge import Exercise
from coach.judge.samples import Probe, Probes
from coach.motion import MEASURES, Body, situations
from coach.pose import PoseTrack, Side
from coach.report.trc import file_name, rising

GENERAL: Final = (
    "hip_extension",
    "knee_flexion",
    "trunk_inclination",
)  # told of every exercise that shows them
SEEN_TOGETHER: Final = 0.5  # share of its frames that the best seen angle may lose to another one
SIDES: Final[tuple[Side, ...]] = get_args(Side)


def render_mot(
    track: PoseTrack,
    exercise: Exercise,
    name: str = "track",
    between: tuple[float, float] = (-np.inf, np.inf),
) -> str:
    """The whole file; track and name as for the TRC, and times of the same clock.

    between  from when to when somebody exercised, seconds: the angles of who walks in and away are none of the exercise
    """
    t = np.asarray(track.t, np.float64)
    during = (between[0] <= t) & (t <= between[1])
    least = 0.0 if during.all() else SEEN_TOGETHER * during.sum()
    found, kept = without_gaps(angles(track, exercise), rising(t) & during, least)
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


def without_gaps(
    told: Mapping[str, NDArray[np.float64]], kept: NDArray[np.bool_], fewest: float = 0.0
) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.bool_]]:
    """The angles that were seen together, and in which of the `kept` frames.

    Begins with the angle that was seen most; another one is taken as long as half of those frames are left.

    fewest  frames in which the first must have been seen: an angle of a moment is none of the exercise
    """
    seen = {label: kept & np.isfinite(value) for label, value in told.items()}
    rows, least, names = kept, fewest, set[str]()
    for label in sorted(seen, key=lambda label: -int(seen[label].sum())):
        together = rows & seen[label]
        if not together.any() or together.sum() < least:
            continue
        rows, least = together, least if names else SEEN_TOGETHER * together.sum()
        names.add(label)
    return {label: value for label, value in told.items() if label in names}, rows if names else kept & False
