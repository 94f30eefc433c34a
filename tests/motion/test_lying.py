"""Measures on the back: what was commanded is read, from the side."""

from dataclasses import replace

import numpy as np
import pytest

from coach.motion import MEASURES, Body, position_of
from coach.pose import INDEX, PoseFrame, PoseTrack, Side, other
from tests.skeletons import LEFT, RIGHT, Camera, zoomed
from tests.skeletons_lying import figure_four, hip_roll, knees_up, march, thomas

NAMES = (
    "feet_rise",
    "foot_lift",
    "trunk_rise",
    "rise_to_knee",
    "hip_lift",
    "hip_roll",
    "shoulder_lift",
    "hip_opening",
    "hips_opening",
    "ankle_across",
    "knees_distance",
    "nearer",
)
SIDES: tuple[Side, ...] = ("left", "right")
POSES = (march(0.1), hip_roll(30), knees_up(), figure_four(), thomas())


def read(name: str, frame: PoseFrame, side: Side = "left") -> float:
    return float(MEASURES[name].value(Body.of(frame), side))


@pytest.mark.parametrize("frame", POSES, ids=["march", "roll", "knees-up", "figure-four", "thomas"])
def test_they_lie_on_their_backs(frame: PoseFrame) -> None:
    assert position_of(Body.of(frame)) == "supine"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("frame", POSES, ids=["march", "roll", "knees-up", "figure-four", "thomas"])
def test_size_and_place_change_nothing(name: str, frame: PoseFrame) -> None:
    for side in SIDES:
        assert read(name, zoomed(frame, 1.7, (40, -30)), side) == pytest.approx(
            read(name, frame, side), abs=0.01
        )


@pytest.mark.parametrize("name", NAMES)
def test_a_track_reads_as_its_frames_do(name: str) -> None:
    track = PoseTrack.of(list(POSES))
    for side in SIDES:
        values = MEASURES[name].value(Body.of(track), side)
        assert values == pytest.approx([read(name, frame, side) for frame in POSES], abs=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_a_joint_that_is_not_there_gives_nothing(name: str) -> None:
    empty = PoseFrame.empty(0.0, (640, 480))
    assert np.isnan(read(name, empty))


@pytest.mark.parametrize("camera", [LEFT, RIGHT], ids=["left", "right"])
@pytest.mark.parametrize("side", SIDES)
def test_the_foot_that_is_lifted_reads_up_and_the_other_down(side: Side, camera: Camera) -> None:
    lift = {f"{side}_m": 0.1}
    changes = {s: read("foot_lift", march(**lift, camera=camera), s) for s in SIDES}  # type: ignore[arg-type]
    changes = {s: changes[s] - read("foot_lift", march(camera=camera), s) for s in SIDES}
    assert changes[side] == pytest.approx(0.1 / 0.42, abs=0.01)
    assert changes[other(side)] < 0


@pytest.mark.parametrize(("lifted", "left_m", "right_m"), [("left", 0.1, 0.11), ("right", 0.035, 0.1)])
def test_a_foot_that_drags_the_other_along_is_told_from_it(
    lifted: Side, left_m: float, right_m: float
) -> None:
    both = march(left_m, right_m, camera=LEFT)  # as the model sees a step of one foot, the left one near
    change = {s: read("foot_lift", both, s) - read("foot_lift", march(camera=LEFT), s) for s in SIDES}
    assert change[lifted] > 0.08
    assert change[other(lifted)] < 0.01


def test_a_knee_behind_the_other_one_is_at_no_distance() -> None:
    assert read("knees_distance", knees_up(camera=LEFT)) < 0.1
    assert read("knees_distance", figure_four(camera=LEFT)) > 0.3


def test_the_trunk_slopes_up_in_the_bridge() -> None:
    assert read("trunk_rise", march()) == pytest.approx(25.0, abs=0.1)
    assert read("trunk_rise", march(sag_deg=8)) == pytest.approx(17.0, abs=0.1)
    assert read("trunk_rise", knees_up()) == pytest.approx(0.0, abs=0.1)
    assert read("trunk_rise", figure_four(curl_deg=20)) == pytest.approx(-20.0, abs=0.5)


@pytest.mark.parametrize("side", SIDES)
def test_a_thigh_that_is_lifted_rises_to_the_knee(side: Side) -> None:
    lifted = march(0.1, 0.0) if side == "left" else march(0.0, 0.1)
    change = read("rise_to_knee", lifted, side) - read("rise_to_knee", march(), side)
    thigh = read("thigh_above_horizontal", march(), side) - read("thigh_above_horizontal", lifted, side)
    assert change == pytest.approx(thigh, abs=0.1) and change > 10


@pytest.mark.parametrize("side", SIDES)
def test_a_roll_lifts_the_hip_of_its_side(side: Side) -> None:
    values = [read("hip_roll", hip_roll(roll, side), side) for roll in (0, 15, 30)]
    assert values == sorted(values) and values[0] == pytest.approx(0.0, abs=0.01)
    assert read("hip_roll", hip_roll(30, side), other(side)) == pytest.approx(-values[2], abs=0.05)


@pytest.mark.parametrize("side", SIDES)
def test_a_hip_that_rolls_up_is_told_by_its_height(side: Side) -> None:
    values = [read("hip_lift", hip_roll(roll, side), side) for roll in (0, 15, 30)]
    assert values == pytest.approx([0.0, 0.12, 0.23], abs=0.02)
    assert read("hip_lift", hip_roll(30, side, foot_m=0.1), side) == pytest.approx(values[2], abs=0.001)


@pytest.mark.parametrize("camera", [LEFT, RIGHT], ids=["left", "right"])
def test_a_chest_that_rolls_along_lifts_a_shoulder(camera: Camera) -> None:
    flat, lifted = (hip_roll(0, "left", chest_m=chest_m, camera=camera) for chest_m in (0.0, 0.18))
    lifts = [read("shoulder_lift", lifted, side) - read("shoulder_lift", flat, side) for side in SIDES]
    assert lifts == pytest.approx([0.36, -0.36], abs=0.03)


@pytest.mark.parametrize("flexion", [60.0, 90.0, 110.0])
def test_the_opening_of_the_hip(flexion: float) -> None:
    assert read("hip_opening", figure_four(flexion), "right") == pytest.approx(180 - flexion, abs=0.1)


def test_the_opening_of_both_hips_is_the_same_whoever_s_knees_are_mixed_up() -> None:
    frame = figure_four(90)
    swapped = frame.xy.copy()
    swapped[[INDEX["left_knee"], INDEX["right_knee"]]] = swapped[[INDEX["right_knee"], INDEX["left_knee"]]]
    assert read("hips_opening", replace(frame, xy=swapped)) == pytest.approx(read("hips_opening", frame))
    assert read("hips_opening", figure_four(70)) > read("hips_opening", frame) + 10


def test_an_ankle_on_the_thigh_reads_nothing_whichever_leg_is_asked() -> None:
    for side in SIDES:
        assert read("ankle_across", figure_four(), side) == 0.0
        assert read("ankle_across", figure_four(across=0.0), side) > 0.2
        assert read("ankle_across", knees_up(), side) > 0.25


@pytest.mark.parametrize("side", SIDES)
def test_both_feet_are_off_the_floor_in_the_figure_four_alone(side: Side) -> None:
    assert read("feet_rise", figure_four(), side) == pytest.approx(1.14, abs=0.02)
    assert (
        read("feet_rise", figure_four(80, curl_deg=20), side)
        == read("feet_rise", figure_four(80), side)
        > 0.7
    )
    for on_the_floor in (knees_up(), march(0.1), hip_roll(30, foot_m=0.1), thomas()):
        assert read("feet_rise", on_the_floor, side) < 0


def test_the_nearer_side() -> None:
    for camera in (LEFT, RIGHT):
        frame = knees_up(camera=camera)
        assert read("nearer", frame, camera.near) == pytest.approx(1.0, abs=0.01)
        assert read("nearer", frame, other(camera.near)) == pytest.approx(-1.0, abs=0.01)


@pytest.mark.parametrize("below", [-20.0, 0.0, 15.0])
def test_the_hanging_thigh_and_its_knee(below: float) -> None:
    frame = thomas(below, 70.0)
    assert read("thigh_above_horizontal", frame) == pytest.approx(below, abs=0.1)
    assert read("knee_flexion", frame) == pytest.approx(70.0, abs=0.1)
