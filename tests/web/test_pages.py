"""What is told, and how often it is asked, where the records cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from coach.language import LANGUAGES, Language
from coach.records import Desk
from coach.records.problems import problem
from coach.web.session import here
from tests.web.plan.acting import texts
from tests.web.plan.conftest import desk as desk
from tests.web.plan.conftest import home as home
from tests.web.plan.conftest import planned as planned
from tests.web.plan.conftest import screened as screened


def _script(language: str) -> None:
    """As the app does it: first which pages somebody has, then the one that is shown."""
    from importlib import import_module

    import streamlit as st

    from coach.care.types import Role
    from coach.web import pages

    there = {page.name: page.module for page in pages.pages_of(Role.OWNER)}
    pages.remember(there)
    name = st.session_state.get("name", next(iter(there)))
    import_module(next(page.module for page in pages.PAGES if page.name == name)).show(language)


@dataclass
class Lock:
    """Another program has the records; how often they were waited for."""

    held: bool = True
    waits: int = 0


@pytest.fixture
def lock(planned: Desk, monkeypatch: pytest.MonkeyPatch) -> Lock:
    """On the records of somebody who has a plan."""
    lock = Lock()

    def locked(real: Callable[..., object]) -> Callable[..., object]:
        def asked(*told: object, **more: object) -> object:
            if lock.held:
                lock.waits += 1
                raise problem("locked", place="the records")
            return real(*told, **more)

        return asked

    for name in ("me", "plan", "plans", "people", "sessions", "summaries"):
        monkeypatch.setattr(Desk, name, locked(getattr(Desk, name)))
    return lock


def shown(language: Language = "en", name: str | None = None) -> AppTest:
    app = AppTest.from_function(_script, kwargs={"language": language}, default_timeout=60)
    if name is not None:
        app.session_state["name"] = name
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_a_plan_that_cannot_be_read_is_told_so_where_exercises_are_chosen(
    lock: Lock, language: Language
) -> None:
    app, told = shown(language), problem("locked", place="the records").told(language)
    assert app.title[0].value == here(language)("choose.title")
    assert [one.value for one in app.warning] == [told]
    lock.held = False
    assert told not in texts(app.run()), "as soon as they can be read"


@pytest.mark.parametrize("name", ["coach", "review", "plan"])
def test_records_that_are_locked_are_waited_for_once(lock: Lock, name: str) -> None:
    assert str(problem("locked", place="the records")) in texts(shown(name=name))
    assert lock.waits == 1
