"""Who somebody is: from the signed claims alone, for as long as they say, and what they are from their roles."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care.types import Role
from coach.web.clinic.login import Login, name_of, read_login, role_of
from coach.web.clinic.setup import Clinic
from tests.web.clinic.logins import CLINIC, NOW, claims


def login(**others: Any) -> Login:
    found = read_login(claims(**others), CLINIC, NOW)
    assert isinstance(found, Login)
    return found


def test_who_it_is() -> None:
    found = login(subject="ana", name="Ana Apfel", locale="de-AT")
    assert (found.subject, found.name, found.role, found.language) == ("ana", "Ana Apfel", Role.PERSON, "de")
    assert "ana" not in found.whose and "Ana" not in found.whose and len(found.whose) == 32


def test_the_same_subject_of_another_provider_is_somebody_else() -> None:
    one, other = login(), login(iss="https://other.example")
    assert one.whose != other.whose and one.id != other.id
    assert login(iss="a", subject="bc").whose != login(iss="ab", subject="c").whose


def test_the_same_person_the_next_time_is_the_same_but_the_login_is_another() -> None:
    one, next_time = login(), login(iat=int(NOW) - 1, name="Ana Birne")
    assert one.whose == next_time.whose and one.mark != next_time.mark


# --- how long ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exp", [None, NOW, NOW - 1, 0, -1, True, str(NOW + 60), math.nan, -math.inf, [], {}])
def test_an_end_that_is_past_or_missing_lets_nobody_in(exp: Any) -> None:
    assert read_login(claims(exp=exp), CLINIC, NOW) == "expired"


@pytest.mark.parametrize("iat", [None, "now", NOW - 8 * 3600, math.nan])
def test_nor_does_a_beginning_that_is_missing_or_too_long_ago(iat: Any) -> None:
    assert read_login(claims(iat=iat, exp=NOW + 1e6), CLINIC, NOW) == "expired"


def test_it_holds_until_the_end_of_the_token_or_of_the_clinics_time() -> None:
    assert login().until == NOW + 3600
    assert login(exp=NOW + 1e6).until == NOW - 60 + 8 * 3600
    assert isinstance(read_login(claims(exp=NOW + 0.5), CLINIC, NOW), Login)


# --- what they are -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told", [{"roles": ["therapist"]}, {"groups": ["x", "therapist"]}, {"roles": "therapist"}]
)
def test_a_therapist(told: dict[str, Any]) -> None:
    assert login(**told).role is Role.THERAPIST


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"roles": []},
        {"roles": ["Therapist"]},
        {"roles": ["therapists"]},
        {"roles": "not a therapist"},
        {"roles": {"therapist": True}},
        {"roles": [["therapist"]]},
        {"role": "therapist"},
        {"name": "therapist"},
        {"realm_access": {"roles": ["therapist"]}},
        {"is_therapist": True},
    ],
)
def test_whatever_else_they_say_is_a_person(told: dict[str, Any]) -> None:
    assert login(**told).role is Role.PERSON


def test_roles_stand_where_the_clinic_says() -> None:
    keycloak = replace(CLINIC, role_claims=("realm_access.roles",))
    dotted = replace(CLINIC, role_claims=("https://clinic.example/roles",))
    assert role_of({"realm_access": {"roles": ["therapist"]}}, keycloak) is Role.THERAPIST
    assert role_of({"roles": ["therapist"]}, keycloak) is Role.PERSON
    assert role_of({"realm_access": ["roles"]}, keycloak) is Role.PERSON
    assert role_of({"https://clinic.example/roles": ["therapist"]}, dotted) is Role.THERAPIST


def test_a_group_makes_nobody_a_therapist_where_there_are_roles() -> None:
    assert login(roles=["person"], groups=["therapist"]).role is Role.PERSON
    assert login(roles=[], groups=["therapist"]).role is Role.PERSON
    assert login(roles=None, groups=["therapist"]).role is Role.THERAPIST


def test_a_clinic_may_ask_for_a_role_of_people_too() -> None:
    strict = replace(CLINIC, person="patient")
    assert role_of({"roles": ["patient"]}, strict) is Role.PERSON
    assert role_of({"roles": ["patient", "therapist"]}, strict) is Role.THERAPIST
    assert read_login(claims(roles=["visitor"]), strict, NOW) == "refused"


def test_nobody_is_ever_the_owner() -> None:
    for told in ("owner", ["owner", "admin"]):
        assert login(roles=told).role is Role.PERSON


# --- what is no login ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told", [{}, {"is_logged_in": False}, claims(is_logged_in="true"), claims(is_logged_in=1)]
)
def test_nobody(told: dict[str, Any]) -> None:
    assert read_login(told, CLINIC, NOW) == "nobody"


@pytest.mark.parametrize(
    "told", [{"sub": None}, {"sub": ""}, {"sub": 7}, {"iss": None}, {"iss": ""}, {"iss": []}]
)
def test_somebody_without_a_name_of_the_provider_is_refused(told: dict[str, Any]) -> None:
    assert read_login({**claims(), **told}, CLINIC, NOW) == "refused"


def test_a_name_is_one_line_of_some_length() -> None:
    assert name_of({"name": "Ana\n\x00Apfel"}) == "Ana  Apfel"
    assert name_of({"name": " ", "preferred_username": "ana"}) == "ana"
    assert name_of({"name": ["Ana"]}) == name_of({}) == ""
    assert len(name_of({"name": "x" * 1000})) == 120


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = st.sampled_from(
    ["iss", "sub", "exp", "iat", "name", "roles", "groups", "locale", "is_logged_in", "nonce"]
)


@given(st.dictionaries(NAMES, JSON))
def test_any_claims_are_somebody_or_a_reason(told: dict[str, Any]) -> None:
    found = read_login({**claims(), **told}, Clinic("https://coach.example"), NOW)
    assert found in ("nobody", "expired", "ended", "refused") or isinstance(found, Login)
