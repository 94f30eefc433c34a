"""Real people, where their recordings are at hand."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks.real import read_labels, told_of
from coach.judge import exercise_ids, load_exercise
from coach.pose import PoseTrack, Repair
from coach.video import analyse
from coach.video.analysis import Options, Watcher


def counted(track: Path, exercises: Iterable[str]) -> dict[str, int]:
    """What each exercise counts in a track.  As in `analyse`, but that the landmarks are repaired once for all."""
    watchers = {name: Watcher(load_exercise(name), Options()) for name in exercises}
    repair = Repair()
    for frame in PoseTrack.load(track):
        repaired = repair.step(frame)
        for watcher in watchers.values():
            watcher.judge(repaired)
    return {name: watcher.finish("track").result.counted for name, watcher in watchers.items()}


def test_counts_on_real_tracks_are_exact_in_nine_of_ten(real: Path) -> None:
    told = {
        label.name: told_of(label, analyse(real / "tracks" / label.track, label.exercise).result)
        for label in read_labels(real)
        if label.exercise
    }
    missed = [name for name, how in told.items() if how == "MISSED"]
    assert len(missed) <= 0.1 * sum(how in ("exact", "MISSED") for how in told.values()), missed


def test_nothing_is_counted_where_nobody_does_the_exercise(real: Path) -> None:
    for label in read_labels(real):
        others = [one for one in exercise_ids() if one != label.exercise or label.reps == 0]
        found = counted(real / "tracks" / label.track, others)
        assert [name for name, count in found.items() if count] == [], label.name


def test_two_squats_after_eight_seconds_of_getting_ready(real: Path) -> None:
    result = analyse(real / "videos" / "squat_side.mp4", "squat").result
    assert [rep.peak_s for rep in result.reps] == pytest.approx([10.5, 17.3], abs=0.4)
    assert result.counted == result.attempts == 2
    assert all(rep.start_s > 8 for rep in result.reps)


def test_walking_is_no_exercise(real: Path, tmp_path: Path) -> None:
    track = tmp_path / "walking.npz"
    first = analyse(real / "videos" / "walking_side.mp4", "squat", track=track).result
    assert first.counted == 0
    assert set(counted(track, exercise_ids()).values()) == {0}
