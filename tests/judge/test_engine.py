"""The whole coach on films of stick figures: counts, faults, sides, views, and what it says."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judge import Engine, Feedback, Judgement, Rep, SetResult, likeness, load_exercise
from coach.judge.cues import PAUSE_S, REPEAT_S
from coach.judge.results import HeldPose
from coach.motion import load_errors
from coach.pose import INDEX, PoseFrame, PoseTrack, Side, other, repair_track
from tests.judge.films import (
    BRIDGE,
    HIKER,
    SQUAT,
    bridges,
    coached,
    cues,
    hikes,
    joined,
    pigeons,
    result_of,
    shot,
    squats,
    unseen,
)
from tests.judge.waves import RATES, Move, Wave, minimum_jerk
from tests.skeletons import (
    BACK,
    FRONT,
    LEFT,
    RIGHT,
    Camera,
    bridge,
    film,
    hip_hiker,
    jittered,
    squat,
    standing,
    supine,
    zoomed,
)

Filmed = tuple[str, PoseTrack]
Set = tuple[list[Feedback], SetResult]
at_every_rate = pytest.mark.parametrize("fps", RATES)
FILMS: dict[str, Callable[[float], Filmed]] = {
    "squat": lambda fps: ("squat", squats(2, fps)),
    "bridge": lambda fps: ("bridge", bridges(2, fps)),
    "hip hiker": lambda fps: ("hip_hiker", hikes(2, fps)),
    "squat from the front": lambda fps: ("squat", squats(2, fps, FRONT)),
    "hip hiker from behind": lambda fps: ("hip_hiker", hikes(2, fps, "left", BACK)),
}
every_film = pytest.mark.parametrize("film", FILMS)


@cache
def watched(film: str, fps: float = 10) -> Set:
    """What is said during one of the films, and its result."""
    exercise, frames = FILMS[film](fps)
    return coached(frames, exercise)


def parts_of(result: SetResult) -> list[Rep | HeldPose]:
    return [*result.reps, *result.holds]


def judged(part: Rep | HeldPose) -> dict[str, Judgement]:
    return {name: verdict.verdict for name, verdict in part.verdicts.items()}


def same_judgement(one: SetResult, two: SetResult, sides_swap: bool = False) -> None:
    """Alike in all but the decimals of the measured values."""
    swap: dict[str, str] = {"left": "right", "right": "left"} if sides_swap else {}
    assert (one.counted, one.attempts, one.faults) == (two.counted, two.attempts, two.faults)
    for a, b in zip(parts_of(one), parts_of(two), strict=True):
        assert swap.get(a.side, a.side) == b.side
        assert (judged(a), a.counted, a.why_not) == (judged(b), b.counted, b.why_not)
        assert (a.start_s, a.end_s) == pytest.approx((b.start_s, b.end_s), abs=0.15)
        for name, verdict in a.verdicts.items():
            assert verdict.value == pytest.approx(b.verdicts[name].value, abs=0.6)


# --- counting ---------------------------------------------------------------------------------------------


@every_film
@pytest.mark.parametrize("fps", [10, 15, 30])
def test_counts_are_exact_and_nobody_is_faulted(film: str, fps: int) -> None:
    said, result = watched(film, fps)
    assert (result.counted, result.attempts, result.faults) == (2, 2, {})
    assert cues(said) == [] and result.advice == ()


@pytest.mark.parametrize("film", ["squat", "bridge", "hip hiker"])
@at_every_rate
def test_the_frame_rate_changes_no_judgement(film: str, fps: int) -> None:
    same_judgement(watched(film, 60)[1], watched(film, fps)[1])


@settings(max_examples=6, deadline=None)
@given(
    st.floats(0.6, 3.0),
    st.floats(0.0, 2.0),
    st.floats(0.6, 3.0),
    st.floats(0.2, 2.0),
    st.integers(1, 4),
    st.sampled_from([10, 15, 24, 30]),
)
def test_squats_of_any_tempo_are_counted(
    out_s: float, hold_s: float, back_s: float, pause_s: float, n: int, fps: int
) -> None:
    frames = squats(n, fps, move=Move(out_s, hold_s, back_s, pause_s, height=1.0))
    result = result_of(frames, "squat")
    assert (result.counted, result.attempts) == (n, n)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.floats(0.0, 1.5), st.sampled_from([10, 15, 30]))
def test_trembling_landmarks_change_no_count_and_make_no_fault(seed: int, px: float, fps: int) -> None:
    for exercise, frames in (("squat", squats(2, fps)), ("bridge", bridges(2, fps))):
        result = result_of(jittered(frames, px, seed), exercise)
        assert (result.counted, result.attempts, result.faults) == (2, 2, {})


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.floats(0.0, 0.5), st.sampled_from([10, 15, 30]))
def test_a_pelvic_drop_is_a_matter_of_few_pixels_and_smoothed_before(seed: int, px: float, fps: int) -> None:
    result = result_of(repair_track(jittered(hikes(2, fps), px, seed)), "hip_hiker")
    assert (result.counted, result.attempts, result.faults) == (2, 2, {})


def test_standing_about_and_partial_squats_count_nothing() -> None:
    assert result_of(squats(3, move=replace(SQUAT, height=0.15)), "squat").attempts == 0
    partial = result_of(squats(3, move=replace(SQUAT, height=0.6)), "squat")
    assert (partial.counted, partial.attempts) == (0, 3)
    assert {rep.why_not for rep in partial.reps} == {load_exercise("squat").repetition.why_not.range}  # type: ignore[union-attr]  # it has one


def test_walking_in_and_out_counts_nothing() -> None:
    frames = joined(squats(2), squats(2))
    walking = [f.with_xy(f.xy + np.array([120 * np.sin(3 * f.t), 0])) for f in frames]
    assert result_of(walking, "squat").attempts == 0


@pytest.mark.parametrize("fps", [10, 30])
def test_a_held_pose_is_timed(fps: int) -> None:
    said, result = coached(pigeons(34.0, fps), "pigeon")
    (held,) = result.holds
    assert held.counted and held.side == "right" and result.counted == 1
    assert held.held_s == pytest.approx(34.0, abs=0.15)
    assert max(f.hold_s for f in said) == pytest.approx(held.held_s, abs=0.02)
    assert (result.faults, cues(said)) == ({}, [])


# --- sides, mirrors, places -------------------------------------------------------------------------------


@every_film
def test_a_mirror_swaps_the_sides_and_nothing_else(film: str) -> None:
    exercise, frames = FILMS[film](10)
    mirrored = [frame.mirrored() for frame in frames]
    same_judgement(watched(film)[1], result_of(mirrored, exercise), sides_swap=True)


def test_a_mirror_swaps_the_side_of_a_hold_and_of_its_faults() -> None:
    frames = pigeons(12.0, 10, turn_deg=30.0)
    one, two = result_of(frames, "pigeon"), result_of([f.mirrored() for f in frames], "pigeon")
    assert (one.holds[0].side, two.holds[0].side) == ("right", "left")
    assert judged(one.holds[0]) == judged(two.holds[0])
    assert one.faults == two.faults == {"hips_square": 1}


@every_film
@pytest.mark.parametrize(("factor", "shift_px"), [(0.6, (0, 0)), (1.0, (-40, 12)), (1.8, (60, -20))])
def test_size_and_place_in_the_picture_change_nothing(
    film: str, factor: float, shift_px: tuple[float, float]
) -> None:
    exercise, frames = FILMS[film](10)
    elsewhere = zoomed(frames, factor, shift_px)
    same_judgement(watched(film)[1], result_of(elsewhere, exercise))


@pytest.mark.parametrize("camera", [LEFT, RIGHT, Camera(70), Camera(-115)])
def test_a_squat_is_judged_from_either_side(camera: Camera) -> None:
    result = result_of(squats(2, 10, camera), "squat")
    assert (result.counted, result.view) == (2, "side")
    assert {judged(rep)["trunk"] for rep in result.reps} == {Judgement.PASS}
    assert {rep.side for rep in result.reps} == {"both"}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("camera", [FRONT, BACK])
def test_the_side_that_drops_is_the_side_of_the_repetition(side: Side, camera: Camera) -> None:
    result = result_of(hikes(2, 10, side, camera), "hip_hiker")
    assert [rep.side for rep in result.reps] == [side] * 2


def test_both_sides_in_one_set_are_told_apart_and_compared() -> None:
    stepping_over = shot(lambda drop: hip_hiker(drop, "right"), Wave([], wait_s=3.0), 15)
    lower = replace(HIKER, height=10.0)
    frames = joined(hikes(2, 10, "left"), stepping_over, hikes(3, 15, "right", move=lower))
    result = result_of(frames, "hip_hiker")
    assert sorted(rep.side for rep in result.reps) == ["left"] * 2 + ["right"] * 3
    ranges = {r.side: r.median_deg for r in result.range_of_motion}
    assert (ranges["left"], ranges["right"]) == pytest.approx((14.0, 10.0), abs=0.5)
    assert result.symmetry_percent == pytest.approx(100 * 10 / 14, abs=4)


@pytest.mark.parametrize("begins_s", [1.6, 2.0, 2.4, 3.0, 3.6])
def test_a_set_that_begins_at_the_end_range_has_its_rest_where_it_goes_back_to(begins_s: float) -> None:
    begun = hikes(3, 15).between(begins_s, 99.0)  # low from 2.2 s, level again from 4.0
    assert result_of(begun, "hip_hiker").counted == 2


@pytest.mark.parametrize("fps", [10, 30])
def test_the_range_of_motion_is_that_of_the_figure(fps: int) -> None:
    for exercise, frames, truth_deg in (
        ("squat", squats(2, fps), 115.0),
        ("bridge", bridges(2, fps), BRIDGE.height),
        ("hip_hiker", hikes(2, fps), HIKER.height),
    ):
        (moved,) = result_of(frames, exercise).range_of_motion
        assert moved.median_deg == pytest.approx(truth_deg, abs=1.0)


def test_the_range_of_motion_of_squats_without_a_pause_is_nearly_that() -> None:
    (moved,) = result_of(squats(5, move=replace(SQUAT, pause_s=0.0)), "squat").range_of_motion
    assert moved.median_deg == pytest.approx(115.0, abs=6.0)


# --- faults -----------------------------------------------------------------------------------------------


def tipped(frames: Iterable[PoseFrame]) -> list[PoseFrame]:
    """The hips shift under the shoulders from the seventh second on."""
    tipped = []
    for frame in frames:
        xy, world = frame.xy.copy(), frame.world.copy()
        shoulders = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
        if frame.t > 7:
            xy[shoulders, 0] += 25
            world[shoulders, 0] += 0.1
        tipped.append(replace(frame, xy=xy, world=world))
    return tipped


@cache
def watched_fault(name: str) -> Set:
    """What is said about a planted fault, and the result."""
    exercise, frames = FAULTS[name]
    return coached(frames(), exercise)


FAULTS: dict[str, tuple[str, Callable[[], Iterable[PoseFrame]]]] = {
    "depth": ("squat", lambda: squats(2, 10, thigh_deg=-58)),
    "trunk": ("squat", lambda: squats(2, 10, trunk_deg=60)),
    "heels_down": ("squat", lambda: squats(2, 10, heel_rise_deg=35)),
    "knees_over_feet": ("squat", lambda: squats(2, 10, FRONT, knee_gap=0.5)),
    "knees_over_ankles": ("bridge", lambda: bridges(2, 10, shank_deg=25)),
    "straight_line": ("bridge", lambda: bridges(2, 10, move=replace(BRIDGE, height=34))),
    "no_arch": ("bridge", lambda: bridges(2, 10, move=replace(BRIDGE, height=75))),
    "hold": ("bridge", lambda: bridges(2, 10, move=replace(BRIDGE, hold_s=1.0))),
    "slow_lowering": ("bridge", lambda: bridges(2, 10, move=replace(BRIDGE, back_s=0.7))),
    "knees_straight": ("hip_hiker", lambda: hikes(2, 10, bent=55)),
    "trunk_upright": ("hip_hiker", lambda: hikes(2, 10, lean=16)),
    "hips_square": ("pigeon", lambda: pigeons(12, 10, turn_deg=30)),
    "knee_in_line": ("pigeon", lambda: pigeons(12, 10, knee_out_deg=60)),
    "weight_centred": ("pigeon", lambda: tipped(pigeons(12, 10))),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_its_own_check_and_no_other(name: str) -> None:
    said, result = watched_fault(name)
    parts = parts_of(result)
    assert result.faults == {name: len(parts)} and parts
    check = load_exercise(result.exercise).checks[name]
    assert {f.cue.text for f in said if f.cue is not None and f.cue.kind == "fault"} == {check.cue}
    for part in parts:
        verdict = part.verdicts[name]
        assert verdict.reason == check.why and verdict.at_s is not None
        assert part.start_s <= verdict.at_s <= part.end_s
        assert verdict.joints


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_highlighted_and_said_is_recorded(name: str) -> None:
    said, result = watched_fault(name)
    spoken = {f.cue.code for f in said if f.cue is not None and f.cue.kind == "fault"}
    assert spoken <= set(result.faults)
    assert {j for f in said for j in f.highlight} <= {
        j for part in parts_of(result) for v in part.verdicts.values() for j in v.joints
    }


def test_the_joints_of_a_fault_are_those_of_the_near_side() -> None:
    for camera in (LEFT, RIGHT):
        (rep, *_) = result_of(squats(1, 10, camera, trunk_deg=60), "squat").reps
        assert rep.verdicts["trunk"].joints == (f"{camera.near}_shoulder", f"{camera.near}_hip")


def test_the_joints_of_the_other_side_are_named_so() -> None:
    (rep, *_) = result_of(hikes(1, 10, "left", bent=55), "hip_hiker").reps
    assert rep.verdicts["knees_straight"].joints == ("left_knee", f"{other('left')}_knee")


def test_what_was_said_as_a_fault_stays_one_in_the_record() -> None:
    arched, straight = (bridges(1, move=replace(BRIDGE, hold_s=7.0, height=h)) for h in (74.5, 63.0))
    mended = [a if a.t < 4.2 else b for a, b in zip(arched, straight, strict=True)]
    said, result = coached(mended, "bridge")
    assert next(f.t for f in said if f.cue is not None) < 4.2, "said while it lasted"
    assert set(cues(said)) == {"no_arch"}
    (rep,) = result.reps
    verdict = rep.verdicts["no_arch"]
    assert (verdict.verdict, result.faults) == (Judgement.FAULT, {"no_arch": 1})
    assert verdict.at_s is not None and verdict.at_s < 4.2


def test_what_was_mended_before_it_was_said_is_none() -> None:
    arched, straight = (bridges(1, move=replace(BRIDGE, hold_s=7.0, height=h)) for h in (74.5, 63.0))
    mended = [a if a.t < 2.6 else b for a, b in zip(arched, straight, strict=True)]
    said, result = coached(mended, "bridge")
    assert (cues(said), result.faults, result.counted) == ([], {}, 1)


# --- what cannot be judged --------------------------------------------------------------------------------


def test_why_it_did_not_count_is_told_after_a_cue_that_was_just_said() -> None:
    """Who hears of the chest at the bottom, and is up a second later, waits for a number."""
    said, result = coached(
        squats(2, trunk_deg=75, thigh_deg=-50, move=replace(SQUAT, hold_s=1.5, back_s=0.8)), "squat"
    )
    assert result.counted == 0
    assert cues(said)[:2] == ["trunk", "why_not"]


def test_from_the_front_the_side_checks_cannot_be_judged() -> None:
    for rep in result_of(squats(2, 10, FRONT), "squat").reps:
        assert judged(rep) == {
            "depth": Judgement.CANNOT_JUDGE,
            "trunk": Judgement.CANNOT_JUDGE,
            "heels_down": Judgement.CANNOT_JUDGE,
            "knees_over_feet": Judgement.PASS,
            "weight_even": Judgement.CANNOT_JUDGE,
        }
        assert "side" in rep.verdicts["trunk"].reason


def test_half_way_a_squat_is_counted_and_nothing_of_it_judged() -> None:
    result = result_of(squats(2, 10, Camera(45), trunk_deg=70), "squat")
    assert result.counted == 2
    assert {v for rep in result.reps for v in judged(rep).values()} == {Judgement.CANNOT_JUDGE}


@pytest.mark.parametrize(
    ("exercise", "frames"),
    [
        ("bridge", lambda: bridges(1, 10, FRONT)),
        ("bridge", lambda: bridges(1, 10, Camera(45))),
        ("hip_hiker", lambda: hikes(2, 10, camera=RIGHT)),
        ("hip_hiker", lambda: hikes(2, 10, camera=Camera(48))),
    ],
    ids=["bridge-front", "bridge-between", "hiker-side", "hiker-between"],
)
def test_from_the_wrong_view_nothing_is_counted_or_judged(
    exercise: str, frames: Callable[[], PoseTrack]
) -> None:
    said, result = coached(frames(), exercise)
    assert (result.counted, result.attempts, result.faults) == (0, 0, {})
    assert not any(f.ready or f.checks or f.highlight for f in said)
    assert set(cues(said)) == {"advice.view"}
    advice = load_exercise(exercise).wrong_view.rstrip(".")
    assert result.advice == (advice,)
    assert {n.check: n.share for n in result.not_judged} == dict.fromkeys(load_exercise(exercise).checks, 1.0)


def test_feet_out_of_the_picture_are_not_judged() -> None:
    frames = squats(2, 10, replace(LEFT, floor_px=(320.0, 500.0)))
    said, result = coached(frames, "squat")
    assert (result.counted, result.attempts) == (0, 0)
    assert set(cues(said)) == {"advice.cut_off"}
    assert result.advice == ("Step back: your feet are outside the picture",)
    unseen = load_exercise("squat").checks["weight_even"].unseen
    assert {n.reason for n in result.not_judged} == {*result.advice, unseen}


@at_every_rate
def test_who_leaves_in_the_middle_made_an_attempt(fps: int) -> None:
    said, result = coached(unseen(squats(2, fps), 2.4, 5.0), "squat")
    lost, kept = result.reps
    assert (lost.counted, lost.why_not) == (False, "I lost sight of you in the middle of that one")
    assert kept.counted and result.seen_share < 1
    assert "advice.nobody" in cues(said)


def test_a_set_that_ends_in_the_middle_keeps_the_attempt() -> None:
    frames = [f for f in squats(2) if f.t < 7.1]
    result = result_of(frames, "squat")
    assert [rep.why_not for rep in result.reps] == [None, "That one was not finished"]


def test_a_body_in_doubt_is_not_judged() -> None:
    doubtful = [replace(f, doubt="unsteady") for f in squats(2, 10)]
    said, result = coached(doubtful, "squat")
    assert result.attempts == 0 and set(cues(said)) == {"advice.doubt"}


def test_another_position_is_no_exercise() -> None:
    lying = [replace(supine(), t=i / 15) for i in range(60)]
    said, result = coached(lying, "squat")
    assert result.attempts == 0 and set(cues(said)) == {"advice.position"}
    assert result.not_judged == (), "who is not there yet missed nothing"


def test_a_cut_ends_what_was_under_way() -> None:
    frames = list(squats(2, 30))
    middle = next(i for i, f in enumerate(frames) if f.t >= 2.4)
    frames[middle] = replace(frames[middle], cut=True)
    assert result_of(frames, "squat").counted == 1


@every_film
def test_shares_lie_between_nothing_and_all(film: str) -> None:
    exercise, frames = FILMS[film](10)
    result = result_of(unseen(frames, 2.0, 4.0), exercise)
    assert all(0 <= n.share <= 1 for n in result.not_judged)
    assert 0 < result.seen_share < 1


# --- what is said while it runs ---------------------------------------------------------------------------


def test_feedback_and_result_tell_the_same() -> None:
    said, result = coached(squats(3, trunk_deg=60), "squat")
    assert [f.rep for f in said if f.rep is not None] == list(result.reps)
    counts = [f.count for f in said]
    assert counts == sorted(counts) and counts[-1] == result.counted == 3
    assert [f.attempts for f in said][-1] == result.attempts


def test_one_cue_at_a_time_with_time_to_act_on_it() -> None:
    said, _ = coached(bridges(4, 15, shank_deg=25, move=replace(BRIDGE, height=75, hold_s=2.0)), "bridge")
    times = [(f.t, f.cue.code) for f in said if f.cue is not None]
    assert times
    assert all(b - a >= PAUSE_S for (a, _), (b, _) in zip(times, times[1:], strict=False))
    for code in {code for _, code in times}:
        own = [t for t, c in times if c == code]
        assert all(b - a >= REPEAT_S for a, b in zip(own, own[1:], strict=False))
    assert times[0][1] == "no_arch", "the most severe first"


def test_a_fault_is_said_during_the_repetition_not_before_it_lasted() -> None:
    said, _ = coached(squats(1, trunk_deg=60), "squat")
    first = next(f for f in said if f.cue is not None)
    assert 2.25 <= first.t <= 4.5
    assert first.highlight == ("left_shoulder", "left_hip") or first.rep is not None


def test_the_phases_are_told_while_ready() -> None:
    said, _ = coached(squats(1), "squat")
    phases = [f.phase for f in said]
    assert list(dict.fromkeys(phases)) == ["rest", "out", "peak", "back"]
    assert max(f.progress for f in said) > 1
    away, _ = coached(squats(1, camera=replace(LEFT, px_per_m=40)), "squat")
    assert {f.phase for f in away} == {""}


def test_the_main_angle_is_given_where_it_is_seen() -> None:
    side, _ = coached(squats(1, 10), "squat")
    front, _ = coached(squats(1, 10, FRONT), "squat")
    assert max(f.angle for f in side) == pytest.approx(115.0, abs=0.5)
    assert np.isnan([f.angle for f in front]).all()
    assert min(f.signal for f in front) < 0.2, "the height is seen from everywhere"


# --- the clock and the whole ------------------------------------------------------------------------------


def test_the_same_film_gives_the_same_result_every_time() -> None:
    frames = squats(3, trunk_deg=60)
    one, two = coached(frames, "squat"), coached(frames, "squat")
    assert one[1].model_dump_json() == two[1].model_dump_json()
    assert cues(one[0]) == cues(two[0])


def test_a_track_that_was_saved_gives_the_same_result(tmp_path: Path) -> None:
    frames = squats(2, 10)
    frames.save(tmp_path / "track.npz")
    assert result_of(PoseTrack.load(tmp_path / "track.npz"), "squat") == result_of(frames, "squat")


def test_a_clock_that_starts_late_changes_nothing() -> None:
    frames = squats(2, 10)
    late = [replace(f, t=5000.0 + f.t) for f in frames]
    one, two = result_of(frames, "squat"), result_of(late, "squat")
    assert (two.counted, two.duration_s) == (one.counted, one.duration_s)
    assert two.reps[0].start_s == pytest.approx(5000 + one.reps[0].start_s)


def test_two_frames_at_one_time_are_no_trouble() -> None:
    frames = [f for f in squats(2, 10) for _ in range(2)]
    assert result_of(frames, "squat").counted == 2


def test_a_variable_frame_rate_is_no_trouble() -> None:
    kept = np.random.default_rng(3).random(2000) > 0.4
    frames = [f for f, keep in zip(squats(4, 30), kept, strict=False) if keep]
    assert result_of(frames, "squat").counted == 4


@pytest.mark.parametrize("exercise", ["squat", "bridge", "hip_hiker", "pigeon"])
def test_a_set_without_frames_or_without_anybody_is_empty(exercise: str) -> None:
    nothing = result_of([], exercise)
    nobody = result_of([PoseFrame.empty(i / 15, (640, 480)) for i in range(60)], exercise)
    assert nothing.attempts == nobody.attempts == 0
    assert (nobody.seen_share, nobody.view, nobody.duration_s) == (
        0.0,
        None,
        pytest.approx(59 / 15, abs=1e-3),
    )
    assert nobody.advice == ("I can't see anybody: step into the picture",)


def test_a_result_names_what_it_was_made_with() -> None:
    result = result_of([], "squat")
    assert (result.exercise, result.name) == ("squat", "Squat")
    assert set(result.versions) == {"format", "error_table"}


@pytest.mark.parametrize("share", [1 / 3, 2 / 3])
def test_a_result_names_the_pose_model_by_whose_errors_it_was_judged(share: float) -> None:
    frames = squats(2)
    seen = [
        replace(frame, model="full" if n < share * len(frames) else "lite") for n, frame in enumerate(frames)
    ]
    assert result_of(seen, "squat").versions["model"] == "lite"


def test_what_the_quicker_model_sees_is_judged_by_its_own_errors() -> None:
    def told(model: str) -> SetResult:
        return result_of([replace(frame, model=model) for frame in squats(2)], "squat")

    (usual, quicker) = (told(model).reps[0].verdicts["heels_down"] for model in ("full", "lite"))
    assert usual.band is not None and quicker.band is not None and usual.band < quicker.band
    assert told("lite").versions["error_table"] == load_errors("lite").date


def test_finishing_early_keeps_what_was_counted() -> None:
    engine = Engine(load_exercise("squat"))
    for frame in squats(3):
        if engine.counted == 2:
            break
        engine.step(frame)
    assert engine.finish().counted == 2


def test_who_looks_like_the_exercise_is_preferred() -> None:
    lying, upright = supine(), standing()
    assert (likeness(load_exercise("bridge"))(lying), likeness(load_exercise("bridge"))(upright)) == (
        1.0,
        0.0,
    )
    assert likeness(load_exercise("squat"))(upright) == 1.0


def test_a_copy_is_judged_with_the_errors_measured_in_the_exercise_that_it_is_like() -> None:
    base = load_exercise("pigeon")
    mine = base.model_copy(update={"id": "my_pigeon", "like": "pigeon"})
    bands = []
    for exercise in (base, mine):
        engine = Engine(exercise)
        for frame in pigeons(14.0):
            engine.step(frame)
        (hold,) = engine.finish().holds
        bands.append({name: verdict.band for name, verdict in hold.verdicts.items()})
    assert bands[0] == bands[1]
    assert any(bands[0].values())


def test_who_steps_off_the_step_is_told_nothing_of_the_knees() -> None:
    feet = [INDEX[f"left_{joint}"] for joint in ("ankle", "heel", "foot_index")]
    clean, bent = list(hikes(2, 15)), list(hikes(1, 15, bent=55))
    assert "knees_straight" in cues(coached(joined(clean, bent), "hip_hiker", "right")[0])

    def stepping(frame: PoseFrame) -> PoseFrame:
        xy = frame.xy.copy()
        xy[feet, 0] += 60 * min(1.0, max(0.0, frame.t - 1.0))
        return frame.with_xy(xy)

    off = [stepping(frame) for frame in bent]
    assert "knees_straight" not in cues(coached(joined(clean, off), "hip_hiker", "right")[0])


def test_who_lowers_half_way_only_is_told_and_no_hold_runs_on() -> None:
    """Three bridges, held for a second each: the first two come half-way down."""
    smooth = [minimum_jerk(i / 12) for i in range(12)]
    lows, high = (152.0, 152.0, 122.0), 178.0
    angles, low = [122.0] * 24, 122.0
    for next_low in lows:
        angles += [low + (high - low) * s for s in smooth] + [high] * 12
        angles += [high + (next_low - high) * s for s in smooth]
        low = next_low
    said, result = coached(film(lambda x: bridge(x, camera=RIGHT), [*angles, *[122.0] * 24], 12), "bridge")
    back = load_exercise("bridge").repetition.why_not.back  # type: ignore[union-attr]
    assert [rep.why_not for rep in result.reps] == [back, back, None]
    assert all(rep.hold_s < 2.0 for rep in result.reps) and back in [f.cue.text for f in said if f.cue]


@pytest.mark.parametrize("camera", [LEFT, FRONT])
def test_who_comes_half_way_up_only_has_gone_again_from_any_view(camera: Camera) -> None:
    up = [minimum_jerk(i / 12) for i in range(12)]
    depths, high = [0.0] * 24, 0.0
    for next_high in (0.5, 0.0):
        depths += [high + (1 - high) * s for s in up] + [1.0] * 4 + [1 + (next_high - 1) * s for s in up]
        high = next_high
    result = result_of(film(lambda x: squat(x, camera=camera), [*depths, *[0.0] * 24], 12), "squat")
    assert (result.counted, result.attempts) == (1, 2)
