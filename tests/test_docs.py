"""The documentation tells of everything there is, and of nothing that is not."""

import re

import pytest

from coach.judge import exercise_ids, load_exercise
from coach.judge.exercise import Check, Exercise, Hold, Repetition
from coach.judge.results import HeldPose, Rep, SetResult
from coach.motion import MEASURES
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def test_the_readme_names_every_exercise() -> None:
    assert all(f"`{name}`" in README for name in exercise_ids())


def test_links_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_measure_is_told_with_its_meaning() -> None:
    text = page("exercise-files.md")
    for measure in MEASURES.values():
        assert f"`{measure.name}`" in text
        assert measure.meaning in text


@pytest.mark.parametrize("part", [Exercise, Repetition, Hold, Check])
def test_every_key_of_an_exercise_file_is_told(part: type[Exercise]) -> None:
    text = page("exercise-files.md")
    for name in set(part.model_fields) - {
        "id",
        "checks",
        "repetition",
        "hold",
        "max_s",
        "min_s",
        "reason",
        "side",
    }:
        assert f"`{name}`" in text or f"`{name}:" in text, name


@pytest.mark.parametrize("part", [SetResult, Rep, HeldPose])
def test_every_field_of_the_result_is_told(part: type[SetResult]) -> None:
    assert [name for name in part.model_fields if f"`{name}" not in page("result.md")] == []


def test_every_check_is_named_by_the_readme() -> None:
    words = README.replace("-", " ").lower()
    for name in exercise_ids():
        for check, about in load_exercise(name).checks.items():
            assert about.unseen or check.replace("_", " ") in words, f"{name}: {check}"
