"""The sample clips against their ground truth: every count exact, every planted fault found and no other."""

from pathlib import Path
from typing import Any

import pytest

from coach.judge import HeldPose, Judgement, Rep, load_exercise
from coach.video import analyse
from sample_videos.studio.facts import VERSION
from sample_videos.studio.scene import Scene, read_scene
from tests.conftest import SAMPLES
from tests.integration.clips import CLIPS, SCENES, truth
from tests.integration.conftest import Analysed

WRONG_VIEW = "bridge_wrong_view"
JUDGED = [clip for clip in CLIPS if clip != WRONG_VIEW]
PEAK_OFF_S = 0.4
HELD_OFF_S = 2.5


def faults(part: Rep | HeldPose) -> set[str]:
    return {name for name, v in part.verdicts.items() if v.verdict is Judgement.FAULT}


# --- what the clips are -----------------------------------------------------------------------------------


def test_every_clip_has_its_scene_and_every_scene_its_clip() -> None:
    assert sorted(path.stem for path in SCENES.glob("*.yaml")) == CLIPS


@pytest.mark.parametrize("clip", CLIPS)
def test_a_clip_is_that_of_its_scene(clip: str) -> None:
    assert truth(clip)["version"] == VERSION
    assert Scene.model_validate(truth(clip)["scene"]) == read_scene(SCENES / f"{clip}.yaml")


def test_every_exercise_is_shown_by_two_bodies() -> None:
    for exercise in {truth(clip)["exercise"] for clip in CLIPS}:
        assert len({truth(clip)["body"] for clip in CLIPS if truth(clip)["exercise"] == exercise}) >= 2


def parts_of(clip: str) -> list[Any]:
    """The true repetitions, or the true holds."""
    return list(truth(clip)["reps"] or truth(clip)["holds"])


# --- what is made of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("clip", JUDGED)
def test_counts_and_faults_are_those_of_the_ground_truth(clip: str, analysed: Analysed) -> None:
    result, true = analysed(clip), parts_of(clip)
    assert [faults(part) for part in result.parts] == [set(part["faults"]) for part in true]
    assert [part.side for part in result.parts] == [part["side"] for part in true]
    if truth(clip)["reps"]:
        assert (result.counted, result.attempts) == (truth(clip)["counted"], truth(clip)["attempts"])
        assert [rep.counted for rep in result.reps] == [rep["counted"] for rep in true]


@pytest.mark.parametrize("clip", JUDGED)
def test_peaks_and_holds_are_where_they_were(clip: str, analysed: Analysed) -> None:
    result, true = analysed(clip), truth(clip)
    for rep, wanted in zip(result.reps, true["reps"], strict=True):
        assert rep.peak_s == pytest.approx(wanted["peak_s"], abs=PEAK_OFF_S)
    for hold, wanted in zip(result.holds, true["holds"], strict=True):
        assert hold.held_s == pytest.approx(wanted["held_s"], abs=HELD_OFF_S)


def test_every_rep_that_did_not_count_says_why(analysed: Analysed) -> None:
    for clip in CLIPS:
        assert all((rep.why_not is None) == rep.counted for rep in analysed(clip).reps)


def test_from_the_wrong_side_nothing_is_counted_or_judged(analysed: Analysed) -> None:
    result = analysed(WRONG_VIEW)
    assert result.attempts == 0
    assert "side" in result.advice[0]
    assert {missing.check for missing in result.not_judged} == set(load_exercise("bridge").checks)


def test_the_same_video_gives_the_same_result_every_time(analysed: Analysed, tmp_path: Path) -> None:
    track = tmp_path / "squat.npz"
    first = analyse(SAMPLES / "squat_clean.mp4", "squat", track=track).result
    again = analyse(track, "squat").result
    assert first.reps == analysed("squat_clean").reps
    assert [r.model_dump() for r in again.reps] == [r.model_dump() for r in first.reps]
