"""The offline pipeline on a saved track: what comes out beside the result, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from coach.errors import CoachError, ExerciseError, OutputError, TrackError
from coach.judge import Judgement, load_exercise
from coach.pose import ModelName, PoseTrack
from coach.report import without_pictures
from coach.video import Analysis, VideoFrame, analyse
from coach.video.analysis import WHOLE, Options, Watcher, _within
from tests.judge.films import hikes, joined, squats
from tests.judge.waves import Move
from tests.skeletons import bridge, cycles, film
from tests.video.conftest import Clip


@pytest.fixture
def track(tmp_path: Path) -> Path:
    """Two bridges, straight at the top, held too short."""
    path = tmp_path / "bridge.npz"
    values = np.append(cycles(122.0, 178.0, count=2), np.full(30, 122.0))
    film(bridge, values).save(path)
    return path


def test_the_curve_is_the_main_angle(track: Path) -> None:
    curve = analyse(track, "bridge").curve
    assert (curve.measure, curve.unit) == ("hip_extension", "deg")
    assert len(curve.t) == len(curve.value)
    assert 165 < np.nanmax(curve.value) < 185


def test_the_curve_follows_the_side_of_each_repetition() -> None:
    name = "hip_hiker"
    frames = joined(hikes(2, side="left"), hikes(2, side="right"))
    watcher = Watcher(load_exercise(name), Options())
    shown = [watcher.judge(frame).side for frame in frames]
    analysis = watcher.finish("track")
    left, right = ([rep for rep in analysis.result.reps if rep.side == side] for side in ("left", "right"))
    assert len(left) == len(right) == 2
    t, value = analysis.curve.t, analysis.curve.value
    middle_s = (left[-1].end_s + right[0].start_s) / 2
    (lost,) = np.flatnonzero(np.isnan(value))
    assert t[lost] == pytest.approx(middle_s, abs=0.1), (
        "the line is broken where the side changes, and only there"
    )
    assert len(set(shown)) == 2


def test_progress_ends_with_the_whole(track: Path) -> None:
    told: list[tuple[float, float]] = []
    analyse(track, "bridge", on_progress=lambda done_s, total_s: told.append((done_s, total_s)))
    assert told[-1][0] == pytest.approx(told[-1][1])
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_each_fault_has_the_pose_that_shows_it(track: Path) -> None:
    analysis = analyse(track, "bridge")
    assert analysis.result.faults["hold"] == 2
    assert analysis.moments
    for moment in analysis.moments:
        verdict = analysis.result.parts[moment.number - 1].verdicts[moment.check]
        assert verdict.verdict is Judgement.FAULT
        assert verdict.at_s is not None
        assert moment.frame.t == pytest.approx(verdict.at_s, abs=0.1)
        assert moment.joints


def test_a_track_is_saved_again_as_it_was(track: Path, tmp_path: Path) -> None:
    analyse(track, "bridge", track=tmp_path / "again.npz")
    assert np.array_equal(PoseTrack.load(tmp_path / "again.npz").xy, PoseTrack.load(track).xy, equal_nan=True)


def test_bad_input_is_refused_with_one_sentence(track: Path, tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="bridge"):
        analyse(track, "brigde")
    with pytest.raises(TrackError, match="no file"):
        analyse(tmp_path / "none.npz", "bridge")
    with pytest.raises(CoachError, match="no pictures"):
        analyse(track, "bridge", annotated=tmp_path / "x.mp4")
    with pytest.raises(OutputError, match="does not exist"):
        analyse(track, "bridge", track=tmp_path / "none" / "x.npz")


def test_a_scout_that_never_looked_is_closed_too(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the pose model cannot be loaded."""
    closed: list[bool] = []

    class Idle:
        def close(self) -> None:
            closed.append(True)

    def missing(model: ModelName) -> None:
        raise CoachError("The pose model is missing.")

    monkeypatch.setattr("coach.video.analysis.Scout", Idle)
    monkeypatch.setattr("coach.video.analysis.MediaPipeEstimator", missing)
    with pytest.raises(CoachError, match="missing"):
        analyse(clip(), "squat")
    assert closed == [True]


def test_versions_say_what_made_the_result(track: Path) -> None:
    versions = analyse(track, "bridge").result.versions
    assert versions["model"] == "track"
    assert {"form_coach", "error_table", "format"} <= set(versions)


def test_the_error_that_is_told_of_a_track_is_that_of_the_model_that_saw_it(
    track: Path, tmp_path: Path
) -> None:
    """Of a saved track too the quicker model errs by more, and what is told is what it was judged with."""
    replace(PoseTrack.load(track), model="lite").save(tmp_path / "lite.npz")
    usual, quicker = (
        without_pictures(analyse(path, "bridge"), "x", datetime.now(UTC)).range_band_deg
        for path in (track, tmp_path / "lite.npz")
    )
    assert usual is not None and quicker is not None and usual < quicker


def test_what_is_broken_off_since_nobody_watches_further_leaves_nothing_behind() -> None:
    """Neither a fault that was said while it lasted, nor the picture of one."""
    slow = Move(2.0, 2.5, 2.0, pause_s=1.2, height=1.0)
    frames = [frame for frame in squats(2, 15, move=slow, trunk_deg=80.0) if frame.t < 12.3]

    def watched(goes_on: bool) -> Analysis:
        watcher = Watcher(load_exercise("squat"), Options())
        for frame in frames:
            watcher.judge(frame)
        return watcher.finish("track", goes_on=goes_on)

    kept, left_out = watched(goes_on=False), watched(goes_on=True)
    assert [rep.why_not_code for rep in kept.result.reps] == [None, "unfinished"]
    assert kept.result.faults["trunk"] == 2 and kept.moments[-1].number == 2
    assert (len(left_out.result.reps), left_out.result.attempts) == (1, 1)
    assert left_out.result.faults["trunk"] == 1
    assert {moment.number for moment in left_out.moments} == {1}


@pytest.mark.parametrize(
    ("exercise", "asked", "used"),
    [("squat", None, "full"), ("runners_lunge", None, "heavy"), ("runners_lunge", "full", "full")],
)
def test_a_file_is_seen_by_the_model_that_the_exercise_is_worth(
    exercise: str, asked: ModelName | None, used: str, clip: Clip
) -> None:
    result = analyse(clip(), exercise, model=asked).result
    assert result.versions["model"].startswith(f"{used}, mediapipe")


def test_only_the_seconds_that_are_asked_for_are_watched() -> None:
    picture = np.zeros((2, 2, 3), np.uint8)
    frames = [VideoFrame(t / 2, picture) for t in range(10)]
    assert [frame.t for frame in _within(iter(frames), 1.0, 2.0)] == [1.0, 1.5, 2.0]
    assert [frame.t for frame in _within(iter(frames), *WHOLE)] == [frame.t for frame in frames]
