"""Repetitions of one side: the knee curl of files.py, whose signal is the commanded angle."""

from collections.abc import Iterable
from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import pytest

from coach.judge.checks import LASTS_S
from coach.judge.exercise import Exercise
from coach.judge.lane import LaneUpdate
from coach.judge.phases import ATTEMPT
from coach.judge.rep_lane import RepLane
from coach.judge.results import Rep
from coach.judge.verdicts import Judgement, Verdict
from coach.motion import load_errors
from coach.pose import INDEX, PoseFrame, PoseTrack
from tests.judge.files import CURL, changed, parsed, with_checks
from tests.judge.films import curl, curls, joined, seen
from tests.judge.waves import RATES, Move
from tests.skeletons import believed

CURLED = Move(1.2, 1.0, 1.2, pause_s=1.2, height=100.0)
FROM_TWO_SIDES = CURL.replace("views: [side]", "views: [side, three_quarter]", 1)
ERROR_DEG = load_errors().errors["knee_flexion"]["side"]
at_every_rate = pytest.mark.parametrize("fps", RATES)


def repeated(**keys: Any) -> Exercise:
    """The knee curl with other rules of its repetition."""
    return changed("repetition", **keys)


def lane(exercise: Exercise | None = None) -> RepLane:
    return RepLane(exercise or parsed(CURL), "right", load_errors())


def steps(own: RepLane, frames: Iterable[PoseFrame], **keys: Any) -> list[LaneUpdate]:
    return [own.step(seen(frame, **keys)) for frame in frames]


def done(own: RepLane, frames: Iterable[PoseFrame], **keys: Any) -> list[Rep]:
    updates = [*steps(own, frames, **keys), own.finish()]
    return [update.rep for update in updates if update.rep is not None]


def why(frames: Iterable[PoseFrame], exercise: Exercise | None = None) -> list[str | None]:
    return [rep.why_not for rep in done(lane(exercise), frames)]


# --- what counts ------------------------------------------------------------------------------------------


@at_every_rate
def test_a_repetition_is_recorded_with_its_times_and_range(fps: int) -> None:
    (rep,) = done(lane(), curls(CURLED, fps=fps))
    assert rep.counted and rep.why_not is None
    assert all(v.verdict is not Judgement.FAULT for v in rep.verdicts.values())
    assert (rep.side, rep.view) == ("both", "side")
    assert rep.start_s == pytest.approx(1.2, abs=0.3) and rep.end_s == pytest.approx(4.2, abs=0.3)
    assert (rep.out_s, rep.hold_s, rep.back_s) == pytest.approx((1.2, 1.0, 1.2), abs=0.3)
    assert rep.peak_s == pytest.approx(2.7, abs=0.15)


@at_every_rate
def test_the_range_of_motion_is_from_rest_to_the_end_range(fps: int) -> None:
    (rep,) = done(lane(), curls(CURLED, fps=fps))
    assert rep.range_deg == pytest.approx(100.0, abs=2.0)


def test_each_side_is_told_by_name_where_they_take_turns() -> None:
    (rep,) = done(lane(parsed(CURL, sides="each")), curls(CURLED))
    assert rep.side == "right"


def test_a_partial_movement_is_an_attempt_and_says_why() -> None:
    assert why(curls(replace(CURLED, height=70.0), n=2)) == ["Bend it further"] * 2


def test_a_small_movement_is_not_even_an_attempt() -> None:
    assert why(curls(replace(CURLED, height=26.0), n=3)) == []


@pytest.mark.parametrize(
    ("short_deg", "counted"), [(-1.0, True), (ERROR_DEG - 1, True), (ERROR_DEG + 1, False)]
)
def test_nobody_is_refused_on_the_error_of_the_measure(short_deg: float, counted: bool) -> None:
    (rep,) = done(lane(), curls(replace(CURLED, height=90.0 - short_deg)))
    assert rep.counted is counted


def test_a_movement_within_the_error_of_its_signal_is_none() -> None:
    fine = repeated(rest={"max": 2}, target={"min": 6})
    assert why(curls(Move(height=2.5 * ERROR_DEG)), fine) == [None]
    assert why(curls(Move(height=1.5 * ERROR_DEG)), fine) == []


def test_a_hold_that_is_asked_for_must_be_there() -> None:
    assert why(curls(CURLED), repeated(min_hold_s=2.0)) == ["It counts when you stay there for 2 seconds"]
    assert why(curls(replace(CURLED, hold_s=2.5)), repeated(min_hold_s=2.0)) == [None]


def test_faster_than_anybody_exercises_is_not_counted() -> None:
    fast = curls(Move(0.4, 0.0, 0.4, height=100.0))
    assert why(fast, repeated(min_s=0.5)) == [None]
    assert why(fast, repeated(min_s=1.0)) == ["Slower, please"]
    assert why(fast, repeated(min_s=2.0)) == [], "much too fast for this movement: a jerk, or the model's"


def test_what_was_lost_or_not_finished_says_so() -> None:
    frames = curls(replace(CURLED, hold_s=3.0))
    own = lane()
    updates = [own.step(seen(f, ready=not 2.5 < f.t < 4.0)) for f in frames]
    assert next(u.rep.why_not for u in updates if u.rep) == "I lost sight of you in the middle of that one"
    assert why(f for f in frames if f.t < 4.0) == ["That one was not finished"]


def test_of_what_ends_on_its_way_out_nobody_knows_how_far_it_would_have_gone() -> None:
    frames = [*curls(CURLED)]
    ends = [next(f.t for f in frames if f.t > t) for t in (1.75, 1.9, 2.0)]
    assert {tuple(why(f for f in frames if f.t < end)) for end in ends} <= {
        (),
        ("That one was not finished",),
    }
    turns = [*curls(replace(CURLED, height=55.0))]
    assert why(turns) == ["Bend it further"], "who turned round went no further"


def test_a_movement_without_end_is_not_counted() -> None:
    (first, *_) = done(lane(repeated(max_s=5.0)), curls(replace(CURLED, hold_s=12.0)))
    assert not first.counted


# --- what must hold meanwhile -----------------------------------------------------------------------------


def walked(frames: Iterable[PoseFrame], x_px: float, y_px: float = 0.0) -> list[PoseFrame]:
    """The figure drifts by so many pixels from the second second to the third."""
    shares = ((f, min(1.0, max(0.0, f.t - 1.0))) for f in frames)
    return [f.with_xy(f.xy + np.array([x_px, y_px]) * share) for f, share in shares]


@pytest.mark.parametrize(
    ("along", "x_px", "y_px", "counted"),
    [
        ("any", 0, 0, True),
        ("any", 80, 0, False),
        ("any", 0, 80, False),
        ("floor", 80, 0, False),
        ("floor", 0, 80, True),
    ],
)
def test_a_joint_that_wanders_is_another_movement(
    along: str, x_px: float, y_px: float, counted: bool
) -> None:
    still = [{"joint": "hip", "along": along, "within": 0.25, "says": "Keep your hips still"}]
    assert bool(why(walked(curls(CURLED), x_px, y_px), repeated(still=still))) is counted


def swayed(frames: Iterable[PoseFrame], px: float) -> list[PoseFrame]:
    """As a hand that is not still films it: the whole picture sways to and fro."""
    sways = ((f, np.array([np.sin(2 * np.pi * f.t / 1.58), np.cos(2 * np.pi * f.t / 1.58)])) for f in frames)
    return [f.with_xy(f.xy + px * sway) for f, sway in sways]


def test_in_the_picture_of_a_hand_that_sways_everything_keeps_its_place() -> None:
    still = [{"joint": "hip", "within": 0.25, "says": "Keep your hips still"}]
    frames = swayed(curls(CURLED), 60)
    assert why(frames, repeated(still=still)) == [None]
    alone = [f.with_xy(np.where(np.arange(33)[:, None] == INDEX["right_hip"], f.xy, g.xy))
             for f, g in zip(frames, curls(CURLED), strict=True)]  # fmt: skip
    assert why(alone, repeated(still=still)) == [], "a hip that sways by itself does not"


@pytest.mark.parametrize(("joint", "counted"), [("ankle", [None]), ("hip", [])])
def test_where_nothing_goes_up_or_down_nobody_moved(joint: str, counted: list[None]) -> None:
    """In dim rooms the model draws the legs between those that are there, as if they moved."""
    frames = walked(curls(CURLED), 100, 0)
    assert why(frames, repeated(travels={"joint": joint, "by": 0.2})) == counted


def test_a_joint_that_comes_back_may_wander_further() -> None:
    """Hips that sag with a step of the bridge march come up again; those of somebody who lies down do not."""
    still = [{"joint": "hip", "within": 1.0, "returns": 0.25, "says": "Keep your hips up"}]
    swings = [f.with_xy(f.xy + np.array([0, 80 * max(0.0, 1 - abs(f.t - 2.2))])) for f in curls(CURLED)]
    assert why(swings, repeated(still=still))
    assert not why(walked(curls(CURLED), 0, 80), repeated(still=still))


def test_a_condition_that_is_left_is_another_movement() -> None:
    only = [{"measure": "trunk_inclination", "max": 20, "says": "Stay upright"}]
    assert why(curls(CURLED, trunk_deg=10.0), repeated(only=only)) == [None]
    assert why(curls(CURLED, trunk_deg=45.0), repeated(only=only)) == []


def test_another_movement_is_not_followed_to_its_end() -> None:
    only = [{"measure": "trunk_inclination", "max": 20, "says": "Stay upright"}]
    own = lane(repeated(only=only))
    steps(own, [curl(0.0, t=i / 10) for i in range(20)])
    steps(own, [curl(8.0 * i, 60.0, t=2 + i / 10) for i in range(8)])
    assert own.moving
    steps(own, [curl(60.0, 60.0, t=3 + i / 10) for i in range(10)])
    assert not own.moving, "nothing of it will count: what comes next begins anew"


def test_a_condition_that_this_view_hides_forbids_nothing() -> None:
    only = [{"measure": "knee_gap", "min": 3, "says": "Feet apart"}]
    assert why(curls(CURLED), repeated(only=only)) == [None]


def test_what_must_be_reached_as_well_is_asked_of_what_would_count() -> None:
    bends = [{"measure": "trunk_inclination", "min": 40}]
    bowed = [curl(deg, 45.0 if deg > 60 else 0.0, t=i / 30) for i, deg in enumerate(angles())]
    assert why(bowed, repeated(reach_also=bends)) == [None]
    assert why(curls(CURLED), repeated(reach_also=bends)) == []
    small = curls(replace(CURLED, height=70.0))
    assert why(small, repeated(reach_also=bends)) == ["Bend it further"], "tried, whatever it was to become"
    hidden = [{"measure": "knee_gap", "min": 3}]
    assert why(curls(CURLED), repeated(reach_also=hidden)) == [None], "this view does not show it"


def test_of_a_movement_that_was_not_finished_nothing_is_judged() -> None:
    frames = [f for f in curls(replace(CURLED, hold_s=3.0)) if f.t < 4.0]
    (rep,) = done(lane(), frames)
    assert {v.verdict for v in rep.verdicts.values()} == {Judgement.CANNOT_JUDGE}
    assert {v.reason for v in rep.verdicts.values()} == {"That one was not finished"}


def test_coming_back_without_all_of_rest_says_come_all_the_way_back() -> None:
    also = [{"measure": "trunk_inclination", "max": 15}]
    bowed = [curl(deg, 40.0 if deg > 5 or i > 100 else 0.0, t=i / 30) for i, deg in enumerate(angles())]
    assert why(bowed, repeated(rest_also=also)) == ["Come all the way back before the next one"]
    assert why(bowed) == [None]


def angles() -> list[float]:
    return (
        [0.0] * 30
        + [3.0 * i for i in range(35)]
        + [100.0] * 20
        + [3.0 * i for i in range(35)][::-1]
        + [0.0] * 60
    )


# --- phases, and what is said meanwhile -------------------------------------------------------------------


@at_every_rate
def test_the_phases_follow_each_other(fps: int) -> None:
    phases = [u.phase for u in steps(lane(), curls(CURLED, n=2, fps=fps))]
    order = [p for p, before in zip(phases, ["", *phases], strict=False) if p != before]
    assert order == ["rest", "out", "peak", "back"] * 2 + ["rest"]


def test_progress_goes_from_nothing_to_the_target_and_is_bounded() -> None:
    progress = [u.progress for u in steps(lane(), curls(replace(CURLED, height=170.0)))]
    assert progress[0] == 0.0 and 1.5 < max(progress) <= 2.0


def test_the_hold_runs_while_the_end_range_is_held() -> None:
    updates = steps(lane(), curls(replace(CURLED, hold_s=3.0)))
    assert max(u.hold_s for u in updates) == pytest.approx(3.0, abs=0.6)
    assert updates[-1].hold_s == 0.0


def test_the_signal_is_shown_as_it_is_measured() -> None:
    values = [u.signal for u in steps(lane(), curls(CURLED))]
    assert min(values) == pytest.approx(0.0, abs=0.1) and max(values) == pytest.approx(100.0, abs=0.1)
    falling = repeated(signal="hip_height", rest={"min": 0.9}, target={"max": 0.5})
    assert min(u.signal for u in steps(lane(falling), curls(CURLED)[:5])) > 0


def test_what_is_not_ready_is_not_shown() -> None:
    update = lane().step(seen(curl(50.0), ready=False))
    assert (update.phase, update.faults) == ("", {}) and isnan(update.signal)


def lean(**keys: Any) -> list[set[str]]:
    """The faults told on each frame of a curl that leans."""
    return [set(u.faults) for u in steps(lane(with_checks(upright=keys)), curls(CURLED, trunk_deg=40.0))]


def test_a_fault_is_told_while_it_lasts() -> None:
    told = lean()
    assert {"upright"} in told and told[0] == told[-1] == set()


def test_a_fault_that_lasted_from_the_first_is_told_as_soon_as_something_is_tried() -> None:
    leaning = [replace(curl(knee_deg, 40.0), t=i / 30) for i, knee_deg in enumerate(np.linspace(0, 100, 121))]
    updates = steps(lane(), [*leaning, *(replace(leaning[-1], t=4 + i / 30) for i in range(30))])
    first = next(i for i, u in enumerate(updates) if u.faults)
    assert updates[first].progress == pytest.approx(ATTEMPT, abs=0.05)
    begun = next(i for i, u in enumerate(updates) if u.phase == "out")
    assert leaning[first].t - leaning[begun].t > LASTS_S


@at_every_rate
def test_the_end_range_is_held_at_once_by_who_goes_far_beyond_the_target(fps: int) -> None:
    """The speed is told against the whole way, however short that to the target is."""
    near = repeated(rest={"max": 6}, target={"min": 13})
    quick = Move(0.6, 0.2, 0.6, height=60.0)
    peaks = [u.phase for u in steps(lane(near), curls(quick, fps=fps))].count("peak")
    assert peaks > LASTS_S * fps


@pytest.mark.parametrize(
    ("when", "told"), [("whole", True), ("peak", True), ("out", True), ("return", False)]
)
def test_a_fault_is_told_in_the_phase_it_is_about(when: str, told: bool) -> None:
    assert ({"upright"} in lean(when=when)) is told


def test_a_median_is_told_once_some_of_the_phase_was_seen() -> None:
    assert {"upright"} in lean(when="peak", statistic="typical")
    assert {"upright"} not in lean(when="whole", statistic="typical"), "of the whole it is known at the end"


def path(*ways: tuple[float, float], fps: int = 30) -> list[PoseFrame]:
    """A knee that comes to one angle after the other, each after some seconds."""
    angles, last = [0.0] * fps, 0.0
    for seconds, knee_deg in ways:
        angles += list(np.linspace(last, knee_deg, round(seconds * fps) + 1)[1:])
        last = knee_deg
    return [curl(angle, t=i / fps) for i, angle in enumerate(angles)]


@pytest.mark.parametrize(("halts_s", "told"), [(0.7, False), (2.0, True)])
@pytest.mark.parametrize("halts_at", [10.0, 40.0, 80.0])
def test_a_halt_on_the_way_out_is_not_the_end_of_it(halts_at: float, halts_s: float, told: bool) -> None:
    """Who goes on after a moment did not bend too little; who stays there did."""
    far = with_checks(
        far={"measure": "knee_flexion", "when": "peak", "statistic": "typical", "range": {"min": 105}}
    )
    frames = path((0.6, halts_at), (halts_s, halts_at), (0.6, 120), (1.0, 120), (1.0, 0), (1.0, 0))
    updates = steps(lane(far), frames)
    assert any("far" in u.faults for u in updates) is (told and halts_at > 30)
    (rep,) = [u.rep for u in updates if u.rep is not None]
    assert rep.verdicts["far"].verdict is Judgement.PASS


@pytest.mark.parametrize("out_s", [4.5, 6.0, 8.0])
def test_who_comes_slowly_is_not_told_what_is_short_of_the_end_until_they_are_there(out_s: float) -> None:
    far = with_checks(
        far={"measure": "knee_flexion", "when": "peak", "statistic": "typical", "range": {"min": 112}}
    )
    updates = steps(lane(far), path((out_s, 120), (1.5, 120), (1.0, 0), (1.0, 0)))
    assert not any("far" in u.faults for u in updates)


def test_what_was_typical_stays_so_when_the_pose_is_shifted_in() -> None:
    near = with_checks(
        near={"measure": "knee_flexion", "when": "peak", "statistic": "typical", "range": {"max": 110}}
    )
    frames = path((0.8, 100), (3.0, 100), (0.4, 130), (1.5, 130), (1.0, 0), (1.0, 0))
    assert not any("near" in u.faults for u in steps(lane(near), frames))


# --- verdicts ---------------------------------------------------------------------------------------------


def verdict(frames: Iterable[PoseFrame], view: str = "side", **keys: Any) -> Verdict:
    (rep,) = done(lane(with_checks(upright=keys)), frames, view=view)
    return rep.verdicts["upright"]


def test_right_is_passed_and_wrong_is_at_fault() -> None:
    assert verdict(curls(CURLED)).verdict is Judgement.PASS
    wrong = verdict(curls(CURLED, trunk_deg=40.0))
    assert (wrong.verdict, wrong.unit) == (Judgement.FAULT, "deg")
    assert wrong.value == pytest.approx(40.0, abs=0.5)
    assert wrong.at_s == pytest.approx(2.7, abs=0.6)


def test_a_check_is_judged_in_its_phase() -> None:
    frames = curls(CURLED, trunk_deg=40.0)
    assert verdict(frames, when="peak").verdict is Judgement.FAULT
    assert verdict(frames, when="return").verdict is Judgement.PASS


def test_what_hides_in_this_view_cannot_be_judged() -> None:
    both: dict[str, Any] = {
        "measure": "knee_flexion",
        "range": {"max": 150},
        "views": ["three_quarter"],
        "band": 8,
    }
    for reason, told in (
        ("", "this is seen from the diagonal only"),
        ("turn a little", "turn a little"),
    ):
        (rep,) = done(lane(with_checks(FROM_TWO_SIDES, upright={**both, "reason": reason})), curls(CURLED))
        assert rep.verdicts["upright"].verdict is Judgement.CANNOT_JUDGE
        assert rep.verdicts["upright"].reason == told


def test_what_no_camera_sees_gives_the_reason_of_the_file() -> None:
    told = verdict(curls(CURLED), measure=None, range=None, views=[], unseen="no landmark there")
    assert (told.verdict, told.reason) == (Judgement.CANNOT_JUDGE, "no landmark there")


def test_a_joint_hidden_for_most_of_a_phase_is_not_judged() -> None:
    foot: dict[str, Any] = {"measure": "heel_rise", "range": {"max": 0.5}, "views": ["side"]}
    frames = curls(CURLED)
    assert verdict(frames, **foot).verdict is not Judgement.CANNOT_JUDGE
    assert verdict([believed(f, 0.2, "right_heel") for f in frames], **foot).verdict is Judgement.CANNOT_JUDGE


def test_a_time_is_judged_too() -> None:
    slow: dict[str, Any] = {"measure": None, "time": "back", "range": {"min": 1.5}, "band": 0.3, "views": []}
    assert verdict(curls(replace(CURLED, back_s=2.0)), **slow).verdict is Judgement.PASS
    assert verdict(curls(replace(CURLED, back_s=0.6)), **slow).verdict is Judgement.FAULT


def test_nobody_knows_how_long_something_took_in_an_edited_video() -> None:
    slow: dict[str, Any] = {"measure": None, "time": "back", "range": {"min": 1.5}, "band": 0.3, "views": []}
    frames = curls(replace(CURLED, back_s=2.0), fps=30)
    down = next(i for i, frame in enumerate(frames) if frame.t > 3.8)
    edited = [replace(f, t=i / 30) for i, f in enumerate([*frames[:down], *frames[down + 40 :]])]
    cannot = verdict(edited, **slow)
    assert cannot.verdict is Judgement.CANNOT_JUDGE
    assert "jumped" in cannot.reason
    assert verdict(edited).verdict is Judgement.PASS  # the trunk was upright all the while


def test_what_was_spoken_stays_in_the_record_of_its_repetition_alone() -> None:
    own, said = lane(), Verdict(verdict=Judgement.FAULT, value=33.0)
    reps = []
    for frame in curls(CURLED, n=2):
        if update := own.step(seen(frame)).rep:
            reps.append(update)
        if abs(frame.t - 2.5) < 1e-9:
            own.spoke("upright", said)
    assert [rep.verdicts["upright"] == said for rep in reps] == [True, False]


def test_after_a_cut_nothing_is_carried_on() -> None:
    own = lane()
    frames = curls(CURLED, n=2)
    before = steps(own, (f for f in frames if f.t < 2.5))
    assert not any(u.rep for u in before) and own.moving
    lost = own.cut().rep
    assert lost is not None and (lost.counted, lost.why_not) == (
        False,
        "I lost sight of you in the middle of that one",
    )
    assert not own.moving
    assert [rep.counted for rep in done(own, (f for f in frames if f.t >= 4.0))] == [True]


def test_a_cut_at_rest_is_no_attempt() -> None:
    own = lane()
    steps(own, (f for f in curls(CURLED, n=1) if f.t < 1.0))
    assert own.cut().rep is None


def test_one_that_takes_too_long_is_told_so_and_once() -> None:
    exercise = changed("repetition", CURL, max_s=6.0)
    told = done(lane(exercise), curls(replace(CURLED, hold_s=9.0)))
    assert [(rep.counted, rep.why_not) for rep in told] == [(False, "That one took longer than 6 seconds")]
    assert {v.reason for v in told[0].verdicts.values()} == {told[0].why_not}


def test_an_hour_at_rest_is_not_kept() -> None:
    own = lane()
    resting = curl(0.0)
    steps(own, (replace(resting, t=i / 5) for i in range(2000)))
    assert len(own._samples) <= 15


def test_the_second_set_of_frames_follows_the_first() -> None:
    twice = joined(PoseTrack.of(curls(CURLED)), PoseTrack.of(curls(CURLED)))
    assert why(twice) == [None, None]


# --- small movements that something is said of ---------------------------------------------------------------


STAYED = Move(
    1.0, 5.0, 1.0, pause_s=1.2, height=38.0
)  # within the bounds of rest of who rests with a bent knee


def test_what_was_said_of_a_movement_within_the_bounds_of_rest_is_recorded() -> None:
    own, said = lane(repeated(rest={"max": 40})), Verdict(verdict=Judgement.FAULT, value=1.0, unit="deg")
    recorded = []
    for update in own_updates(own, curls(STAYED), said):
        recorded += [update.rep] if update.rep is not None else []
    assert [(rep.why_not, rep.verdicts["upright"]) for rep in recorded] == [("Bend it further", said)]
    assert why(curls(STAYED), repeated(rest={"max": 40})) == [], (
        "a shift of posture, of which nothing was said"
    )


def own_updates(own: RepLane, frames: Iterable[PoseFrame], said: Verdict) -> Iterable[LaneUpdate]:
    """The updates of a lane whose first movement is told as wrong while it lasts."""
    told = False
    for frame in frames:
        update = own.step(seen(frame))
        if not told and update.phase == "peak":
            own.spoke("upright", said)
            told = True
        yield update
    yield own.finish()


@pytest.mark.parametrize(("least", "told"), [(30.0, True), (60.0, False)])
def test_within_the_bounds_of_rest_only_this_movement_is_told_as_wrong(least: float, told: bool) -> None:
    reach = [{"measure": "knee_flexion", "min": least}]
    leaning = curls(STAYED, trunk_deg=40.0)
    updates = steps(lane(repeated(rest={"max": 40}, reach_also=reach)), leaning)
    assert any(u.faults for u in updates) is told


@pytest.mark.parametrize(("rested_s", "told"), [(0.4, False), (1.2, True)])
def test_who_comes_into_the_bounds_of_rest_is_not_told_that_they_lift_too_little(
    rested_s: float, told: bool
) -> None:
    """As who lies down: seen at once, at rest only then."""
    low = curls(STAYED, fps=30, trunk_deg=40.0)
    updates = steps(lane(repeated(rest={"max": 40})), [f for f in low if f.t >= STAYED.pause_s - rested_s])
    assert any(u.faults for u in updates) is told


def test_a_quick_movement_that_falls_short_is_a_step_and_no_attempt() -> None:
    step = Move(0.3, 0.1, 0.3, height=70.0)
    assert why(curls(step, fps=30), repeated(min_s=1.0)) == []
    assert why(curls(replace(step, height=100.0), fps=30), repeated(min_s=1.0)) == ["Slower, please"]
    assert why(curls(replace(step, out_s=0.8), fps=30), repeated(min_s=1.0)) == ["Bend it further"]


def test_a_jump_out_is_a_leg_drawn_elsewhere_and_no_attempt() -> None:
    jump = Move(0.1, 0.0, 1.2, height=70.0)
    assert why(curls(jump, fps=30), repeated(min_s=1.0)) == []
    assert why(curls(replace(jump, out_s=0.4), fps=30), repeated(min_s=1.0)) == ["Bend it further"]
    whole = replace(jump, height=100.0)
    assert why(curls(whole, fps=30), repeated(min_s=1.0)) == [None], (
        "what goes all the way and takes its time counts"
    )
    assert why(curls(replace(whole, back_s=0.5), fps=30), repeated(min_s=1.0)) == []


def test_what_is_too_quick_to_be_a_repetition_is_not_judged() -> None:
    quick = replace(CURLED, out_s=0.3, hold_s=0.2, back_s=0.3)
    (rep,) = done(lane(repeated(min_s=1.4)), curls(quick, trunk_deg=40.0))
    assert not rep.counted
    assert {v.verdict for v in rep.verdicts.values()} == {Judgement.CANNOT_JUDGE}
