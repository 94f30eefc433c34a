"""FHIR: valid as R4's own schema and the library for R4B see it, preliminary, and nothing refers to nowhere."""

import dataclasses
import json
import re

import jsonschema
import pytest

from coach.report import CourseInput, ReportInput
from coach.report.fhir import render_course_fhir, render_fhir
from tests.report.courses import course, nobody
from tests.report.reading import R4, of_fhir


def codes(one: dict[str, object]) -> set[tuple[str, str]]:
    return set(re.findall(r'"system": "([^"]+)", "code": "([^"]+)"', json.dumps(one["code"])))


@pytest.mark.parametrize("name", ["bridge", "pigeon", "empty", "sixty"])
def test_a_set_is_valid(name: str, request: pytest.FixtureRequest) -> None:
    report: ReportInput = request.getfixturevalue(name)
    found = of_fhir(render_fhir(report))
    (whole,) = found["DiagnosticReport"]
    assert whole["status"] == "preliminary"
    assert "not a medical device" in whole["conclusion"]
    assert all(one["status"] == "preliminary" for one in found["Observation"])
    (machine,) = found["Device"]
    assert "not a medical device" in machine["note"][0]["text"]
    assert "Patient" not in found, "nobody told who it is"


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_course_is_valid(language: str) -> None:
    found = of_fhir(render_course_fhir(course(3, "محمد عبد الله", language)))  # type: ignore[arg-type]
    (person,) = found["Patient"]
    assert person["name"] == [{"text": "محمد عبد الله"}]
    assert person["birthDate"] == "1971-05-02"
    (plan,) = found["CarePlan"]
    assert (plan["status"], plan["intent"]) == ("active", "plan")
    assert plan["activity"][0]["detail"]["scheduledTiming"]["repeat"]["dayOfWeek"] == ["mon", "wed", "fri"]
    assert all(one["subject"] == {"reference": f"urn:uuid:{person['id']}"} for one in found["Observation"])


def test_nobody_is_valid() -> None:
    found = of_fhir(render_course_fhir(nobody()))
    assert "name" not in found["Patient"][0] and "CarePlan" not in found


def test_pain_is_the_persons_own_word() -> None:
    pains = [
        one
        for one in of_fhir(render_course_fhir(course(1)))["Observation"]
        if ("http://loinc.org", "72514-3") in codes(one)
    ]
    assert [one["valueQuantity"]["value"] for one in pains[:2]] == [6, 5]
    assert all(one["status"] == "final" and "device" not in one for one in pains)


def test_range_has_its_side_and_its_error_band() -> None:
    ranges = [
        one
        for one in of_fhir(render_course_fhir(course(1)))["Observation"]
        if ("http://snomed.info/sct", "364564000") in codes(one)
    ]
    assert {one["bodySite"]["coding"][0]["display"] for one in ranges} == {"Left", "Right", "Right and left"}
    assert all(one["valueQuantity"]["code"] == "deg" for one in ranges)
    assert all(one["component"][-1]["code"]["coding"][0]["code"] == "error-band" for one in ranges)


def test_a_check_that_was_not_judged_has_no_number(bridge: ReportInput) -> None:
    result = bridge.result.model_copy(
        update={
            "reps": tuple(rep.model_copy(update={"verdicts": {}}) for rep in bridge.result.reps),
            "faults": {},
        }
    )
    found = of_fhir(render_fhir(dataclasses.replace(bridge, result=result)))["Observation"]
    checks = next(one for one in found if one["code"]["coding"][0]["code"] == "checks")["component"]
    assert checks and all("dataAbsentReason" in one and "valueRatio" not in one for one in checks)


def test_a_therapists_word_stands_beside_the_machines() -> None:
    found = of_fhir(render_course_fhir(course(1)))["Observation"]
    notes = [note for one in found for note in one.get("note", ())]
    assert "machine: fault; therapist: pass. The camera stood too low." in notes[0]["text"]
    assert notes[0]["authorString"] == "Dr. Grete Muster"


@pytest.mark.parametrize("given", [course(2), nobody()])
def test_every_reference_leads_to_a_resource_of_the_bundle(given: CourseInput) -> None:
    text = render_course_fhir(given)
    known = {entry["fullUrl"] for entry in json.loads(text)["entry"]}
    assert set(re.findall(r'"reference": "([^"]+)"', text)) <= known
    assert len(known) == len(json.loads(text)["entry"])


def test_the_same_record_gets_the_same_ids() -> None:
    assert render_course_fhir(course(1)) == render_course_fhir(course(1))


def test_texts_of_any_kind_are_allowed(bridge: ReportInput) -> None:
    odd = dataclasses.replace(bridge, person="\x07\xa0A\u202fB ", source_name="a\udcff\n.mp4")
    (person,) = of_fhir(render_fhir(odd))["Patient"]
    assert person["name"][0]["text"] == "A B"


def test_the_schema_does_find_what_is_wrong(bridge: ReportInput) -> None:
    told = json.loads(render_fhir(bridge))
    told["entry"][1]["resource"]["status"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft6Validator(R4).validate(told)
