"""Demonstrations by stick figures, and what is learnt from them."""

from collections.abc import Iterable

from coach.judge import load_exercise
from coach.judge.demonstration import Demonstration, Finding
from coach.judge.exercise import Exercise
from coach.judge.learn import learn, learnt_file
from coach.judge.library import exercise_file, parse_exercise
from coach.pose import PoseFrame


def learnt(frames: Iterable[PoseFrame], exercise: str) -> Demonstration:
    return learn(load_exercise(exercise), frames)


def learnt_exercise(demonstration: Demonstration, base: str) -> Exercise:
    text = learnt_file(exercise_file(base).read_text("utf-8"), "mine", "Mine", demonstration, "demo.npz")
    return parse_exercise(text, "mine.yaml")


def finding(demonstration: Demonstration, what: str) -> Finding:
    return next(found for found in demonstration.findings if found.what == what)


def changed(demonstration: Demonstration) -> set[str]:
    return {found.what for found in demonstration.findings if found.changed}
