"""What whoever runs a clinic wrote: taken as it is meant, or told in one sentence what is wrong."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.web.clinic.setup import OPTIONS, Clinic, ClinicError, configured, read_clinic

AUTH: dict[str, Any] = {
    "redirect_uri": "https://coach.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "form-coach",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}


def with_auth(**others: Any) -> dict[str, Any]:
    return {"auth": {**AUTH, **others}}


def option(**others: Any) -> Any:
    told = {"server.port": 8501, **OPTIONS, **{f"server.{name}": value for name, value in others.items()}}
    return told.__getitem__


def clinic_of(secrets: dict[str, Any], switch: str | None = None, **options: Any) -> Clinic | None:
    return read_clinic(secrets, switch, option(**options))


def test_without_anything_it_is_a_laptop_of_ones_own() -> None:
    assert clinic_of({}) is clinic_of({"other": {}}) is clinic_of({}, "false") is None


def test_the_presence_of_auth_makes_a_clinic_and_the_switch_decides() -> None:
    assert clinic_of(with_auth()) == clinic_of(with_auth(), "true") == Clinic("https://coach.example")
    assert clinic_of(with_auth(), "no") is None


def test_everything_can_be_told() -> None:
    own = {"role_claim": "realm_access.roles", "therapist": "physio", "person": "patient", "hours": 2}
    assert clinic_of({**with_auth(), "clinic": own}) == Clinic(
        "https://coach.example", ("realm_access.roles",), "physio", "patient", 7200.0
    )


def test_the_port_is_filled_in() -> None:
    found = clinic_of(with_auth(redirect_uri="http://localhost:{port}/oauth2callback"))
    assert found is not None and found.origin == "http://localhost:8501"


@pytest.mark.parametrize("switch", ["maybe", "on purpose", "2"])
def test_a_switch_that_says_nothing_is_no_laptop(switch: str) -> None:
    with pytest.raises(ClinicError, match="true or false"):
        clinic_of({}, switch)


def test_a_clinic_without_a_login_is_none() -> None:
    with pytest.raises(ClinicError, match="has no"):
        clinic_of({}, "true")
    with pytest.raises(ClinicError, match="has no"):
        clinic_of({"auth": "yes"})


@pytest.mark.parametrize("name", AUTH)
@pytest.mark.parametrize("value", [None, "", "  ", 7])
def test_everything_that_a_login_needs_must_be_there(name: str, value: Any) -> None:
    with pytest.raises(ClinicError, match=name):
        clinic_of(with_auth(**{name: value}))


def test_a_short_secret_is_none() -> None:
    with pytest.raises(ClinicError, match="fewer than 32"):
        clinic_of(with_auth(cookie_secret="x" * 31))


def test_no_secret_is_in_a_sentence_or_in_what_is_kept() -> None:
    secret = "correct-horse-battery-staple-0123"
    assert secret not in repr(clinic_of(with_auth(cookie_secret=secret, client_secret=secret)))
    with pytest.raises(ClinicError) as told:
        clinic_of(with_auth(cookie_secret=secret[:20], client_secret=secret))
    assert secret[:20] not in str(told.value)


@pytest.mark.parametrize(
    "address",
    [
        "coach.example/oauth2callback",
        "https://coach.example/",
        "https://coach.example/app/oauth2callback",
        "ftp://coach.example/oauth2callback",
        "https:///oauth2callback",
        "https://me@coach.example/oauth2callback",
        "https://[coach/oauth2callback",
    ],
)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(ClinicError, match="redirect_uri"):
        clinic_of(with_auth(redirect_uri=address))


def test_without_encryption_only_on_this_machine() -> None:
    for host in ("localhost", "127.0.0.1:8501", "[::1]:8501"):
        assert clinic_of(with_auth(redirect_uri=f"http://{host}/oauth2callback")) is not None
    with pytest.raises(ClinicError, match="https"):
        clinic_of(with_auth(redirect_uri="http://coach.example/oauth2callback"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("enableXsrfProtection", False),
        ("enableCORS", False),
        ("trustedUserHeaders", {"X-User": "sub"}),
        ("enableAgentApi", True),
        ("enableStaticServing", True),
        ("baseUrlPath", "coach"),
    ],
)
def test_what_would_take_the_walls_away_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ClinicError, match=name):
        clinic_of(with_auth(), **{name: value})
    assert clinic_of({}, **{name: value}) is None


def test_several_providers_are_refused() -> None:
    with pytest.raises(ClinicError, match="several"):
        clinic_of(with_auth(google={"client_id": "x"}))
    assert clinic_of(with_auth(client_kwargs={"prompt": "login"})) is not None


@pytest.mark.parametrize(
    "own",
    [
        "therapists",
        {"therapists": "physio"},
        {"therapist": ""},
        {"person": 7},
        {"role_claim": ["roles"]},
        {"hours": 0},
        {"hours": 25},
        {"hours": True},
        {"hours": "8"},
        {"hours": float("nan")},
    ],
)
def test_what_a_clinic_says_of_itself_must_make_sense(own: Any) -> None:
    with pytest.raises(ClinicError, match=r"clinic|hours"):
        clinic_of({**with_auth(), "clinic": own})


@given(
    st.dictionaries(
        st.sampled_from(["auth", "clinic", "x"]), st.recursive(st.text() | st.integers(), st.lists)
    )
)
def test_any_file_is_a_clinic_a_laptop_or_a_sentence(secrets: dict[str, Any]) -> None:
    with suppress(ClinicError):
        assert clinic_of(secrets) is None


def test_here_nobody_set_up_a_clinic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CLINIC", "false")
    assert configured() is None
