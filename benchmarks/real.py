"""Counts on real clips against what people counted in them.

    python -m benchmarks.real FOLDER [--write] [--videos]

FOLDER holds tracks/*.npz, labels.json, and videos/*.mp4 (a label names its track, exercise, view, and complete_reps).
Prints a table of the clips whose exercise is in the library, what was told of each beside what people saw (the
label's `visible_faults`), and what every exercise counts in every clip.
The exit code is 1 when a repetition was counted where the right answer is 0, or fewer than 9 in 10 are exact.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import markdown, write
from coach.judge import HeldPose, Judgement, Rep, SetResult, exercise_ids, load_exercise
from coach.video import analyse

NAMES = {"glute_bridge": "bridge", "pigeon_pose": "pigeon"}  # in the library, of what labels call otherwise
VIEW_WORDS = {"three-quarter": "three_quarter", "side": "side", "front": "front", "rear": "back"}
TOLD = (Judgement.FAULT, Judgement.UNSURE, Judgement.PASS)
VIDEOS = {
    "squat_side": ("squat", 2, (10.5, 17.3)),
    "walking_side": (None, 0, ()),
    "two_people": (None, 0, ()),
}


@dataclass(frozen=True, slots=True)
class Label:
    """What people saw in a clip.

    exercise  of the library; None where it is none of these
    view      as exercise files call it; "" where none is named
    reps      None where they could not say
    faults    what they saw that was wrong, in their words; "" where they wrote nothing
    """

    track: str
    exercise: str | None
    view: str
    reps: int | None
    peaks_s: tuple[float, ...]
    faults: str = ""

    @property
    def name(self) -> str:
        """The clip's name, without the ending."""
        return self.track.removesuffix(".npz")


def read_labels(folder: Path) -> list[Label]:
    """The labels of a folder."""
    labels, ids = [], exercise_ids()
    for entry in json.loads((folder / "labels.json").read_text("utf-8")):
        times = [t for event in entry["rep_events_s"] for k, t in event.items() if k in ("bottom", "top")]
        peaks = tuple(t for t in times if isinstance(t, int | float))
        name = NAMES.get(entry["exercise"], entry["exercise"])
        exercise, view = name if name in ids else None, view_of_label(entry["view"])
        faults = entry.get("visible_faults", "")
        labels.append(Label(entry["track"], exercise, view, entry["complete_reps"], peaks, faults))
    return labels


def view_of_label(told: str) -> str:
    """The first view that a label names, as exercise files call it."""
    named = [(told.find(word), view) for word, view in VIEW_WORDS.items() if word in told]
    return min(named)[1] if named else ""


def told_of(label: Label, result: SetResult) -> str:
    """How a count agrees with what people counted; from a view that its file leaves out, none is right."""
    if label.reps is None:
        return "not labelled"
    if result.counted == 0 and result.view not in load_exercise(result.exercise).views:
        return "wrong view, not judged"
    return "exact" if result.counted == label.reps else "MISSED"


def what_was_told(result: SetResult) -> tuple[str, ...]:
    """Of each verdict in TOLD the checks that got it, with how often in all repetitions and holds; "-" for none."""
    parts: list[Rep | HeldPose] = [*result.reps, *result.holds]
    found = {
        told: Counter(name for part in parts for name, v in part.verdicts.items() if v.verdict is told)
        for told in TOLD
    }
    return tuple(", ".join(f"{name} {n}" for name, n in found[told].items()) or "-" for told in TOLD)


def worst_peak_s(result: SetResult, peaks_s: tuple[float, ...]) -> float | None:
    """The largest distance in seconds of a counted repetition's peak from the nearest labelled one."""
    counted = [rep.peak_s for rep in result.reps if rep.counted]
    if not counted or not peaks_s:
        return None
    return max(min(abs(peak - label) for label in peaks_s) for peak in counted)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--videos", action="store_true")
    chosen = parser.parse_args()
    labels = read_labels(chosen.folder)
    tables, wrong = _in_library(chosen.folder, labels)
    others, false = _everything(chosen.folder, labels)
    text = f"{tables}\n\n{others}"
    if chosen.videos:
        text += "\n\n" + _videos(chosen.folder)
    print(text)
    if chosen.write:
        write("real", "python -m benchmarks.real FOLDER --write", text)
    return 1 if wrong or false else 0


def _in_library(folder: Path, labels: list[Label]) -> tuple[str, bool]:
    rows, told_rows, exact, known = [], [], 0, 0
    for label in labels:
        if label.exercise is None:
            continue
        result = analyse(folder / "tracks" / label.track, label.exercise).result
        peak = worst_peak_s(result, label.peaks_s)
        told = told_of(label, result)
        told_rows.append((label.name, label.exercise, label.faults or "-", *what_was_told(result)))
        known += told in ("exact", "MISSED")
        exact += told == "exact"
        rows.append(
            (
                label.name,
                label.exercise,
                "?" if label.reps is None else label.reps,
                result.counted,
                result.attempts,
                result.view or "-",
                "-" if peak is None else f"{peak:.2f}",
                told,
            )
        )
    header = ("clip", "exercise", "people counted", "counted", "attempts", "view", "peak off by, s", "")
    counts = f"{markdown(header, rows)}\n\nExact in {exact} of {known} clips."
    checks = ("clip", "exercise", "what people saw that was wrong", *(told.value for told in TOLD))
    return f"{counts}\n\n{markdown(checks, told_rows)}", exact < 0.9 * known


def _everything(folder: Path, labels: list[Label]) -> tuple[str, bool]:
    rows, false = [], 0
    ids = exercise_ids()
    for label in labels:
        counts = [analyse(folder / "tracks" / label.track, name).result.counted for name in ids]
        zero = [n for n, c in zip(ids, counts, strict=True) if c and (label.exercise != n or label.reps == 0)]
        false += bool(zero)
        rows.append((label.name, label.exercise or "none of these", *counts, "FALSE" if zero else ""))
    header = ("clip", "shows", *ids, "")
    told = f"A repetition counted where the right answer is 0: {false} of {len(labels)} clips."
    return f"{markdown(header, rows)}\n\n{told}", false > 0


def _videos(folder: Path) -> str:
    rows = []
    for name, (shown, reps, peaks) in VIDEOS.items():
        for exercise in [shown] if shown else exercise_ids():
            result = analyse(folder / "videos" / f"{name}.mp4", exercise).result
            found = ", ".join(f"{rep.peak_s:.1f}" for rep in result.reps if rep.counted)
            wanted = ", ".join(f"{peak:.1f}" for peak in peaks)
            rows.append((name, exercise, reps, result.counted, wanted or "-", found or "-"))
    return markdown(("video", "analysed as", "people counted", "counted", "peaks, s", "found, s"), rows)


if __name__ == "__main__":
    sys.exit(main())
