"""Held poses of one side: the seat of files.py, held with the knee bent by 80 degrees or more."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coach.judge.exercise import Exercise
from coach.judge.file_movement import Guide
from coach.judge.hold_lane import WAITS_S, HoldLane
from coach.judge.lane import LaneUpdate
from coach.judge.led import Led
from coach.judge.results import HeldPose
from coach.judge.verdicts import Judgement, Verdict
from coach.motion import load_errors
from coach.pose import INDEX, PoseFrame
from coach.pose.landmarks import COUNT
from tests.judge.files import SIT, changed, parsed, with_checks
from tests.judge.films import curl, seen
from tests.judge.waves import RATES
from tests.skeletons import believed

IN, OUT = 100.0, 20.0
Scene = tuple[float, float]  # seconds, knee angle
at_every_rate = pytest.mark.parametrize("fps", RATES)


def scenes(*each: Scene, fps: float = 30, trunk: Iterable[Scene] = ()) -> list[PoseFrame]:
    """Knee angles one after the other; `trunk` leans from a time on."""
    frames: list[PoseFrame] = []
    poses: dict[tuple[float, float], PoseFrame] = {}
    for seconds, knee_deg in each:
        for _ in range(round(seconds * fps)):
            t = len(frames) / fps
            trunk_deg = next((lean for start, lean in reversed([*trunk]) if t >= start), 0.0)
            if (knee_deg, trunk_deg) not in poses:
                poses[knee_deg, trunk_deg] = curl(knee_deg, trunk_deg)
            frames.append(replace(poses[knee_deg, trunk_deg], t=t))
    return frames


def lane(exercise: Exercise | None = None) -> HoldLane:
    return HoldLane(exercise or parsed(SIT), "right", load_errors())


def steps(own: HoldLane, frames: Iterable[PoseFrame], **keys: Any) -> list[LaneUpdate]:
    return [own.step(seen(frame, **keys)) for frame in frames]


def done(own: HoldLane, frames: Iterable[PoseFrame], **keys: Any) -> list[HeldPose]:
    updates = [*steps(own, frames, **keys), own.finish()]
    return [update.held for update in updates if update.held is not None]


def test_a_hold_is_told_as_far_as_it_went_and_goes_on_as_if_nobody_had_asked() -> None:
    frames = scenes((1.0, OUT), (40.0, IN), (1.0, OUT), trunk=[(10.0, 25.0)])
    asked, own = lane(), lane()
    assert asked.so_far() is None
    told = []
    for frame in frames:
        if asked.step(seen(frame)).reached:
            told.append(asked.so_far())
        own.step(seen(frame))
    (first, *_, last), whole = told, own.finish().held
    assert asked.finish().held == whole and whole is not None and first is not None and last is not None
    assert first.counted and first.held_s == pytest.approx(30, abs=0.1)
    assert (first.side, first.start_s, first.verdicts) == (whole.side, whole.start_s, whole.verdicts)
    assert (last.end_s, last.held_s) == (whole.end_s, whole.held_s)


# --- time -------------------------------------------------------------------------------------------------


@at_every_rate
def test_a_pose_held_long_enough_counts(fps: int) -> None:
    (held,) = done(lane(), scenes((1.0, OUT), (31.0, IN), (1.0, OUT), fps=fps))
    assert held.counted and held.why_not is None
    assert held.held_s == pytest.approx(31.0, abs=1.01 / fps + 0.01)
    assert (held.start_s, held.side, held.pauses) == (pytest.approx(1.0), "both", ())


def test_a_pose_held_too_short_says_how_long_it_was() -> None:
    (held,) = done(lane(), scenes((1.0, OUT), (12.0, IN)))
    assert not held.counted and held.why_not == "held 12 of 30 seconds"


def test_what_does_not_count_is_never_rounded_up_to_what_was_asked_for() -> None:
    (held,) = done(lane(), scenes((1.0, OUT), (29.9, IN)))
    assert not held.counted and held.why_not == "held 29 of 30 seconds"


@at_every_rate
def test_a_pause_stops_the_time_and_says_so_once(fps: int) -> None:
    own = lane()
    updates, told = [], 0
    for frame in scenes((10.0, IN), (3.0, OUT), (10.0, IN), fps=fps):
        updates.append(own.step(seen(frame)))
        if updates[-1].left_pose and frame.t > 11.5:  # another cue was said just before
            own.told_left()
            told += 1
    assert told == 1
    assert updates[round(12.5 * fps)].hold_s == pytest.approx(10.0, abs=1.01 / fps + 0.01)
    held = own.finish().held
    assert held is not None and held.held_s == pytest.approx(20.0, abs=2.01 / fps + 0.01)
    assert len(held.pauses) == 1


def test_that_the_pose_was_left_is_due_for_as_long_as_it_is_left() -> None:
    updates = steps(lane(), scenes((10.0, IN), (3.0, OUT), (10.0, IN), fps=10))
    assert [n for n, u in enumerate(updates) if u.left_pose] == list(range(104, 130))


def test_who_leaves_a_pose_that_counts_is_not_waited_for() -> None:
    updates = steps(lane(), scenes((31.0, IN), (10.0, OUT)))
    assert not any(u.left_pose for u in updates)
    assert [u.held.counted for u in updates if u.held] == [True]


def test_a_long_absence_ends_the_hold_and_the_next_begins_anew() -> None:
    first, second = done(lane(), scenes((5.0, IN), (9.0, OUT), (6.0, IN)))
    assert (first.held_s, second.held_s) == pytest.approx((5.0, 6.0), abs=0.05)
    assert second.start_s == pytest.approx(14.0)


def test_a_long_absence_from_the_picture_ends_the_hold_too() -> None:
    frames = scenes((32.0, IN))
    own = lane()
    updates = [own.step(seen(f, ready=not 5.0 <= f.t < 26.0)) for f in frames]
    (first,) = [u.held for u in updates if u.held]
    assert first.held_s == pytest.approx(5.0, abs=0.05)
    assert first.why_not == "held 5 of 30 seconds, then I lost sight of you"
    last = own.finish().held
    assert last is not None and last.held_s == pytest.approx(6.0, abs=0.05)


def test_who_is_hidden_for_as_long_as_a_break_takes_goes_on() -> None:
    own = lane()
    updates = [own.step(seen(f, ready=not 20.0 <= f.t < 30.0)) for f in scenes((42.0, IN))]
    assert not [u.held for u in updates if u.held] and not any(u.left_pose for u in updates)
    held = own.finish().held
    assert held is not None and held.counted and held.pauses == ((pytest.approx(20, abs=0.1), 30.0),)


def test_who_is_seen_in_another_position_left_the_pose() -> None:
    own = lane()
    frames = [replace(seen(f, ready=f.t < 5.0), elsewhere=f.t >= 5.0) for f in scenes((15.0, IN))]
    updates = [own.step(frame) for frame in frames]
    assert any(u.left_pose for u in updates)
    assert [u.held.why_not for u in updates if u.held] == ["held 5 of 30 seconds"]


def test_a_time_without_frames_is_not_held() -> None:
    (held,) = done(lane(), (f for f in scenes((20.0, IN)) if not 5.0 <= f.t < 10.0))
    assert held.held_s == pytest.approx(15.0, abs=0.1)


def test_leaving_takes_more_than_entering() -> None:
    assert done(lane(), scenes((10.0, 75.0))) == []
    (held,) = done(lane(), scenes((5.0, IN), (5.0, 75.0)))
    assert held.held_s == pytest.approx(10.0, abs=0.05)
    (shorter,) = done(lane(), scenes((5.0, IN), (5.0, 65.0)))
    assert shorter.held_s == pytest.approx(5.0, abs=0.05)


def test_every_condition_must_be_met() -> None:
    both = [{"measure": "knee_flexion", "min": 80}, {"measure": "trunk_inclination", "max": 30}]
    exercise = changed("hold", SIT, conditions=both)
    assert done(lane(exercise), scenes((5.0, IN), trunk=[(0.0, 45.0)])) == []
    assert len(done(lane(exercise), scenes((5.0, IN)))) == 1


def test_what_is_told_meanwhile() -> None:
    own = lane()
    before, *_, during = steps(own, scenes((1.0, OUT), (4.0, IN)))
    assert (before.phase, before.progress, before.hold_s) == ("away", 0.0, 0.0)
    assert (during.phase, during.progress) == ("hold", 1.0) and own.moving
    assert during.signal == pytest.approx(IN, abs=0.1)


def waits(
    frames: Iterable[PoseFrame], exercise: Exercise | None = None, **keys: Any
) -> list[tuple[float, str]]:
    """When what is missing of the pose is told first, of each time that it is, and what."""
    own, told, before = lane(exercise), [], ""
    for frame in frames:
        waits_for = own.step(seen(frame, **keys)).waits_for
        says = "" if waits_for is None else waits_for.says
        if says and says != before:
            told.append((round(frame.t, 1), says))
        before = says
    return told


@at_every_rate
def test_who_keeps_still_short_of_the_pose_hears_what_is_missing(fps: int) -> None:
    ((t, says),) = waits(scenes((30.0, 60.0), fps=fps))
    assert says == "Bend your knees" and t == pytest.approx(WAITS_S + 0.3, abs=0.4)


def test_who_tries_again_hears_it_again() -> None:
    assert [round(t) for t, _ in waits(scenes((6.0, 60.0), (6.0, 70.0), (2.0, 75.0)))] == [3, 9]


def test_what_is_missing_is_told_one_thing_at_a_time() -> None:
    both = [
        {"measure": "knee_flexion", "min": 80, "says": "Bend your knees"},
        {"measure": "trunk_inclination", "max": 30, "says": "Sit up"},
    ]
    exercise = changed("hold", SIT, conditions=both)
    told = waits(scenes((6.0, OUT), (6.0, IN), trunk=[(0.0, 45.0)]), exercise)
    assert [says for _, says in told] == ["Bend your knees", "Sit up"]


@pytest.mark.parametrize(
    "frames",
    [
        scenes((31.0, IN), (20.0, OUT)),  # done: a rest
        scenes((10.0, IN), (6.0, OUT)),  # a pause is told otherwise
        scenes(*((1.0, knee) for knee in (20.0, 50.0) * 5)),  # moving
        [],
    ],
)
def test_who_rests_or_moves_is_told_nothing_of_the_pose(frames: list[PoseFrame]) -> None:
    assert waits(frames) == []


def test_nobody_is_told_what_nobody_saw() -> None:
    assert waits(scenes((10.0, OUT)), ready=False) == []
    silent = changed("hold", SIT, conditions=[{"measure": "knee_flexion", "min": 80}])
    assert waits(scenes((10.0, OUT)), silent) == []


def test_a_cut_ends_the_hold() -> None:
    own = lane()
    steps(own, scenes((6.0, IN)))
    held = own.cut().held
    assert held is not None and held.held_s == pytest.approx(6.0, abs=0.05)
    assert own.finish().held is None and not own.moving


# --- verdicts ---------------------------------------------------------------------------------------------


def verdict(frames: Iterable[PoseFrame], **keys: Any) -> Verdict:
    (held,) = done(lane(with_checks(SIT, upright=keys)), frames)
    return held.verdicts["upright"]


def test_right_is_passed_and_wrong_is_at_fault() -> None:
    assert verdict(scenes((10.0, IN))).verdict is Judgement.PASS
    assert verdict(scenes((10.0, IN), trunk=[(0.0, 25.0)])).verdict is Judgement.FAULT


def test_a_moment_of_sway_is_no_fault_in_a_long_pose() -> None:
    sways = scenes((15.0, IN), trunk=[(6.0, 25.0), (6.7, 0.0)])
    leans = scenes((15.0, IN), trunk=[(6.0, 25.0), (8.0, 0.0)])
    assert [verdict(sways).verdict, verdict(leans).verdict] == [Judgement.PASS, Judgement.FAULT]


def test_a_change_is_told_against_the_level_at_the_start_of_the_hold() -> None:
    steady = scenes((15.0, IN), trunk=[(0.0, 25.0)])
    drifts = scenes((15.0, IN), trunk=[(0.0, 25.0), (6.0, 50.0)])
    assert verdict(steady, against="rest").verdict is Judgement.PASS
    assert verdict(drifts, against="rest").value == pytest.approx(25.0, abs=0.2)


def test_live_faults_begin_once_the_level_is_known_and_need_a_second() -> None:
    own = lane()
    updates = steps(own, scenes((10.0, IN), trunk=[(4.0, 25.0)]))
    told = [i / 30 for i, update in enumerate(updates) if update.faults]
    assert told[0] == pytest.approx(5.0, abs=0.05)
    assert set(updates[-1].faults) == {"upright"}


def test_what_was_spoken_stays_in_the_record_of_its_hold_alone() -> None:
    own, said = lane(), Verdict(verdict=Judgement.FAULT, value=25.0)
    frames = scenes((5.0, IN), (9.0, OUT), (5.0, IN))
    ended = []
    for frame in frames:
        if held := own.step(seen(frame)).held:
            ended.append(held)
        if frame.t == 3.0:
            own.spoke("upright", said)
    last = own.finish().held
    assert last is not None
    assert [h.verdicts["upright"] == said for h in [*ended, last]] == [True, False]


def test_from_another_view_it_cannot_be_judged() -> None:
    (held,) = done(lane(), scenes((5.0, IN)), view="front")
    told = held.verdicts["upright"]
    assert (told.verdict, told.reason) == (Judgement.CANNOT_JUDGE, "this is seen from the side only")


def test_what_no_camera_sees_says_so() -> None:
    told = verdict(
        scenes((5.0, IN)), measure=None, range=None, views=[], unseen="no landmark there", when="whole"
    )
    assert (told.verdict, told.reason) == (Judgement.CANNOT_JUDGE, "no landmark there")


def far_knee_wanders(frames: Iterable[PoseFrame]) -> list[PoseFrame]:
    """The knee away from the camera, which the model only guesses, goes on for a second and a half."""
    knee = (np.arange(COUNT) == INDEX["left_knee"])[:, None]
    wanders = (f.with_xy(f.xy + knee * np.array([80.0 * min(f.t, 2.5), 0.0])) for f in frames)
    return [believed(frame, 0.9, "left_knee", "left_ankle") for frame in wanders]


@pytest.mark.parametrize("changes", [list, far_knee_wanders])
def test_a_condition_that_this_view_cannot_tell_is_not_asked(
    changes: Callable[[Iterable[PoseFrame]], list[PoseFrame]],
) -> None:
    bent = {"measure": "knee_flexion", "min": 80, "leave": 10, "says": "Bend your knees"}
    apart = {"measure": "knee_gap", "min": 3}  # from the front only
    both = changed("hold", SIT, conditions=[bent, apart], views=["side", "front"])
    plain, asked = (lane(exercise) for exercise in (parsed(SIT), both))
    for frame in changes(scenes((1, OUT), (3, IN))):
        assert asked.step(seen(frame)).hold_s == plain.step(seen(frame)).hold_s


@pytest.mark.parametrize("missing", [True, False])
def test_a_long_while_that_nobody_saw_is_not_praised_whether_pictures_came_or_not(missing: bool) -> None:
    own = lane()
    updates = []
    for frame in scenes((18.0, IN), (10.0, OUT)):
        away = 8.0 <= frame.t < 12.0
        if not (away and missing):
            updates.append(own.step(seen(frame, ready=not away)))
    pose = next(update.held for update in updates if update.held is not None)
    assert pose.held_s == pytest.approx(14.0, abs=1.0)
    assert {verdict.verdict for verdict in pose.verdicts.values()} == {Judgement.CANNOT_JUDGE}


@pytest.mark.parametrize(("hidden_s", "said"), [(0.2, Judgement.PASS), (0.95, Judgement.CANNOT_JUDGE)])
def test_what_nobody_saw_is_not_praised(hidden_s: float, said: Judgement) -> None:
    own = lane()
    ended = [
        own.step(seen(frame, ready=frame.t % 2 >= hidden_s)) for frame in scenes((20.0, IN), (10.0, OUT))
    ]
    (hold,) = [update.held for update in ended if update.held is not None]
    assert {v.verdict for v in hold.verdicts.values()} == {said}


def test_what_happens_in_a_pause_is_no_fault_of_the_pose() -> None:
    frames = scenes(
        (1.0, OUT),
        (12.0, IN),
        (2.0, OUT),
        (0.6, IN),
        (2.0, OUT),
        (20.0, IN),
        trunk=[(15.0, 30.0), (16.0, 0.0)],
    )
    (held,) = done(lane(), frames)
    assert held.pauses and held.verdicts["upright"].verdict is Judgement.PASS


def test_who_has_let_go_is_not_led_to_press_again() -> None:
    led = Led(Guide(reps=2, hold_s=5.0, rest_s=3.0, hold="Press", rest="Let go"))
    assert [led.step(t) for t in (0.0, 5.1, 4.9, 5.2)] == ["hold", "rest", "rest", "rest"]
    assert led.done == 1
    assert led.step(8.1) == "hold" and led.step(13.2) == "rest" and led.done == 2
