"""Before anything is judged: somebody, all of them, the right view, the right position, enough light."""

from dataclasses import replace

import pytest

from coach.judge import load_exercise
from coach.judge.readiness import Readiness, readiness
from coach.judge.say import joint, say
from coach.motion import Body, Observer
from coach.pose import UNSTEADY_LEGS, PoseFrame, Side
from tests.skeletons import (
    BACK,
    FRONT,
    LEFT,
    RIGHT,
    Camera,
    believed,
    bridge,
    hip_hiker,
    pigeon,
    squat,
    standing,
    supine,
    without,
)


def gate(frame: PoseFrame, exercise: str = "squat", side: Side = "right") -> Readiness:
    body = Body.of(frame)
    return readiness(load_exercise(exercise), frame, body, Observer().step(0.0, body), side)


def advice(frame: PoseFrame, exercise: str = "squat", side: Side = "right") -> tuple[str, str]:
    found = gate(frame, exercise, side)
    assert not found.ready and found.advice is not None and found.advice.kind == "advice"
    return found.advice.code, found.advice.text


@pytest.mark.parametrize(
    ("frame", "exercise", "side"),
    [
        (squat(0.0), "squat", "right"),
        (squat(1.0), "squat", "right"),
        (squat(1.0, camera=LEFT), "squat", "left"),
        (squat(0.5, camera=FRONT), "squat", "left"),
        (squat(0.5, camera=Camera(45)), "squat", "right"),
        (bridge(122.0), "bridge", "right"),
        (bridge(190.0, camera=LEFT), "bridge", "left"),
        (hip_hiker(0.0), "hip_hiker", "left"),
        (hip_hiker(15.0, camera=BACK), "hip_hiker", "right"),
        (pigeon("right"), "pigeon", "right"),
    ],
)
def test_who_is_seen_as_the_exercise_asks_is_ready(frame: PoseFrame, exercise: str, side: Side) -> None:
    assert gate(frame, exercise, side) == Readiness(True)


def test_nobody_is_asked_to_step_in() -> None:
    assert advice(PoseFrame.empty(0.0, (640, 480))) == ("advice.nobody", say("en")("advice.nobody"))


def test_in_the_dark_light_comes_first() -> None:
    assert advice(PoseFrame.empty(0.0, (640, 480), light=0.05))[0] == "advice.light"
    assert advice(replace(squat(), doubt="unsteady", light=0.05))[0] == "advice.light"
    assert gate(replace(squat(), light=0.05)).ready, "what is seen in the dark is judged"


def test_a_body_that_cannot_be_is_not_judged() -> None:
    assert advice(replace(squat(), doubt="upside_down"))[0] == "advice.doubt"


def test_with_unsteady_legs_only_what_the_file_says_is_counted() -> None:
    assert advice(replace(squat(), doubt=UNSTEADY_LEGS))[0] == "advice.doubt"
    found = gate(replace(squat(), doubt=UNSTEADY_LEGS), "lunge")
    assert found.ready and found.advice is not None
    assert found.advice.code == "advice.only_counts"
    assert not gate(replace(squat(), doubt="unsteady"), "lunge").ready


@pytest.mark.parametrize("camera", [RIGHT, FRONT, BACK])
def test_feet_below_the_picture_ask_for_a_step_back(camera: Camera) -> None:
    cropped = squat(camera=replace(camera, floor_px=(320.0, 500.0)))
    assert advice(cropped) == ("advice.cut_off", "Step back: your feet are outside the picture")


def test_a_shoulder_beside_the_picture_is_named() -> None:
    lying = bridge(122.0, camera=replace(RIGHT, floor_px=(130.0, 420.0)))
    assert advice(lying, "bridge") == ("advice.cut_off", "Step back: your shoulders are outside the picture")


def test_the_joints_that_are_cut_off_are_named_in_full() -> None:
    cue = gate(squat(camera=replace(RIGHT, floor_px=(320.0, 500.0)))).advice
    assert cue is not None and cue.joints == ("right_ankle",)


def test_too_near_and_too_far_are_told_apart() -> None:
    near = replace(RIGHT, px_per_m=600, floor_px=(320.0, 1040.0))
    assert advice(standing(camera=near))[0] == "advice.too_near"
    assert advice(squat(camera=replace(RIGHT, px_per_m=40)))[0] == "advice.too_far"


@pytest.mark.parametrize(
    ("frame", "exercise"),
    [
        (bridge(150.0, camera=Camera(45)), "bridge"),
        (hip_hiker(5.0, camera=RIGHT), "hip_hiker"),
        (pigeon(camera=BACK), "pigeon"),
    ],
)
def test_the_wrong_view_is_answered_in_the_words_of_the_file(frame: PoseFrame, exercise: str) -> None:
    assert advice(frame, exercise) == ("advice.view", load_exercise(exercise).wrong_view.rstrip("."))


def test_the_wrong_position_is_answered_with_the_start() -> None:
    code, text = advice(standing(), "bridge")
    assert code == "advice.position" and load_exercise("bridge").start.rstrip(".") in text
    assert advice(supine(), "squat")[0] == "advice.position"


def test_a_hidden_joint_is_named() -> None:
    told = ("advice.hidden", "I can't see your right ankle")
    assert advice(without(squat(), "right_ankle")) == told
    assert advice(believed(squat(), 0.3, "right_ankle")) == told


def test_the_far_side_may_be_hidden() -> None:
    assert gate(without(squat(0.0), "left_heel", "left_foot_index", "left_wrist")).ready


def test_toes_are_called_toes() -> None:
    assert [joint("left_foot_index"), joint("right_knee")] == ["your left toes", "your right knee"]
