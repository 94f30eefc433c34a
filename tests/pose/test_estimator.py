"""The model itself, on as few pictures as tell whether it is held rightly."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from coach.errors import CoachError
from coach.pose import MODELS, MediaPipeEstimator, ModelName, Scout, at, estimator
from coach.pose.estimator import model_path, quiet
from sample_videos.studio.performance import Performance
from sample_videos.studio.scene import read_scene
from sample_videos.studio.skeleton import Body

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_videos"
BOTTOM, BOTTOM_S = 74, 3.7  # the frame of squat_clean at the first squat's lowest point


@pytest.fixture(scope="module")
def lite() -> Iterator[MediaPipeEstimator]:
    with MediaPipeEstimator("lite") as made:
        yield made


@pytest.fixture(scope="module")
def squat_picture() -> Any:
    with av.open(str(SAMPLES / "squat_clean.mp4")) as container:
        for i, frame in enumerate(container.decode(video=0)):
            if i == BOTTOM:
                return frame.to_ndarray(format="rgb24")
    raise AssertionError("the clip is shorter than it was")


def true_place(t: float, landmark: int) -> Any:
    """Where a landmark of squat_clean truly is in the picture, (2,) pixels."""
    scene = read_scene(SAMPLES / "scenes" / "squat_clean.yaml")
    performance = Performance(scene, Body.load(scene.who))
    posture = performance.posture(t)
    assert posture is not None
    landmarks = performance.body.landmarks(performance.body.place(posture))
    return performance.camera.project(landmarks[landmark])


def test_a_squat_has_its_near_knee_where_it_truly_is(lite: MediaPipeEstimator, squat_picture: Any) -> None:
    frame = lite.estimate(squat_picture, BOTTOM_S)
    assert frame.found
    assert frame.t == BOTTOM_S
    assert frame.size == (640, 480)
    off = frame.xy[at("left", "knee")] - true_place(BOTTOM_S, at("left", "knee"))
    assert np.hypot(*off) < 15
    assert frame.visibility[at("left", "knee")] > 0.9
    hips = frame.world[[at("left", "hip"), at("right", "hip")]].mean(axis=0)
    np.testing.assert_allclose(hips, 0, atol=0.02)


@pytest.mark.parametrize("times", [[10.0, 10.0, 10.0], [10.0, 9.0, 0.0, -5.0]])
def test_times_that_do_not_rise_are_told_as_they_are(
    lite: MediaPipeEstimator, squat_picture: Any, times: list[float]
) -> None:
    frames = [lite.estimate(squat_picture, t) for t in times]
    assert [frame.t for frame in frames] == times
    assert all(frame.found and frame.model == "lite" for frame in frames)


def test_a_picture_that_is_a_view_of_another_is_accepted(
    lite: MediaPipeEstimator, squat_picture: Any
) -> None:
    assert lite.estimate(squat_picture[::2, ::2], 20.0).size == (320, 240)


def test_an_empty_picture_has_no_pose_and_closing_twice_is_fine() -> None:
    made = MediaPipeEstimator("lite")
    frame = made.estimate(np.zeros((120, 160, 3), np.uint8), 0.5)
    assert not frame.found
    assert (frame.t, frame.size) == (0.5, (160, 120))
    made.close()
    made.close()


def test_the_scout_finds_whoever_is_there_and_may_be_closed_twice(squat_picture: Any) -> None:
    scout = Scout()
    assert scout.look(np.zeros((120, 160, 3), np.uint8), 0.0) == []
    (person,) = scout.look(squat_picture, 1.0)
    assert person.t == 1.0
    scout.close()
    scout.close()


def test_of_two_who_keep_stderr_quiet_the_last_one_puts_it_back() -> None:
    """Two models are loaded on two threads, and the first to begin need not be the last to end."""
    before = os.fstat(2)
    one, two = quiet(), quiet()
    with ExitStack() as first, ExitStack() as second:
        first.enter_context(one)
        second.enter_context(two)
        first.close()
        assert not os.path.samestat(os.fstat(2), before)
    assert os.path.samestat(os.fstat(2), before)


def test_what_others_write_while_a_model_is_kept_quiet_is_not_lost(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with quiet():
        os.write(2, b"WARNING: Read-only tensor #1\nW0000 00:00:1 5 some.cc:81] Using\nsomething failed\n")
        os.write(2, b"INFO:     Started server\n")
    assert capfd.readouterr().err == "something failed\nINFO:     Started server\n"


def test_where_nobody_reads_stderr_any_more_a_model_goes_on() -> None:
    kept = os.dup(2)
    reads, writes = os.pipe()
    os.close(reads)
    os.dup2(writes, 2)
    try:
        with quiet():
            os.write(2, b"something failed\n")
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(writes)


def test_where_a_model_found_somebody_before_stderr_is_left_alone(
    lite: MediaPipeEstimator, squat_picture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lite.estimate(squat_picture, 30.0).found
    with MediaPipeEstimator("lite") as another:
        monkeypatch.setattr(estimator, "quiet", lambda: pytest.fail("stderr was turned away"))
        assert not another.estimate(np.zeros((120, 160, 3), np.uint8), 0.0).found


def test_a_disk_without_room_keeps_no_model_from_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError("no space left")

    before = os.fstat(2)
    monkeypatch.setattr(estimator, "TemporaryFile", full)
    with quiet():
        assert os.path.samestat(os.fstat(2), before)
    assert os.path.samestat(os.fstat(2), before)


@pytest.mark.parametrize("model", MODELS)
def test_the_models_are_the_ones_that_were_measured(model: ModelName) -> None:
    path = model_path(model)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert f"  {digest}  {path.name}\n" in (ROOT / "NOTICE").read_text("utf-8")


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(estimator, "MODEL_FOLDER", tmp_path)
    with pytest.raises(CoachError, match=r"'full' is missing.*install"):
        model_path("full")
