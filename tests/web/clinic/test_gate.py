"""The gate: on a laptop only this machine, in a clinic only who is logged in, and its own pages."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from coach.live.socket import LOGGED_OUT
from coach.web.clinic.door import Door
from coach.web.clinic.gate import OPEN, Gate
from coach.web.clinic.media import Media
from tests.web.clinic.logins import ORIGIN, Clock, claims, cookie

ANA, BEN = cookie(claims("ana")), cookie(claims("ben"))
OWN = {"origin": ORIGIN}
CLOSED = (
    "/clips/bridge.mp4",
    "/files/x/report.html",
    "/media/x.json",
    "/_stcore/metrics",
    "/new",
    "/_stcore/agent/mcp",
)


async def everything(request: Request) -> Response:
    answer = PlainTextResponse("inside")
    answer.set_cookie("_streamlit_user", "x")
    return answer


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("inside")
    await websocket.close()


def client(door: Callable[[], Door | None], media: Media | None = None, **options: Any) -> TestClient:
    routes = [
        WebSocketRoute("/{path:path}", socket),
        Route("/{path:path}", everything, methods=["GET", "PUT", "POST", "DELETE"]),
    ]
    gate = Middleware(Gate, pages=["coach", "review"], door=door, media=media or Media())
    options = {"base_url": ORIGIN, **options}
    return TestClient(Starlette(routes=routes, middleware=[gate]), follow_redirects=False, **options)


@pytest.fixture
def clinic(clinic_door: Door) -> TestClient:
    return client(lambda: clinic_door)


def status(client: TestClient, path: str, method: str = "GET", **headers: str) -> int:
    return client.request(method, path, headers=headers).status_code


def hears(client: TestClient, path: str, **headers: str) -> str | int:
    """What a socket gets: its first word, or the code with which it is closed."""
    headers = {"host": client.base_url.netloc.decode(), **headers}
    try:
        with client.websocket_connect(path, headers=headers) as connected:
            return connected.receive_text()
    except WebSocketDisconnect as closed:
        return closed.code
    except WebSocketDenialResponse as denied:
        return denied.status_code


# --- a clinic ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*sorted(OPEN), "/coach", "/review", "/static/js/index.js"])
def test_what_a_page_needs_to_offer_the_login_is_open(path: str, clinic: TestClient) -> None:
    assert status(clinic, path) == 200


@pytest.mark.parametrize("path", [*CLOSED, "/coach/", "/staticx", "/review/x", "/static", "/Coach"])
def test_everything_else_wants_a_login_and_gives_what_does_not_exist(path: str, clinic: TestClient) -> None:
    told = clinic.get(path)
    assert (told.status_code, told.content) == (404, b"")


@pytest.mark.parametrize("path", [path for path in CLOSED if not path.startswith("/media")])
def test_who_is_logged_in_comes_to_the_routes(path: str, clinic: TestClient) -> None:
    assert status(clinic, path, **ANA) == 200


def test_a_login_that_has_ended_opens_nothing(clinic: TestClient, clock: Clock) -> None:
    assert status(clinic, "/files/x/y", **ANA) == 200
    clock.now += 3600
    assert status(clinic, "/files/x/y", **ANA) == 404


def test_the_way_out_ends_the_login_wherever_its_cookie_is(clinic: TestClient) -> None:
    assert status(clinic, "/auth/logout", **ANA) == 200
    assert status(clinic, "/files/x/y", **ANA) == 404
    assert status(clinic, "/files/x/y", **BEN) == 200


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://coach.example", f"{ORIGIN}:444"]
)
def test_only_its_own_pages_may_send_something(method: str, origin: str | None, clinic: TestClient) -> None:
    headers = ANA if origin is None else {**ANA, "origin": origin}
    assert status(clinic, "/uploads/x", method, **headers) == 403
    assert status(clinic, "/uploads/x", method, **ANA, **OWN) == 200
    assert status(clinic, "/uploads/x", method, **OWN) == 404


@pytest.mark.parametrize(
    "told",
    [
        {"host": "evil.example", "x-forwarded-host": "coach.example"},
        {"x-forwarded-proto": "https", "forwarded": "host=coach.example;proto=https"},
        {"x-forwarded-for": "127.0.0.1", "x-forwarded-user": "ana"},
    ],
)
def test_what_a_proxy_says_changes_nothing(told: dict[str, str], clinic: TestClient) -> None:
    evil = {"origin": "https://evil.example"}
    assert status(clinic, "/uploads/x", "PUT", **ANA, **told, **evil) == 403
    assert hears(clinic, "/live/x", **ANA, **told, **evil) == 4403
    assert status(clinic, "/files/x/y", **told) == 404
    assert status(clinic, "/uploads/x", "PUT", **ANA, **told, **OWN) == 200
    assert hears(clinic, "/live/x", **ANA, **told, **OWN) == "inside"


def test_sockets(clinic: TestClient) -> None:
    assert hears(clinic, "/_stcore/stream", **OWN) == "inside", "the page of the login comes over it"
    assert hears(clinic, "/live/x", **ANA, **OWN) == "inside"
    assert hears(clinic, "/live/x", **OWN) == hears(clinic, "/new", **OWN) == LOGGED_OUT
    for path in ("/_stcore/stream", "/live/x"):
        assert hears(clinic, path, **ANA) == hears(clinic, path, **ANA, origin="https://evil.example") == 4403


def test_pictures_and_downloads_are_given_to_whom_they_were_made_for(clinic_door: Door) -> None:
    media, told = Media(), clinic_door.login(claims("ana"))
    clinic = client(lambda: clinic_door, media)
    media._give("/media/abc.json", told.whose)
    assert clinic.get("/media/abc.json", headers=ANA).headers["cache-control"] == "private, no-store"
    for headers in ({}, BEN):
        foreign, unknown = (clinic.get(f"/media/{name}.json", headers=headers) for name in ("abc", "xyz"))
        assert (foreign.status_code, foreign.content, foreign.headers) == (404, b"", unknown.headers)


def test_answers_are_protected(clinic: TestClient) -> None:
    told = clinic.get("/", headers=ANA).headers
    assert told["set-cookie"].endswith("; Secure")
    assert told["content-security-policy"] == "frame-ancestors 'none'"
    assert told["x-content-type-options"] == "nosniff"


# --- a laptop of one's own -----------------------------------------------------------------------------


def laptop(base_url: str = "http://localhost:8501", address: str = "127.0.0.1") -> TestClient:
    return client(lambda: None, base_url=base_url, client=(address, 50000))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8501", "[::1]:8501", "LocalHost:80"])
def test_this_machine_may_everything(host: str) -> None:
    for address in ("127.0.0.1", "127.0.0.7", "::1"):
        asked = laptop(f"http://{host}", address)
        assert status(asked, "/new") == status(asked, "/new", "PUT") == 200
        assert hears(asked, "/live/x") == "inside"


@pytest.mark.parametrize(
    "host", ["evil.example", "192.168.1.4:8501", "localhost.evil.example", "coach.local"]
)
def test_a_name_from_elsewhere_is_refused(host: str) -> None:
    asked = laptop(f"http://{host}")
    assert status(asked, "/") == status(asked, "/", "PUT") == 403
    assert hears(asked, "/live/x") == hears(asked, "/_stcore/stream") == 4403
    assert "docs/clinic.md" in asked.get("/").text


@pytest.mark.parametrize("address", ["192.168.1.4", "10.0.0.1", "fe80::1", "8.8.8.8", "testclient", ""])
def test_another_machine_is_refused(address: str) -> None:
    assert status(laptop(address=address), "/") == 403
    assert hears(laptop(address=address), "/live/x") == 4403


@pytest.mark.parametrize(
    "origin", ["null", "https://evil.example", "http://localhost:8798", "http://127.0.0.1:8501", "http://["]
)
def test_the_page_of_another_program_on_this_machine_may_send_and_open_nothing(origin: str) -> None:
    for path in ("/_stcore/stream", "/live/x", "/new"):
        assert hears(laptop(), path, origin=origin) == 4403
        assert hears(laptop(), path, origin="http://localhost:8501") == hears(laptop(), path) == "inside"
    for method in ("PUT", "POST", "DELETE"):
        assert status(laptop(), "/new", method, origin=origin) == 403
        assert status(laptop(), "/new", method, origin="http://localhost:8501") == 200


def test_the_answers_of_a_laptop_are_protected_too() -> None:
    """No other page may put them into a frame of its own, and no browser keeps what is private on its disk."""
    told = laptop().get("/").headers
    assert told["content-security-policy"] == "frame-ancestors 'none'"
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "same-origin"
    assert "secure" not in told["set-cookie"].lower(), "there is no encryption, so no browser would send it"
    assert laptop().get("/media/film.mp4").headers["cache-control"] == "private, no-store"


def test_a_host_that_is_none_is_refused() -> None:
    for host in ("", "[::1", "localhost@evil.example"):
        assert status(laptop(), "/", host=host) == 403
