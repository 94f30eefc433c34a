"""The pages with records of their own, in a folder of the test."""

from pathlib import Path

import pytest

from coach.care.types import Pain, PlanItem, Screening
from coach.live import Hub
from coach.records import Desk
from coach.web import live_set, state, visitor
from tests.web.plan.acting import NOW, Home


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Nobody has been here yet; live sets are those of this test."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    hub = Hub(tmp_path / "live", record=state._recorded)
    for module in (live_set, state, visitor):
        if hasattr(module, "HUB"):
            monkeypatch.setattr(module, "HUB", hub)
    return Home(tmp_path, hub)


@pytest.fixture
def desk() -> Desk:
    """The records of the test."""
    return visitor.desk()


@pytest.fixture
def screened(desk: Desk) -> Desk:
    """Nothing was ticked."""
    desk.save_screening(Screening(desk.me().id, NOW()))
    return desk


@pytest.fixture
def planned(screened: Desk) -> Desk:
    """Two exercises every day; the pain of today was told."""
    person = screened.me().id
    lines = (PlanItem("one", "squat", reps=5), PlanItem("two", "bridge", sets=2, reps=8, note="on the mat"))
    screened.save_plan(person, lines, NOW().date())
    screened.begin_session(person, NOW(), Pain(2))
    return screened
