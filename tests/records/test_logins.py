"""Logins that were ended: known to every process that has the records open, and after a restart."""

from datetime import timedelta
from pathlib import Path

from tests.records.conftest import Place
from tests.records.made import START, Clock

LATER = START + timedelta(hours=1)


def test_what_one_process_ended_every_other_knows_and_the_next(place: Place) -> None:
    with place.open() as one, place.open() as other:
        assert other.ended_logins() == {}
        one.end_login("a", LATER)
        one.end_login("a", LATER)  # from two windows at once
        assert one.ended_logins() == other.ended_logins() == {"a": LATER}
    with place.open() as again:
        assert again.ended_logins() == {"a": LATER}


def test_it_is_kept_no_longer_than_the_login_would_have_held(place: Place) -> None:
    clock = Clock()
    with place.open(clock) as records:
        records.end_login("a", LATER)
        records.end_login("b", LATER + timedelta(hours=2))
        clock.pass_by(hours=1)
        assert records.ended_logins() == {"b": LATER + timedelta(hours=2)}
        records.end_login("c", LATER + timedelta(hours=9))
        clock.now = START  # to see what is still written
        assert records.ended_logins().keys() == {"b", "c"}
        records.forget_expired(LATER + timedelta(hours=3))
        assert records.ended_logins().keys() == {"c"}


def test_a_backup_does_not_bring_an_ended_login_back(place: Place, tmp_path: Path) -> None:
    with place.open() as records:
        records.end_login("a", LATER)
        records.backup(tmp_path / "backup.zip")
    with Place(f"sqlite:///{tmp_path / 'other.sqlite'}", tmp_path / "other").open() as records:
        records.restore(tmp_path / "backup.zip")
        assert records.ended_logins() == {"a": LATER}
