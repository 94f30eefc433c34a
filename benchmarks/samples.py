"""Errors of the measures on the sample clips, against their ground truth; and how well the times are met.

    python -m benchmarks.samples [--model full] [--write]

For every clip and measure: bias (ours minus true), mean absolute error and 95th percentile over all frames in
which it was seen; and over the repetitions, how far starts, peaks, ends and holds are from the true ones.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.tables import markdown, write
from coach.judge import Rep
from coach.motion import MEASURES, Body
from coach.pose import PoseTrack, Side, repair_track
from coach.video import analyse

CLIPS = Path(__file__).parent.parent / "sample_videos"
# the truth's name: the measure's
PAIRS = {
    "knee_flexion_deg": "knee_flexion",
    "hip_angle_deg": "hip_extension",
    "trunk_inclination_deg": "trunk_inclination",
    "shank_inclination_deg": "shank_inclination",
    "thigh_above_horizontal_deg": "thigh_above_horizontal",
    "pelvic_obliquity_deg": "pelvic_drop",
    "trunk_lean_deg": "trunk_lean",
    "pelvis_turn_deg": "shoulder_turn",
}
ONLY = {
    "squat": ("knee_flexion", "trunk_inclination", "shank_inclination", "thigh_above_horizontal"),
    "bridge": ("knee_flexion", "hip_extension", "shank_inclination"),
    "hip_hiker": ("pelvic_drop", "trunk_lean"),
    "pigeon": ("shoulder_turn",),
}


def measured_side(truth: dict[str, Any]) -> Side:
    """The near side in profile; the working side from the front."""
    if truth["near_side"]:
        return truth["near_side"]  # type: ignore[no-any-return]
    parts = truth["reps"] or truth["holds"]
    side = parts[0]["side"] if parts else "left"
    return "right" if side == "right" else "left"


def errors(track: PoseTrack, truth: dict[str, Any]) -> list[tuple[str, float, float, float]]:
    """Measure, bias, mean absolute error, 95th percentile, in degrees."""
    body, side = Body.of(repair_track(track)), measured_side(truth)
    rows = []
    for true_name, name in PAIRS.items():
        if name not in ONLY[truth["exercise"]] or true_name not in truth["measures"]:
            continue
        if truth["view"] not in MEASURES[name].views:
            continue
        true = np.interp(track.t, truth["measures"]["t"], truth["measures"][true_name])
        ours = MEASURES[name].value(body, side)
        if name == "trunk_lean":
            true = np.abs(true)
        if name == "shoulder_turn":
            true = (
                -true
            )  # the truth counts a turn toward the front leg as positive, the measure its shoulder coming
        off = (ours - true)[np.isfinite(ours)]
        rows.append(
            (name, float(off.mean()), float(np.abs(off).mean()), float(np.percentile(np.abs(off), 95)))
        )
    return rows


def times(reps: tuple[Rep, ...], truth: dict[str, Any]) -> tuple[str, ...]:
    """Median of ours minus true, in seconds: start, peak, end, hold."""
    pairs = list(zip(reps, truth["reps"], strict=False))
    if not pairs or len(reps) != len(truth["reps"]):
        return ("-",) * 4
    return tuple(
        f"{np.median([getattr(rep, key) - true[key] for rep, true in pairs]):+.2f}"
        for key in ("start_s", "peak_s", "end_s", "hold_s")
    )


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="full")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    angles, clocks = [], []
    with tempfile.TemporaryDirectory() as folder:
        for clip in sorted(CLIPS.glob("*.mp4")):
            truth = json.loads(clip.with_suffix(".json").read_text("utf-8"))
            track = Path(folder) / "track.npz"
            result = analyse(clip, truth["exercise"], model=chosen.model, track=track).result
            found = errors(PoseTrack.load(track), truth)
            angles += [(clip.stem, name, f"{b:+.1f}", f"{m:.1f}", f"{p:.1f}") for name, b, m, p in found]
            if truth["reps"]:
                clocks.append(
                    (clip.stem, f"{result.counted} of {result.attempts}", *times(result.reps, truth))
                )
    text = markdown(("clip", "measure", "bias", "mean error", "95th percentile"), angles)
    text += "\n\n" + markdown(("clip", "counted", "start, s", "peak, s", "end, s", "hold, s"), clocks)
    print(text)
    if chosen.write:
        write("samples", "python -m benchmarks.samples --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
