"""The labels of real clips: which exercise and view they name, and what that makes of a clip."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.real import Label, read_labels, view_of_label
from benchmarks.recognition import Shown, real_clips
from benchmarks.robustness import Case, real_cases
from coach.judge import exercise_ids


def label(track: str, exercise: str, view: str, reps: int | None, *events: dict[str, Any]) -> dict[str, Any]:
    return {
        "track": f"{track}.npz",
        "exercise": exercise,
        "view": view,
        "complete_reps": reps,
        "rep_events_s": events,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entries = [
        label("a", "glute_bridge", "side, facing left", 2, {"top": 1.5}, {"start": 2}, {"top": "?"}),
        label("b", "squat", "rear", None, {"bottom": 3}),
        label("c", "hip_hinge", "front", 1),
        label("d", "walking", "side", 0),
    ]
    entries[0]["visible_faults"] = "feet too near"
    (tmp_path / "labels.json").write_text(json.dumps(entries), "utf-8")
    return tmp_path


def test_labels_are_told_in_the_words_of_the_library(folder: Path) -> None:
    assert read_labels(folder) == [
        Label("a.npz", "bridge", "side", 2, (1.5,), "feet too near"),
        Label("b.npz", "squat", "back", None, (3,)),
        Label("c.npz", "hip_hinge", "front", 1, ()),
        Label("d.npz", None, "side", 0, ()),
    ]


@pytest.mark.parametrize("name", exercise_ids())
def test_every_exercise_of_the_library_can_be_labelled_by_its_id(tmp_path: Path, name: str) -> None:
    (tmp_path / "labels.json").write_text(json.dumps([label("a", name, "side", 1)]), "utf-8")
    assert [one.exercise for one in read_labels(tmp_path)] == [name]


@pytest.mark.parametrize(
    ("told", "view"),
    [("three-quarter front, facing left", "three_quarter"), ("side to rear", "side"), ("cam 1", "")],
)
def test_the_first_view_of_a_label(told: str, view: str) -> None:
    assert view_of_label(told) == view


def test_of_a_clip_that_cannot_be_judged_nothing_is_to_be_counted(folder: Path) -> None:
    tracks = folder / "tracks"
    clips = [
        Shown(tracks / "a.npz", "bridge", True),
        Shown(tracks / "b.npz", "squat", True),
        Shown(tracks / "c.npz", "hip_hinge", False),
        Shown(tracks / "d.npz", None, False),
    ]
    assert real_clips(folder) == clips
    assert real_cases(folder) == [
        Case(clip, count) for clip, count in zip(clips, (2, None, 0, 0), strict=True)
    ]
