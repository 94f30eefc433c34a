"""The pieces of FHIR R4 that the bundles are made of: codes, quantities, references.

They are the same in R4 (4.0.1) and R4B (4.3.0).  Codes of LOINC and SNOMED CT stand where one means exactly this; all
else is told in codes of our own, and in words.
"""

import re
import uuid
from datetime import datetime
from typing import Any, Final

from coach import __version__
from coach.report.flat import rounded

Resource = dict[str, Any]
LOINC: Final = "http://loinc.org"
SNOMED: Final = "http://snomed.info/sct"
UCUM: Final = "http://unitsofmeasure.org"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
OWN: Final = "urn:form-coach:codes"
PEOPLE: Final = "urn:form-coach:people"
NAMESPACE: Final = uuid.UUID(
    "8f9f4c0e-5d0c-4f2b-9a3e-6b1f0c7d2e11"
)  # the same record gets the same id each time

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xa0\u2007\u202f\ud800-\udfff]")

PAIN: Final = (LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
# SNOMED CT: an observable entity, and the values of the attribute "laterality"; as SNOMED International's own templates
# name them ("Finding of range of joint movement", 363714003 |Interprets| << 364564000).
RANGE: Final = (SNOMED, "364564000", "Range of joint movement")
SIDES: Final = {
    "left": (SNOMED, "7771000", "Left"),
    "right": (SNOMED, "24028007", "Right"),
    "both": (SNOMED, "51440002", "Right and left"),
}
UNITS: Final = {
    "deg": ("deg", "°"),
    "s": ("s", "s"),
    "ratio": ("1", ""),
    "percent": ("%", "%"),
    "count": ("1", ""),
    "score": ("{score}", ""),
}
DIGITS: Final = {"deg": 1, "s": 1, "ratio": 2, "percent": 0, "count": 0, "score": 0}


def id_of(*names: object) -> str:
    """An id that only these names have."""
    named = "/".join(map(str, names)).encode("utf-8", "replace").decode("utf-8")
    return str(uuid.uuid5(NAMESPACE, named))


def entry(resource: Resource) -> Resource:
    """A resource as a bundle holds it."""
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def refer(resource: Resource) -> Resource:
    """A reference to another resource of the bundle."""
    return {"reference": f"urn:uuid:{resource['id']}"}


def concept(text: str, *codes: tuple[str, str, str]) -> Resource:
    """A CodeableConcept: words, and the codes that mean the same."""
    coding = [{"system": system, "code": code, "display": display} for system, code, display in codes]
    return {"text": text} | ({"coding": coding} if coding else {})


def own(code: str, text: str) -> Resource:
    """A concept that only this program has a code for."""
    return concept(text, (OWN, code, text))


def quantity(value: float, unit: str) -> Resource:
    """A value with its unit in UCUM, rounded as far as a camera can tell."""
    code, sign = UNITS[unit]
    number = rounded(value, DIGITS[unit])
    assert number is not None  # what nobody knows has no quantity
    told = {"value": int(number) if DIGITS[unit] == 0 else number, "system": UCUM, "code": code}
    return told | ({"unit": sign} if sign else {})


def component(code: Resource, value: Resource) -> Resource:
    """A part of an observation."""
    return {"code": code, "valueQuantity": value}


def absent(why: str) -> Resource:
    """Why there is no value."""
    return concept(why, (ABSENT, "unknown", "Unknown"))


def category(code: str) -> list[Resource]:
    """What kind of observation it is: exam, survey, therapy."""
    return [concept(code.capitalize(), (CATEGORY, code, code.capitalize()))]


def instant(at: datetime) -> str:
    """A moment, to the second, with its zone."""
    return (
        at.astimezone().replace(microsecond=0).isoformat()
        if at.tzinfo is None
        else at.replace(microsecond=0).isoformat()
    )


def plain(told: Any) -> Any:
    """The same with strings as FHIR allows them: without control characters, and with ordinary spaces alone."""
    if isinstance(told, dict):
        return {key: plain(value) for key, value in told.items()}
    if isinstance(told, list):
        return [plain(value) for value in told]
    return _FORBIDDEN.sub(" ", told).strip() or "?" if isinstance(told, str) else told


def device(disclaimer: str) -> Resource:
    """This program, as what measured."""
    return {
        "resourceType": "Device",
        "id": id_of("device", __version__),
        "status": "active",
        "manufacturer": "Form Coach authors",
        "deviceName": [{"name": "Form Coach", "type": "user-friendly-name"}],
        "version": [{"value": __version__}],
        "note": [{"text": disclaimer}],
    }


def bundle(resources: list[Resource], at: datetime, key: str) -> Resource:
    """A collection of resources."""
    return {
        "resourceType": "Bundle",
        "id": id_of("bundle", key, instant(at)),
        "type": "collection",
        "timestamp": instant(at),
        "entry": [entry(one) for one in resources],
    }
