"""The documentation tells of everything there is, and of nothing that is not."""

import re
import tomllib

import pytest

from coach.exercise_commands import exercises
from coach.judge import exercise_ids, load_exercise
from coach.judge.exercise import Camera, Check, Exercise
from coach.judge.file_dose import Dose, Swap
from coach.judge.file_fields import Condition
from coach.judge.file_movement import Entry, Guide, Hold, Measurement, Repetition, Saying, Still
from coach.judge.results import HeldPose, Rep, SetResult
from coach.motion import MEASURES
from coach.report import FORMATS
from coach.report.flat import ATTEMPT, HOLD, OF_CHECK, OF_SIDE, REP
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


PARTS = (
    Exercise,
    Camera,
    Dose,
    Swap,
    Repetition,
    Still,
    Condition,
    Hold,
    Entry,
    Measurement,
    Saying,
    Guide,
    Check,
)


@pytest.mark.parametrize("part", PARTS)
def test_every_key_of_an_exercise_file_is_told(part: type[Exercise]) -> None:
    text = page("exercise-files.md")
    for name in part.model_fields:
        assert f"`{name}`" in text or f"`{name}:" in text, name


@pytest.mark.parametrize("part", [SetResult, Rep, HeldPose])
def test_every_field_of_the_result_is_told(part: type[SetResult]) -> None:
    assert [name for name in part.model_fields if f"`{name}" not in page("result.md")] == []


@pytest.mark.parametrize("name", exercise_ids())
def test_every_check_is_told_on_the_page_of_its_exercise(name: str) -> None:
    text = page(f"exercises/{name}.md")
    for check, about in load_exercise(name).checks.items():
        assert f"`{check}`" in text and about.what in text and about.cue in text, check


def test_the_index_leads_to_every_exercise() -> None:
    text = page("exercises/README.md")
    assert all(f"({name}.md)" in text for name in exercise_ids())


def test_every_command_of_the_library_is_told() -> None:
    text = page("exercise-files.md")
    for command in exercises.registered_commands:
        assert command.callback is not None
        assert f"coach exercises {command.callback.__name__}" in text
    assert "--library" in text and "COACH_LIBRARY" in text


def test_the_page_of_reports_names_every_format_and_column() -> None:
    text = page("reports.md")
    for one in FORMATS.values():
        (row,) = (line for line in text.splitlines() if line.startswith(f"| `{one.ending}` |"))
        assert (row.split("|")[3].strip() == "–") == (one.of_course is None), one.ending
    for column in (*ATTEMPT, *REP, *HOLD):
        assert f"`{column.name}`" in text, column.name
    for field in (*OF_SIDE, *OF_CHECK):
        assert f"`{field}`" in text, field


def test_the_design_names_every_part_in_the_order_of_the_data() -> None:
    text, project = page("design.md"), tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    order = [name for layer in reversed(contract["layers"]) for name in layer.split(" | ")]
    told = re.findall(r"^\| `coach/(\w+)` \|", text, re.MULTILINE)
    assert told == [name for name in order if (ROOT / "coach" / name).is_dir()]
    for name in order:
        assert name in told or f"`coach/{name}.py`" in text or f"`{name}.py`" in text, name


def test_the_design_names_every_folder_of_pages() -> None:
    folders = {path.parent.name for path in (ROOT / "coach" / "web").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `coach/web/(\w+)` \|", page("design.md"), re.MULTILINE)) == folders


def test_every_benchmark_is_told() -> None:
    for path in (ROOT / "benchmarks").glob("*.py"):
        if "__main__" in path.read_text("utf-8"):
            assert re.search(rf"python -m benchmarks\.{path.stem}\b", page("design.md")), path.stem
