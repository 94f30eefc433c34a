"""The named measures: what was commanded comes back, and nothing but the body changes it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.motion import MEASURES, VIEWS, Body, Measure, ViewName, landmark
from coach.pose import INDEX, PoseFrame, PoseTrack, Side, other
from tests.skeletons import (
    BACK,
    FRONT,
    HIP_WIDTH,
    LEFT,
    RIGHT,
    SHANK,
    SHOULDER_WIDTH,
    THIGH,
    Camera,
    Figure,
    Leg,
    believed,
    bridge,
    film,
    hip_hiker,
    pigeon,
    prone,
    squat,
    standing,
    standing_at,
    supine,
    without,
    zoomed,
)

quick = settings(deadline=None, max_examples=25, derandomize=True)
few = settings(deadline=None, max_examples=20, derandomize=True)
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)

profiles = st.sampled_from([LEFT, RIGHT])
frontal = st.sampled_from([FRONT, BACK])
sides: st.SearchStrategy[Side] = st.sampled_from(["left", "right"])
EXACT = 0.01  # degrees that float32 pixels cost


def reads(name: str, frame: PoseFrame, side: Side) -> float:
    return float(MEASURES[name].value(Body.of(frame), side))


def exactly(value: float) -> object:
    return pytest.approx(value, abs=EXACT)


# --- the registry -----------------------------------------------------------------------------------


@every_measure
def test_a_measure_says_what_it_is(measure: Measure) -> None:
    assert MEASURES[measure.name] is measure
    assert len(measure.meaning) > 20
    assert measure.meaning[0].isupper()
    assert "\n" not in measure.meaning
    assert measure.unit in ("deg", "ratio", "s")
    assert measure.views
    assert set(measure.views) <= set(VIEWS)
    assert measure.reach[0] < measure.reach[1]


@every_measure
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_measure_needs_known_landmarks(measure: Measure, side: Side) -> None:
    assert measure.needs
    assert all(name in INDEX for name in measure.landmarks(side))


def test_other_means_the_opposite_side() -> None:
    assert landmark("knee", "left") == "left_knee"
    assert landmark("other_knee", "left") == "right_knee"
    assert MEASURES["stride"].landmarks("right") == ("right_ankle", "left_ankle", "right_knee")


def test_over_a_track_a_measure_has_gaps_where_a_joint_is_not_believed() -> None:
    frames = [
        standing(20, LEFT),
        without(standing(20, LEFT), "left_hip"),
        believed(standing(20, LEFT), 0.3, "left_hip", "left_knee"),
    ]
    measure, body = MEASURES["hip_extension"], Body.of(PoseTrack.of(frames))
    assert measure.believed(body, "left", 0.5) == pytest.approx([160, np.nan, np.nan], abs=EXACT, nan_ok=True)
    assert measure.believed(body, "left", 0.3) == pytest.approx([160, np.nan, 160], abs=EXACT, nan_ok=True)


# --- the sagittal plane: commanded angles come back -------------------------------------------------


@quick
@given(st.floats(120, 200), st.floats(-20, 20), profiles)
def test_hip_extension_in_the_bridge_past_180_too(extension: float, shank: float, camera: Camera) -> None:
    frame = bridge(extension, shank_deg=shank, camera=camera)
    assert reads("hip_extension", frame, camera.near) == exactly(extension)
    assert reads("shank_inclination", frame, camera.near) == exactly(shank)


@quick
@given(st.floats(-25, 60), profiles)
def test_hip_extension_with_straight_knees_goes_by_the_toes(trunk: float, camera: Camera) -> None:
    frame = standing(trunk, camera)
    assert reads("hip_extension", frame, camera.near) == exactly(180 - trunk)


@quick
@given(st.floats(150, 200), profiles)
def test_toes_that_point_the_wrong_way_do_not_turn_a_bent_leg(extension: float, camera: Camera) -> None:
    """In a bridge the model's foot is often wrong; the knee can bend only one way."""
    frame = bridge(extension, camera=camera)
    xy = frame.xy.copy()
    for side in ("left", "right"):
        heel, toe = INDEX[f"{side}_heel"], INDEX[f"{side}_foot_index"]
        xy[[heel, toe]] = xy[[toe, heel]]
    assert reads("hip_extension", frame.with_xy(xy), camera.near) == exactly(extension)


@pytest.mark.parametrize("make", [supine, prone])
@pytest.mark.parametrize("camera", [LEFT, RIGHT])
def test_lying_straight_is_180(make: Callable[..., PoseFrame], camera: Camera) -> None:
    frame = make(camera=camera)
    assert reads("hip_extension", frame, camera.near) == exactly(180)
    assert reads("knee_flexion", frame, camera.near) == exactly(0)


@quick
@given(st.floats(0, 60), st.floats(-125, -5), st.floats(0, 45), profiles)
def test_a_squat_reads_as_commanded(trunk: float, thigh: float, shank: float, camera: Camera) -> None:
    frame = squat(trunk_deg=trunk, thigh_deg=thigh, shank_deg=shank, camera=camera)
    expected = {
        "knee_flexion": shank - thigh,
        "shank_inclination": shank,
        "trunk_inclination": trunk,
        "trunk_past_shank": trunk - shank,
        "thigh_above_horizontal": 90 + thigh,
    }
    assert {name: reads(name, frame, camera.near) for name in expected} == pytest.approx(expected, abs=EXACT)
    if shank - thigh > 15.1:
        assert reads("hip_extension", frame, camera.near) == exactly(180 - (trunk - thigh))


@quick
@given(st.floats(0, 150), profiles)
def test_knee_flexion_of_either_leg(flexion: float, camera: Camera) -> None:
    frame = squat(thigh_deg=-flexion / 2, shank_deg=flexion / 2, camera=camera)
    for side in ("left", "right"):
        assert reads("knee_flexion", frame, side) == exactly(flexion)


@quick
@given(st.floats(-125, 0), st.floats(0, 45), st.floats(-180, 180))
def test_hip_height_is_the_same_from_every_side(thigh: float, shank: float, azimuth: float) -> None:
    """For a shank that leans toward the camera too: the picture shortens it, hence the tolerance."""
    upright = squat(thigh_deg=thigh, shank_deg=0, camera=Camera(azimuth))
    assert reads("hip_height", upright, "left") == exactly(np.cos(np.radians(thigh)) * THIGH / SHANK)
    lean = squat(thigh_deg=thigh, shank_deg=shank, camera=Camera(azimuth))
    profile = squat(thigh_deg=thigh, shank_deg=shank, camera=RIGHT)
    ratio = reads("hip_height", lean, "left") / (reads("hip_height", profile, "left") or np.nan)
    assert np.isnan(ratio) or 1 - 1e-3 <= ratio <= 1 / np.cos(np.radians(shank)) + 1e-3


def test_hip_height_has_no_meaning_when_the_shank_lies_down() -> None:
    assert np.isnan(reads("hip_height", supine(), "right"))
    assert np.isnan(reads("hip_height", prone(), "right"))


@quick
@given(st.floats(0, 30), profiles)
def test_a_lifted_heel_is_higher_by_the_foots_length(lift: float, camera: Camera) -> None:
    flat, raised = squat(camera=camera), squat(heel_rise_deg=lift, camera=camera)
    rise = reads("heel_rise", raised, camera.near) - reads("heel_rise", flat, camera.near)
    assert rise == pytest.approx(0.20 * np.sin(np.radians(lift)) / SHANK, abs=1e-3)


@quick
@given(st.floats(0, 60), profiles)
def test_stride_is_the_way_between_the_feet(spread: float, camera: Camera) -> None:
    figure = Figure(left=Leg(-spread / 2, -spread / 2), right=Leg(spread / 2, spread / 2))
    frame = camera.frame(standing_at(figure.joints(), "left_hip"))
    expected = 2 * np.sin(np.radians(spread / 2)) * (THIGH + SHANK) / SHANK
    assert reads("stride", frame, camera.near) == pytest.approx(expected, abs=1e-3)


@quick
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_shank_rise_is_one_upright_and_nothing_lying(shank: float, azimuth: float) -> None:
    frame = squat(thigh_deg=0, shank_deg=shank, camera=RIGHT)
    assert reads("shank_rise", frame, "right") == pytest.approx(np.cos(np.radians(shank)), abs=1e-3)
    upright = squat(thigh_deg=0, shank_deg=0, camera=Camera(azimuth))
    assert reads("shank_rise", upright, "right") == pytest.approx(1, abs=1e-3)


# --- the frontal plane ------------------------------------------------------------------------------


@quick
@given(st.floats(0.5, 1.8), st.floats(-90, 0), frontal, sides)
def test_knee_gap_is_as_commanded(gap: float, thigh: float, camera: Camera, side: Side) -> None:
    frame = squat(knee_gap=gap, thigh_deg=thigh, camera=camera)
    assert reads("knee_gap", frame, side) == pytest.approx(gap, abs=1e-3)


@quick
@given(st.floats(-25, 25), st.floats(-30, 30), sides, frontal)
def test_the_hip_hiker_reads_as_commanded(drop: float, lean: float, side: Side, camera: Camera) -> None:
    frame = hip_hiker(drop, side, trunk_side_deg=lean, camera=camera)
    assert reads("pelvic_drop", frame, side) == exactly(drop)
    assert reads("pelvic_drop", frame, other(side)) == exactly(-drop)
    assert reads("pelvic_obliquity", frame, side) == exactly(drop)
    assert reads("trunk_lean", frame, side) == exactly(abs(lean))
    assert reads("shoulder_tilt", frame, side) == exactly(0)
    level = reads("legs_length", hip_hiker(0, side, camera=camera), side)
    assert reads("legs_length", frame, side) == pytest.approx(level, rel=1e-3)


@quick
@given(st.floats(0, 60), sides)
def test_a_bent_knee_shortens_its_leg(flexion: float, side: Side) -> None:
    shorter = np.cos(np.radians(flexion / 2))
    straight = reads("legs_length", hip_hiker(0, side), side)
    for frame in (hip_hiker(0, side, standing_knee_deg=flexion), hip_hiker(0, side, free_knee_deg=flexion)):
        assert reads("legs_length", frame, side) == pytest.approx((1 + shorter) / 2 * straight, rel=1e-3)


def test_a_drop_further_than_the_pelvis_is_wide_is_a_right_angle() -> None:
    frame = hip_hiker(0, "left")
    xy = frame.xy.copy()
    xy[INDEX["left_ankle"], 1] += 2 * HIP_WIDTH * FRONT.px_per_m
    assert reads("pelvic_drop", frame.with_xy(xy), "left") == 90


@quick
@given(st.floats(-40, 40), sides)
def test_shoulder_turn_is_positive_when_that_shoulder_is_nearer(turn: float, side: Side) -> None:
    frame = pigeon(side, turn_deg=turn)
    assert reads("shoulder_turn", frame, side) == exactly(turn)
    assert reads("shoulder_turn", frame, other(side)) == exactly(-turn)


@quick
@given(st.floats(-30, 30), sides)
def test_the_pigeons_knee_and_shin(out: float, side: Side) -> None:
    frame = pigeon(side, knee_out_deg=out)
    knee_out = np.sin(np.radians(out)) * THIGH / HIP_WIDTH
    assert reads("knee_out", frame, side) == pytest.approx(knee_out, abs=1e-3)
    across = np.sin(np.radians(80)) * SHANK / SHOULDER_WIDTH
    assert reads("shin_across", frame, side) == pytest.approx(across, abs=1e-3)


def test_hips_are_low_in_the_pigeon_and_high_in_standing() -> None:
    assert reads("hip_over_foot", pigeon("left"), "left") < 0.6
    assert reads("hip_over_foot", standing(camera=FRONT), "left") == pytest.approx(
        (THIGH + SHANK) / SHOULDER_WIDTH, abs=1e-3
    )


@quick
@given(st.floats(-20, 20), sides, frontal)
def test_hips_shift_away_from_the_lean(lean: float, side: Side, camera: Camera) -> None:
    frame = hip_hiker(0, side, trunk_side_deg=lean, camera=camera)
    expected = -0.5 * np.sin(np.radians(lean)) / SHOULDER_WIDTH
    assert reads("hip_shift", frame, side) == pytest.approx(expected, abs=1e-3)


@quick
@given(st.floats(-20, 20), sides, st.floats(-35, 35))
def test_hips_sway_away_from_the_lean_wherever_the_camera_stands(
    lean: float, side: Side, azimuth: float
) -> None:
    frame = hip_hiker(0, side, trunk_side_deg=lean, camera=Camera(azimuth))
    expected = -0.5 * np.sin(np.radians(lean)) / SHOULDER_WIDTH
    assert reads("hip_sway", frame, side) == pytest.approx(expected, abs=1e-3)


@quick
@given(st.floats(-30, 30), sides, st.floats(-35, 35))
def test_a_fold_forward_is_no_sway(turn: float, side: Side, azimuth: float) -> None:
    frame = pigeon(side, turn_deg=turn, camera=Camera(azimuth))
    assert reads("hip_sway", frame, side) == pytest.approx(0, abs=0.02)


@quick
@given(st.floats(-10, 30), sides, st.floats(-30, 30))
def test_a_knee_in_line_is_so_wherever_the_camera_stands(out: float, side: Side, azimuth: float) -> None:
    ahead = pigeon(side, knee_out_deg=out)
    aside = pigeon(side, knee_out_deg=out, camera=Camera(azimuth))
    seen = reads("knee_out", aside, side) - reads("knee_aside", aside, side)
    assert reads("knee_aside", ahead, side) == pytest.approx(0, abs=1e-6)
    assert seen == pytest.approx(reads("knee_out", ahead, side), abs=0.35)


# --- properties of all ------------------------------------------------------------------------------

AZIMUTHS: dict[ViewName, st.SearchStrategy[float]] = {
    "side": st.floats(60, 115) | st.floats(-115, -60),
    "three_quarter": st.floats(36, 56) | st.floats(-56, -36),
    "front": st.floats(-33, 33),
    "back": st.floats(148, 179) | st.floats(-179, -148),
}
SAGITTAL: list[Callable[..., st.SearchStrategy[PoseFrame]]] = [
    lambda camera: st.builds(
        squat,
        st.floats(0, 1),
        trunk_deg=st.floats(0, 60),
        thigh_deg=st.floats(-115, -20),
        shank_deg=st.floats(0, 40),
        heel_rise_deg=st.floats(0, 20),
        knee_gap=st.floats(0.5, 1.6),
        trunk_side_deg=st.floats(-20, 20),
        camera=camera,
    ),
    lambda camera: st.builds(bridge, st.floats(118, 205), shank_deg=st.floats(-30, 30), camera=camera),
]
FRONTAL: list[Callable[..., st.SearchStrategy[PoseFrame]]] = [
    SAGITTAL[0],
    lambda camera: st.builds(
        hip_hiker,
        st.floats(-20, 25),
        sides,
        trunk_side_deg=st.floats(-30, 30),
        standing_knee_deg=st.floats(0, 60),
        free_knee_deg=st.floats(0, 60),
        camera=camera,
    ),
    lambda camera: st.builds(
        pigeon, sides, turn_deg=st.floats(-30, 30), knee_out_deg=st.floats(-20, 40), camera=camera
    ),
]


def bodies(view: ViewName) -> st.SearchStrategy[PoseFrame]:
    """People doing what is done before such a camera."""
    cameras = st.builds(Camera, AZIMUTHS[view])
    return st.one_of([make(cameras) for make in (SAGITTAL if view == "side" else FRONTAL)])


anybody = st.one_of([bodies(view) for view in VIEWS])
LEGS_SIDE_BY_SIDE = ("knee_gap",)  # told in the distance of the legs


def all_reads(frame: PoseFrame, side: Side) -> dict[str, float]:
    body = Body.of(frame)
    return {name: float(measure.value(body, side)) for name, measure in MEASURES.items()}


def nearly(values: dict[str, float]) -> object:
    return pytest.approx(values, abs=0.05, rel=1e-3, nan_ok=True)


@pytest.mark.parametrize("view", VIEWS)
@quick
@given(st.data(), sides)
def test_measures_stay_within_their_reach(view: ViewName, data: st.DataObject, side: Side) -> None:
    frame = data.draw(bodies(view))
    crossed = reads("shin_across", frame, side) > 0.5 or reads("shin_across", frame, other(side)) > 0.5
    for name, value in all_reads(frame, side).items():
        low, high = MEASURES[name].reach
        if view in MEASURES[name].views and not (crossed and name in LEGS_SIDE_BY_SIDE):
            assert np.isnan(value) or low <= value <= high, name


@quick
@given(anybody, sides)
def test_the_mirror_shows_the_same_on_the_other_side(frame: PoseFrame, side: Side) -> None:
    assert all_reads(frame.mirrored(), other(side)) == nearly(all_reads(frame, side))


@quick
@given(anybody, sides, st.floats(0.5, 4), st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_scaling_and_shifting_the_picture_changes_nothing(
    frame: PoseFrame, side: Side, factor: float, right: float, down: float
) -> None:
    moved = zoomed(frame, factor, shift_px=(right, down))
    assert all_reads(moved, side) == nearly(all_reads(frame, side))


@few
@given(st.lists(anybody, min_size=1, max_size=4), sides)
def test_a_track_gives_the_numbers_of_its_frames(frames: list[PoseFrame], side: Side) -> None:
    track = PoseTrack.of([replace(frame, t=float(i)) for i, frame in enumerate(frames)])
    one_by_one = [all_reads(frame, side) for frame in frames]
    for name, measure in MEASURES.items():
        values = measure.value(Body.of(track), side)
        assert np.shape(values) == (len(frames),)
        np.testing.assert_allclose(values, [numbers[name] for numbers in one_by_one], err_msg=name)


@every_measure
@pytest.mark.parametrize("side", ["left", "right"])
def test_without_a_pose_there_is_no_number(measure: Measure, side: Side) -> None:
    empty = PoseFrame.empty(0.0, (640, 480))
    assert np.isnan(reads(measure.name, empty, side))
    track = PoseTrack.of([squat(), empty, squat()])
    assert np.isnan(measure.value(Body.of(track), side)[1])


@every_measure
@pytest.mark.parametrize("side", ["left", "right"])
def test_each_landmark_it_needs_is_needed(measure: Measure, side: Side) -> None:
    camera = RIGHT if "side" in measure.views else FRONT
    frame = hip_hiker(5, trunk_side_deg=5, free_knee_deg=20, standing_knee_deg=20, camera=camera)
    assert np.isfinite(reads(measure.name, frame, side))
    for name in measure.landmarks(side):
        xy, world = frame.xy.copy(), frame.world.copy()
        xy[INDEX[name]], world[INDEX[name]] = np.nan, np.nan
        lost = replace(frame, xy=xy, world=world)
        assert np.isnan(reads(measure.name, lost, side)), name


@every_measure
def test_a_measure_changes_nothing_on_the_body(measure: Measure) -> None:
    track = film(squat, np.linspace(0, 1, 3))
    before = track.xy.copy(), track.world.copy()
    measure.value(Body.of(track), "left")
    np.testing.assert_array_equal(track.xy, before[0])
    np.testing.assert_array_equal(track.world, before[1])


@pytest.mark.parametrize("camera", [LEFT, RIGHT])
def test_a_bent_knee_tells_the_front_where_the_foot_is_made_up(camera: Camera) -> None:
    frame = squat(1.0, camera=camera)
    side: Side = "left" if camera is LEFT else "right"
    xy = frame.xy.copy()
    heel, toes = INDEX[f"{side}_heel"], INDEX[f"{side}_foot_index"]
    xy[[heel, toes]] = xy[[toes, heel]]
    for name in ("trunk_inclination", "shank_inclination"):
        assert reads(name, replace(frame, xy=xy), side) == pytest.approx(reads(name, frame, side))
