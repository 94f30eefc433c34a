"""A few people with months of records, in real records on disk, and the pages as a visitor meets them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.months import COURSES, fill
from coach.care.types import Person, Role
from coach.language import Language
from coach.records import OWNER, Actor, Desk, Records, open_records
from coach.web.review import file, opening, page

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday
NAMES = ("Ada Ahlers", "Bruno Berg", "Carla Castro")


@dataclass
class Clinic:
    """Records with people in them; `mine` sees all of them, `stranger` none."""

    records: Records
    people: dict[str, Person]
    mine: Actor
    stranger: Actor

    def desk(self, actor: Actor = OWNER) -> Desk:
        return self.records.desk(actor)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    folder = tmp_path_factory.mktemp("records")
    with open_records(f"sqlite:///{folder / 'records.sqlite'}", folder / "files", lambda: NOW) as records:
        mine = records.enter("mine", "Dr. Mine", Role.THERAPIST)
        stranger = records.enter("stranger", "Dr. Else", Role.THERAPIST)
        desk = records.desk(mine)
        people = {
            name: fill(desk, name, course, NOW, sessions=18, sets=3, tracks=2, seed=n)
            for n, (name, course) in enumerate(zip(NAMES, COURSES, strict=False))
        }
        yield Clinic(records, people, mine, stranger)


def _script(language: str) -> None:
    from coach.web.review import page

    page.show(language)  # type: ignore[arg-type]


Opened = Callable[..., AppTest]


@pytest.fixture
def opened(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Opens the review as somebody, at a place of its address."""
    monkeypatch.setattr(file, "now", lambda: NOW)

    def open_as(language: Language = "en", actor: Actor | None = None, **place: str) -> AppTest:
        monkeypatch.setattr(page, "current_desk", lambda: clinic.desk(actor or clinic.mine))
        app = AppTest.from_function(_script, kwargs={"language": language}, default_timeout=60)
        for name, value in place.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_as


def html(app: AppTest) -> str:
    """All that the page writes itself, without its style."""
    bodies = [element.proto.body for element in app.get("html")]
    return unescape("\n".join(body for body in bodies if not body.startswith("<style>")))


def labels(app: AppTest) -> list[str]:
    """The labels of all buttons."""
    return [button.label for button in app.button]


def rows(app: AppTest) -> list[dict[str, str]]:
    """The lines of the lists that can be opened."""
    given = [json.loads(one.proto.json) for one in app.get("bidi_component") if '"lines"' in one.proto.json]
    return [line for one in given for line in one["lines"] if "told" in line]


def open_line(app: AppTest, monkeypatch: pytest.MonkeyPatch, id: str) -> AppTest:
    """The page after a click on a line that is shown."""
    assert id in {line["id"] for line in rows(app)}
    with monkeypatch.context() as clicked:
        clicked.setattr(opening, "_list", lambda **_: SimpleNamespace(opened=id))
        return app.run()


def newest_session(clinic: Clinic, name: str) -> Any:
    return clinic.desk(clinic.mine).sessions(clinic.people[name].id)[-1]
