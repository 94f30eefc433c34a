"""A workout rendered in one film: every set is found, named and counted, from the landmarks that the model found.

`sample_videos/workouts/NAME.npz` are the landmarks, NAME.json the truth; the films are rendered anew from
`sample_videos/scenes/workouts`.
"""

import json
from typing import Any

import pytest

from coach.judge import FoundSet
from coach.video import analyse_workout
from sample_videos.studio.scene import WorkoutScene, read_film
from tests.conftest import SAMPLES

NEAR_S = 2.0  # by so much a set's start and end may be off
FOLDER = SAMPLES / "workouts"


@pytest.fixture(scope="module")
def found() -> tuple[FoundSet, ...]:
    return analyse_workout(FOLDER / "five_sets.npz").result.sets


@pytest.fixture(scope="module")
def true() -> list[Any]:
    return list(json.loads((FOLDER / "five_sets.json").read_text("utf-8"))["sets"])


def test_the_film_is_that_of_the_scene() -> None:
    facts = json.loads((FOLDER / "five_sets.json").read_text("utf-8"))
    assert WorkoutScene.model_validate(facts["scene"]) == read_film(
        SAMPLES / "scenes/workouts/five_sets.yaml"
    )


def test_all_sets_are_found_and_nothing_else(found: tuple[FoundSet, ...], true: list[Any]) -> None:
    assert [one.exercise for one in found] == [one["exercise"] for one in true]
    assert {one.confidence for one in found} == {"sure"}


def test_each_set_begins_and_ends_when_it_did(found: tuple[FoundSet, ...], true: list[Any]) -> None:
    for one, facts in zip(found, true, strict=True):
        assert one.start_s == pytest.approx(facts["reps"][0]["start_s"], abs=NEAR_S)
        assert one.end_s == pytest.approx(facts["reps"][-1]["end_s"], abs=NEAR_S)


def test_the_counts_and_sides_are_exact_and_nothing_is_at_fault(
    found: tuple[FoundSet, ...], true: list[Any]
) -> None:
    for one, facts in zip(found, true, strict=True):
        assert one.result is not None
        assert [rep.side for rep in one.result.reps if rep.counted] == [rep["side"] for rep in facts["reps"]]
        assert one.result.faults == {}
