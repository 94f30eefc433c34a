"""All formats: which there are, and that the same numbers stand in each."""

import json
import re
from collections.abc import Callable

import pytest

from coach.errors import CoachError
from coach.report import FORMATS, ReportInput, course_files, format_of, told_as
from tests.report.courses import course, nobody
from tests.report.reading import of_csv, of_fhir, of_parquet, pdf_text
from tests.skeletons import LEFT, cycles, film, squat

Told = dict[str, float]


def close_to(value: float, digits: int) -> object:
    return pytest.approx(value, abs=0.5 * 10**-digits + 1e-9)


def of_json(report: ReportInput) -> Told:
    told = json.loads(told_as(FORMATS[".json"], report))
    (side,) = told["range_of_motion"]
    return {
        "counted": told["counted"],
        "attempts": told["attempts"],
        "range": side["median_deg"],
        "faults": told["faults"]["knees_over_ankles"],
        "hip": told["reps"][3]["verdicts"]["straight_line"]["value"],
        "band": told["reps"][3]["verdicts"]["straight_line"]["band"],
    }


def of_text(text: str, report: ReportInput) -> Told:
    """What a page says to people: read from its sentences and cells."""
    text = " ".join(text.replace("\xa0", " ").split())
    counted = re.search(r"(\d+) of (\d+) repetitions counted", text)
    span = re.search(r"Typical range.*? (\d+) ± ([\d.]+)°, largest", text)
    faults = re.search(r"Fault in (\d+) of 7 judged repetitions", text)
    hip = re.search(r"(150) ± (\d+)°", text)
    assert counted and span and faults and hip
    assert float(span[2]) == report.range_band_deg
    return {
        "counted": int(counted[1]),
        "attempts": int(counted[2]),
        "range": int(span[1]),
        "faults": int(faults[1]),
        "hip": int(hip[1]),
        "band": int(hip[2]),
    }


def of_table(report: ReportInput, ending: str) -> Told:
    table = (of_csv if ending == ".csv" else of_parquet)(told_as(FORMATS[ending], report))
    return {
        "counted": int(table["counted"].sum()),
        "attempts": len(table),
        "range": float(table["range_deg"][table["counted"]].median()),
        "faults": int((table["knees_over_ankles"] == "fault").sum()),
        "hip": float(table["straight_line.value"][3]),
        "band": float(table["straight_line.band"][3]),
    }


def of_bundle(report: ReportInput) -> Told:
    found = of_fhir(told_as(FORMATS[".fhir.json"], report))["Observation"]
    by_code = {one["code"]["coding"][0]["code"]: one for one in found}
    checks = {one["code"]["coding"][0]["code"]: one for one in by_code["checks"]["component"]}
    return {
        "counted": by_code["counted-reps"]["valueQuantity"]["value"],
        "attempts": by_code["counted-reps"]["component"][0]["valueQuantity"]["value"],
        "range": by_code["364564000"]["valueQuantity"]["value"],
        "faults": checks["knees_over_ankles"]["valueRatio"]["numerator"]["value"],
    }


READERS: dict[str, tuple[Callable[[ReportInput], Told], int]] = {
    ".json": (of_json, 6),
    ".html": (lambda r: of_text(re.sub(r"<[^>]+>", " ", told_as(FORMATS[".html"], r).decode()), r), 0),
    ".pdf": (lambda r: of_text(pdf_text(told_as(FORMATS[".pdf"], r)), r), 0),
    ".csv": (lambda r: of_table(r, ".csv"), 3),
    ".parquet": (lambda r: of_table(r, ".parquet"), 3),
    ".fhir.json": (of_bundle, 1),
}


@pytest.mark.parametrize("ending", READERS)
def test_the_same_numbers_stand_in_every_format(ending: str, bridge: ReportInput) -> None:
    read, digits = READERS[ending]
    result = bridge.result
    true = {
        "counted": 6,
        "attempts": 7,
        "range": result.range_of_motion[0].median_deg,
        "faults": 3,
        "hip": 150.0,
        "band": 5.0,
    }
    told = read(bridge)
    assert told == {key: close_to(true[key], digits) for key in told}


def test_every_format_of_a_set_is_read_back_here() -> None:
    """TRC and MOT hold the landmarks, not the result: test_trc.py and test_mot.py read them."""
    assert {*READERS, ".trc", ".mot"} == set(FORMATS)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.html", ".html"), ("A.HTM", ".html"), ("x.fhir.json", ".fhir.json"), ("x.json", ".json"),
        ("monday.evening.PDF", ".pdf"), ("x.trc", ".trc"),
    ],
)  # fmt: skip
def test_the_ending_chooses(name: str, ending: str) -> None:
    assert format_of(name).ending == ending


@pytest.mark.parametrize("name", ["report", "report.docx", "pdf", "report.pdf.zip"])
def test_an_unknown_ending_is_told_with_the_known_ones(name: str) -> None:
    with pytest.raises(CoachError, match=r"does not end as a report does: \.html, \.pdf, \.csv"):
        format_of(name)


def test_what_cannot_tell_a_course_is_not_offered_for_one() -> None:
    with pytest.raises(CoachError, match=r"\.pdf, \.csv, \.json, \.parquet, \.fhir\.json are known"):
        format_of("ada.trc", course=True)


def test_what_needs_the_landmarks_says_so(bridge: ReportInput) -> None:
    with pytest.raises(CoachError, match="made of the landmarks"):
        told_as(FORMATS[".trc"], bridge)


def test_a_set_is_told_in_every_format(bridge: ReportInput) -> None:
    track = film(lambda depth: squat(depth, camera=LEFT), cycles(0.0, 1.0, count=1, fps=20), fps=20)
    assert all(told_as(one, bridge, track) and one.media for one in FORMATS.values())
    assert {ending for ending, one in FORMATS.items() if one.needs_track} == {".trc", ".mot"}


def test_all_files_of_a_course() -> None:
    names = [one.name for one in course_files(course(2), "ada")]
    assert names == [
        "ada.html", "ada.pdf", "ada.csv", "ada.json", "ada.parquet", "ada.fhir.json",
        "ada-sessions.csv", "ada-weeks.csv", "ada-corrections.csv",
    ]  # fmt: skip
    assert [one.name for one in course_files(nobody(), "x", (".pdf",))] == ["x.pdf"]
