"""People of a made-up clinic, their claims, and the cookies of their browsers."""

import json
from dataclasses import dataclass
from typing import Any, Final

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from coach.web.clinic.door import Door
from coach.web.clinic.setup import Clinic

NOW: Final = 1_800_000_000.0
ORIGIN: Final = "https://coach.example"
SECRET: Final = "a secret that is long enough for a test"
CLINIC: Final = Clinic(ORIGIN)
COOKIE: Final = "_streamlit_user"


@dataclass
class Clock:
    """Seconds since 1970, as a test says."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


def claims(subject: str = "ana", **others: Any) -> dict[str, Any]:
    """What Streamlit keeps of somebody; None leaves a claim out."""
    told = {
        "is_logged_in": True,
        "origin": ORIGIN,
        "iss": "https://login.example",
        "sub": subject,
        "name": subject.title(),
        "iat": int(NOW) - 60,
        "exp": int(NOW) + 3600,
        **others,
    }
    return {name: value for name, value in told.items() if value is not None}


def cookie(told: Any, secret: str = SECRET, name: str = COOKIE) -> dict[str, str]:
    """The header that a browser sends."""
    return {"cookie": f"{COOKIE}={create_signed_value(secret, name, json.dumps(told)).decode()}"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clinic_door(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The door of a clinic, for pages and routes alike."""
    made = Door(CLINIC, clock)
    for module in ("clinic.gate", "clinic.visit", "clinic.page", "visitor"):
        monkeypatch.setattr(f"coach.web.{module}.door", lambda: made)
    monkeypatch.setattr("streamlit.web.server.server_util.get_cookie_secret", lambda: SECRET)
    return made
