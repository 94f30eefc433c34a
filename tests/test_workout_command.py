"""`coach analyse` without an exercise: what it prints and writes, and one clear sentence where it knows nothing."""

import json
from pathlib import Path

import jsonschema
import pytest

from coach.judge import FoundSet, Rest, WorkoutResult, workout_schema
from tests.conftest import ROOT, SAMPLES
from tests.judge.films import bridges, squats
from tests.skeletons import film, standing
from tests.video.test_workout import joined


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracks")
    squats(2).save(folder / "squats.npz")
    joined(squats(2), bridges(2)).save(folder / "workout.npz")
    film(lambda _: standing(), range(36), 12).save(folder / "nothing.npz")
    return folder


def test_one_set_is_named_and_told_in_full(coach, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    report = tmp_path / "report.html"
    code, out, _ = coach("analyse", str(folder / "squats.npz"), "--report", str(report))
    assert code == 0
    assert "Squat" in out and "2 of 2 repetitions counted" in out
    assert "<svg" in report.read_text("utf-8")


def test_a_workout_is_a_line_and_a_report_for_each_set(coach, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "result.json"
    code, out, _ = coach(
        "analyse", str(folder / "workout.npz"), "--json", str(target), "--report", str(tmp_path / "all.html")
    )
    assert code == 0
    assert [line.split()[3] for line in out.splitlines()[1:3]] == ["Squat", "Bridge"]
    assert sorted(p.name for p in tmp_path.glob("*.html")) == ["all-1-squat.html", "all-2-bridge.html"]
    result = json.loads(target.read_text("utf-8"))
    jsonschema.validate(result, workout_schema())
    assert [one["exercise"] for one in result["sets"]] == ["squat", "bridge"]


def test_nothing_recognised_is_one_clear_sentence(coach, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = coach("analyse", str(folder / "nothing.npz"))
    assert code == 0
    assert out.strip() == "No exercise was recognised. Name it with --exercise to hear what to change."
    code, out, err = coach("analyse", str(folder / "nothing.npz"), "--report", str(tmp_path / "r.html"))
    assert code == 1
    assert err.startswith("No report was written")
    assert not (tmp_path / "r.html").exists()
    code, out, _ = coach("analyse", str(folder / "nothing.npz"), "--json", "-")
    assert json.loads(out)["sets"] == []


def test_an_annotated_copy_needs_the_exercise(coach, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = coach("analyse", str(folder / "squats.npz"), "--annotated", str(tmp_path / "x.mp4"))
    assert code == 1
    assert "--exercise" in err


def test_the_schema_in_the_documentation_is_the_one_of_the_code(coach) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = coach("schema", "--workout")
    assert code == 0
    assert json.loads(out) == json.loads((ROOT / "docs" / "workout.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("part", [WorkoutResult, FoundSet, Rest])
def test_every_field_of_the_result_is_told(part: type[WorkoutResult]) -> None:
    page = (ROOT / "docs" / "workouts.md").read_text("utf-8")
    assert [name for name in part.model_fields if f"`{name}" not in page] == []


def test_a_video_is_recognised_and_its_landmarks_are_kept(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    kept, target = tmp_path / "kept.npz", tmp_path / "result.json"
    video = str(SAMPLES / "squat_clean.mp4")
    code, out, _ = coach("analyse", video, "--model", "lite", "--track", str(kept), "--json", str(target))
    assert code == 0
    assert "3 of 3 repetitions counted" in out
    code, again, _ = coach("analyse", str(kept))
    assert code == 0
    assert again == out
