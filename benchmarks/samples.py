"""How well the sample clips are measured, timed and judged, beside their truth.

    python -m benchmarks.samples [--model full] [--write]

Three tables.  Of every clip and measure the bias (ours minus true), the mean absolute error and its 95th percentile,
over the frames that were judged.  Of every clip the median of how far starts, peaks, ends and holds are from the true
ones.  Of every planted fault, and of all that was not simply passed, what the true landmarks measure, what ours do,
and what was said.  The true landmarks are worked out from the scenes first, which takes a minute.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clips import Clip, Judged, judged
from benchmarks.scores import Part, matched, measure_errors
from benchmarks.tables import markdown, write
from benchmarks.true_verdicts import true_verdict
from coach.judge import Judgement, Verdict
from coach.motion import MEASURES
from coach.pose import MODELS
from sample_videos.studio import studio
from sample_videos.studio.scene import read_scene

CLIPS = Path(__file__).parent.parent / "sample_videos"
QUIET = (Judgement.PASS, Judgement.CANNOT_JUDGE)

Row = tuple[str, ...]


def with_truth(video: Path, folder: Path) -> Clip:
    """The clip copied to a folder, with the true landmarks of its scene beside it."""
    studio.truth_only(read_scene(CLIPS / "scenes" / f"{video.stem}.yaml"), folder / video.stem)
    shutil.copy(video.with_suffix(".json"), folder)  # that of the film, which knows what was hidden in it
    return Clip.load(Path(shutil.copy(video, folder)))


def error_rows(clip: Clip, ours: Judged) -> Iterator[Row]:
    """Clip, measure, unit, and bias, mean absolute error, 95th percentile over the judged sides together."""
    found: dict[tuple[str, str], list[np.ndarray]] = {}
    for error in measure_errors(clip, ours):
        found.setdefault((error.measure, error.against), []).append(error.off)
    for (measure, against), offs in found.items():
        off, unit = np.concatenate(offs), MEASURES[measure].unit
        name = measure if against == "zero" else f"{measure}, change from rest"
        digits = 1 if unit == "deg" else 3
        figures = (off.mean(), np.abs(off).mean(), np.percentile(np.abs(off), 95))
        yield clip.name, name, unit, *(f"{figure:.{digits}f}" for figure in figures)


def time_row(clip: str, parts: Sequence[Part], truth: Mapping[str, Any]) -> Row:
    """Clip, counted of attempts, and the median of ours minus true, in seconds: start, peak, end, hold."""
    true = truth["reps"] or truth["holds"]
    keys = ("start_s", "peak_s", "end_s", "hold_s" if truth["reps"] else "held_s")
    told = f"{sum(part.counted for part in parts)} of {len(parts)}"
    if len(parts) != len(true):
        return clip, told, *("-" for _ in keys)
    off = [
        [getattr(ours, key) - its[key] for ours, its in zip(parts, true, strict=True) if key in its]
        for key in keys
    ]
    return clip, told, *(f"{np.median(column):+.2f}" if column else "-" for column in off)


def verdict_rows(clip: Clip, ours: Judged) -> Iterator[Row]:
    """Clip, number of the repetition, check, planted size, true value, ours, and what was said."""
    assert clip.exercise is not None
    for number, (true, part) in enumerate(matched(clip.truth.parts, ours.result.parts), start=1):
        if part is None:
            continue
        for name, said in part.verdicts.items():
            planted = name in true.faults
            if planted or said.verdict not in QUIET:
                size = f"{true.faults[name]:.3g}" if planted else "-"
                ideal = true_verdict(clip, clip.exercise, clip.exercise.checks[name], true, planted=planted)
                yield clip.name, str(number), name, size, _value(ideal), _value(said), said.verdict.value


def _value(verdict: Verdict) -> str:
    return "-" if verdict.value is None else f"{verdict.value:.3g}"


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", choices=MODELS, default="full")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/measured/samples.md")
    chosen = parser.parse_args()
    errors: list[Row] = []
    times: list[Row] = []
    verdicts: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for video in sorted(CLIPS.glob("*.mp4")):
            clip = with_truth(video, Path(folder))
            assert clip.exercise is not None
            ours = judged(clip.track(chosen.model), clip.exercise)
            truth = json.loads(video.with_suffix(".json").read_text("utf-8"))
            errors += error_rows(clip, ours)
            times.append(time_row(clip.name, ours.result.parts, truth))
            verdicts += verdict_rows(clip, ours)
    text = "\n\n".join(
        (
            markdown(("clip", "measure", "unit", "bias", "mean error", "95th percentile"), errors),
            markdown(("clip", "counted", "start, s", "peak, s", "end, s", "hold, s"), times),
            markdown(("clip", "number", "check", "planted", "true", "ours", "said"), verdicts),
        )
    )
    print(text)
    if chosen.write:
        write("samples", "python -m benchmarks.samples --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
