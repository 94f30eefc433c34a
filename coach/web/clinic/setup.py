"""How a clinic is set up: `[auth]` and `[clinic]` in secrets.toml; the pages are told only what they need of it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from coach.errors import CoachError

SWITCH: Final = "COACH_CLINIC"
NEEDED: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
CALLBACK: Final = "/oauth2callback"
SHORTEST_SECRET: Final = 32  # characters: who guesses it logs in as anybody
KNOWN: Final = frozenset({"role_claim", "therapist", "person", "hours"})
THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
# Options of Streamlit that would take away what keeps people apart, and what they must be.
OPTIONS: Final[Mapping[str, Any]] = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.trustedUserHeaders": {},  # whoever may send such a header says who they are
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.baseUrlPath": "",  # the routes beside the pages stand at the root
}


class ClinicError(CoachError):
    """The clinic is not set up as it must be: says what is missing and where."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """What a clinic decides.

    origin      the one address at which people reach it, as browsers tell it: https://coach.example
    role_claims where in the claims the roles stand, first come first served; `a.b` is b in a
    therapist   the role or group that makes a therapist
    person      the one that is needed to exercise; None: whoever may log in
    longest_s   for how long a login holds at most, however long its token does
    """

    origin: str
    role_claims: tuple[str, ...] = ("roles", "groups")
    therapist: str = "therapist"
    person: str | None = None
    longest_s: float = 8 * 3600.0


USUAL: Final = Clinic("")


def read_clinic(
    secrets: Mapping[str, Any], switch: str | None, option: Callable[[str], Any] = OPTIONS.__getitem__
) -> Clinic | None:
    """What is set up; None: a laptop of one's own.  Raises ClinicError.

    secrets  the whole of secrets.toml; empty where there is none
    switch   COACH_CLINIC: true and false decide, and without it the presence of `[auth]` does
    option   what Streamlit's options are
    """
    auth = secrets.get("auth")
    if not _is_on(switch, auth is not None):
        return None
    if not isinstance(auth, Mapping):
        raise ClinicError(
            f"{SWITCH} asks for a clinic, but secrets.toml has no [auth]: see docs/clinic.md for the ten lines."
        )
    _check_auth(auth)
    for name, must in OPTIONS.items():
        if (option(name) or type(must)()) != must:
            raise ClinicError(f"In a clinic Streamlit's option {name} must be {_toml(must)}: remove it.")
    origin = _origin(str(auth["redirect_uri"]).replace("{port}", str(option("server.port"))))
    return _clinic(origin, secrets.get("clinic", {}))


def _is_on(switch: str | None, has_auth: bool) -> bool:
    told = (switch or "").strip().lower()
    if told not in ("", "true", "1", "yes", "false", "0", "no"):
        raise ClinicError(f"{SWITCH} is '{switch}'; it can be true or false.")
    return has_auth if not told else told in ("true", "1", "yes")


def _check_auth(auth: Mapping[str, Any]) -> None:
    for name in NEEDED:
        if not isinstance(auth.get(name), str) or not auth[name].strip():
            raise ClinicError(f"In secrets.toml, [auth] needs {name}: see docs/clinic.md.")
    if len(auth["cookie_secret"]) < SHORTEST_SECRET:
        raise ClinicError(
            f"In secrets.toml, cookie_secret has fewer than {SHORTEST_SECRET} characters; make a long one with "
            "'python -c \"import secrets; print(secrets.token_urlsafe(48))\"'."
        )
    if any(isinstance(value, Mapping) and "client_id" in value for value in auth.values()):
        raise ClinicError("In secrets.toml, [auth] has sections for several providers; Form Coach takes one.")


def _origin(redirect_uri: str) -> str:
    try:
        parts = urlsplit(redirect_uri)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or parts.path != CALLBACK or parts.username:
        raise ClinicError(
            f"In secrets.toml, redirect_uri must be the clinic's address followed by {CALLBACK}, "
            f"like https://coach.example{CALLBACK}."
        )
    if parts.scheme == "http" and host not in THIS_MACHINE:
        raise ClinicError("In secrets.toml, redirect_uri must begin with https:// but on this very machine.")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _clinic(origin: str, told: Any) -> Clinic:
    unknown = set(told) - KNOWN if isinstance(told, Mapping) else {"clinic"}
    if unknown:
        raise ClinicError(
            f"In secrets.toml, [clinic] does not know {', '.join(sorted(unknown))}; "
            f"there are {', '.join(sorted(KNOWN))}."
        )
    claim = _text(told, "role_claim")
    hours = told.get("hours", USUAL.longest_s / 3600)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24:
        raise ClinicError("In secrets.toml, hours in [clinic] must be a number up to 24.")
    return Clinic(
        origin,
        (claim,) if claim else USUAL.role_claims,
        _text(told, "therapist") or USUAL.therapist,
        _text(told, "person"),
        hours * 3600.0,
    )


def _text(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise ClinicError(f"In secrets.toml, {name} in [clinic] must be a text.")
    return value


def _toml(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else "empty"


def configured() -> Clinic | None:
    """As this process was started.  Raises ClinicError, also for a file of secrets that cannot be read."""
    import streamlit as st
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        secrets = st.secrets.to_dict()
    except StreamlitSecretNotFoundError as error:
        if getattr(error, "error_id", "") != "no-secrets-found":
            raise ClinicError(
                "secrets.toml cannot be read; mend it, for without it nobody can be told apart."
            ) from None
        secrets = {}
    except (OSError, ValueError):
        raise ClinicError("secrets.toml cannot be read; look at its rights and its encoding.") from None
    return read_clinic(secrets, os.environ.get(SWITCH), st.get_option)
