"""Reports as FHIR R4 bundles, for a clinic's own record.

Everything in them is preliminary: found by a machine that is not a medical device, and read by nobody yet.  A bundle
is checked against the resources of R4B while it is written; it holds nothing in which R4 (4.0.1) differs.
"""

import json
from collections.abc import Iterator
from typing import Any, Literal

from fhir.resources.R4B.bundle import Bundle

from coach.care.safety import place_name
from coach.care.types import Pain, Person, Plan, PlanItem, Session, SetSummary
from coach.judge import HeldPose
from coach.judge.results import Measured, clean
from coach.report.course import CourseInput, Reviewed
from coach.report.course_text import course_summary, dose, reviewed_text, side_told
from coach.report.fhir_parts import (
    PAIN,
    PEOPLE,
    RANGE,
    SIDES,
    Resource,
    absent,
    bundle,
    category,
    component,
    concept,
    device,
    id_of,
    instant,
    own,
    plain,
    quantity,
    refer,
)
from coach.report.model import ReportInput
from coach.report.summary import summary
from coach.report.wording import check_name, measure_name, say, seconds

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def render_fhir(report: ReportInput) -> str:
    """A set: what was measured (Observation), the whole of it (DiagnosticReport), and by what (Device)."""
    say_ = say(report.language)
    key = f"{report.source_name}/{report.made_at.isoformat()}/{report.exercise.id}/{report.span[0]}"
    machine = device(say_("page.disclaimer"))
    patient = _named(report.person, key) if report.person else None
    common = _common(machine, patient) | {"issued": instant(report.made_at)}
    found = [{"id": id_of(key, n), **common, **one} for n, one in enumerate(_of_set(report))]
    whole: Resource = {
        "resourceType": "DiagnosticReport",
        "id": id_of(key, "report"),
        "status": "preliminary",
        "code": own("set-report", f"{say_('page.kind')}: {report.exercise.name}"),
        "issued": instant(report.made_at),
        "result": [refer(one) for one in found],
        "conclusion": f"{summary(report)} {say_('page.disclaimer')}",
    } | ({"subject": refer(patient)} if patient else {})
    resources = [machine, *([patient] if patient else []), *found, whole]
    return _checked(bundle(resources, report.made_at, key))


def _of_set(report: ReportInput) -> Iterator[Resource]:
    say_, kind = say(report.language), report.kind
    yield {
        "code": own(f"counted-{kind}s", f"{report.exercise.name}: {say_(f'figure.counted.{kind}')}"),
        "valueQuantity": quantity(report.counted, "count"),
        "component": [
            component(own("attempts", say_("fhir.attempts")), quantity(len(report.attempts), "count"))
        ],
    }
    part = report.exercise.repetition or report.exercise.hold
    angle = measure_name(part.range_of_motion, report.language) if part and part.range_of_motion else ""
    for side in report.result.range_of_motion:
        more = _error("range-error", report.range_band_deg, say_)
        if any(clean(rep) for rep in report.ranged(side.side)):
            more.insert(0, component(own("best-range", say_("fhir.best")), quantity(side.best_deg, "deg")))
        yield _range(side.side, angle, side.median_deg, say_, more)
    for number, hold in enumerate(report.result.holds, start=1):
        yield _held(number, hold, say_)
        for name in (name for name in report.results if name in hold.measured):
            yield _measured(name, hold.measured[name], hold.side, say_)
    unseen = {name: (0, 0, one.unseen) for name, one in report.exercise.checks.items() if one.unseen}
    counts = {check: _count(report, check) for check in report.checks} | unseen
    if counts:
        yield _checks(counts, report.exercise.name, say_)
    if report.result.symmetry_percent is not None:
        yield {"code": own("symmetry", say_("figure.symmetry"))} | (
            {"valueString": say_("figure.alike")}
            if report.sides_alike
            else {"valueQuantity": quantity(report.result.symmetry_percent, "percent")}
        )


def _count(report: ReportInput, check: str) -> tuple[int, int, str]:
    """Faults, of how many, and why nothing was told where these are none."""
    why = next((v.reason for v in report.verdicts(check) if v.reason), "")
    return report.result.faults.get(check, 0), report.of_how_many(check), why


def _common(machine: Resource, patient: Resource | None) -> Resource:
    told = {
        "resourceType": "Observation",
        "status": "preliminary",
        "category": category("exam"),
        "device": refer(machine),
    }
    return told | ({"subject": refer(patient)} if patient else {})


def _range(side: str, angle: str, value: float, say_: Any, more: list[Resource]) -> Resource:
    text = say_("fhir.range", angle=angle) if angle else say_("figure.range")
    return {
        "code": concept(text, RANGE),
        "bodySite": concept(say_(f"side.{side}"), SIDES[side]),
        "valueQuantity": quantity(value, "deg"),
    } | ({"component": more} if more else {})


def _error(of: Literal["range-error", "change-error"], band: float | None, say_: Any) -> list[Resource]:
    """Of a set how far the range itself may be off, over weeks how far a change of it may be."""
    words = {"range-error": "fhir.range_error", "change-error": "fhir.change_error"}
    return [component(own(of, say_(words[of])), quantity(band, "deg"))] if band else []


def _held(number: int, hold: HeldPose, say_: Any) -> Resource:
    return {
        "code": own("held", f"{say_('page.held')} ({say_('page.number_told.hold')} {number})"),
        "bodySite": concept(say_(f"side.{hold.side}"), SIDES[hold.side]),
        "valueQuantity": quantity(hold.held_s, "s"),
    }


def _measured(name: str, found: Measured, side: str, say_: Any) -> Resource:
    """What a hold of a test measured: the value with its error and what it means, or why there is none."""
    told: Resource = {
        "code": own(f"measured-{name}", found.what),
        "bodySite": concept(say_(f"side.{side}"), SIDES[side]),
    }
    if found.value is None:
        return told | {"dataAbsentReason": absent(found.says)}
    told |= {"valueQuantity": quantity(found.value, found.unit), "interpretation": [concept(found.says)]}
    band = component(own("error-band", say_("fhir.band")), quantity(found.band or 0.0, found.unit))
    return told | ({"component": [band]} if found.band else {})


def _checks(counts: dict[str, tuple[int, int, str]], exercise: str, say_: Any) -> Resource:
    """Faults, and of how many, a component a check; one of which nothing was sure tells why."""
    return {
        "code": own("checks", f"{exercise}: {say_('fhir.checks')}"),
        "component": [
            {"code": own(check, check_name(check, say_.language))}
            | (
                {"valueRatio": {"numerator": quantity(faults, "count"), "denominator": quantity(of, "count")}}
                if of
                else {"dataAbsentReason": absent(why or say_("verdict.cannot_judge"))}
            )
            for check, (faults, of, why) in counts.items()
        ],
    }


# --- a course ---------------------------------------------------------------------------------------------


def render_course_fhir(course: CourseInput) -> str:
    """A course: the person, their plan, pain and what was measured in each set (Observation), the whole of it."""
    say_ = say(course.language)
    machine, patient = device(say_("page.disclaimer")), _patient(course.person)
    common = _common(machine, patient)
    found: list[Resource] = []
    for session in course.sessions:
        found += _pains(session, patient, say_)
    reviewed: dict[str, list[Reviewed]] = {}
    for one in course.reviewed:
        reviewed.setdefault(one.correction.set, []).append(one)
    for done in course.sets:
        when = {"effectiveDateTime": instant(done.started)}
        parts = enumerate(_of_summary(done, reviewed.get(done.id, []), course))
        found += ({"id": id_of("set", done.id, n), **common, **when, **one} for n, one in parts)
    whole: Resource = {
        "resourceType": "DiagnosticReport",
        "id": id_of("course", course.person.id, instant(course.made_at)),
        "status": "preliminary",
        "code": own("course-report", say_("course.kind")),
        "subject": refer(patient),
        "issued": instant(course.made_at),
        "conclusion": f"{course_summary(course)} {say_('page.disclaimer')}",
    }
    if course.sessions:
        last = course.sessions[-1]
        whole["effectivePeriod"] = {
            "start": instant(course.sessions[0].started),
            "end": instant(last.ended or last.started),
        }
    if found:
        whole["result"] = [refer(one) for one in found]
    plans = [_care_plan(plan, patient, course) for plan in course.plans]
    return _checked(bundle([machine, patient, *plans, *found, whole], course.made_at, course.person.id))


def _patient(person: Person) -> Resource:
    told: Resource = {
        "resourceType": "Patient",
        "id": id_of("person", person.id),
        "identifier": [{"system": PEOPLE, "value": person.id}],
        "communication": [
            {"language": concept(person.language, ("urn:ietf:bcp:47", person.language, person.language))}
        ],
    }
    if person.name.strip():
        told["name"] = [{"text": person.name.strip()}]
    return told | ({"birthDate": person.born.isoformat()} if person.born else {})


def _named(name: str, key: str) -> Resource:
    return {"resourceType": "Patient", "id": id_of(key, "person"), "name": [{"text": name}]}


def _care_plan(plan: Plan, patient: Resource, course: CourseInput) -> Resource:
    told: Resource = {
        "resourceType": "CarePlan",
        "id": id_of("plan", plan.id),
        "status": "active" if plan is course.plan else "draft" if plan in course.coming else "revoked",
        "intent": "plan",
        "title": say(course.language)("course.plan"),
        "subject": refer(patient),
        "period": {"start": plan.from_day.isoformat()},
        "created": instant(plan.made_at),
        "activity": [{"detail": _activity(item, course)} for item in plan.items],
    }
    if not told["activity"]:
        del told["activity"]
    return told | ({"note": [{"text": plan.note}]} if plan.note.strip() else {})


def _activity(item: PlanItem, course: CourseInput) -> Resource:
    repeat: Resource = {"frequency": item.sets, "period": 1, "periodUnit": "d"}
    if item.days:
        repeat["dayOfWeek"] = [DAYS[day] for day in sorted(item.days)]
    return {
        "kind": "ServiceRequest",
        "code": own(item.exercise, course.exercise_name(item.exercise)),
        "status": "scheduled",
        "scheduledTiming": {"repeat": repeat},
        "description": _asked_for(item, course),
    }


def _asked_for(item: PlanItem, course: CourseInput) -> str:
    """All that a line of a plan asks for, as the other formats tell it in columns: how much, side, rest, note."""
    language = course.language
    rest = f"{say(language)('course.rest')}: {seconds(item.rest_s, language)}"
    told = f"{dose(item, language)}{side_told(item, language)}. {rest}."
    return f"{told} {item.note.strip()}".strip()


def _pains(session: Session, patient: Resource, say_: Any) -> Iterator[Resource]:
    for when, pain, at in (
        ("before", session.before, session.started),
        ("after", session.after, session.ended or session.started),
    ):
        if pain is None or (pain.score is None and not pain.numb):
            continue
        yield (
            {
                "resourceType": "Observation",
                "id": id_of("pain", session.id, when),
                "status": "final",  # the person's own word, not a machine's finding
                "category": category("survey"),
                "code": concept(say_(f"course.pain_{when}"), PAIN),
                "subject": refer(patient),
                "effectiveDateTime": instant(at),
            }
            | _score(pain, say_)
            | _where(pain, say_)
        )


def _score(pain: Pain, say_: Any) -> Resource:
    """How strong it is, or that no number was told."""
    if pain.score is None:
        return {"dataAbsentReason": absent(say_("fhir.no_score"))}
    return {"valueQuantity": quantity(pain.score, "score")}


def _where(pain: Pain, say_: Any) -> Resource:
    """Where it hurts, and new numbness where it was told; that it was not told says nothing."""
    told: Resource = (
        {"bodySite": own(pain.place, place_name(pain.place, say_.language))} if pain.place else {}
    )
    if pain.numb:
        told["component"] = [{"code": own("new-numbness", say_("course.new_numbness")), "valueBoolean": True}]
    return told


def _of_summary(done: SetSummary, reviewed: list[Reviewed], course: CourseInput) -> Iterator[Resource]:
    say_, name = say(course.language), course.exercise_name(done.exercise)
    exercise = course.exercises.get(done.exercise)
    kind = "hold" if exercise and exercise.hold else "rep"
    note = {"note": [_word(one, course) for one in reviewed]} if reviewed else {}
    yield {
        "code": own(f"counted-{kind}s", f"{name}: {say_(f'figure.counted.{kind}')}"),
        "valueQuantity": quantity(done.counted, "count"),
        "component": [component(own("attempts", say_("fhir.attempts")), quantity(done.attempts, "count"))],
    } | note
    part = exercise and (exercise.repetition or exercise.hold)
    angle = measure_name(part.range_of_motion, course.language) if part and part.range_of_motion else name
    for side, value in done.range_deg.items():
        yield _range(side, angle, value, say_, _error("change-error", done.spread_deg.get(side), say_))
    for side, value in done.hold_s.items():
        yield {
            "code": own("held-total", f"{name}: {say_('fhir.held_total')}"),
            "bodySite": concept(say_(f"side.{side}"), SIDES[side]),
            "valueQuantity": quantity(value, "s"),
        }
    for side, value in done.longest_s.items():
        yield {
            "code": own("held-longest", f"{name}: {say_('course.hold')}"),
            "bodySite": concept(say_(f"side.{side}"), SIDES[side]),
            "valueQuantity": quantity(value, "s"),
        }
    counts = {
        check: (
            done.faults.get(check, 0),
            done.of_how_many(check),
            say_("verdict.unsure") if judged else "",
        )
        for check, judged in done.judged.items()
    }
    if counts:
        yield _checks(counts, name, say_)


def _word(one: Reviewed, course: CourseInput) -> Resource:
    return {
        "authorString": course.name_of(one.correction.by),
        "time": instant(one.correction.at),
        "text": reviewed_text(one, course),
    }


def _checked(told: Resource) -> str:
    """As JSON, once the library has found it to be as FHIR asks."""
    told = plain(told)
    Bundle.model_validate(told)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
