"""Where the model marks a hip, a knee and an ankle, beside where the joints are, on rendered bodies seen from the side.

    python -m benchmarks.joints MATRIX... [--model full] [--write]

Of each clip the median over the frames of the set, of the side nearer to the camera: how far the mark lies before the
hip, short of the knee on the way from the hip, and short of the ankle on the way from the knee.  What the repair adds
(coach/pose/joints.py) is told beside it.  Left: what is left with the figure of the *other* bodies' clips, so a body
never speaks for itself.  All figures are medians over clips.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.clips import Clip, clips_in
from benchmarks.tables import markdown, write
from coach.pose import MODELS, ModelName, PoseTrack, repair_track
from coach.pose.joints import ANKLE_ON, HIP_BACK, KNEE_ON, turned_of
from coach.pose.landmarks import at

Floats = np.ndarray

USED: Final = {"hip, before it": HIP_BACK, "knee, short of it": KNEE_ON, "ankle, short of it": ANKLE_ON}
UNITS: Final = {"hip, before it": "trunk", "knee, short of it": "thigh", "ankle, short of it": "shank"}


@dataclass(frozen=True)
class Offset:
    """How far the mark of a joint is off in one clip, as a share of the bone that `UNITS` names."""

    joint: str
    body: str
    value: float


def offsets(clip: Clip, model: ModelName) -> list[Offset]:
    """Of one clip; none where the camera does not stand at the side, or other things are in the picture."""
    truth = clip.truth
    if truth.view != "side" or truth.near_side is None or not truth.alone or clip.exercise is None:
        return []
    side = truth.near_side
    ours, true = repair_track(clip.track(model), without=("joints",)), clip.true_track

    def joint(track: PoseTrack, name: str) -> Floats:
        return track.xy[:, at(side, name)].astype(float)

    off = {name: joint(ours, name) - joint(true, name) for name in ("hip", "knee", "ankle")}
    thigh, shank = joint(true, "knee") - joint(true, "hip"), joint(true, "ankle") - joint(true, "knee")
    turned = [turned_of(frame) for frame in true]
    forward = np.array([np.full(2, np.nan) if one is None else -one.back for one in turned])
    told = {
        "hip, before it": _along(off["hip"], forward),
        "knee, short of it": -_along(off["knee"], thigh),
        "ankle, short of it": -_along(off["ankle"], shank),
    }
    inside = clip.in_set()
    medians = {name: float(np.nanmedian(values[inside])) for name, values in told.items()}
    return [Offset(name, truth.body, value) for name, value in medians.items()]


def _along(off: Floats, bone: Floats) -> Floats:
    """(T,) how far along a bone (T, 2), as a share of its length in the picture."""
    squared = (bone * bone).sum(axis=1)
    return np.asarray((off * bone).sum(axis=1) / np.where(squared > 0, squared, np.nan))


def without_own(found: Sequence[Offset]) -> float:
    """The median distance that is left when each body's clips are moved by the median of the others'."""
    left = []
    for body in {one.body for one in found}:
        others = [one.value for one in found if one.body != body]
        left += [abs(one.value - float(np.median(others))) for one in found if one.body == body]
    return float(np.median(left))


def table(found: Sequence[Offset]) -> str:
    """A line a joint."""
    bodies = sorted({one.body for one in found})
    rows = []
    for joint, used in USED.items():
        ours = [one for one in found if one.joint == joint]
        by_body = [[one.value for one in ours if one.body == body] for body in bodies]
        values = [one.value for one in ours]
        rows.append((
            joint,
            UNITS[joint],
            len(ours),
            *(f"{np.median(own):.3f}" for own in by_body),
            f"{np.median(values):.3f}",
            f"{used:g}",
            f"{np.median(np.abs(values)):.3f}",
            f"{without_own(ours):.3f}",
        ))  # fmt: skip
    header = ("mark", "share of the", "clips", *bodies, "all", "moved by", "off before", "left")
    return markdown(header, rows)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, help="films of the studio with their truth")
    parser.add_argument("--model", choices=MODELS, default="full")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured/joints.md")
    chosen = parser.parse_args()
    found = [one for clip in clips_in(chosen.folders) for one in offsets(clip, chosen.model)]
    if not found:
        sys.exit("No clip there shows an exercise from the side, alone.")
    text = table(found)
    print(text)
    if chosen.write:
        write("joints", "python -m benchmarks.joints MATRIX --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
