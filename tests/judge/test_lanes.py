"""The sides that a set follows: which they are, which one is shown, and what was really the other's."""

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.judge.exercise import Exercise
from coach.judge.hold_lane import HoldLane
from coach.judge.lane import LaneUpdate
from coach.judge.lanes import Followed, Lanes, is_held, lane_of, near_side
from coach.judge.readiness import READY, Readiness
from coach.judge.rep_lane import RepLane
from coach.judge.results import WhyNotCode
from coach.judge.scene import Onlooker
from coach.motion import Situation, load_errors
from coach.pose import INDEX, PoseFrame, Side
from tests.judge.films import SQUAT, hikes, pigeons, result_of, squats
from tests.judge.parts import a_hold, a_rep
from tests.skeletons import FRONT, LEFT, RIGHT, standing

ERRORS = load_errors()
NOT_READY = Readiness(False)


def one_sided(exercise: str) -> Exercise:
    return load_exercise(exercise).model_copy(update={"sides": "each"})


def looked_at(lanes: Lanes, exercise: Exercise, frames: Iterable[PoseFrame]) -> list[set[Side]]:
    """The sides that are looked at on each frame."""
    onlooker = Onlooker(exercise)
    return [{*lanes.step(onlooker.step(frame))} for frame in frames]


def lanes_after(frames: Iterable[PoseFrame], exercise: str, asked: Side | None = None) -> Lanes:
    lanes = Lanes(load_exercise(exercise), asked, ERRORS)
    looked_at(lanes, load_exercise(exercise), frames)
    return lanes


# --- which sides ------------------------------------------------------------------------------------------


def test_where_both_move_alike_it_is_the_near_side_and_stays_it_from_the_front() -> None:
    views = [standing(camera=camera) for camera in (LEFT, RIGHT, FRONT)]
    frames = [replace(frame, t=2.0 * k + i / 10) for k, frame in enumerate(views) for i in range(20)]
    lanes = Lanes(load_exercise("squat"), None, ERRORS)
    sides = looked_at(lanes, load_exercise("squat"), frames)
    assert [sides[19], sides[39], sides[59]] == [{"left"}, {"right"}, {"right"}]
    scene = Onlooker(load_exercise("squat")).step(frames[-1])
    assert [side for side, _ in lanes.step_unseen(scene, {"right"})] == ["left"], "it goes on unseen"


def test_before_anybody_is_seen_the_near_side_is_any_and_then_what_is_seen() -> None:
    nobody = Situation(math.nan, None, None, "")
    assert near_side(None, nobody) == "right"
    assert near_side("left", nobody) == "left", "who is lost from sight has not turned round"
    assert near_side("right", Situation(-90.0, "side", "left", "standing")) == "left"


def test_of_each_side_it_is_the_one_that_was_asked_for_or_both() -> None:
    for asked, sides in ((None, {"left", "right"}), ("right", {"right"})):
        lanes = Lanes(load_exercise("hip_hiker"), asked, ERRORS)  # type: ignore[arg-type]  # a side
        assert looked_at(lanes, load_exercise("hip_hiker"), list(hikes(1))[:3]) == [sides] * 3


def test_a_lane_is_of_the_kind_of_its_exercise() -> None:
    assert isinstance(lane_of(load_exercise("squat"), "left", ERRORS), RepLane)
    assert isinstance(lane_of(load_exercise("pigeon"), "left", ERRORS), HoldLane)


# --- which one is shown -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Followed(READY, LaneUpdate()), Followed(NOT_READY, LaneUpdate(progress=0.9))),
        (Followed(READY, LaneUpdate(progress=1.0)), Followed(READY, LaneUpdate(progress=0.9))),
        (Followed(NOT_READY, LaneUpdate(rep=a_rep())), Followed(READY, LaneUpdate(progress=0.9))),
        (Followed(NOT_READY, LaneUpdate(held=a_hold())), Followed(READY, LaneUpdate(hold_s=9.0))),
    ],
    ids=["ready", "further", "a repetition ended", "a hold ended"],
)
def test_what_just_ended_is_shown_or_who_is_ready_and_furthest(left: Followed, right: Followed) -> None:
    lanes = lanes_after(list(hikes(1))[:3], "hip_hiker")
    assert (
        lanes.shown({"left": left, "right": right}) == lanes.shown({"right": right, "left": left}) == "left"
    )


def test_the_side_that_moves_is_shown_and_stays_it_in_the_rest() -> None:
    exercise = load_exercise("hip_hiker")
    lanes, onlooker, shown = Lanes(exercise, None, ERRORS), Onlooker(exercise), []
    for frame in hikes(2, side="right"):
        followed = lanes.step(onlooker.step(frame))
        wavers = replace(followed["left"], update=replace(followed["left"].update, progress=0.05))
        shown.append(lanes.shown({**followed, "left": wavers}))
    first = shown.index("right")
    assert first < len(shown) / 3 and set(shown[first:]) == {"right"}


def test_a_pose_that_is_held_is_shown_though_a_joint_of_its_leg_is_hidden() -> None:
    lanes = lanes_after(pigeons(4.0), "pigeon")
    assert is_held(lanes["right"]) and not is_held(lanes["left"])
    shown = {"left": Followed(READY, LaneUpdate(progress=1.0)), "right": Followed(NOT_READY, LaneUpdate())}
    assert lanes.shown(shown) == "right"  # type: ignore[arg-type]  # sides


def test_something_moves_while_a_hold_is_under_way_and_a_paused_one_may_be_left_out() -> None:
    assert not lanes_after(list(pigeons(4.0))[:10], "pigeon").any_moving()
    held = pigeons(4.0)
    assert lanes_after(held, "pigeon").any_moving(but_paused=True)
    away = [replace(pigeons(0.0)[0], t=held.t[-1] + (i + 1) / 12) for i in range(12)]
    paused = lanes_after([*held, *away], "pigeon")
    assert paused.any_moving() and not paused.any_moving(but_paused=True)


# --- what was the other's ---------------------------------------------------------------------------------


def test_a_pose_of_the_other_side_within_a_hold_is_the_legs_mixed_up() -> None:
    """For three seconds both legs look as if they lay across."""

    def mixed_up(frame: PoseFrame) -> PoseFrame:
        mirrored, xy, visibility = frame.mirrored(), frame.xy.copy(), frame.visibility.copy()
        leg = [INDEX[f"left_{joint}"] for joint in ("knee", "ankle", "heel", "foot_index")]
        middle = frame.xy[[INDEX["left_hip"], INDEX["right_hip"]], 0].mean()
        xy[leg] = mirrored.xy[leg] + [2 * middle - frame.size[0], 0]
        visibility[leg] = mirrored.visibility[leg]
        return replace(frame, xy=xy, visibility=visibility)

    frames = [mixed_up(f) if 6 <= f.t <= 9 else f for f in pigeons(14.0, 10)]
    (held,) = result_of(frames, "pigeon").holds
    assert held.side == "right" and held.held_s == pytest.approx(14.0, abs=0.2)
    (alone,) = result_of(frames, "pigeon", "left").holds
    assert alone.held_s == pytest.approx(3.0, abs=0.3), "that leg by itself is believed"


def test_only_the_side_that_was_asked_for_is_counted() -> None:
    frames = hikes(2, 10, "left")
    assert result_of(frames, "hip_hiker", "left").counted == 2
    assert result_of(frames, "hip_hiker", "right").counted == 0


def test_what_is_lost_of_the_other_leg_while_this_one_is_seen_is_the_same_movement() -> None:
    """Of a step both legs read how the body rises, and the trailing one is hidden on top."""
    exercise = one_sided("squat")
    frames = list(squats(1, camera=FRONT))
    trailing = [INDEX["right_hip"], INDEX["right_knee"], INDEX["right_ankle"]]
    late = []
    for k, frame in enumerate(frames):
        xy = frame.xy.copy()
        xy[trailing] = frames[max(0, k - 1)].xy[trailing]
        if 2.3 <= frame.t < 3.4:
            xy[INDEX["right_knee"]] = np.nan
        late.append(replace(frame, xy=xy))
    result = result_of(late, exercise)
    assert [(rep.side, rep.why_not) for rep in result.reps] == [("left", None)]


@pytest.mark.parametrize(("code", "kept"), [("range", True), ("lost", False)])
def test_one_that_stops_short_is_no_lost_one_however_its_file_words_that(
    code: WhyNotCode, kept: bool
) -> None:
    exercise, halfway = one_sided("squat"), replace(SQUAT, height=0.6)
    lanes = Lanes(exercise, None, ERRORS)
    looked_at(lanes, exercise, [f for f in squats(1, camera=FRONT, move=halfway) if f.t < 2.6])
    assert lanes["left"].moving
    lanes["right"].went = 1.0  # type: ignore[union-attr]  # a RepLane
    ended = a_rep(1.9, side="right", counted=False, why_not="Again, please", why_not_code=code)
    assert (lanes._own("right", LaneUpdate(rep=ended)).rep is not None) == kept


@pytest.mark.parametrize(("late_s", "counted"), [(0.0, 1), (0.3, 1), (2.4, 2)])
def test_what_the_other_leg_shows_a_moment_later_is_the_same_movement(late_s: float, counted: int) -> None:
    """Its end may come after that of the first: the peak lies within it all the same."""
    exercise = one_sided("squat")
    lanes = Lanes(exercise, None, ERRORS)
    first = a_rep(1.0, side="left")
    then = a_rep(1.0 + late_s, side="right")
    for side in ("left", "right"):
        lanes._lane(side)  # type: ignore[arg-type]
    kept = [lanes._own(rep.side, LaneUpdate(rep=rep)).rep for rep in (first, then)]  # type: ignore[arg-type]
    assert sum(rep is not None for rep in kept) == counted
