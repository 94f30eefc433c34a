"""A film that lies on its side, or stands on its head, is told so; whoever really lies is not."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from coach.judge import SetResult, exercise_ids, load_exercise
from coach.judge.say import say
from coach.language import LANGUAGES, Language, words
from coach.pose import PoseFrame, PoseTrack, Repair, repair_track
from coach.pose.plausible import TWISTED
from coach.video import sideways
from coach.video.analysis import Options, Watcher
from coach.video.sideways import SINKING, Way
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


def turned(frames: Iterable[PoseFrame], way: Way) -> list[PoseFrame]:
    """As the repair gives them when the film is turned: it doubts a body that seems to stand on its head."""
    repair = Repair()
    return [repair.step(f.turned(1).turned(1) if way == 2 else f.turned(way)) for f in frames]


def side(language: Language = "en") -> str:
    return say(language)("advice.on_its_side")


def head(language: Language = "en") -> str:
    return words(language, Path(sideways.__file__).parent)("on_its_head")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("way", "told"), [(1, side), (2, head), (3, side)])
def test_a_film_that_is_not_upright_is_told_so_in_one_sentence(
    way: Way, told: Callable[[Language], str], language: Language
) -> None:
    result = watched(turned(squats(3), way), "squat", language)
    assert result.counted == 0 and result.advice == (told(language),)
    assert {gap.reason for gap in result.not_judged} <= {told(language)}


def test_a_trunk_that_leans_far_over_is_on_its_head_in_the_picture_alone() -> None:
    frames = turned(squats(3), 1)
    end_s = frames[-1].t
    leaning = [replace(f, doubt=TWISTED) if 0.35 < f.t / end_s < 0.6 else f for f in frames]
    assert watched(leaning, "squat").advice == (side(),)


@pytest.mark.parametrize("path", [path for path in TRACKS if exercise_of(path) in STANDING], ids=str)
def test_people_as_the_pose_model_sees_them(path: Path) -> None:
    """Those that were filmed from where they can be counted."""
    exercise = exercise_of(path)
    upright = watched(kept(path), exercise)
    on_side = watched([frame.turned(1) for frame in kept(path)], exercise)
    assert not {side(), head()} & {*upright.advice}
    assert not on_side.counted
    assert (side() in on_side.advice) == (upright.counted > 0 and not on_side.attempts)
    on_head = watched(turned(PoseTrack.load(path), 2), exercise)
    assert (head() in on_head.advice) == (upright.counted > 0)


@pytest.mark.parametrize("path", [path for path in TRACKS if exercise_of(path) not in STANDING], ids=str)
def test_who_really_lies_kneels_or_sits_is_never_told_so(path: Path) -> None:
    """However long they go on: of cobras for long enough some look like squats that are filmed askew."""
    once, times = kept(path), 3 if path.parent.name == "others" else 1
    lasts_s = once[-1].t - once[0].t + 0.05
    frames = [replace(frame, t=frame.t + n * lasts_s) for n in range(times) for frame in once]
    for exercise in STANDING:
        assert not {side(), head()} & {*watched(frames, exercise).advice}
