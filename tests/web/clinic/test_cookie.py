"""Who sends a request: nobody, unless this server signed what it brings."""

from hashlib import sha256
from typing import Any

import pytest
from starlette.requests import HTTPConnection

from coach.web.clinic.cookie import login_of
from coach.web.clinic.door import Door
from tests.web.clinic.logins import COOKIE, Clock, claims, cookie


def request(headers: dict[str, str]) -> HTTPConnection:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "headers": raw})


def test_somebody(clinic_door: Door) -> None:
    found = login_of(request(cookie(claims())), clinic_door)
    assert found is not None and found.subject == "ana"


def test_somebody_of_many_groups_whose_cookie_is_in_pieces(clinic_door: Door) -> None:
    from streamlit.auth_util import set_cookie_with_chunks
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    from tests.web.clinic.logins import SECRET

    jar: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(SECRET, name, value)

    def put(name: str, value: str) -> None:
        jar[name] = sign(name, value).decode()

    told = claims(groups=[*(sha256(bytes([n])).hexdigest() for n in range(200)), "therapist"])
    set_cookie_with_chunks(put, sign, COOKIE, told, cookie_attr_size=80)
    assert len(jar) > 2
    header = {"cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
    found = login_of(request(header), clinic_door)
    assert found is not None and found.role == "therapist"
    jar.pop(f"{COOKIE}_2")
    header = {"cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
    assert login_of(request(header), clinic_door) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cookie": ""},
        {"cookie": f"{COOKIE}="},
        {"cookie": f"{COOKIE}=eyJzdWIiOiJhbmEifQ.x.y"},
        {"cookie": f"{COOKIE}=\xe4\xff"},
        cookie(claims(), secret="another secret that is long enough too"),
        cookie(claims(), name="_streamlit_user_tokens"),
        cookie(claims(origin="https://other.example")),
        cookie(claims(origin=None)),
        cookie(claims(exp=1)),
        cookie(claims(exp=None)),
        cookie(claims(is_logged_in=False)),
        cookie([claims()]),
        cookie("ana"),
        cookie(None),
    ],
)
def test_nobody(headers: dict[str, str], clinic_door: Door) -> None:
    assert login_of(request(headers), clinic_door) is None


def test_nobody_any_longer(clinic_door: Door, clock: Clock) -> None:
    sent: Any = request(cookie(claims()))
    clock.now += 3600
    assert login_of(sent, clinic_door) is None
