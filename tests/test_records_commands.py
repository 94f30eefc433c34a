"""`coach records`: what is kept, in the hands of whoever runs it."""

import os
import time
import zipfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unicodedata import normalize

import pytest
import typer

from coach.care.types import Role
from coach.records import OWNER, NotYours, open_records
from coach.records_commands import SHORTEST, SHOWN, enough
from coach.records_commands import records as commands
from coach.screen import out
from tests.conftest import ROOT, Run
from tests.records.made import kept_set
from tests.test_cli import assert_one_sentence


def refused(done: tuple[int, str, str]) -> str:
    """The one sentence in which something was refused."""
    assert_one_sentence(*done)
    return done[2]


@pytest.fixture
def coach(coach: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`coach records`, with a data folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    return partial(coach, "records")


@pytest.fixture
def ana(coach: Run) -> str:
    """Somebody with one set; her id."""
    with open_records() as records:
        desk = records.desk(OWNER)
        person = desk.add_person("Ana")
        kept_set(desk, person)
        return person.id


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "records.md").read_text("utf-8")
    for command in commands.registered_commands:
        assert command.callback is not None
        assert f"coach records {command.callback.__name__}" in text


def test_where_the_records_are(coach: Run, ana: str, tmp_path: Path) -> None:
    code, told, _ = coach("where")
    assert code == 0 and str(tmp_path / "home" / "records.sqlite") in told
    assert "none yet" in told
    coach("backup", "b.zip")
    assert str(tmp_path / "b.zip") in coach("where")[1]


def test_people_are_listed(coach: Run, ana: str) -> None:
    code, told, _ = coach("people")
    assert code == 0 and ana[:8] in told and "Ana" in told and "2026-03-02" in told


def test_names_are_not_broken_beside_the_ids(coach: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "width", 80)
    name = "Wilhelmine Schwarzenberg-Oberhausen"
    with open_records() as records:
        records.desk(OWNER).add_person(name)
    assert name in coach("people")[1]


def test_ids_are_shown_as_far_as_they_are_told_apart() -> None:
    assert enough(["0123456789ab", "0123456788ab", "ffffffffffff"]) == 10
    assert enough([]) == SHOWN >= SHORTEST


def test_a_person_is_exported_by_name_or_id(coach: Run, ana: str, tmp_path: Path) -> None:
    for who in ("Ana", ana):
        code, told, _ = coach("export", who, f"{who}.zip")
        assert code == 0 and f"Written: {who}.zip" in told
        assert "everything.json" in zipfile.ZipFile(tmp_path / f"{who}.zip").namelist()


def test_a_person_is_found_by_the_beginning_of_the_id(coach: Run, ana: str, tmp_path: Path) -> None:
    assert coach("export", ana[:6], str(tmp_path / "ana.zip"))[0] == 0
    said = refused(coach("export", ana[:5], str(tmp_path / "ana.zip")))
    assert "no person" in said and "six letters" in said


def test_a_name_is_found_however_it_is_capitalised_and_told_in_any_language(
    coach: Run, ana: str, tmp_path: Path
) -> None:
    told = {}
    for language in ("en", "de"):
        target = tmp_path / f"{language}.html"
        assert coach("report", "aNA", str(target), "--language", language)[0] == 0
        told[language] = target.read_text("utf-8")
    assert '<html lang="en"' in told["en"] and '<html lang="de"' in told["de"]
    assert "nl" in refused(coach("report", "Ana", str(tmp_path / "x.html"), "--language", "nl"))


def test_a_name_is_found_however_it_is_written(coach: Run, tmp_path: Path) -> None:
    with open_records() as records:
        desk = records.desk(OWNER)
        desk.add_person(normalize("NFD", "Jörg"))
        desk.add_person("Änne")
    assert coach("export", normalize("NFC", "Jörg"), "a.zip")[0] == 0
    assert coach("export", normalize("NFD", "änne"), "b.zip")[0] == 0


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows takes no zone from the environment")
def test_the_last_day_is_that_of_the_clock_on_the_wall(coach: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_records() as records:
        desk = records.desk(OWNER)
        desk.begin_session(desk.add_person("Ana").id, datetime(2026, 3, 2, 22, 30, tzinfo=UTC))
    try:
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("TZ", "Europe/Berlin")
            time.tzset()
            assert "2026-03-02" in coach("people")[1]
            elsewhere.setenv("TZ", "Asia/Tokyo")
            time.tzset()
            assert "2026-03-03" in coach("people")[1]
    finally:
        time.tzset()


def test_who_is_not_there_and_who_is_there_twice(coach: Run, ana: str) -> None:
    assert "no person 'Ben'" in refused(coach("export", "Ben", "x.zip"))
    with open_records() as records:
        records.desk(OWNER).add_person("Ana")
    assert "2 of the name 'Ana'" in refused(coach("delete", "Ana", "--yes"))


def test_deleting_asks_and_names_the_backups(coach: Run, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    coach("backup", "b.zip")
    monkeypatch.setattr(typer, "confirm", lambda question: "everything about Ana" not in question)
    assert "Nothing was deleted" in refused(coach("delete", "Ana"))
    assert "Ana" in coach("people")[1]
    code, told, _ = coach("delete", "Ana", "--yes")
    assert code == 0 and "Everything about Ana is deleted." in told and "b.zip" in told
    assert ana[:8] not in coach("people")[1]


def test_a_backup_is_put_back_elsewhere(
    coach: Run, ana: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert coach("backup", "b.zip")[0] == 0
    assert "is there already" in refused(coach("backup", "b.zip"))
    assert "There are records" in refused(coach("restore", "b.zip"))
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "another"))
    code, told, _ = coach("restore", "b.zip")
    assert code == 0 and "1 people are in" in told
    assert ana[:8] in coach("people")[1]


def test_a_therapist_is_let_in(coach: Run, ana: str) -> None:
    with open_records() as records:
        doctor = records.enter("sub", "Dr. A", Role.THERAPIST)
    assert "no therapist 'Dr. B'" in refused(coach("entrust", "Ana", "Dr. B"))
    assert coach("entrust", "Ana", "Dr. A")[0] == 0
    with open_records() as records:
        assert records.desk(doctor).person(ana).name == "Ana"


def test_a_therapists_access_is_taken_back(coach: Run, ana: str) -> None:
    with open_records() as records:
        doctors = [records.enter(f"sub-{name}", f"Dr. {name}", Role.THERAPIST) for name in "AB"]
    for doctor in doctors:
        assert coach("entrust", "Ana", doctor.id[:8])[0] == 0
    lines = coach("therapists")[1].splitlines()
    assert [line.split() for line in lines[1:]] == [[one.id[:8], "Dr.", one.name[-1], "1"] for one in doctors]
    code, told, _ = coach("withdraw", "Ana", "Dr. A")
    assert code == 0 and "Ana is not entrusted to Dr. A any longer." in told and "No therapist" not in told
    with open_records() as records, pytest.raises(NotYours):
        records.desk(doctors[0]).person(ana)
    assert "is not entrusted to Dr. A" in refused(coach("withdraw", "Ana", "Dr. A"))
    assert "No therapist sees them now." in coach("withdraw", "Ana", "Dr. B")[1]
    assert "no therapist 'Dr. C'" in refused(coach("withdraw", "Ana", "Dr. C"))


def test_a_therapist_is_removed(coach: Run, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_records() as records:
        doctor = records.enter("sub", "Dr. A", Role.THERAPIST)
        records.desk(OWNER).entrust(ana, doctor.id)
    monkeypatch.setattr(typer, "confirm", lambda question: "Dr. A, who may see 1 people" not in question)
    assert "Nobody was removed" in refused(coach("dismiss", "Dr. A"))
    code, told, _ = coach("dismiss", "Dr. A", "--yes")
    assert code == 0 and "Dr. A is removed" in told
    assert "Dr. A" not in coach("therapists")[1]
    with open_records() as records, pytest.raises(NotYours):
        records.desk(doctor).person(ana)


def test_what_has_had_its_time_is_forgotten(coach: Run, ana: str) -> None:
    code, told, _ = coach("forget")
    assert code == 0 and "0 videos" in told and "Left" not in told
    with open_records() as records:
        (records.folder / "people" / "stranger").mkdir(parents=True)
    assert "Left: 1 folders" in coach("forget")[1]


@pytest.mark.parametrize("name", ["", "  "])
def test_a_blank_name_is_nobody(coach: Run, ana: str, name: str, tmp_path: Path) -> None:
    """As of a variable that is not set: it must not be the person of this machine, who has no name."""
    with open_records() as records:
        desk = records.desk(OWNER)
        me, doctor = desk.me(), records.enter("sub", "", Role.THERAPIST)
    for arguments in (("delete", name, "--yes"), ("export", name, "x.zip"), ("report", name, "x.json")):
        assert "name of the person is empty" in refused(coach(*arguments))
    assert "name of the therapist is empty" in refused(coach("entrust", "Ana", name))
    with open_records() as records:
        assert me in records.desk(OWNER).people()
        assert records.desk(doctor).people() == ()
    assert not list(tmp_path.glob("x.*"))


def test_an_export_writes_over_nothing(coach: Run, ana: str, tmp_path: Path) -> None:
    coach("backup", "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    assert "'b.zip' is there already" in refused(coach("export", "Ana", "b.zip"))
    assert (tmp_path / "b.zip").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_what_is_written_about_people_is_for_its_owner_alone(coach: Run, ana: str, tmp_path: Path) -> None:
    for command in (("backup", "b.zip"), ("export", "Ana", "a.zip"), ("report", "Ana", "a.csv")):
        assert coach(*command)[0] == 0
    written = [path for path in tmp_path.iterdir() if path.is_file()]
    assert len(written) > 3
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}


@pytest.mark.parametrize("name", ["[/b]Bob", "[red]Rot", ":smile: O'Brien"])
def test_a_name_is_told_as_it_is(coach: Run, name: str) -> None:
    with open_records() as records:
        records.desk(OWNER).add_person(name)
    assert name in coach("people")[1]
    assert f"Everything about {name} is deleted" in coach("delete", name, "--yes")[1]


def test_an_id_is_not_cut_by_a_narrow_window(coach: Run, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "width", 40)
    with open_records() as records:
        records.desk(OWNER).add_person("Anna-Katharina " * 12)
    assert ana[:8] in coach("people")[1]


def test_a_backup_that_is_not_there_is_told(coach: Run) -> None:
    assert "There is no file 'none.zip'" in refused(coach("restore", "none.zip"))


def test_a_name_that_is_too_long_is_told(coach: Run, ana: str) -> None:
    long = "n" * 260
    for target in (f"{long}.zip", f"{long}/x.zip"):
        name = target.split("/")[0]
        for command in (("backup",), ("export", ana)):
            assert (
                refused(coach(*command, target)) == f"The name '{name}' is too long; choose a shorter one.\n"
            )
    told = refused(coach("report", ana, f"{long}/x.pdf"))
    assert told == f"The name '{long}' is too long; choose a shorter one.\n", "it is the folder's"


@pytest.mark.parametrize("source", ["n" * 260 + ".zip", "n" * 260 + "/x.zip"])
def test_a_backup_whose_name_is_too_long_is_told(coach: Run, source: str) -> None:
    told = refused(coach("restore", source))
    assert told == f"'{Path(source).name}' could not be put back: File name too long.\n"


def test_records_that_cannot_be_opened_are_one_sentence(coach: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATABASE_URL", "mysql://u:secret@h/d")
    told = refused(coach("people"))
    assert "secret" not in told
