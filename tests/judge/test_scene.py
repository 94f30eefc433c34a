"""A frame as the engine takes it."""

from dataclasses import replace

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.judge.scene import Onlooker
from coach.pose import INDEX, PoseFrame
from tests.skeletons import LEFT, standing


def wavering(exercise: str, cut: bool = False) -> float:
    """The visibility of a joint that was believed, and falls short of the limit by little, as it is taken."""
    limit, onlooker = load_exercise(exercise).seen, Onlooker(load_exercise(exercise))

    def frame(t: float, share: float) -> PoseFrame:
        return replace(standing(camera=LEFT), t=t, visibility=np.full(33, share * limit, np.float32))

    onlooker.step(frame(0.0, 1.05))
    if cut:
        onlooker.cut()
    return float(onlooker.step(frame(0.1, 0.95)).frame.visibility[0]) / limit


@pytest.mark.parametrize("exercise", ["squat", "pigeon", "bridge_march"])
def test_a_joint_that_wavers_stays_believed_until_a_cut(exercise: str) -> None:
    assert wavering(exercise) >= 1.0
    assert wavering(exercise, cut=True) == pytest.approx(0.95)


def test_of_repetitions_of_one_side_it_does_not() -> None:
    assert wavering("hip_hiker") == pytest.approx(0.95)


def test_a_scene_tells_whether_it_can_be_judged_and_goes_to_a_lane_whole() -> None:
    exercise = load_exercise("squat")
    scene = Onlooker(exercise).step(standing(camera=LEFT))
    assert scene.readiness(exercise, "left").ready
    assert not scene.readiness(load_exercise("bridge"), "left").ready
    seen = scene.seen(ready=True, elsewhere=True)
    assert (seen.frame, seen.body, seen.situation) == (scene.frame, scene.body, scene.situation)
    assert seen.ready and seen.elsewhere and not scene.seen(ready=False).elsewhere


def test_a_joint_outside_the_picture_has_no_place_however_sure_the_model_is() -> None:
    onlooker, frame = Onlooker(load_exercise("squat")), standing(camera=LEFT)
    toes = INDEX["left_foot_index"]
    xy = frame.xy.copy()
    xy[toes, 1] = frame.size[1] + 3
    scene = onlooker.step(frame.with_xy(xy))
    assert not scene.body.seen(("left_foot_index",)) and scene.body.seen(("left_ankle",))
    assert np.array_equal(scene.frame.xy, xy), (
        "whether all that is needed is in the picture is asked of the whole"
    )
