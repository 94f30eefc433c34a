"""Who somebody is, from what the clinic's login says of them.  Pure.

Nothing that a person can say themselves goes in: the claims come from the provider's signed ID token.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from coach.care.types import Role
from coach.errors import CoachError
from coach.language import Language, known_language
from coach.records.people import written
from coach.web.clinic.setup import Clinic

NAMES: Final = ("name", "preferred_username", "email")
Why = Literal["nobody", "expired", "ended", "refused"]


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who is logged in.

    issuer, subject  who they are, for ever; together, since two providers may give the same subject
    until            when the login ends, in seconds since 1970
    mark             of this one login: the same person has another one the next time
    language         the one that the provider knows; None where it knows none
    """

    issuer: str
    subject: str
    name: str
    role: Role
    until: float
    mark: str
    language: Language | None = None

    @property
    def whose(self) -> str:
        """A short name for who it is, which tells nobody who that is."""
        return _digest([self.issuer, self.subject])

    @property
    def id(self) -> str:
        """As the records know them."""
        return f"{self.subject} @ {self.issuer}"


def read_login(claims: Mapping[str, Any], clinic: Clinic, now: float) -> Login | Why:
    """Who the claims are of, or why they let nobody in.  now: seconds since 1970."""
    if claims.get("is_logged_in") is not True:
        return "nobody"
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not (isinstance(issuer, str) and issuer and isinstance(subject, str) and subject):
        return "refused"
    ends, latest = _seconds(claims.get("exp")), _seconds(claims.get("iat")) + clinic.longest_s
    if not (now < ends and now < latest):  # NaN, where one of them is missing, is no time to be let in either
        return "expired"
    role = role_of(claims, clinic)
    if role is None:
        return "refused"
    mark = _digest([issuer, subject, *(str(claims.get(name)) for name in ("iat", "exp", "nonce", "sid"))])
    return Login(
        issuer, subject, name_of(claims), role, min(ends, latest), mark, _language(claims.get("locale"))
    )


def role_of(claims: Mapping[str, Any], clinic: Clinic) -> Role | None:
    """What they may do; None: nothing here.

    >>> role_of({"realm_access": {"roles": ["therapist"]}}, Clinic("", ("realm_access.roles",)))
    <Role.THERAPIST: 'therapist'>
    """
    found = (_at(claims, path) for path in clinic.role_claims)
    told = _roles(next((roles for roles in found if roles is not None), None))
    if clinic.therapist in told:
        return Role.THERAPIST
    return Role.PERSON if clinic.person is None or clinic.person in told else None


def name_of(claims: Mapping[str, Any]) -> str:
    """What they are called, in one line; empty where the provider does not say."""
    names = (claims.get(name) for name in NAMES)
    told = next((name for name in names if isinstance(name, str) and name.strip()), "")
    return written(told)


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name, which may have dots itself (https://clinic.example/roles), else a step at a time."""
    if path in claims:
        return claims[path]
    first, _, rest = path.partition(".")
    inner = claims.get(first)
    return _at(inner, rest) if rest and isinstance(inner, Mapping) else None


def _roles(told: Any) -> tuple[str, ...]:
    if isinstance(told, str):
        return (told,)
    return tuple(role for role in told if isinstance(role, str)) if isinstance(told, list) else ()


def _seconds(told: Any) -> float:
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else math.nan


def _language(told: Any) -> Language | None:
    try:
        return known_language(told) if isinstance(told, str) else None
    except CoachError:
        return None


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
