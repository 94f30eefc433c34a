"""The sample clips against their ground truth: every count exact, every planted fault found and no other."""

from pathlib import Path

import pytest

from coach.judge import HeldPose, Judgement, Rep, load_exercise
from coach.video import analyse
from tests.conftest import SAMPLES
from tests.integration.clips import CLIPS, analysed, truth

WRONG_VIEW = "bridge_wrong_view"
PEAK_OFF_S = 0.4


def faults(part: Rep | HeldPose) -> set[str]:
    return {name for name, v in part.verdicts.items() if v.verdict is Judgement.FAULT}


@pytest.mark.parametrize("clip", [c for c in CLIPS if c != WRONG_VIEW])
def test_counts_and_faults_are_those_of_the_ground_truth(clip: str) -> None:
    result, true = analysed(clip), truth(clip)
    if true["holds"]:
        planted = [{fault["check"] for fault in hold["faults"]} for hold in true["holds"]]
        assert [faults(hold) for hold in result.holds] == planted
        assert [hold.side for hold in result.holds] == [hold["side"] for hold in true["holds"]]
        return
    assert (result.counted, result.attempts) == (true["counted"], true["attempts"])
    assert [faults(rep) for rep in result.reps] == [set(rep["faults"]) for rep in true["reps"]]
    assert [rep.counted for rep in result.reps] == [rep["counted"] for rep in true["reps"]]
    assert [rep.side for rep in result.reps] == [rep["side"] for rep in true["reps"]]


@pytest.mark.parametrize("clip", [c for c in CLIPS if c != WRONG_VIEW])
def test_peaks_and_holds_are_where_they_were(clip: str) -> None:
    result, true = analysed(clip), truth(clip)
    for rep, wanted in zip(result.reps, true["reps"], strict=True):
        assert rep.peak_s == pytest.approx(wanted["peak_s"], abs=PEAK_OFF_S)
    for hold, wanted in zip(result.holds, true["holds"], strict=True):
        assert hold.held_s == pytest.approx(wanted["held_s"], abs=2.5)


def test_every_rep_that_did_not_count_says_why() -> None:
    for clip in CLIPS:
        assert all((rep.why_not is None) == rep.counted for rep in analysed(clip).reps)


def test_from_the_wrong_side_nothing_is_counted_or_judged() -> None:
    result = analysed(WRONG_VIEW)
    assert result.attempts == 0
    assert "side" in result.advice[0]
    assert {missing.check for missing in result.not_judged} == set(load_exercise("bridge").checks)


def test_the_same_video_gives_the_same_result_every_time(tmp_path: Path) -> None:
    track = tmp_path / "squat.npz"
    first = analyse(SAMPLES / "squat_clean.mp4", "squat", track=track).result
    again = analyse(track, "squat").result
    assert first.reps == analysed("squat_clean").reps
    assert [r.model_dump() for r in again.reps] == [r.model_dump() for r in first.reps]
