"""A bone does not stretch: a foot that is put elsewhere is not the own one."""

from collections.abc import Sequence

import pytest

from coach.judge.shank import Shank
from coach.motion import Body
from coach.pose import INDEX, PoseFrame
from tests.judge.films import bridges, result_of
from tests.skeletons import LEFT, squat

FEET = ("left_ankle", "left_heel", "left_foot_index", "right_ankle", "right_heel", "right_foot_index")


def stretched(frame: PoseFrame, factor: float, feet: Sequence[str] = FEET) -> PoseFrame:
    """The same with the feet further from the knees by a factor."""
    xy = frame.xy.copy()
    for name in feet:
        knee = frame.xy[INDEX[f"{name.split('_')[0]}_knee"]]
        xy[INDEX[name]] = knee + factor * (frame.xy[INDEX[name]] - knee)
    return frame.with_xy(xy)


def rested(factor: float = 1.0) -> Shank:
    """A left shank after a second at rest, drawn longer or shorter by a factor."""
    shank = Shank("left")
    for i in range(10):
        shank.rest(i / 10, Body.of(stretched(squat(0.0, camera=LEFT), factor, FEET[:3])))
    return shank


@pytest.mark.parametrize(
    ("factor", "lost"), [(1.0, False), (1.1, False), (0.8, False), (1.25, True), (0.5, True)]
)
def test_a_foot_is_lost_when_the_shank_has_not_its_length(factor: float, lost: bool) -> None:
    body = Body.of(stretched(squat(0.6, camera=LEFT), factor))
    assert bool(rested().lost(body, "side")) is lost


def test_a_shank_drawn_too_short_at_rest_may_be_as_long_as_the_other() -> None:
    body = Body.of(squat(0.6, camera=LEFT))
    assert not rested(0.8).lost(body, "side")


def test_a_leg_that_grows_as_a_whole_has_come_nearer() -> None:
    frame = squat(0.6, camera=LEFT)
    assert not rested().lost(Body.of(frame.with_xy(frame.xy * 1.25)), "side")


def test_it_says_nothing_from_the_front_and_before_it_saw_rest() -> None:
    body = Body.of(stretched(squat(0.6, camera=LEFT), 2.0))
    assert not rested().lost(body, "front")
    assert not Shank("left").lost(body, "side")


def test_a_bridge_is_counted_but_its_shank_not_judged_with_the_foot_on_somebody_elses() -> None:
    track = bridges(1)
    wrong = [
        stretched(frame, 1.3) if 2.4 < frame.t < 7.0 else frame
        for frame in (track[i] for i in range(len(track)))
    ]
    (rep,) = result_of(wrong, "bridge").reps
    assert rep.counted
    assert rep.verdicts["knees_over_ankles"].verdict == "cannot_judge"
    assert rep.verdicts["straight_line"].verdict == "pass"
