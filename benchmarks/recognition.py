"""Which exercise is named in clips of one exercise, and which sets are found in workouts put together from them.

    python -m benchmarks.recognition [--real FOLDER] [--rendered DIR …] [--write]

FOLDER is that of benchmarks.real; DIR holds clips as the studio writes them, with the landmarks of the model beside
them (NAME.full.npz).  A clip is named right when every set of which it is sure is of the exercise that it shows.
The workouts are rendered clips one after the other: with a cut between, and with some seconds of standing still.
The exit code is 1 when anything is named wrongly where it says sure, or fewer than 8 in 10 are named.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.real import Label, read_labels
from benchmarks.tables import markdown, write
from benchmarks.true_facts import TrueFacts
from coach.judge import FoundSet, WorkoutResult, exercise_ids, load_exercise
from coach.pose import PoseTrack
from coach.video import analyse_workout

MIN_NAMED = 0.8
NEAR_S = 2.0  # by so much a set's start and end may be off
STILL_S = 6.0  # standing between the clips of a workout


@dataclass(frozen=True, slots=True)
class Shown:
    """A track and what it shows: an exercise of the library, or None; `seen`: whether that can be judged in it."""

    track: Path
    exercise: str | None
    seen: bool = True

    @property
    def name(self) -> str:
        """The clip's name, without the endings."""
        return self.track.name.split(".")[0]


def real_clips(folder: Path) -> list[Shown]:
    """The clips of real people."""
    return [real_clip(folder, label) for label in read_labels(folder)]


def real_clip(folder: Path, label: Label) -> Shown:
    """A labelled one; without a whole repetition, or from a view not judged, naming nothing is right too."""
    seen = (
        label.exercise is not None and label.reps != 0 and label.view in load_exercise(label.exercise).views
    )
    return Shown(folder / "tracks" / label.track, label.exercise, seen)


def rendered_clips(folder: Path) -> list[Shown]:
    """The rendered clips; from a wrong view nothing is to be named."""
    found = []
    for path in sorted(folder.glob("*.full.npz")):
        truth = path.with_name(path.name.split(".")[0] + ".json")
        facts = TrueFacts.load(truth)
        known = facts.exercise if facts.exercise in exercise_ids() else None
        found.append(Shown(path, known, any(check.seen for check in facts.checks.values())))
    return found


def verdict(shown: Shown, result: WorkoutResult) -> str:
    """right, WRONG, not sure, or nothing."""
    named = {one.exercise for one in result.sets if one.exercise is not None}
    if named:
        return "right" if named == {shown.exercise} else "WRONG"
    return "not sure" if result.sets else "nothing"


def told(one: FoundSet) -> str:
    """A set in a cell of a table."""
    name = one.exercise or f"? {' or '.join(one.candidates)}"
    count = "" if one.result is None else f" {one.result.counted} of {one.result.attempts},"
    return f"{name}{count} {one.start_s:.0f}-{one.end_s:.0f} s"


def all_told(sets: Sequence[FoundSet]) -> str:
    """What was found in a film, in a cell."""
    return "; ".join(map(told, sets)) or "-"


def clip_table(clips: Sequence[Shown]) -> tuple[str, bool]:
    """A row for each clip, and whether too many are wrong."""
    rows, verdicts = [], []
    for clip in clips:
        result = analyse_workout(clip.track).result
        found = verdict(clip, result)
        verdicts.append((clip, found))
        shows = clip.exercise or "none of these"
        rows.append((clip.name, shows, all_told(result.sets), found))
    wanted = [found for clip, found in verdicts if clip.exercise is not None and clip.seen]
    named, wrong = wanted.count("right"), sum(found == "WRONG" for _, found in verdicts)
    text = markdown(("clip", "shows", "found", ""), rows)
    text += f"\n\nNamed in {named} of {len(wanted)} clips that can be judged; named wrongly in {wrong} of {len(clips)}."
    return text, bool(wrong) or named < MIN_NAMED * len(wanted)


# --- workouts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrueSet:
    """A set as it was put into a workout."""

    exercise: str
    start_s: float
    end_s: float
    counted: int


def workout(clips: Sequence[Shown], still_s: float) -> tuple[PoseTrack, list[TrueSet]]:
    """Clips one after the other, each standing still for a time at its end; and the true sets."""
    tracks, sets, begin_s = [], [], 0.0
    for clip in clips:
        track = PoseTrack.load(clip.track)
        facts = TrueFacts.load(clip.track.with_name(f"{clip.name}.json"))
        first, last = min(p.start_s for p in facts.parts), max(p.end_s for p in facts.parts)
        shift_s = begin_s - float(track.t[0])
        hold = load_exercise(facts.exercise).hold
        counted = facts.expected(None if hold is None else hold.target_s)
        sets.append(TrueSet(facts.exercise, first + shift_s, last + shift_s, counted))
        tracks.append(shifted(track, shift_s))
        if still_s:
            tracks.append(standing_still(tracks[-1], still_s))
        begin_s = float(tracks[-1].t[-1]) + 0.05
    return joined(tracks), sets


def shifted(track: PoseTrack, by_s: float) -> PoseTrack:
    """The same, later."""
    return replace(track, t=track.t + by_s)


def standing_still(track: PoseTrack, seconds: float, fps: int = 20) -> PoseTrack:
    """The last pose of a track, kept for some seconds, with the noise of a model."""
    n = round(seconds * fps)
    noise = np.random.default_rng(0).normal(0, 0.5, (n, *track.xy.shape[1:])).astype(np.float32)
    last = [
        np.repeat(values[-1:], n, axis=0) for values in (track.xy, track.visibility, track.world, track.light)
    ]
    t = float(track.t[-1]) + np.arange(1, n + 1) / fps
    return PoseTrack(t, last[0] + noise, last[1], last[2], track.size, last[3])


def joined(tracks: Sequence[PoseTrack]) -> PoseTrack:
    """One after the other, in the picture of the first."""
    size = tracks[0].size
    scaled = [t.xy * np.array([size[0] / t.size[0]] * 2, np.float32) for t in tracks]
    rest = [[getattr(t, name) for t in tracks] for name in ("t", "visibility", "world", "light")]
    t, visibility, world, light = (np.concatenate(values) for values in rest)
    return PoseTrack(t, np.concatenate(scaled), visibility, world, size, light)


def workouts(clips: Sequence[Shown]) -> Iterator[list[Shown]]:
    """Rows of clips in which each exercise stands beside another one: every clip is in one of them."""
    by_exercise: dict[str, list[Shown]] = {}
    for clip in clips:
        if clip.exercise is not None and clip.seen:
            by_exercise.setdefault(clip.exercise, []).append(clip)
    for i in range(max(map(len, by_exercise.values()), default=0)):
        row = [found[i] for found in by_exercise.values() if i < len(found)]
        if len(row) > 1:
            yield row if i % 2 == 0 else row[::-1]


def workout_table(clips: Sequence[Shown]) -> tuple[str, bool]:
    """A row for each true set, and whether any was named wrongly."""
    rows: list[tuple[object, ...]] = []
    right = exact = wrong = number = 0
    for row in workouts(clips):
        for still_s in (0.0, STILL_S):
            number += 1
            track, sets = workout(row, still_s)
            with TemporaryDirectory() as folder:
                path = Path(folder) / "workout.npz"
                track.save(path)
                found = list(analyse_workout(path).result.sets)
            for true in sets:
                own = next((f for f in found if f.exercise == true.exercise and _overlap(f, true)), None)
                if own is not None:
                    found.remove(own)
                off = None if own is None else (own.start_s - true.start_s, own.end_s - true.end_s)
                near = off is not None and max(map(abs, off)) <= NEAR_S
                counted = own is not None and own.result is not None and own.result.counted == true.counted
                right, exact = right + near, exact + (near and counted)
                rows.append(
                    (
                        f"{number}, {'standing' if still_s else 'cut'}",
                        f"{true.exercise} {true.start_s:.0f}-{true.end_s:.0f} s",
                        true.counted,
                        "-" if own is None or own.result is None else own.result.counted,
                        "-" if off is None else f"{off[0]:+.1f} / {off[1]:+.1f}",
                        "" if near and counted else "count" if near else "times" if own else "MISSED",
                    )
                )
            for extra in found:
                sure = extra.exercise is not None
                wrong += sure
                rows.append((f"{number}", "nothing", "-", told(extra), "-", "WRONG" if sure else "not sure"))
    header = ("workout, between", "true set", "counted", "found", "start / end off, s", "")
    text = markdown(header, rows)
    total = sum(1 for row in rows if row[1] != "nothing")
    text += (
        f"\n\nFound with both ends within {NEAR_S:g} s: {right} of {total} sets, {exact} of these with the exact "
        f"count. Sets found that were none: {wrong}."
    )
    return text, wrong > 0


def _overlap(found: FoundSet, true: TrueSet) -> bool:
    return min(found.end_s, true.end_s) > max(found.start_s, true.start_s)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--rendered", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    texts, bad = [], False
    if chosen.real is not None:
        text, wrong = clip_table(real_clips(chosen.real))
        texts.append(f"## Real people\n\n{text}")
        bad = bad or wrong
    rendered = [clip for folder in chosen.rendered for clip in rendered_clips(folder)]
    if rendered:
        for title, table in (("Rendered people", clip_table), ("Workouts", workout_table)):
            text, wrong = table(rendered)
            texts.append(f"## {title}\n\n{text}")
            bad = bad or wrong
    print("\n\n".join(texts))
    if chosen.write:
        write(
            "recognition",
            "python -m benchmarks.recognition --real FOLDER --rendered DIR --write",
            "\n\n".join(texts),
        )
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
