"""`--report` of `coach analyse`, and `coach records report`: the ending chooses the format."""

import json
from pathlib import Path

import jsonschema
import pytest

from coach.records import OWNER, open_records
from coach.report import FORMATS, course_schema
from tests.conftest import ROOT, SAMPLES
from tests.judge.films import bridges, squats
from tests.report.reading import of_csv, of_fhir, of_parquet, pdf_text
from tests.video.test_workout import joined


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracks")
    squats(2).save(folder / "squats.npz")
    joined(squats(2), bridges(2)).save(folder / "workout.npz")
    return folder


def test_every_format_of_a_set(coach, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    targets = [tmp_path / f"set{ending}" for ending in FORMATS]
    asked = [word for target in targets for word in ("--report", str(target))]
    code, _, err = coach("analyse", str(folder / "squats.npz"), "-e", "squat", *asked)
    assert code == 0
    assert all(target.stat().st_size > 100 and f"Written: {target}" in err for target in targets)
    assert "2 of 2 repetitions counted" in pdf_text((tmp_path / "set.pdf").read_bytes())
    assert list(of_csv((tmp_path / "set.csv").read_bytes())["counted"]) == [True, True]
    assert len(of_fhir((tmp_path / "set.fhir.json").read_text("utf-8"))["DiagnosticReport"]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(target.name for target in targets)


def test_a_test_tells_what_it_measured_everywhere(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    targets = [tmp_path / f"t{ending}" for ending in (".pdf", ".html", ".csv", ".parquet", ".fhir.json")]
    asked = [word for target in targets for word in ("--report", str(target))]
    track = SAMPLES / "library" / "thomas_test_faulty_1.npz"
    code, out, _ = coach("analyse", str(track), "-e", "thomas_test", *asked)
    pdf, html, csv, parquet, fhir = (target.read_bytes() for target in targets)
    means = "The thigh stays above the horizontal."
    assert code == 0
    for told in (out, pdf_text(pdf), html.decode("utf-8"), fhir.decode("utf-8")):
        assert means in " ".join(told.split()) and "No fault was seen" not in told
    assert (
        "Hold 1, right: Hanging thigh below the horizontal (a minus is above it): −19 ± 3.4°"
        in out.replace("\xa0", " ")
    )
    assert "−19 ± 3.4°" in pdf_text(pdf) and "−19\xa0±\xa03.4°" in html.decode("utf-8")
    for table in (of_csv(csv), of_parquet(parquet)):
        assert table["measured.thigh.value"][0] == pytest.approx(-18.6, abs=0.1)
        assert table["measured.thigh.band"][0] == 3.4


def test_each_set_of_a_workout_has_its_own_landmarks(coach, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, _ = coach(
        "analyse", str(folder / "workout.npz"),
        "--report", str(tmp_path / "all.trc"), "--report", str(tmp_path / "all.fhir.json"),
    )  # fmt: skip
    assert code == 0
    names = ["all-1-squat", "all-2-bridge"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        n + e for n in names for e in (".fhir.json", ".trc")
    )
    ends = [(tmp_path / f"{name}.trc").read_text("utf-8").splitlines()[-1].split("\t")[1] for name in names]
    begins = [(tmp_path / f"{name}.trc").read_text("utf-8").splitlines()[6].split("\t")[1] for name in names]
    assert float(begins[0]) < float(begins[1]) and float(ends[0]) < float(ends[1])


@pytest.mark.parametrize("name", ["report.docx", "report"])
def test_an_unknown_ending_is_refused_before_the_work(coach, folder: Path, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = coach(
        "analyse", str(folder / "squats.npz"), "-e", "squat", "--report", str(tmp_path / name)
    )
    assert code == 1 and out == ""
    assert err.strip().endswith("are known.") and ".pdf" in err


def test_two_reports_to_one_file_are_refused(coach, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = str(tmp_path / "a.pdf")
    code, _, err = coach(
        "analyse", str(folder / "squats.npz"), "-e", "squat", "--report", target, "--report", target
    )
    assert code == 1 and "same file" in err


def test_the_course_of_a_person(coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    with open_records() as kept:
        kept.desk(OWNER).add_person("Ada Example")
    for ending in (".pdf", ".csv", ".json", ".parquet", ".fhir.json"):
        code, out, _ = coach("records", "report", "Ada Example", str(tmp_path / f"ada{ending}"))
        assert code == 0 and out.startswith(f"Written: {tmp_path / f'ada{ending}'}\n")
    assert sorted(path.name for path in tmp_path.glob("ada-*")) == [
        "ada-corrections.csv",
        "ada-sessions.csv",
        "ada-weeks.csv",
    ]
    assert "No session has been recorded yet." in pdf_text((tmp_path / "ada.pdf").read_bytes())
    assert len(of_parquet((tmp_path / "ada.parquet").read_bytes())) == 0
    told = json.loads((tmp_path / "ada.json").read_text("utf-8"))
    jsonschema.validate(told, course_schema())
    code, _, err = coach("records", "report", "Ada Example", str(tmp_path / "ada.trc"))
    assert code == 1 and err.strip().endswith("are known.")
    code, _, err = coach("records", "report", "Nobody", str(tmp_path / "x.pdf"))
    assert code == 1 and "There is no person 'Nobody'" in err


def test_the_schema_of_a_course_in_the_documentation_is_the_one_of_the_code(coach) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = coach("schema", "--course")
    assert code == 0
    assert json.loads(out) == json.loads((ROOT / "docs" / "course.schema.json").read_text("utf-8"))
