"""Every exercise of the library on landmarks that the model found in rendered clips, against their ground truth.

`sample_videos/library/NAME.npz` are the landmarks (the clips are rendered anew from `sample_videos/scenes/library`),
NAME.json the truth: clean, with faults, and from the wrong side.
"""

import json
from functools import cache
from typing import Any

import pytest

from coach.judge import HeldPose, Judgement, Rep, SetResult, exercise_ids
from coach.video import analyse
from tests.conftest import SAMPLES

FOLDER = SAMPLES / "library"
TRACKS = sorted(path.stem for path in FOLDER.glob("*.npz"))
WRONG = [name for name in TRACKS if name.endswith("_wrong_view")]
RIGHT = [name for name in TRACKS if not name.endswith("_wrong_view")]
# A planted fault that the model shows within the band is unsure, and a camera may hide it: that is no miss.
OPEN = (Judgement.FAULT, Judgement.UNSURE, Judgement.CANNOT_JUDGE)


@cache
def truth(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@cache
def result(name: str) -> SetResult:
    return analyse(FOLDER / f"{name}.npz", truth(name)["exercise"]).result


def faults(part: Rep | HeldPose) -> set[str]:
    return {name for name, verdict in part.verdicts.items() if verdict.verdict is Judgement.FAULT}


def true_parts(name: str) -> list[Any]:
    return list(truth(name)["reps"] or truth(name)["holds"])


def test_every_exercise_has_its_clips() -> None:
    shown = {truth(name)["exercise"] for name in TRACKS}
    shown |= {path.stem.split("_clean")[0] for path in SAMPLES.glob("*_clean.mp4")} - {"squat_front"}
    assert shown == set(exercise_ids())


@pytest.mark.parametrize("name", RIGHT)
def test_counts_and_sides_are_exact(name: str) -> None:
    assert [part.side for part in result(name).parts] == [part["side"] for part in true_parts(name)]
    if truth(name)["reps"]:
        assert [part.counted for part in result(name).reps] == [rep["counted"] for rep in truth(name)["reps"]]


@pytest.mark.parametrize("name", RIGHT)
def test_what_was_planted_is_found_and_nothing_else(name: str) -> None:
    for part, true in zip(result(name).parts, true_parts(name), strict=True):
        assert faults(part) <= set(true["faults"])
        assert {part.verdicts[check].verdict for check in true["faults"]} <= set(OPEN)


@pytest.mark.parametrize("name", RIGHT)
def test_nobody_is_told_that_a_movement_did_not_count(name: str) -> None:
    assert not any("did not count" in advice for advice in result(name).advice)


@pytest.mark.parametrize("name", WRONG)
def test_from_the_wrong_side_nothing_is_counted_or_judged(name: str) -> None:
    assert result(name).counted == 0
    assert result(name).faults == {}
    assert result(name).advice
