"""Probes: a measure on one side, and what blocks it."""

from math import isnan

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.judge.samples import (
    Probe,
    Probes,
    Recording,
    Sample,
    moving_landmarks,
    still_landmarks,
    travelling_landmarks,
)
from coach.motion import Body, Situation
from coach.pose import INDEX
from tests.judge.files import CURL, SIT, changed, parsed, with_checks
from tests.skeletons import LEFT, RIGHT, believed, hip_hiker, squat, without


def situation(view: str | None = "side") -> Situation:
    return Situation(90.0, view, "right", "standing")  # type: ignore[arg-type]  # a view's name


def test_a_probe_measures_its_own_side() -> None:
    body = Body.of(hip_hiker(10.0, "right"))
    assert Probe.of("pelvic_drop", "right").value(body) == pytest.approx(10.0, abs=0.1)
    assert Probe.of("pelvic_drop", "left").value(body) == pytest.approx(-10.0, abs=0.1)


def test_what_the_model_does_not_believe_is_not_measured() -> None:
    frame = squat(1.0, camera=RIGHT)
    knee = Probe.of("knee_flexion", "right")
    assert knee.value(Body.of(frame)) == pytest.approx(115.0, abs=0.1)
    assert isnan(knee.value(Body.of(believed(frame, 0.4, "right_knee"))))
    assert isnan(knee.value(Body.of(believed(frame, float("nan"), "right_knee"))))
    assert isnan(knee.value(Body.of(without(frame, "right_knee"))))
    assert isnan(Probe.of("knee_flexion", "left").value(Body.of(frame))), "the far side is hidden"


def test_the_visibility_of_hips_and_shoulders_says_nothing() -> None:
    frame = believed(squat(1.0, camera=RIGHT), 0.1, "right_hip", "right_shoulder")
    assert Probe.of("trunk_inclination", "right").value(Body.of(frame)) == pytest.approx(40.0, abs=0.1)


def test_nothing_blocks_what_is_seen() -> None:
    assert Probe.of("knee_flexion", "right").blocked_by(Body.of(squat()), situation(), ("side",)) == ""


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("front", "the camera stands in front; this is seen from the side"),
        ("back", "the camera stands behind; this is seen from the side"),
        ("three_quarter", "the camera stands half-way to the side; this is seen from the side"),
        (None, "the camera stands elsewhere; this is seen from the side"),
    ],
)
def test_the_wrong_view_is_said_in_words(view: str | None, said: str) -> None:
    probe = Probe.of("knee_flexion", "right")
    assert probe.blocked_by(Body.of(squat()), situation(view), ("side",)) == said


def test_a_hidden_joint_is_named() -> None:
    probe = Probe.of("heel_rise", "left")
    body = Body.of(believed(squat(camera=LEFT), 0.2, "left_foot_index"))
    assert "left toes" in probe.blocked_by(body, situation(), ("side",))


# --- all probes of an exercise ----------------------------------------------------------------------------


def test_each_measure_is_taken_once_and_the_signal_first() -> None:
    curl = Probes(parsed(CURL), "right")
    assert curl.keys == [("knee_flexion", False), ("trunk_inclination", False)]
    assert Probes(parsed(SIT), "right").keys == curl.keys
    for name in ("squat", "bridge", "hip_hiker", "pigeon"):
        keys = Probes(load_exercise(name), "left").keys
        assert len(set(keys)) == len(keys)


def test_a_check_of_the_other_side_has_its_own_probe() -> None:
    exercise = with_checks(near={}, far={"side": "other"})
    probes = Probes(exercise, "left")
    assert probes.keys[1:] == [("trunk_inclination", False), ("trunk_inclination", True)]
    assert [probes.probes[probes.of_check(name)].side for name in ("near", "far")] == ["left", "right"]
    assert probes.of_measure("trunk_inclination") == 1


def test_values_come_in_the_order_of_the_probes() -> None:
    probes = Probes(parsed(CURL), "right")
    assert probes.values(Body.of(squat(1.0))) == pytest.approx((115.0, 40.0), abs=0.1)


# --- recordings -------------------------------------------------------------------------------------------


def sample(t: float, view: str = "side", scale: float = 1.0) -> Sample:
    return Sample(t, t, (t, 2 * t), (complex(t, 1),), scale, view)  # type: ignore[arg-type]  # a view's name


def test_a_recording_is_its_samples_as_arrays() -> None:
    seen = Recording([sample(0.0), sample(0.1), sample(0.2)])
    assert (seen.t.shape, seen.x.shape, seen.values.shape, seen.places.shape) == ((3,), (3,), (3, 2), (3, 1))
    np.testing.assert_allclose(seen.values[:, 1], [0.0, 0.2, 0.4])


def test_the_view_is_that_of_most_frames_and_the_scale_the_median() -> None:
    seen = Recording([sample(0.0, "front", 90), sample(0.1, "side", 100), sample(0.2, "side", 400)])
    assert (seen.view, seen.scale) == ("side", 100)


def test_without_joints_that_stay_there_are_no_places() -> None:
    seen = Recording([Sample(0.0, 0.0, (), (), 1.0, "side")])
    assert (seen.values.shape, seen.places.shape) == ((1, 0), (1, 0))


def test_the_joints_that_stay_are_those_of_the_side() -> None:
    hiker = load_exercise("hip_hiker")
    assert still_landmarks(hiker, "right") == (INDEX["left_ankle"], INDEX["right_ankle"])
    assert still_landmarks(hiker, "left") == (INDEX["right_ankle"], INDEX["left_ankle"])
    assert still_landmarks(load_exercise("pigeon"), "left") == ()
    assert moving_landmarks(hiker, "left") == (INDEX["left_ankle"], INDEX["right_ankle"])
    assert moving_landmarks(load_exercise("bridge"), "left") == ()
    assert travelling_landmarks(load_exercise("step_up"), "left") == (INDEX["left_hip"],)
    assert travelling_landmarks(hiker, "left") == ()


def test_a_condition_of_the_other_side_has_its_own_probe() -> None:
    only = [{"measure": "hip_height", "min": 0.75}, {"measure": "hip_height", "min": 0.75, "side": "other"}]
    exercise = changed("repetition", only=only)
    probes = Probes(exercise, "left")
    assert exercise.repetition is not None
    own, far = (probes.of_condition(condition) for condition in exercise.repetition.only)
    assert [probes.probes[i].side for i in (own, far)] == ["left", "right"]


def seen_at(*spans: tuple[float, float], left_out: tuple[float, ...] = (), fps: int = 20) -> Recording:
    """A recording with samples within these spans of time only."""
    times = [i / fps for i in range(10 * fps) if any(start <= i / fps <= end for start, end in spans)]
    return Recording(
        [Sample(t, 0.0, (0.0,), (), 1.0, "side") for t in times],
        [Sample(t, 0.0, (0.0,), (), 1.0, "side") for t in left_out],
    )


def test_the_share_of_a_part_that_nobody_saw_is_known() -> None:
    whole = slice(0, 1000)
    assert seen_at((0, 4)).share_hidden(whole, 0) == 0
    assert seen_at((0, 1.5), (2.5, 4)).share_hidden(whole, 0) == pytest.approx(0.25, abs=0.02)
    assert seen_at((0, 1.5), (1.7, 4)).share_hidden(whole, 0) == 0, "a moment"
    unsteadily = tuple(1.5 + i / 20 for i in range(20))
    assert seen_at((0, 1.5), (2.5, 4), left_out=unsteadily).share_hidden(whole, 0) == 0


def test_what_was_not_seen_at_the_beginning_of_a_part_is_hidden_too() -> None:
    seen = seen_at((0, 1), (2, 3))
    second = slice(21, 42)
    assert seen.t[second][0] == 2
    assert seen.share_hidden(second, 0) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("fps", [2, 4, 5])
def test_the_pictures_of_a_slow_camera_hide_nothing(fps: int) -> None:
    assert seen_at((0, 8), fps=fps).share_hidden(slice(0, 100), 0) == 0
