"""Logins that were ended, between the door of one process and that of another."""

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.records import Records, RecordsError, open_records
from coach.web.clinic import ended
from coach.web.clinic.door import Door, LoggedOut
from tests.web.clinic.logins import CLINIC, NOW, Clock, claims


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    def now() -> datetime:
        return datetime.fromtimestamp(NOW, UTC)

    with open_records(f"sqlite:///{tmp_path / 'records.sqlite'}", tmp_path / "records", now) as opened:
        monkeypatch.setattr(ended, "_records", lambda: opened)
        yield opened


def test_who_logged_out_in_one_process_is_out_in_every_other_and_after_a_restart(
    records: Records, clock: Clock
) -> None:
    one, other = Door(CLINIC, clock, tell=ended.tell), Door(CLINIC, clock)
    login = other.login(claims())
    one.end(one.login(claims()))
    assert other.still(login), "it has not looked yet"
    for door in (other, Door(CLINIC, clock)):
        ended.look(door.learn)
        assert not door.still(login)
        with pytest.raises(LoggedOut):
            door.login(claims())
        assert door.login(claims(iat=int(NOW))).subject == "ana", "who logs in anew is let in"


def test_what_is_kept_of_it_does_not_tell_whose_it_was(records: Records, clock: Clock) -> None:
    door = Door(CLINIC, clock, tell=ended.tell)
    login = door.login(claims())
    door.end(login)
    door.end(login)
    assert records.ended_logins() == {login.mark: datetime.fromtimestamp(login.until, UTC)}
    assert "ana" not in login.mark


def test_records_that_cannot_be_reached_do_not_keep_a_login_open(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, clock: Clock
) -> None:
    def away() -> Records:
        raise RecordsError("The database is away.")

    monkeypatch.setattr(ended, "_records", away)
    door = Door(CLINIC, clock, tell=ended.tell)
    login = door.login(claims())
    with caplog.at_level(logging.ERROR, "coach"):
        door.end(login)
    assert not door.still(login)
    assert "The database is away." in caplog.text and login.mark not in caplog.text
    ended.look(door.learn)
    assert not door.still(login), "what is known stays known"


def test_whatever_fails_the_next_look_is_taken(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks: list[str] = []

    def broken() -> Records:
        looks.append("taken")
        raise ZeroDivisionError

    monkeypatch.setattr(ended, "_records", broken)
    ended._keep_looking(lambda marks: None, lambda seconds: len(looks) == 2)
    assert len(looks) == 2 and "ZeroDivisionError" in caplog.text


def test_records_that_say_nothing_do_not_keep_the_server_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, go_on, over = threading.Event(), threading.Event(), threading.Event()

    def silent() -> Records:
        asked.set()
        go_on.wait()
        raise RecordsError("The database is away.")

    monkeypatch.setattr(ended, "_records", silent)
    monkeypatch.setattr(ended, "FIRST_S", 0.001)
    ended.watch(lambda marks: None, over)
    assert asked.wait(10.0)
    over.set()
    go_on.set()


def test_the_server_starts_with_what_the_records_say(records: Records) -> None:
    records.end_login("mark", datetime.fromtimestamp(NOW + 60, UTC))
    learnt, over = dict[str, float](), threading.Event()
    over.set()  # after the first look
    ended.watch(learnt.update, over)
    assert learnt == {"mark": NOW + 60}
