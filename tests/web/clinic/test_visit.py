"""Who is at the page: asked each time, never kept; what a visit knows goes with it."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from coach.care.types import Person, Role
from coach.records import OWNER, NotYours, Records, open_records
from coach.web import session, visitor
from coach.web.clinic import page, visit
from coach.web.clinic.door import Door, LoggedOut
from coach.web.preferences import Preferences
from tests.web.clinic.logins import Clock, claims


class Streamlit:
    """A visit without a browser: who Streamlit says is there, and what it keeps of the visit."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = claims("ana")
        self.session_state: dict[str, Any] = {}
        self.query_params: dict[str, str] = {}
        self.user = SimpleNamespace(to_dict=lambda: dict(self.told))
        self.logged_out = 0

    def logout(self) -> None:
        self.logged_out += 1


@pytest.fixture
def streamlit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Streamlit:
    made = Streamlit()
    for module in (visit, visitor, session, page):
        monkeypatch.setattr(module, "st", made)
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    return made


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    with open_records(f"sqlite:///{tmp_path / 'records.sqlite'}", tmp_path / "records") as opened:
        monkeypatch.setattr(visitor, "records", lambda: opened)
        yield opened


def test_on_a_laptop_nobody_logs_in(monkeypatch: pytest.MonkeyPatch, records: Records) -> None:
    monkeypatch.setattr(visit, "door", lambda: None)
    monkeypatch.setattr(visitor, "door", lambda: None)
    assert (visit.login(), visit.whose(), visitor.mode()) == (None, "", "alone")
    assert visitor.desk().actor.role is Role.OWNER


# --- the records ---------------------------------------------------------------------------------------


def test_each_has_their_own_desk(clinic_door: Door, streamlit: Streamlit, records: Records) -> None:
    ana = visitor.person()
    assert (ana.name, visitor.desk().actor.role) == ("Ana", Role.PERSON)
    streamlit.told, streamlit.session_state = claims("ben"), {}
    ben = visitor.person()
    assert ben.id != ana.id
    for asked in (ana.id, "no such"):
        with pytest.raises(NotYours):
            visitor.desk().sessions(asked)


def test_a_therapist_is_nobody_who_exercises(
    clinic_door: Door, streamlit: Streamlit, records: Records
) -> None:
    streamlit.told = claims("thea", roles=["therapist"])
    assert visitor.desk().actor.role is Role.THERAPIST
    assert visitor.desk().people() == ()


def test_who_was_somebody_else_in_the_same_visit_is_looked_up_anew(
    clinic_door: Door, streamlit: Streamlit, records: Records
) -> None:
    people: list[Person] = []
    for who in ("ana", "ben", "ana"):
        streamlit.told = claims(who)
        people.append(visitor.person())
    assert people[0] == people[2] != people[1]


@pytest.mark.parametrize(
    "ask", [visitor.desk, visitor.person, visitor.live_sets, visit.whose, session.own_folder]
)
def test_nothing_is_given_after_the_end_of_a_login(
    ask: Any, clinic_door: Door, streamlit: Streamlit, records: Records, clock: Clock
) -> None:
    ask()
    clock.now += 3600
    with pytest.raises(LoggedOut):
        ask()
    with pytest.raises(LoggedOut):
        session.prefer(Preferences("de"))


def test_a_desk_that_was_taken_before_the_end_of_a_login_gives_nothing_after_it(
    clinic_door: Door, streamlit: Streamlit, records: Records, clock: Clock
) -> None:
    desk, login = visitor.desk(), visit.login()
    ana, reading = desk.me(), desk.sessions
    assert reading(ana.id) == ()
    clock.now += 3600
    with pytest.raises(LoggedOut) as expired:
        desk.me()
    clock.now -= 3600
    assert desk.me() == ana
    assert login is not None
    clinic_door.end(login)
    with pytest.raises(LoggedOut) as ended:
        desk.sessions(ana.id)
    assert (expired.value.why, ended.value.why) == ("expired", "ended")


def test_who_is_erased_begins_anew(clinic_door: Door, streamlit: Streamlit, records: Records) -> None:
    session.prefer(Preferences("de"))
    before = visitor.person()
    visitor.desk().erase(before.id)
    visitor.forget()
    assert visitor.person().id != before.id
    assert session.preferences() == Preferences()


# --- preferences ---------------------------------------------------------------------------------------


def test_who_is_erased_elsewhere_begins_anew(
    clinic_door: Door, streamlit: Streamlit, records: Records
) -> None:
    ana = visitor.person()
    records.desk(OWNER).erase(ana.id)
    assert visitor.person().id != ana.id and visitor.person() == visitor.desk().me()
    streamlit.told = claims("thea", roles=["therapist"])
    with pytest.raises(NotYours):
        visitor.person()


def test_preferences_are_ones_own(clinic_door: Door, streamlit: Streamlit, tmp_path: Path) -> None:
    session.prefer(Preferences("de", volume=0.5))
    streamlit.told, streamlit.session_state = claims("ben"), {}
    assert session.preferences() == Preferences()
    streamlit.told, streamlit.session_state = claims("ana"), {}
    assert session.preferences() == Preferences("de", volume=0.5)
    assert not any("ana" in path.name for path in tmp_path.rglob("*"))


def test_before_the_login_they_are_as_at_the_beginning(clinic_door: Door, streamlit: Streamlit) -> None:
    session.prefer(Preferences("de"))
    streamlit.told = {}
    assert session.preferences() == Preferences()
    assert streamlit.session_state[session.KEY] == Preferences("de"), "which the page of the login empties"


# --- coming and going ----------------------------------------------------------------------------------


def test_a_visit_of_somebody_else_begins_empty(clinic_door: Door, streamlit: Streamlit) -> None:
    page.enter()
    streamlit.session_state["told"] = "by Ana"
    page.enter()
    assert streamlit.session_state["told"] == "by Ana"
    streamlit.told = claims("ben")
    page.enter()
    assert "told" not in streamlit.session_state


@pytest.mark.parametrize(
    ("others", "why"), [({"exp": 1}, "expired"), ({"sub": ""}, "refused"), ({"iss": 1}, "refused")]
)
def test_a_visit_of_nobody_knows_nothing_but_why(
    others: dict[str, Any], why: str, clinic_door: Door, streamlit: Streamlit
) -> None:
    streamlit.session_state["told"] = "by Ana"
    streamlit.told = claims("ana", **others)
    assert page.enter() is None
    assert streamlit.session_state == {page.WHOSE: why}


def test_leaving_ends_the_login_and_the_live_set(
    clinic_door: Door, streamlit: Streamlit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.live import Hub
    from tests.live.sets import asked

    hub = Hub()
    monkeypatch.setattr(page, "HUB", hub)
    login = clinic_door.login(claims("ana"))
    mine, other = hub.of(login.whose).open(asked()), hub.of("ben").open(asked())
    streamlit.session_state = {page.LIVE: mine.token, "told": "by Ana"}
    page.leave()
    assert mine.done and hub.of(login.whose).find(mine.token) is None
    assert hub.of("ben").find(other.token) is other and not other.done
    assert not clinic_door.still(login)
    assert (streamlit.session_state, streamlit.logged_out) == ({}, 1)
    page.leave()
    assert streamlit.logged_out == 2, "also who is logged out already"
