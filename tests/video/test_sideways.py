"""A film that lies on its side is told so; whoever really lies is not."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from coach.judge import SetResult, exercise_ids, load_exercise
from coach.judge.say import say
from coach.language import LANGUAGES, Language
from coach.pose import PoseFrame, PoseTrack, repair_track
from coach.video.analysis import Options, Watcher
from coach.video.sideways import SINKING
from tests.conftest import SAMPLES
from tests.judge.films import squats

STANDING = [
    name
    for name in exercise_ids()
    if (exercise := load_exercise(name)).position[0] == "standing"
    and exercise.repetition is not None
    and exercise.repetition.signal in SINKING
]
TRACKS = sorted([*(SAMPLES / "library").glob("*.npz"), *(SAMPLES / "others").glob("*.npz")])


def watched(frames: list[PoseFrame], exercise: str, language: Language = "en") -> SetResult:
    watcher = Watcher(load_exercise(exercise, language=language), Options())
    for frame in frames:
        watcher.judge(frame)
    return watcher.finish("track").result


@cache
def kept(path: Path) -> list[PoseFrame]:
    return list(repair_track(PoseTrack.load(path)))


def exercise_of(path: Path) -> str:
    about = path.with_suffix(".json")
    return str(json.loads(about.read_text("utf-8"))["exercise"]) if about.exists() else ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", [1, 3])
def test_a_film_on_its_side_is_told_so_in_one_sentence(way: Literal[1, 3], language: Language) -> None:
    result = watched([frame.turned(way) for frame in squats(3)], "squat", language)
    text = say(language)("advice.on_its_side")
    assert result.counted == 0 and result.advice == (text,)
    assert {gap.reason for gap in result.not_judged} <= {text}


@pytest.mark.parametrize("path", [path for path in TRACKS if exercise_of(path) in STANDING], ids=str)
def test_people_as_the_pose_model_sees_them(path: Path) -> None:
    """Those that were filmed from where they can be counted."""
    exercise = exercise_of(path)
    upright = watched(kept(path), exercise)
    turned = watched([frame.turned(1) for frame in kept(path)], exercise)
    assert say("en")("advice.on_its_side") not in upright.advice
    assert not turned.counted
    assert (say("en")("advice.on_its_side") in turned.advice) == (upright.counted > 0 and not turned.attempts)


@pytest.mark.parametrize("path", [path for path in TRACKS if exercise_of(path) not in STANDING], ids=str)
def test_who_really_lies_kneels_or_sits_is_never_told_so(path: Path) -> None:
    """However long they go on: of cobras for long enough some look like squats that are filmed askew."""
    once, times = kept(path), 3 if path.parent.name == "others" else 1
    lasts_s = once[-1].t - once[0].t + 0.05
    frames = [replace(frame, t=frame.t + n * lasts_s) for n in range(times) for frame in once]
    for exercise in STANDING:
        assert say("en")("advice.on_its_side") not in watched(frames, exercise).advice
