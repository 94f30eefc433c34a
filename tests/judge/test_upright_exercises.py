"""The exercises done standing, on stick figures: counted, judged, and nothing else taken for them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from coach.judge import Judgement, Rep, SetResult, load_exercise
from coach.pose import INDEX, UNSTEADY_LEGS, PoseFrame, PoseTrack, Side
from coach.pose.scale import body_scale
from tests.judge.films import bridges, coached, hikes, joined, result_of, shot, squats
from tests.judge.waves import Move, minimum_jerk, reps
from tests.skeletons import BACK, FRONT, LEFT, RIGHT, Camera, Figure, Leg, film, standing_at
from tests.skeletons_upright import hinge, leg_lift, lunge, plie, step_up

Pose = Callable[..., PoseFrame]
POSES: dict[str, Pose] = {
    "hip_hinge": hinge,
    "standing_leg_lift": leg_lift,
    "plie_squat": plie,
    "lunge": lunge,
    "step_up": step_up,
}
PLAIN = Move(1.5, 0.6, 2.0, pause_s=1.2, height=1.0)
SIDED = ("standing_leg_lift", "lunge", "step_up")


@cache
def clip(exercise: str, n: int = 2, move: Move = PLAIN, **figure: object) -> PoseTrack:
    return shot(lambda way: POSES[exercise](way, **figure), reps(n, move), 12)


def faults(rep: Rep) -> set[str]:
    return {name for name, v in rep.verdicts.items() if v.verdict is Judgement.FAULT}


def result(exercise: str, n: int = 2, move: Move = PLAIN, **figure: object) -> SetResult:
    return result_of(clip(exercise, n, move, **figure), exercise)


@pytest.mark.parametrize("exercise", POSES)
def test_clean_repetitions_count_and_have_no_fault(exercise: str) -> None:
    found = result(exercise, 3)
    assert (found.counted, found.attempts) == (3, 3)
    assert [faults(rep) for rep in found.reps] == [set()] * 3


@pytest.mark.parametrize("exercise", SIDED)
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_is_that_of_the_working_leg(exercise: str, side: Side) -> None:
    camera = {"side": LEFT if side == "left" else RIGHT, "front": FRONT}
    seen_from = camera["front" if exercise == "standing_leg_lift" else "side"]
    found = result(exercise, side=side, camera=seen_from)
    assert [rep.side for rep in found.reps] == [side, side]


@pytest.mark.parametrize(("trunks", "attempts"), [(0.0, 1), (0.9, 1), (2.5, 0)])
def test_who_walks_by_with_a_bent_knee_does_not_lunge(trunks: float, attempts: int) -> None:
    small = clip("lunge", 1, replace(PLAIN, height=0.45))
    walked = [f.with_xy(f.xy + np.array([trunks * body_scale(f.xy) * f.t / small.t[-1], 0])) for f in small]
    assert result_of(walked, "lunge").attempts == attempts


FAULTS: list[tuple[str, str, dict[str, float]]] = [
    ("hip_hinge", "knees_soft", {"knee_deg": 62.0, "shank_deg": 12.0}),
    ("hip_hinge", "shanks_upright", {"shank_deg": 26.0, "knee_deg": 34.0, "trunk_deg": 80.0}),
    ("standing_leg_lift", "knee_straight", {"knee_deg": 65.0}),
    ("standing_leg_lift", "trunk_upright", {"lean_deg": 16.0}),
    ("standing_leg_lift", "height", {"lift_deg": 58.0}),
    ("plie_squat", "knees_over_toes", {"thigh_out_deg": 22.0, "thigh_deg": -68.0}),
    ("plie_squat", "trunk_upright", {"lean_deg": 16.0}),
    ("plie_squat", "trunk_tall", {"forward_deg": 45.0}),
    ("plie_squat", "weight_even", {"shift_m": 0.18}),
    ("lunge", "knee_over_ankle", {"shank_deg": 28.0}),
    ("lunge", "trunk", {"trunk_deg": 38.0}),
    ("lunge", "depth", {"thigh_deg": -62.0}),
    ("step_up", "hip_straight", {"trunk_deg": 30.0}),
]


@pytest.mark.parametrize(("exercise", "check", "figure"), FAULTS)
def test_a_fault_is_found_in_every_repetition(exercise: str, check: str, figure: dict[str, float]) -> None:
    found = result(exercise, **figure)
    assert found.attempts == 2
    assert all(check in faults(rep) for rep in found.reps)
    assert all(len(faults(rep) - {check}) == 0 for rep in found.reps)


def test_quick_lowering_is_a_fault() -> None:
    quick = Move(1.5, 0.6, 0.6, pause_s=1.6, height=1.0)
    assert [faults(rep) for rep in result("standing_leg_lift", move=quick).reps] == [{"slow_lowering"}] * 2


def test_what_the_camera_cannot_tell_of_a_step_is_not_judged() -> None:
    quick = Move(1.5, 0.6, 0.6, pause_s=1.6, height=1.0)
    for rep in result("step_up", move=quick).reps:
        for name in ("slow_lowering", "knee_over_foot"):
            assert rep.verdicts[name].verdict is Judgement.CANNOT_JUDGE
            assert "camera" in rep.verdicts[name].reason


SMALL: list[tuple[str, dict[str, float]]] = [
    ("hip_hinge", {"trunk_deg": 30.0}),
    ("standing_leg_lift", {"lift_deg": 15.5}),
    ("plie_squat", {"thigh_out_deg": 40.0}),
    ("lunge", {"thigh_deg": -45.0}),
]


@pytest.mark.parametrize(("exercise", "figure"), SMALL)
def test_too_small_a_movement_does_not_count_and_says_so(exercise: str, figure: dict[str, float]) -> None:
    found = result(exercise, **figure)
    assert found.counted == 0
    assert all(rep.why_not is not None for rep in found.reps)


WRONG: list[tuple[str, Camera]] = [
    ("hip_hinge", FRONT),
    ("standing_leg_lift", LEFT),
    ("plie_squat", LEFT),
    ("lunge", FRONT),
    ("step_up", BACK),
    ("step_up", FRONT),
]


@pytest.mark.parametrize(("exercise", "camera"), WRONG)
def test_from_the_wrong_side_there_is_advice_and_no_judgement(exercise: str, camera: Camera) -> None:
    found = result(exercise, camera=camera)
    assert found.attempts == 0
    assert "camera" in found.advice[0]


def others(exercise: str) -> Iterable[tuple[str, PoseTrack]]:
    """Films of other movements from all sides.  A plié is a squat with wide feet."""
    for name in POSES:
        for camera in (LEFT, RIGHT, FRONT, BACK):
            if name != exercise:
                yield f"{name} {camera.azimuth_deg:g}", clip(name, camera=camera)
    for camera in (LEFT, RIGHT, FRONT, BACK):
        yield f"squat {camera.azimuth_deg:g}", squats(camera=camera)
        yield f"deep squat {camera.azimuth_deg:g}", squats(camera=camera, trunk_deg=55.0, thigh_deg=-100.0)
    yield "bridge", bridges()
    yield "hip hiker", hikes()


@pytest.mark.parametrize("exercise", POSES)
def test_other_movements_count_nothing(exercise: str) -> None:
    counted = {name: result_of(film, exercise).counted for name, film in others(exercise)}
    assert {name: n for name, n in counted.items() if n} == {}


def test_lunges_with_unsteady_legs_are_counted_and_not_judged() -> None:
    deep = list(clip("lunge", trunk_deg=40.0))
    judged = result_of(deep, "lunge")
    told = result_of([replace(frame, doubt=UNSTEADY_LEGS) for frame in deep], "lunge")
    assert judged.faults and judged.counted == told.counted == 2
    assert told.faults == {}
    assert {v.verdict for rep in told.reps for v in rep.verdicts.values()} == {Judgement.CANNOT_JUDGE}
    assert [rep.range_deg for rep in told.reps] == [None, None]


def test_a_lunge_that_stops_short_with_unsteady_legs_is_no_fault() -> None:
    short = list(clip("lunge", thigh_deg=-45.0))
    steady = result_of(short, "lunge")
    assert steady.counted == 0 and steady.attempts == 2
    (rep, _) = steady.reps
    wavering = [
        replace(frame, doubt=UNSTEADY_LEGS) if rep.peak_s <= frame.t < rep.peak_s + 0.2 else frame
        for frame in short
    ]
    first = result_of(wavering, "lunge").reps[0]
    assert first.why_not == load_exercise("lunge").repetition.why_not.lost  # type: ignore[union-attr]
    assert {v.verdict for v in first.verdicts.values()} == {Judgement.CANNOT_JUDGE}


def test_a_moment_of_unsteady_legs_is_left_out_of_what_is_judged() -> None:
    deep = list(clip("lunge", trunk_deg=40.0))
    (start_s, _), (_, end_s) = ((rep.start_s, rep.end_s) for rep in result_of(deep, "lunge").reps)
    wavering = [
        replace(frame, doubt=UNSTEADY_LEGS) if start_s < frame.t < end_s and i % 8 == 0 else frame
        for i, frame in enumerate(deep)
    ]
    assert result_of(wavering, "lunge").faults == result_of(deep, "lunge").faults


def test_of_an_end_range_with_unsteady_legs_nothing_is_judged() -> None:
    deep = list(clip("lunge"))
    rep, other_rep = result_of(deep, "lunge").reps
    assert rep.verdicts["depth"].verdict is Judgement.PASS
    wavering = [
        replace(frame, doubt=UNSTEADY_LEGS) if abs(frame.t - rep.peak_s) < 0.4 and i % 2 == 0 else frame
        for i, frame in enumerate(deep)
    ]
    first, second = result_of(wavering, "lunge").reps
    assert first.counted and first.verdicts["depth"].verdict is Judgement.CANNOT_JUDGE
    assert second.verdicts == other_rep.verdicts


@pytest.mark.parametrize(("share", "counted"), [(0.1, 2), (0.5, 0)])
def test_shanks_that_sink_with_the_hips_are_invented(share: float, counted: int) -> None:
    """As behind a chair, where the model draws the shanks the lower, the lower the hips are."""
    frames = list(squats(trunk_deg=55.0, thigh_deg=-110.0))
    drawn = ("knee", "ankle", "heel", "foot_index")
    shanks = [INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in drawn]
    hips = np.array([frame.xy[INDEX["left_hip"], 1] for frame in frames])
    sunk = (hips - hips.min()) / np.ptp(hips) * share * body_scale(frames[0].xy)
    moved = []
    for frame, down in zip(frames, sunk, strict=True):
        xy = frame.xy.copy()
        xy[shanks, 1] += down
        moved.append(replace(frame, xy=xy))
    assert result_of(moved, "squat").counted == counted


def test_lunges_and_hinges_are_no_squats() -> None:
    for name in ("lunge", "hip_hinge", "step_up", "standing_leg_lift"):
        for camera in (LEFT, RIGHT):
            assert result_of(clip(name, camera=camera), "squat").counted == 0, (name, camera)


def test_who_squats_for_a_hinge_is_told_what_a_hinge_is_and_of_no_fault() -> None:
    said, found = coached(squats(4, move=Move(1.5, 1.0, 1.5, pause_s=1.2, height=1.0)), "hip_hinge")
    assert (found.counted, found.attempts) == (0, 0)
    told = [feedback.cue.text for feedback in said if feedback.cue is not None]
    assert set(told) == {"That did not count. Push your hips back and bend your knees only a little"}
    assert found.advice == (
        "Push your hips back and bend your knees only a little: 4 movements did not count",
    )


def lifted_from_the_floor(way: float) -> PoseFrame:
    """A hinge down to the weight; from there on the knees bend as well, and the trunk comes up a little."""
    hinged, down = min(way, 0.6) / 0.6, max(0.0, way - 0.6) / 0.4
    return hinge(
        1.0,
        trunk_deg=66.0 * hinged - 16.0 * down,
        knee_deg=45.0 * hinged + 55.0 * down,
        shank_deg=4.0 * hinged + 16.0 * down,
    )


def test_a_hinge_ends_upright_and_not_where_the_knees_bend_as_well() -> None:
    found = result_of(shot(lifted_from_the_floor, reps(2, replace(PLAIN, hold_s=1.2)), 12), "hip_hinge")
    assert (found.counted, found.attempts) == (2, 2)
    assert all(rep.verdicts["full_extension"].verdict is Judgement.PASS for rep in found.reps)


def test_both_sides_in_turn_are_told_apart() -> None:
    found = result_of(joined(clip("lunge", 1, side="right"), clip("lunge", 1, side="left")), "lunge")
    assert [rep.side for rep in found.reps] == ["right", "left"]


def brings_up_the_other_foot(way: float) -> PoseFrame:
    """The other foot comes onto the step while the knees are bent yet, and both legs straighten together."""
    knee, there = 70 * (1 - way), minimum_jerk(float(np.clip((way - 0.1) / 0.15, 0, 1)))
    lifted = there * knee + 160 * there * (1 - there)
    figure = Figure(right=Leg(-0.7 * knee, 0.3 * knee), left=Leg(-0.7 * lifted, 0.3 * lifted))
    frame = RIGHT.frame(standing_at(figure.joints(), "right_ankle", height_m=0.28))
    return replace(frame, visibility=frame.visibility.clip(0.6))


@pytest.mark.parametrize("side", [None, "right", "left"])
def test_the_foot_that_is_brought_up_beside_the_other_makes_no_step(side: Side | None) -> None:
    frames = shot(brings_up_the_other_foot, reps(3, Move(2.0, 1.0, 2.5, pause_s=1.5, height=1.0)), 15)
    found = result_of(frames, "step_up", side)
    assert [rep.side for rep in found.reps] == ([] if side == "left" else ["right"] * 3)
    assert not found.advice


# --- who is careful, and who cannot stand upright --------------------------------------------------------------


def verdicts_of(frames: Iterable[PoseFrame], exercise: str, check: str) -> list[Judgement]:
    return [rep.verdicts[check].verdict for rep in result_of(frames, exercise).reps]


def halting_hinge(halt_at: float) -> PoseTrack:
    """Three hinges; on each way up a second's halt."""
    times = (0.0, 1.0, 2.5, 3.0, 3.8, 4.8, 5.8, 7.0)
    ways = (0.0, 0.0, 1.0, 1.0, halt_at, halt_at, 0.0, 0.0)
    fps = 12
    once = [float(np.interp(i / fps, times, ways)) for i in range(round(times[-1] * fps))]
    return film(hinge, once * 3, fps)


def test_who_halts_half_way_up_is_neither_at_fault_nor_praised_for_it() -> None:
    told = verdicts_of(halting_hinge(0.45), "hip_hinge", "full_extension")
    assert told == [Judgement.UNSURE] * 3
    assert verdicts_of(halting_hinge(0.0), "hip_hinge", "full_extension") == [Judgement.PASS] * 3


@pytest.mark.parametrize(("end_deg", "told"), [(25.0, Judgement.UNSURE), (45.0, Judgement.FAULT)])
def test_whose_hips_are_bent_from_the_start_is_not_told_to_stand_taller(
    end_deg: float, told: Judgement
) -> None:
    """Unless they end more bent than they began."""

    def bent(way: float) -> PoseFrame:
        return hinge(1.0, trunk_deg=25.0 + 50.0 * way, knee_deg=25.0 * way, shank_deg=4.0 * way)

    first = [0.0] * 24 + [minimum_jerk(i / 18) for i in range(19)]
    left = (end_deg - 25.0) / 50.0
    down = [left + (1 - left) * minimum_jerk(i / 18) for i in range(18, -1, -1)] + [left] * 30
    (rep,) = result_of(film(bent, first + down, 12), "hip_hinge").reps
    assert rep.verdicts["full_extension"].verdict is told


@pytest.mark.parametrize(("more_deg", "told"), [(0.0, Judgement.UNSURE), (14.0, Judgement.FAULT)])
def test_a_trunk_that_leans_from_the_start_is_told_only_where_it_leans_further(
    more_deg: float, told: Judgement
) -> None:
    def leaning(way: float) -> PoseFrame:
        lifted = Leg(0.0, 0.0, 32.0 * way, 32.0 * way)
        figure = Figure(trunk_side_deg=-12.0 - more_deg * way, left=lifted)
        return FRONT.frame(standing_at(figure.joints(), "right_ankle"))

    track = shot(leaning, reps(2, PLAIN), 12)
    assert set(verdicts_of(track, "standing_leg_lift", "trunk_upright")) == {told}
