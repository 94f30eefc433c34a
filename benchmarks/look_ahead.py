"""Would files be judged better if their repair looked ahead?  Measured, and not built: docs/decisions/0007.

    python -m benchmarks.look_ahead DIR [DIR …] [--real FOLDER]

DIR holds clips as the studio writes them, FOLDER real ones (see benchmarks.real).  Each way here looks as far ahead
as it likes: holding a second of frames back could gain no more.  The last line tells what is left for any smoother.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.accuracy import UNSURE, Key, angle_errors, number, quality, share
from benchmarks.clips import Clip, clips_in, judged_frames
from benchmarks.real import read_labels
from benchmarks.scores import ClipScore, compared
from benchmarks.tables import markdown
from coach.judge import exercise_ids, load_exercise
from coach.pose import PoseFrame, PoseTrack, Repair
from coach.pose.smoothing import OneEuro

BRIDGED_S = 0.3  # a joint lost for less is put on the line between the two places where it was believed
QUICK_S = 0.2  # what of an error changes within it, a smoother could take away
Frames = list[PoseFrame]
Way = Callable[[PoseTrack], Frames]


# --- the ways ---------------------------------------------------------------------------------------


def live(track: PoseTrack) -> Frames:
    """As it is: every stage knows the past only."""
    return _repaired(track)


def unsmoothed(track: PoseTrack) -> Frames:
    """Everything but the smoothing."""
    return _repaired(track, "smoothing")


def there_and_back(track: PoseTrack) -> Frames:
    """Smoothed forward and backward in time: the mean lags behind nothing."""
    return _in_stretches(unsmoothed(track), _smoothed_both_ways)


def bridged(track: PoseTrack) -> Frames:
    """Short gaps bridged, then smoothed as live."""
    return _in_stretches(_in_stretches(unsmoothed(track), _bridged), _smoothed)


def both(track: PoseTrack) -> Frames:
    """Short gaps bridged, then smoothed there and back."""
    return _in_stretches(_in_stretches(unsmoothed(track), _bridged), _smoothed_both_ways)


WAYS: dict[str, Way] = {
    "live (as it is)": live,
    "no smoothing": unsmoothed,
    "smoothed there and back": there_and_back,
    "gaps bridged": bridged,
    "both": both,
}


def _repaired(track: PoseTrack, *without: str) -> Frames:
    repair = Repair(without)
    return [repair.step(frame) for frame in track]


def _in_stretches(frames: Frames, change: Callable[[Frames], Frames]) -> Frames:
    """Change each stretch between cuts and long gaps by itself."""
    starts, last_t = [0], None
    for i, frame in enumerate(frames):
        if frame.found:
            if last_t is not None and (frame.cut or frame.t - last_t > Repair.MAX_GAP_S):
                starts.append(i)
            last_t = frame.t
    ends = [*starts[1:], len(frames)]
    return [frame for a, b in zip(starts, ends, strict=True) for frame in change(frames[a:b])]


def _smoothed(frames: Frames) -> Frames:
    stage = OneEuro()
    return [stage.step(frame) if frame.found else frame for frame in frames]


def _smoothed_both_ways(frames: Frames) -> Frames:
    back = _smoothed([replace(frame, t=-frame.t) for frame in reversed(frames)])[::-1]
    return [
        replace(there, xy=(there.xy + here.xy) / 2, world=(there.world + here.world) / 2)
        for there, here in zip(_smoothed(frames), back, strict=True)
    ]


def _bridged(frames: Frames) -> Frames:
    """Joints, and whole poses, that were lost for less than BRIDGED_S; nothing before the first or after the last."""
    if not frames:
        return frames
    t = np.array([frame.t for frame in frames])
    table = np.stack([np.column_stack([f.xy, f.world, f.visibility]) for f in frames])  # (T, 33, 6)
    for column in table.reshape(len(t), -1).T:  # views: written in place
        known = np.isfinite(column)
        if known.any():
            before = np.maximum.accumulate(np.where(known, t, -np.inf))
            after = np.minimum.accumulate(np.where(known, t, np.inf)[::-1])[::-1]
            short = ~known & (after - before < BRIDGED_S)
            column[short] = np.interp(t[short], t[known], column[known])
    return [
        replace(frame, xy=row[:, :2], world=row[:, 2:5], visibility=row[:, 5])
        for frame, row in zip(frames, table, strict=True)
    ]


# --- what comes out ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way makes of all clips; counts by clip, and by track and exercise of the real ones."""

    scores: list[ClipScore]
    counts: dict[str, int]
    real: dict[tuple[str, str], int]


def outcome(way: Way, clips: Sequence[Clip], real: Path | None) -> Outcome:
    """Repair and judge everything in one way."""
    scores = [compared(c, judged_frames(way(c.track()), c.exercise)) for c in clips if c.exercise is not None]
    labels = read_labels(real) if real is not None else []
    counted = {}
    for label in labels:
        assert real is not None
        frames = way(PoseTrack.load(real / "tracks" / label.track))
        for name in exercise_ids():
            counted[label.name, name] = judged_frames(frames, load_exercise(name)).result.counted
    return Outcome(scores, {s.clip: s.counted for s in scores}, counted)


HEADER = ("repair", "median of the measures, deg", "worst, deg", "F1", "unsure", "hold error median / worst, s",
          "counts exact", "counts unlike live", "unlike live on real clips")  # fmt: skip


def row(name: str, found: Outcome, as_live: Outcome) -> tuple[str, ...]:
    """One line of the table."""
    scores = found.scores
    angles = angle_errors(scores)
    checks = [c for s in scores for c in s.checks]
    seen = [c for c in checks if c.label != "unseen"]
    holds = np.abs([e for s in scores for e in s.hold_errors_s])
    return (
        name,
        f"{np.median(angles):.2f}",
        f"{max(angles):.2f}",
        number(quality(checks)[2]),
        share(sum(c.verdict is UNSURE for c in seen), len(seen)),
        f"{np.median(holds):.2f} / {holds.max():.2f}",
        f"{sum(s.counted == s.expected for s in scores)} of {len(scores)}",
        str(_unlike(found.counts, as_live.counts)),
        f"{_unlike(found.real, as_live.real)} of {len(found.real)}",
    )


def _unlike(a: dict[Key, int], b: dict[Key, int]) -> int:
    return sum(a[key] != b[key] for key in b)


def slow_part(scores: Iterable[ClipScore], clips: Iterable[Clip]) -> list[ClipScore]:
    """The scores as a perfect smoother would leave them: of each measure's error only what outlasts QUICK_S."""
    steps = {c.name: float(np.median(np.diff(c.true_track.t))) for c in clips}
    return [
        replace(s, measures=tuple(replace(e, off=_mean_around(e.off, steps[s.clip])) for e in s.measures))
        for s in scores
    ]


def _mean_around(off: np.ndarray, step_s: float) -> np.ndarray:
    """The mean of QUICK_S around each frame."""
    window = np.ones(2 * round(QUICK_S / step_s / 2) + 1)[: len(off)]
    return np.convolve(off, window, "same") / np.convolve(np.ones(len(off)), window, "same")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--real", type=Path)
    chosen = parser.parse_args()
    clips = list(clips_in(chosen.folders))
    if not any(clip.exercise for clip in clips):
        parser.error("there are no clips of an exercise with a truth beside them")
    found = {name: outcome(way, clips, chosen.real) for name, way in WAYS.items()}
    as_live, raw = next(iter(found.values())), found["no smoothing"]
    print(markdown(HEADER, [row(name, one, as_live) for name, one in found.items()]))
    floor = np.median(angle_errors(slow_part(raw.scores, clips)))
    print(
        f"\nA perfect smoother would leave {floor:.2f} degrees: the rest of the error outlasts {QUICK_S} s."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
