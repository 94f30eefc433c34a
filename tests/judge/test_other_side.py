"""Who was asked for one side and does the other."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from coach.judge import Engine, load_exercise
from coach.judge.lanes import Lanes
from coach.judge.other_side import CLEARLY_S, OtherSide
from coach.judge.overlooked import Rows
from coach.judge.scene import Onlooker
from coach.motion import load_errors
from coach.pose import PoseFrame, Side
from tests.judge.films import HIKER, coached, cues, hikes, joined, pigeons


def times(frames: Iterable[PoseFrame], exercise: str, asked: Side) -> list[float]:
    """When somebody was seen to do the side that was not asked for."""
    loaded, errors = load_exercise(exercise), load_errors()
    onlooker, lanes = Onlooker(loaded), Lanes(loaded, asked, errors)
    beside, found = OtherSide(loaded, asked, lanes, Rows(), errors), []
    for frame in frames:
        scene = onlooker.step(frame)
        lanes.step(scene)
        if beside.is_done(scene):
            found.append(frame.t)
    return found


def test_a_repetition_of_it_is_told_as_it_ends() -> None:
    frames = hikes(2, side="right")
    ends = [rep.end_s for rep in coached(frames, "hip_hiker", "right")[1].reps]
    assert times(frames, "hip_hiker", "left") == [pytest.approx(end_s, abs=0.5) for end_s in ends]
    assert times(frames, "hip_hiker", "right") == []


def test_a_repetition_across_a_cut_is_none() -> None:
    frames = hikes(1, side="right")
    (rep,) = coached(frames, "hip_hiker", "right")[1].reps
    across = [replace(frame, cut=frame.t - 1 / 30 < rep.peak_s <= frame.t) for frame in frames]
    assert "wrong_side" in cues(coached(frames, "hip_hiker", "left")[0])
    assert "wrong_side" not in cues(coached(across, "hip_hiker", "left")[0])


def test_a_pose_of_it_is_told_once_it_is_meant_and_for_as_long_as_it_is_held() -> None:
    found = times(pigeons(10.0), "pigeon", "left")
    assert found[0] == pytest.approx(1.0 + CLEARLY_S, abs=0.3)
    assert found[-1] == pytest.approx(11.0, abs=0.3)
    assert times(pigeons(10.0), "pigeon", "right") == []


def test_it_is_not_told_once_something_of_the_side_asked_for_counted() -> None:
    frames = joined(hikes(1, side="left"), hikes(2, side="right"))
    said, result = coached(frames, "hip_hiker", "left")
    assert result.counted == 1 and "wrong_side" not in cues(said)
    tried = joined(hikes(1, side="left", move=replace(HIKER, height=5.0)), hikes(2, side="right"))
    said, result = coached(tried, "hip_hiker", "left")
    assert result.counted == 0 and "wrong_side" in cues(said)


def test_the_other_side_is_followed_for_as_long_as_the_set_lasts() -> None:
    """What it did last explains nothing that comes later."""
    exercise = load_exercise("hip_hiker")
    engine = Engine(exercise, "left")
    for frame in joined(hikes(1, side="left"), hikes(1, side="right"), hikes(1, side="left")):
        engine.step(frame)
    assert engine._other_side is not None and not engine._other_side._lane.moving
    assert engine.finish().counted == 2
    assert "wrong_side" in cues(coached(hikes(2, side="right"), "hip_hiker", "left")[0])
