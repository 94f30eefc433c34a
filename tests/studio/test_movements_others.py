"""Movements that are none of the library's exercises."""

import numpy as np
import pytest

from coach.judge import exercise_ids
from sample_videos.studio.movements import OTHERS
from sample_videos.studio.movements.others import Pose, other_side
from sample_videos.studio.skeleton import Body


def test_none_is_an_exercise_of_the_library() -> None:
    assert len(OTHERS) > 30 and not set(OTHERS) & set(exercise_ids())


@pytest.mark.parametrize("name", OTHERS)
def test_the_body_touches_the_floor_and_goes_through_it_nowhere(female: Body, name: str) -> None:
    movement = OTHERS[name](female, tremor_deg=0.0)
    for share in (0.0, 0.5, 1.0):
        placed = female.place(movement.posture(movement.plan({}, share).end, 0.0))
        on_mat = any(prop.what == "mat" for prop in movement.space)
        assert female.lowest_m(placed) == pytest.approx(0.012 if on_mat else 0.0, abs=0.01)


@pytest.mark.parametrize("name", [name for name, other in OTHERS.items() if other.alternates])
def test_the_right_side_does_what_the_left_did(female: Body, name: str) -> None:
    movement = OTHERS[name](female, tremor_deg=0.0)
    left, right = (movement.posture(movement.plan_on(side, {}).end, 0.0) for side in ("left", "right"))
    joints = [female.landmarks(female.place(posture)) for posture in (left, right)]
    assert joints[0] == pytest.approx(joints[1][_swapped()] * [-1, 1, 1], abs=0.02)


def test_sides_are_swapped_with_what_they_turn_to() -> None:
    turns = Pose(chest=(10, 20, 30), thighs=((-40, 5, 6), (0,))).turns()
    swapped = other_side(turns)
    assert swapped["spine_03"] == (10, -20, -30) and swapped["thigh_r"] == (-40, 5, -6)
    assert other_side(swapped) == turns


def test_a_limb_goes_with_the_segment_before_it() -> None:
    turns = Pose(shanks=((30,), (0,)), forearms=(-90,)).turns()
    assert turns["foot_l"] == turns["ball_l"] == (30, 0, 0) and turns["hand_r"] == (-90, 0, 0)
    assert np.isfinite(list(turns.values())).all()


def _swapped() -> list[int]:
    from coach.pose.landmarks import MIRROR

    return list(MIRROR)
