"""What is done with a video: which files come out, and when one exercise is sure enough to draw on it."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.errors import VideoError
from coach.judge import FoundSet, WorkoutResult, load_exercise
from coach.pose import PoseFrame, PoseTrack
from coach.video import Analysis, Workout
from coach.web.video import work as module
from coach.web.video.folder import remove, safe_name, same_file
from coach.web.video.work import Task, check, work
from tests.judge.films import squats
from tests.video.conftest import clip as clip
from tests.web.video.conftest import a_rep, an_analysis

BRIDGE = load_exercise("bridge")


def found(exercise: str | None, start_s: float = 1.0) -> FoundSet:
    confidence = "sure" if exercise else "not_sure"
    return FoundSet(
        exercise=exercise,
        name=exercise or "Not sure",
        sides=("both",),
        start_s=start_s,
        end_s=start_s + 9,
        confidence=confidence,  # type: ignore[arg-type]
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the pipeline was asked for; it says at once what the test put under `workout`, and saw what it
    put under `seen`.
    """
    told: dict[str, Any] = {"workout": None, "seen": squats(1)}

    def analyse(video: Path, exercise: object, **options: Any) -> Analysis:
        told["analyse"] = (exercise, options)
        options["on_progress"](1.0, 2.0)
        options["annotated"].write_bytes(b"mp4")
        return an_analysis(a_rep(2))

    def analyse_workout(video: Path, **options: Any) -> Workout:
        options["on_progress"](1.0, 2.0)
        PoseTrack.of(told["seen"]).save(options["track"])
        return told["workout"]  # type: ignore[no-any-return]

    monkeypatch.setattr(module, "analyse", analyse)
    monkeypatch.setattr(module, "analyse_workout", analyse_workout)
    return told


def a_workout(*analyses: Analysis | None) -> Workout:
    sets = tuple(found(a.exercise.id if a else None, 10.0 * n) for n, a in enumerate(analyses))
    return Workout(WorkoutResult(duration_s=60, sets=sets), analyses)


def shares() -> tuple[list[float], Callable[[float], None]]:
    told: list[float] = []
    return told, told.append


def test_one_exercise(asked: dict[str, Any], video: Path, tmp_path: Path) -> None:
    told, on_share = shares()
    outcome = work(Task(video, BRIDGE, "left", between=(3.0, 9.0)), tmp_path, on_share)
    assert asked["analyse"][0] is BRIDGE
    assert (asked["analyse"][1]["side"], asked["analyse"][1]["between"]) == ("left", (3.0, 9.0))
    assert list(outcome.files) == ["coached.mp4", "report.pdf", "report.html", "result.json"]
    assert all(path.is_file() for path in outcome.files.values())
    assert told == [0.5]


def test_the_only_one_that_was_recognised_is_drawn(
    asked: dict[str, Any], video: Path, tmp_path: Path
) -> None:
    asked["workout"] = a_workout(an_analysis(a_rep(2)))
    told, on_share = shares()
    outcome = work(Task(video), tmp_path, on_share)
    assert asked["analyse"][0].id == "bridge"
    assert "coached.mp4" in outcome.files and outcome.workout is None
    assert told == [0.25, 0.75]


def test_two_sets_of_the_same_exercise_are_two(asked: dict[str, Any], video: Path, tmp_path: Path) -> None:
    asked["workout"] = a_workout(an_analysis(a_rep(2)), an_analysis(a_rep(40)))
    outcome = work(Task(video), tmp_path, shares()[1])
    assert "analyse" not in asked and outcome.workout is asked["workout"]


def test_several_or_unsure_ones_are_listed(asked: dict[str, Any], video: Path, tmp_path: Path) -> None:
    asked["workout"] = a_workout(an_analysis(a_rep(2)), None)
    outcome = work(Task(video), tmp_path, shares()[1])
    assert "analyse" not in asked and outcome.analysis is None
    assert list(outcome.files) == ["result.json", "report-1.pdf", "report-1.html"]


def test_nothing_recognised(asked: dict[str, Any], video: Path, tmp_path: Path) -> None:
    asked["workout"] = a_workout()
    outcome = work(Task(video), tmp_path, shares()[1])
    assert list(outcome.files) == ["result.json"] and not outcome.nobody
    assert [path.name for path in tmp_path.iterdir() if path != video] == ["result.json"]


def test_nobody_seen(asked: dict[str, Any], video: Path, tmp_path: Path) -> None:
    asked["workout"], asked["seen"] = a_workout(), [PoseFrame.empty(t, (640, 480)) for t in (0.0, 0.1)]
    assert work(Task(video), tmp_path, shares()[1]).nobody


def test_a_video_that_hides_its_length(asked: dict[str, Any], video: Path, tmp_path: Path) -> None:
    told: list[float] = []
    module._shares(told.append, 0.0, 1.0)(5.0, math.nan)
    assert math.isnan(told[0])


def test_types_are_told_by_reading(clip: Callable[..., Path], tmp_path: Path) -> None:
    assert check(clip("right.mov")) == pytest.approx(0.3, abs=0.1)
    wrong = tmp_path / "wrong.mp4"
    wrong.write_text("no video at all")
    with pytest.raises(VideoError, match="is not a video"):
        check(wrong)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bridge.mp4", "bridge.mp4"),
        ("../../etc/passwd", "passwd"),
        ("Brücke am Montag.MOV", "Brücke am Montag.MOV"),
        ("", "video"),
        ("set.npz", "set.npz.bin"),
        ("a\nb\x00.mp4", "a_b_.mp4"),
        ("ü" * 300 + ".webm", "ü" * 50 + ".webm"),
    ],
)
def test_names_that_any_disk_takes(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_disk_without_links_gets_a_copy(
    video: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuse)
    same_file(video, tmp_path / "copy.mp4")
    assert (tmp_path / "copy.mp4").read_bytes() == video.read_bytes()
    remove(tmp_path / "not there")
