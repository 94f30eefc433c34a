"""Joints stay believed while their visibility wavers about the limit."""

from dataclasses import replace

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.judge.belief import LEAVE, Belief
from coach.pose import PoseFrame
from tests.judge.films import result_of, squats


def seen(t: float, visibility: float) -> PoseFrame:
    return replace(PoseFrame.empty(t, (4, 4)), visibility=np.full(33, visibility, np.float32))


@pytest.mark.parametrize("limit", [0.2, 0.3, 0.35, 0.37, 0.5])
def test_who_was_believed_stays_so_until_clearly_hidden(limit: float) -> None:
    belief, short = Belief(limit), limit * (1 + LEAVE) / 2
    path = [limit + 0.1, short, limit * LEAVE / 2, short]
    told = [belief.step(seen(t, v)).visibility.tolist()[0] >= limit for t, v in enumerate(path)]
    assert told == [True, True, False, False]


def test_somebody_else_is_believed_anew() -> None:
    belief = Belief(0.5)
    belief.step(seen(0.0, 0.9))
    belief.reset()
    assert belief.step(seen(0.1, 0.45)).visibility[0] < 0.5


def test_nobody_is_not_believed() -> None:
    belief = Belief(0.5)
    belief.step(seen(0.0, 0.9))
    empty = PoseFrame.empty(0.1, (4, 4))
    assert belief.step(empty) is empty
    assert belief.step(seen(0.2, 0.45)).visibility[0] < 0.5


def test_repetitions_are_counted_while_a_joint_wavers_about_the_limit() -> None:
    limit = load_exercise("squat").seen
    wavering = [
        replace(frame, visibility=np.full(33, limit * (1.02 if i // 12 % 2 == 0 else 0.97), np.float32))
        for i, frame in enumerate(squats(3))
    ]
    assert result_of(wavering, "squat").counted == 3
