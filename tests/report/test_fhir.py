"""FHIR: valid as R4's own schema and the library for R4B see it, preliminary, and nothing refers to nowhere."""

import dataclasses
import json
import re
from datetime import timedelta

import jsonschema
import pytest

from coach.care.safety import place_name
from coach.care.types import Pain
from coach.judge import Judgement, Verdict
from coach.judge.results import Measured, RangeOfMotion
from coach.report import CourseInput, ReportInput
from coach.report.fhir import render_course_fhir, render_fhir
from tests.report.courses import course, nobody, the_plan
from tests.report.reading import R4, of_fhir


def codes(one: dict[str, object]) -> set[tuple[str, str]]:
    return set(re.findall(r'"system": "([^"]+)", "code": "([^"]+)"', json.dumps(one["code"])))


@pytest.mark.parametrize("name", ["bridge", "pigeon", "thomas", "empty", "sixty"])
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


def test_two_sets_of_one_exercise_in_a_recording_are_two(bridge: ReportInput) -> None:
    later = tuple(
        rep.model_copy(update={"start_s": rep.start_s + 60, "end_s": rep.end_s + 60})
        for rep in bridge.result.reps
    )
    second = dataclasses.replace(bridge, result=bridge.result.model_copy(update={"reps": later}))
    one, other = (of_fhir(render_fhir(report)) for report in (bridge, second))
    for kind in ("Observation", "DiagnosticReport"):
        assert not {told["id"] for told in one[kind]} & {told["id"] for told in other[kind]}


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


def test_new_numbness_is_told_with_the_pain() -> None:
    given = course(1)
    last = dataclasses.replace(given.sessions[-1], after=Pain(4, "left_groin", numb=True))
    numb = dataclasses.replace(given, sessions=(*given.sessions[:-1], last))
    found = of_fhir(render_course_fhir(numb))
    pains = [one for one in found["Observation"] if ("http://loinc.org", "72514-3") in codes(one)]
    assert [one.get("component", []) for one in pains[:-1]] == [[]] * (len(pains) - 1)
    (told,) = pains[-1]["component"]
    assert told["code"]["coding"][0]["code"] == "new-numbness" and told["valueBoolean"] is True
    assert "New numbness was told" in found["DiagnosticReport"][0]["conclusion"]


def test_numbness_told_without_a_number_has_no_value_and_says_so() -> None:
    given = course(1)
    last = dataclasses.replace(given.sessions[-1], before=Pain(None), after=Pain(None, numb=True))
    numb = dataclasses.replace(given, sessions=(*given.sessions[:-1], last))
    found = of_fhir(render_course_fhir(numb))["Observation"]
    pains = [one for one in found if ("http://loinc.org", "72514-3") in codes(one)]
    assert len(pains) == 2 * len(given.sessions) - 1, "what was taken back is none"
    assert "valueQuantity" not in pains[-1] and pains[-1]["component"][0]["valueBoolean"] is True
    assert pains[-1]["dataAbsentReason"]["text"] == "No number was told"


def test_a_plan_is_active_while_it_is_in_force() -> None:
    given, old = course(3), the_plan()
    replaced = dataclasses.replace(old, id="plan-0", made_at=old.made_at - timedelta(days=9))
    coming = given.made_at.date() + timedelta(days=8)
    new = dataclasses.replace(old, id="plan-2", made_at=given.made_at, from_day=coming)
    plans = of_fhir(render_course_fhir(dataclasses.replace(given, plans=(replaced, old, new))))["CarePlan"]
    assert [one["status"] for one in plans] == ["revoked", "active", "draft"]


def test_a_line_of_a_plan_keeps_its_side_its_rest_and_its_note() -> None:
    given, plan = course(3), the_plan()
    item = dataclasses.replace(plan.items[0], side="left", rest_s=60, note="only to 20°")
    line = dataclasses.replace(plan, items=(item,))
    (told,) = of_fhir(render_course_fhir(dataclasses.replace(given, plans=(line,))))["CarePlan"]
    description = told["activity"][0]["detail"]["description"].replace("\xa0", " ")
    assert ", left. Rest: 60 s. only to 20°" in description


def test_where_it_hurts_is_told_in_the_language_of_the_bundle() -> None:
    given = course(1, language="de")
    last = dataclasses.replace(given.sessions[-1], after=Pain(4, "left_groin"))
    found = of_fhir(render_course_fhir(dataclasses.replace(given, sessions=(*given.sessions[:-1], last))))
    (place,) = (
        one["bodySite"] for one in found["Observation"] if "left_groin" in json.dumps(one.get("bodySite"))
    )
    assert place["text"] == place_name("left_groin", "de") != "left groin"


def test_range_has_its_side_and_the_error_of_a_change() -> None:
    ranges = [
        one
        for one in of_fhir(render_course_fhir(course(1)))["Observation"]
        if ("http://snomed.info/sct", "364564000") in codes(one)
    ]
    assert {one["bodySite"]["coding"][0]["display"] for one in ranges} == {"Left", "Right", "Right and left"}
    assert all(one["valueQuantity"]["code"] == "deg" for one in ranges)
    assert all(one["component"][-1]["code"]["coding"][0]["code"] == "change-error" for one in ranges)


def test_the_error_of_a_range_is_another_one_than_that_of_a_change(bridge: ReportInput) -> None:
    (told,) = (
        one
        for one in of_fhir(render_fhir(bridge))["Observation"]
        if ("http://snomed.info/sct", "364564000") in codes(one)
    )
    errors = {part["code"]["coding"][0]["code"]: part["valueQuantity"]["value"] for part in told["component"]}
    assert errors["range-error"] == round(bridge.range_band_deg or 0.0, 1) and "change-error" not in errors


def test_the_largest_range_is_of_a_repetition_without_doubt(bridge: ReportInput) -> None:
    assert "best-range" in render_fhir(bridge)
    unsure = {"hold": Verdict(verdict=Judgement.UNSURE)}
    reps = tuple(rep.model_copy(update={"verdicts": unsure}) for rep in bridge.result.reps)
    result = bridge.result.model_copy(update={"reps": reps})
    assert "best-range" not in render_fhir(dataclasses.replace(bridge, result=result))


def test_a_single_hold_the_longest_and_all_of_them_have_codes_of_their_own(pigeon: ReportInput) -> None:
    def held(bundle: str) -> list[tuple[str, float]]:
        told = [one for one in of_fhir(bundle)["Observation"] if "held" in one["code"]["coding"][0]["code"]]
        return [(one["code"]["coding"][0]["code"], one["valueQuantity"]["value"]) for one in told]

    given = course(1)
    done = next(one for one in given.sets if one.exercise == "pigeon")
    twice = dataclasses.replace(done, hold_s={"left": 30.0}, longest_s={"left": 20.0})
    old = dataclasses.replace(twice, longest_s={})
    assert held(render_course_fhir(dataclasses.replace(given, sets=(twice,)))) == [
        ("held-total", 30.0),
        ("held-longest", 20.0),
    ]
    assert held(render_course_fhir(dataclasses.replace(given, sets=(old,)))) == [("held-total", 30.0)]
    assert {code for code, _ in held(render_fhir(pigeon))} == {"held"}


def test_what_a_test_measured_has_its_error_and_its_meaning(thomas: ReportInput) -> None:
    told = [
        one
        for one in of_fhir(render_fhir(thomas))["Observation"]
        if one["code"]["coding"][0]["code"].startswith("measured-")
    ]
    assert [one["code"]["coding"][0]["code"] for one in told] == ["measured-thigh", "measured-knee"] * 2
    assert [one["bodySite"]["coding"][0]["display"] for one in told] == ["Right", "Right", "Left", "Left"]
    assert (told[0]["valueQuantity"]["value"], told[0]["valueQuantity"]["code"]) == (-18.6, "deg")
    assert told[0]["component"][0]["valueQuantity"]["value"] == 3.4
    assert told[0]["interpretation"][0]["text"].startswith("The thigh stays above the horizontal.")
    assert "valueQuantity" not in told[3] and "not seen" in told[3]["dataAbsentReason"]["text"]


def test_a_ratio_that_a_test_measured_is_valid(thomas: ReportInput) -> None:
    hold = thomas.result.holds[0]
    ratio = Measured(what="Reach", value=0.424, unit="ratio", band=0.05, says="Far.")
    result = thomas.result.model_copy(
        update={"holds": (hold.model_copy(update={"measured": {"reach": ratio}}),)}
    )
    found = of_fhir(render_fhir(dataclasses.replace(thomas, result=result)))["Observation"]
    (told,) = (one for one in found if one["code"]["text"] == "Reach")
    assert (told["valueQuantity"]["value"], told["valueQuantity"]["code"]) == (0.42, "1")


def test_sides_that_cannot_be_told_apart_have_no_symmetry(bridge: ReportInput) -> None:
    sides = (
        RangeOfMotion(side="left", median_deg=9, best_deg=10),
        RangeOfMotion(side="right", median_deg=12, best_deg=13),
    )
    result = bridge.result.model_copy(update={"range_of_motion": sides, "symmetry_percent": 75.0})
    found = of_fhir(render_fhir(dataclasses.replace(bridge, result=result)))["Observation"]
    (told,) = (one for one in found if one["code"]["text"] == "Symmetry")
    assert told["valueString"] == "no difference beyond the error" and "valueQuantity" not in told


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


def test_what_is_unsure_throughout_or_never_seen_is_no_pass(bridge: ReportInput, thomas: ReportInput) -> None:
    def told(given: ReportInput) -> dict[str, dict[str, object]]:
        found = of_fhir(render_fhir(given))["Observation"]
        checks = next(one for one in found if one["code"]["coding"][0]["code"] == "checks")["component"]
        return {one["code"]["coding"][0]["code"]: one for one in checks}

    unsure = Verdict(verdict=Judgement.UNSURE, reason="too near to tell")
    reps = tuple(rep.model_copy(update={"verdicts": {"hold": unsure}}) for rep in bridge.result.reps)
    result = bridge.result.model_copy(update={"reps": reps, "faults": {}})
    assert "dataAbsentReason" in told(dataclasses.replace(bridge, result=result))["hold"]
    assert "dataAbsentReason" in told(thomas)["low_back_flat"]


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
