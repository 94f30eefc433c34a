"""View, near side, position and framing: what is known before anything is judged."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.motion import (
    Body,
    Framing,
    Observer,
    ViewName,
    framing_of,
    near_side,
    position_of,
    situations,
    view_of,
)
from coach.motion.situation import FRONT_TO_DEG, HYSTERESIS_DEG, SIDE_FROM_DEG, azimuth_deg
from coach.pose import NAMES, PoseFrame, PoseTrack, Side, other
from tests.skeletons import (
    BACK,
    FRONT,
    LEFT,
    RIGHT,
    Camera,
    Figure,
    Leg,
    bridge,
    film,
    hip_hiker,
    kneeling,
    prone,
    quadruped,
    side_lying,
    sitting,
    squat,
    standing,
    standing_at,
    supine,
    without,
    zoomed,
)

quick = settings(deadline=None, max_examples=30, derandomize=True)
EMPTY = PoseFrame.empty(0.0, (640, 480))
Make = Callable[..., PoseFrame]


def position(frame: PoseFrame) -> str:
    return str(position_of(Body.of(frame)))


def azimuth(frame: PoseFrame) -> float:
    return float(azimuth_deg(Body.of(frame)))


def off_by(a: float, b: float) -> float:
    """Degrees between two directions on the circle."""
    return abs((a - b + 180) % 360 - 180)


# --- azimuth, view and near side --------------------------------------------------------------------


@quick
@given(st.floats(-180, 180), st.sampled_from([standing, squat, bridge, supine, quadruped]))
def test_the_azimuth_is_the_cameras(commanded: float, make: Make) -> None:
    assert off_by(azimuth(make(camera=Camera(commanded))), commanded) < 0.1


@pytest.mark.parametrize("on", ["left", "right"])
@pytest.mark.parametrize(("camera", "expected"), [(FRONT, 0.0), (BACK, 180.0)])
def test_on_the_side_front_or_back_faces_the_camera(on: Side, camera: Camera, expected: float) -> None:
    assert azimuth(side_lying(on, camera=camera)) == expected


@pytest.mark.parametrize("propped", [-50.0, 50.0])
def test_whoever_props_up_the_chest_still_lies_on_the_side(propped: float) -> None:
    frame = side_lying(propped_deg=propped)
    assert (position(frame), azimuth(frame)) == ("side_lying", 0.0)


def test_the_azimuth_of_a_track_is_that_of_its_frames() -> None:
    frames = [standing(camera=LEFT), side_lying(camera=BACK), EMPTY, standing(camera=Camera(30))]
    many = azimuth_deg(Body.of(PoseTrack.of([replace(f, t=float(i)) for i, f in enumerate(frames)])))
    np.testing.assert_allclose(many, [azimuth(frame) for frame in frames])


@pytest.mark.parametrize(
    ("degrees", "view"),
    [
        (0, "front"),
        (30, "front"),
        (-30, "front"),
        (45, "three_quarter"),
        (-45, "three_quarter"),
        (60, "side"),
        (90, "side"),
        (-90, "side"),
        (-120, "side"),
        (135, "three_quarter"),
        (150, "back"),
        (180, "back"),
        (-180, "back"),
        (-150, "back"),
    ],
)
def test_the_view_has_a_name_for_every_azimuth(degrees: float, view: ViewName) -> None:
    assert view_of(degrees) == view
    assert view_of(azimuth(standing(camera=Camera(degrees)))) == view


def test_without_an_azimuth_there_is_no_view() -> None:
    assert view_of(float("nan")) is None
    assert view_of(float("nan"), before="side") is None


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("behind", [False, True])
def test_a_view_is_kept_near_its_limits(sign: int, behind: bool) -> None:
    def view(off: float, before: ViewName | None = None) -> ViewName | None:
        return view_of(sign * (180 - off if behind else off), before)

    facing: ViewName = "back" if behind else "front"
    assert view(SIDE_FROM_DEG - 1) == "three_quarter"
    assert view(SIDE_FROM_DEG - 1, "side") == "side"
    assert view(SIDE_FROM_DEG - HYSTERESIS_DEG - 1, "side") == "three_quarter"
    assert view(FRONT_TO_DEG + 1) == "three_quarter"
    assert view(FRONT_TO_DEG + 1, facing) == facing
    assert view(FRONT_TO_DEG + HYSTERESIS_DEG + 1, facing) == "three_quarter"
    assert view(SIDE_FROM_DEG - 1, "three_quarter") == view(FRONT_TO_DEG + 1, "three_quarter")


@quick
@given(st.floats(-180, 180), st.sampled_from(["side", "front", "back", "three_quarter", None]))
def test_a_mirror_changes_no_view(degrees: float, before: ViewName | None) -> None:
    assert view_of(-degrees, before) == view_of(degrees, before)


@pytest.mark.parametrize(("camera", "near"), [(RIGHT, "right"), (LEFT, "left"), (Camera(-70), "left")])
def test_the_near_side(camera: Camera, near: Side) -> None:
    assert near_side(azimuth(standing(camera=camera))) == near
    assert near_side(azimuth(standing(camera=camera).mirrored())) == other(near)


# --- position ---------------------------------------------------------------------------------------

IN_PROFILE: list[tuple[str, Make, str]] = [
    ("standing", standing, "standing"),
    ("half-way down", lambda camera: squat(0.5, camera=camera), "standing"),
    ("deep squat", lambda camera: squat(thigh_deg=-100, trunk_deg=50, camera=camera), "standing"),
    ("bent over", lambda camera: squat(trunk_deg=85, thigh_deg=-15, shank_deg=0, camera=camera), "bent_over"),
    ("folded", lambda camera: squat(trunk_deg=120, thigh_deg=0, shank_deg=0, camera=camera), "bent_over"),
    ("bridge at rest", lambda camera: bridge(122, camera=camera), "supine"),
    ("bridge at the top", lambda camera: bridge(180, camera=camera), "supine"),
    ("bridge arched", lambda camera: bridge(200, camera=camera), "supine"),
    ("bridge, feet far", lambda camera: bridge(160, shank_deg=-25, camera=camera), "supine"),
    ("flat on the back", supine, "supine"),
    ("flat on the belly", prone, "prone"),
    ("quadruped", quadruped, "quadruped"),
    ("kneeling", kneeling, "kneeling"),
    ("sitting", sitting, "sitting"),
]


@pytest.mark.parametrize("camera", [LEFT, RIGHT, Camera(70), Camera(-110)])
@pytest.mark.parametrize(("make", "expected"), [p[1:] for p in IN_PROFILE], ids=[p[0] for p in IN_PROFILE])
def test_the_position_in_profile(make: Make, expected: str, camera: Camera) -> None:
    assert position(make(camera=camera)) == expected


@pytest.mark.parametrize("camera", [FRONT, BACK, Camera(20)])
@pytest.mark.parametrize("make", [standing, hip_hiker, squat])
def test_standing_from_the_front_and_back(make: Make, camera: Camera) -> None:
    assert position(make(camera=camera)) == "standing"


@pytest.mark.parametrize("on", ["left", "right"])
@pytest.mark.parametrize("raised", [0, 35])
@pytest.mark.parametrize("camera", [FRONT, BACK])
def test_lying_on_the_side(on: Side, raised: float, camera: Camera) -> None:
    assert position(side_lying(on, raised, camera=camera)) == "side_lying"


@pytest.mark.parametrize("camera", [LEFT, RIGHT])
def test_knees_in_the_air_mean_supine_when_the_chest_is_taken_for_the_back(camera: Camera) -> None:
    frame = bridge(125, camera=camera)
    assert position(replace(frame, world=frame.world * np.array([1, 1, -1], np.float32))) == "supine"


def test_level_on_the_knees_without_the_hands_on_the_floor_is_no_quadruped() -> None:
    leg = Leg(0, 90, foot_deg=90)
    bowed = Figure(90, arms_deg=-90, left=leg, right=leg)
    assert position(RIGHT.frame(standing_at(bowed.joints(), "left_knee"))) != "quadruped"


def test_without_a_pose_there_is_no_position() -> None:
    assert position(EMPTY) == ""


@pytest.mark.parametrize("joint", ["left_knee", "left_ankle", "left_wrist"])
@pytest.mark.parametrize(("make", "expected"), [p[1:] for p in IN_PROFILE], ids=[p[0] for p in IN_PROFILE])
def test_a_joint_without_a_place_changes_no_position(make: Make, expected: str, joint: str) -> None:
    assert position(without(make(camera=RIGHT), joint)) == expected
    assert position(without(make(camera=RIGHT), joint.replace("left", "right"))) == expected


@pytest.mark.parametrize("joint", ["knee", "ankle"])
def test_where_neither_side_has_a_place_nobody_knows(joint: str) -> None:
    assert position(without(standing(), f"left_{joint}", f"right_{joint}")) == ""


def test_a_track_has_a_position_for_each_frame() -> None:
    frames = [standing(t=0), EMPTY, supine(t=2)]
    track = PoseTrack.of([replace(frame, t=float(i)) for i, frame in enumerate(frames)])
    assert position_of(Body.of(track)).tolist() == ["standing", "", "supine"]


@quick
@given(
    st.sampled_from([make for _, make, _ in IN_PROFILE]),
    st.sampled_from([LEFT, RIGHT]),
    st.floats(0.3, 4),
    st.floats(-1000, 1000),
)
def test_mirror_scale_and_place_change_no_position(
    make: Make, camera: Camera, factor: float, shift: float
) -> None:
    frame = make(camera=camera)
    assert position(frame.mirrored()) == position(frame)
    assert position(zoomed(frame, factor, shift_px=(shift, shift))) == position(frame)


# --- framing ----------------------------------------------------------------------------------------


def test_somebody_in_the_middle_is_framed_well() -> None:
    assert framing_of(standing(), NAMES) == Framing()
    assert framing_of(standing(), NAMES).ok


def test_feet_below_the_picture_are_cut_off() -> None:
    framing = framing_of(zoomed(standing(), 1, shift_px=(0, 75)), ("left_ankle", "left_heel", "left_hip"))
    assert framing.cut_off == ("left_ankle", "left_heel")
    assert not framing.ok
    assert not framing.too_near


def test_only_what_is_needed_has_to_be_in_the_picture() -> None:
    assert framing_of(zoomed(standing(), 1, shift_px=(0, 75)), ("left_hip", "left_knee")).ok


def test_a_joint_on_the_rim_counts_as_cut_off() -> None:
    frame = standing()
    xy = frame.xy.copy()
    xy[27, 1] = 479
    assert framing_of(frame.with_xy(xy), ("left_ankle",)).cut_off == ("left_ankle",)


def test_a_joint_without_a_place_is_hidden_and_not_cut_off() -> None:
    assert framing_of(without(standing(), "left_ankle"), ("left_ankle",)).ok


def test_who_is_large_in_a_picture_of_few_pixels_need_not_come_nearer() -> None:
    camera = replace(FRONT, px_per_m=40, size=(160, 120))
    framing = framing_of(standing(camera=camera), ("left_hip",))
    assert framing.too_coarse and not framing.too_far and not framing.ok


@pytest.mark.parametrize(("px_per_m", "too_far"), [(45, True), (80, False), (200, False)])
def test_too_far_is_a_trunk_of_few_pixels(px_per_m: float, too_far: bool) -> None:
    frame = standing(camera=Camera(px_per_m=px_per_m))
    assert framing_of(frame, ("left_hip",)).too_far is too_far


def test_a_large_picture_asks_for_a_larger_person() -> None:
    camera = Camera(size=(3840, 2160), floor_px=(1900, 1500), px_per_m=200)
    assert framing_of(standing(camera=camera), ("left_hip",)).too_far


def test_somebody_who_fills_more_than_the_picture_is_too_near() -> None:
    camera = Camera(px_per_m=600, floor_px=(320, 900))
    framing = framing_of(standing(camera=camera), ("left_knee", "left_ankle", "left_heel", "left_hip"))
    assert framing.too_near
    assert not framing.too_far


# --- over time --------------------------------------------------------------------------------------


def test_the_observer_tells_view_near_side_and_position() -> None:
    situation = Observer().step(0.0, Body.of(bridge(camera=LEFT)))
    assert (situation.view, situation.near, situation.position) == ("side", "left", "supine")
    assert situation.azimuth_deg == pytest.approx(-90, abs=0.1)


def test_without_a_pose_the_situation_is_unknown() -> None:
    situation = Observer().step(0.0, Body.of(EMPTY))
    assert situation.view is None and situation.near is None
    assert situation.position == ""
    assert np.isnan(situation.azimuth_deg)


def views(azimuths: Any, fps: float = 30.0) -> list[ViewName | None]:
    track = film(lambda degrees: standing(camera=Camera(degrees)), azimuths, fps)
    return [situation.view for situation in situations(track)]


def test_a_single_rough_frame_changes_no_view() -> None:
    azimuths = np.full(60, 85.0)
    azimuths[40] = 20.0
    assert set(views(azimuths)) == {"side"}


def test_trembling_around_a_limit_changes_no_view() -> None:
    azimuths = SIDE_FROM_DEG + 2 + np.random.default_rng(0).normal(0, 4, 150)
    azimuths[:15] = 75  # stood well at the start
    assert set(views(azimuths)) == {"side"}


def test_who_turns_is_seen_from_the_other_view_within_the_window() -> None:
    told = views([0.0] * 60 + [90.0] * 60)
    assert told[59] == "front"
    assert told[60 + 31] == "side"


def test_the_back_is_one_view_on_both_sides_of_180() -> None:
    observer = Observer()
    for i in range(40):
        camera = Camera(179.0 if i % 2 else -179.0)
        situation = observer.step(i / 30, Body.of(standing(camera=camera)))
        assert situation.view == "back"
        assert off_by(situation.azimuth_deg, 180) < 1.1


def test_after_a_reset_the_old_view_is_forgotten() -> None:
    observer = Observer()
    for i in range(30):
        observer.step(i / 30, Body.of(standing(camera=RIGHT)))
    observer.reset()
    assert observer.step(1.0, Body.of(standing(camera=FRONT))).view == "front"


def test_frames_without_a_pose_between_change_nothing() -> None:
    track = film(lambda i: EMPTY if i % 3 == 1 else standing(camera=LEFT), range(30))
    assert [s.view for s in situations(track)] == [None if i % 3 == 1 else "side" for i in range(30)]


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_the_frame_rate_changes_no_view(fps: float) -> None:
    azimuths = np.concatenate([np.full(round(2 * fps), 90.0), np.full(round(2 * fps), 0.0)])
    told = views(azimuths, fps)
    assert told[round(1.9 * fps)] == "side"
    assert told[-1] == "front"


def test_on_hands_and_knees_the_side_begins_later() -> None:
    assert view_of(60.0) == "side"
    assert view_of(60.0, position="quadruped") == "three_quarter"
    assert view_of(70.0, position="quadruped") == "side"
