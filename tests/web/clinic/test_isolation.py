"""Nobody gets anything by somebody else's token, ticket or name of a file: each route, and the table in docs/clinic.md.

For each route `ASKED` tells how to ask for something of Ana's, and for the like that never was; whoever is not Ana
gets the same answer to both.  A route that is not in it, or not in the table, is a failure.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from coach.live import Hub
from coach.live.socket import LOGGED_OUT, UNKNOWN
from coach.web import application
from coach.web.clinic.door import Door
from coach.web.clinic.gate import Gate
from coach.web.pages import PAGES
from coach.web.video.jobs import Jobs
from coach.web.video.uploads import Uploads
from coach.web.video.work import Outcome, Task
from tests.conftest import ROOT
from tests.live.sets import asked
from tests.web.clinic.logins import ORIGIN, claims, cookie

PAGE: Final = ROOT / "docs" / "clinic.md"
NEVER: Final = "x" * 32  # a token that never was
ANA, BEN = cookie(claims("ana")), cookie(claims("ben"))
THERAPIST: Final = cookie(claims("thea", roles=["therapist"]))
NOBODY: Final[dict[str, str]] = {}


@dataclass
class Clinic:
    """The routes behind the gate, and what Ana has there."""

    client: TestClient
    live: str
    job: str
    ticket: str

    def answer(self, method: str, path: str, who: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Status, content and headers."""
        told = self.client.request(method, path, headers={**who, "origin": ORIGIN}, content=b"x")
        return told.status_code, told.content, dict(told.headers)

    def closed(self, path: str, who: dict[str, str]) -> int:
        """The code with which a socket is closed at once; 0 where it stays open."""
        headers = {**who, "origin": ORIGIN, "host": "coach.example"}
        try:
            with self.client.websocket_connect(path, headers=headers) as socket:
                socket.receive_text()
        except WebSocketDisconnect as closed:
            return closed.code
        return 0


@pytest.fixture
def clinic(clinic_door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    hub, tickets = Hub(tmp_path / "live"), Uploads(tmp_path)
    queue = Jobs(tmp_path, run)
    monkeypatch.setattr(application, "HUB", hub)
    monkeypatch.setattr("coach.web.video.files.jobs", lambda: queue)
    monkeypatch.setattr("coach.web.video.files.uploads", lambda: tickets)
    monkeypatch.setattr("coach.live.socket.Eyes", lambda *of: Closed())
    whose = clinic_door.login(claims("ana")).whose
    video = tmp_path / "bridge.mp4"
    video.write_bytes(b"video")
    job = queue.of(whose).submit(Task(video))
    queue.work_once()
    gate = Middleware(Gate, pages=[page.name for page in PAGES], door=lambda: clinic_door)
    server = Starlette(routes=application.routes(), middleware=[gate])
    with TestClient(server, base_url=ORIGIN) as client:
        yield Clinic(client, hub.of(whose).open(asked()).token, job, tickets.of(whose).ticket())


class Closed:
    """Eyes that see nothing."""

    quicker = False

    def see(self, *of: Any) -> Any:
        raise AssertionError("nobody sent a picture")

    def close(self) -> None:
        pass


def run(task: Task, folder: Path, on_share: Callable[[float], None]) -> Outcome:
    (folder / "result.json").write_text("{}")
    return Outcome(files={"result.json": folder / "result.json"})


# --- each route ----------------------------------------------------------------------------------------


def live(clinic: Clinic) -> None:
    assert clinic.closed(f"/live/{clinic.live}", ANA) == 0
    for who in (BEN, THERAPIST):
        assert clinic.closed(f"/live/{clinic.live}", who) == clinic.closed(f"/live/{NEVER}", who) == UNKNOWN
    for token in (clinic.live, NEVER):
        assert clinic.closed(f"/live/{token}", NOBODY) == LOGGED_OUT


def files(clinic: Clinic) -> None:
    assert clinic.answer("GET", f"/files/{clinic.job}/result.json", ANA)[:2] == (200, b"{}")
    for who in (BEN, THERAPIST, NOBODY):
        foreign = clinic.answer("GET", f"/files/{clinic.job}/result.json", who)
        assert foreign[:2] == (404, b"")
        assert foreign == clinic.answer("GET", f"/files/{NEVER}/result.json", who)
        assert foreign == clinic.answer("GET", f"/files/{clinic.job}/no-such.json", who)


def uploads(clinic: Clinic) -> None:
    for who in (BEN, THERAPIST, NOBODY):
        foreign = clinic.answer("PUT", f"/uploads/{clinic.ticket}?name=a.mp4", who)
        assert foreign[:2] == (404, b"")
        assert foreign == clinic.answer("PUT", f"/uploads/{NEVER}?name=a.mp4", who)
    assert clinic.answer("PUT", f"/uploads/{clinic.ticket}?name=a.mp4", ANA)[0] == 201


def clips(clinic: Clinic) -> None:
    for who in (ANA, BEN, THERAPIST):
        assert clinic.answer("GET", "/clips/squat_clean.mp4", who)[0] == 200, "rendered people, nobody's own"
        assert clinic.answer("GET", "/clips/..%2F..%2FREADME.md", who)[0] == 404
    assert clinic.answer("GET", "/clips/squat_clean.mp4", NOBODY)[:2] == (404, b"")


ASKED: Final[dict[str, Callable[[Clinic], None]]] = {
    "/live/{token}": live,
    "/files/{token}/{name}": files,
    "/uploads/{ticket}": uploads,
    "/clips/{name}": clips,
}


@pytest.mark.parametrize("path", ASKED)
def test_what_is_somebody_elses_is_what_never_was(path: str, clinic: Clinic) -> None:
    ASKED[path](clinic)


def test_every_route_is_asked() -> None:
    assert {getattr(route, "path", "") for route in application.routes()} == set(ASKED)


# --- the table -----------------------------------------------------------------------------------------


def rows() -> list[list[str]]:
    """The cells of the table of what is kept apart."""
    text = PAGE.read_text("utf-8").split("## What is kept apart", 1)[1].split("\n## ", 1)[0]
    table = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


def test_the_table_has_every_route_and_every_page() -> None:
    named = {name for row in rows() for name in re.findall(r"`(/[^`?]*)", row[0])}
    assert set(ASKED) <= named
    assert {f"/{page.name}" for page in PAGES} <= named


def test_the_tests_that_the_table_names_are_there() -> None:
    named = [name for row in rows() for name in re.findall(r"`(tests/[^`]+)`", row[-1])]
    assert len(named) >= len(rows()), "each row names at least one"
    for name in named:
        path, _, test = name.partition("::")
        text = (ROOT / path).read_text("utf-8")
        assert not test or f"def {test}(" in text, name


# --- nothing of a person outlives a visit in what all visits share -------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "coach" / "web").rglob("*.py")), ids=lambda path: path.stem)
def test_no_page_shares_with_others(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"st\.cache_(data|resource)|@cache_(data|resource)", text), "shared by all visits"
    if path.name not in ("state.py", "application.py", "visitor.py"):
        assert not re.search(r"\bHUB\.(find|open|drop)\b", text) or path.parent.name == "clinic", (
            "live sets are asked for through visitor.live_sets()"
        )
