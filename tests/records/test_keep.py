"""Videos and their time, export, deletion that leaves no trace, backups and their way back."""

import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select, update

from coach.care.types import Consent, Correction, Pain, Person, PlanItem, PutOff, Rating, Role, Screening
from coach.errors import OutputError
from coach.judge import Judgement
from coach.live import InRecords
from coach.live.journal import Journal
from coach.records import OWNER, Actor, Desk, NotYours, Records, RecordsError, backup, open_records, sets
from coach.records.shelves import Shelves
from coach.records.tables import ACCESSES, METADATA, SETS
from coach.records.tracks import read_track
from tests.live.sets import asked
from tests.records.conftest import Place
from tests.records.made import START, Clock, kept_set, rep, result, track

SECRET = "Wilhelmine Unverwechselbar"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Bytes that are found again wherever they are."""
    path = tmp_path / "Film.MP4"
    path.write_bytes(b"unmistakable film" * 1000)
    return path


def all_about(desk: Desk, film: Path, name: str = SECRET) -> tuple[Person, str]:
    """Somebody with something of everything; they, and the id of their set."""
    person = desk.add_person(name, date(1950, 1, 2), "de")
    desk.save_consent(Consent(person.id, "video", True, START, 7))
    desk.save_screening(Screening(person.id, START, ("fever",)))
    desk.save_plan(person.id, [PlanItem("i", "squat", reps=3, note=f"plan of {name}")], date(2026, 3, 2))
    desk.put_off(PutOff(person.id, f"line of {name}", 3, 12, None, START))
    set_id = kept_set(desk, person)
    desk.add_note(person.id, f"note about {name}", set_id)
    desk.correct(Correction(set_id, 0, "trunk", Judgement.PASS, f"comment on {name}", "owner", START))
    desk.rate(Rating(set_id, 1, "trunk", Judgement.FAULT, "owner", START))
    session = desk.kept_set(set_id).summary.session
    desk.end_session(session, START + timedelta(minutes=9), Pain(2, f"place of {name}"))
    desk.keep_track(set_id, track(20))
    desk.keep_video(set_id, film)
    return person, set_id


def everything(desk: Desk, person: str, folder: Path) -> dict[str, object]:
    """What an export tells, but for the log."""
    path = desk.export(person, folder / "everything.zip")
    with zipfile.ZipFile(path) as archive:
        told: dict[str, object] = json.loads(archive.read("everything.json"))
    path.unlink()
    del told["accesses"]
    return told


# --- videos ---------------------------------------------------------------------------------------------


def test_no_video_without_consent(records: Records, film: Path) -> None:
    desk = records.desk(OWNER)
    me = desk.me()
    set_id = kept_set(desk, me)
    for said in (None, False):
        if said is not None:
            desk.save_consent(Consent(me.id, "video", said, START))
        with pytest.raises(RecordsError, match="have not agreed"):
            desk.keep_video(set_id, film)
        assert desk.video(set_id) is None
    assert not list(records.folder.rglob("*.mp4"))


def test_a_video_is_kept_for_as_long_as_was_agreed(records: Records, film: Path, clock: Clock) -> None:
    desk = records.desk(OWNER)
    _, set_id = all_about(desk, film)
    kept = desk.video(set_id)
    assert kept is not None and kept.read_bytes() == film.read_bytes() and kept.name == "video.mp4"
    clock.pass_by(days=6, hours=23)
    assert records.forget_expired().videos == 0 and kept.exists()
    clock.pass_by(hours=2)
    assert records.forget_expired().videos == 1
    assert not kept.exists() and desk.video(set_id) is None
    assert desk.track(set_id) is not None
    assert records.forget_expired().videos == 0


def test_who_takes_back_their_word_has_their_videos_deleted(records: Records, film: Path) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    _, others = all_about(desk, film, "Somebody else")
    desk.save_consent(Consent(person.id, "video", False, START))
    assert desk.video(set_id) is None and desk.video(others) is not None
    assert desk.track(set_id) is not None


def test_a_second_video_takes_the_place_of_the_first(records: Records, film: Path, clock: Clock) -> None:
    desk = records.desk(OWNER)
    _, set_id = all_about(desk, film)
    other = film.with_suffix(".mov")
    other.write_bytes(b"another film")
    desk.keep_video(set_id, other)
    kept = desk.video(set_id)
    assert kept is not None and kept.read_bytes() == b"another film"
    assert [path.name for path in kept.parent.glob("video*")] == ["video.mov"]
    (kept.parent / "video.mp4").write_bytes(b"left by an earlier version")
    clock.pass_by(days=8)
    assert records.forget_expired().videos == 1
    assert not list(kept.parent.glob("video*")) and desk.track(set_id) is not None


def crash(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_film_that_a_crash_left_is_found(
    records: Records, place: Place, film: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it was copied, and between the moment in which it took its place and the end of the transaction."""
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    other = kept_set(desk, person)
    folder = records.folder / "people" / person.id / other
    with monkeypatch.context() as crashing:
        crashing.setattr(Shelves, "remove_all", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.keep_video(other, film)
    assert (folder / "video.mp4").exists() and desk.video(other) is None
    (folder / ".0123.mp4").write_bytes(b"half a film")  # as earlier versions left it
    made = records.folder / "making-0123"
    made.mkdir()
    (made / "video.mp4").write_bytes(b"half a film")
    left = [folder / "video.mp4", folder / ".0123.mp4", made]
    for old, there in ((0, True), (1, False)):
        for path in left:
            os.utime(path, ((clock.now - timedelta(days=old, minutes=1)).timestamp(),) * 2)
        with place.open(clock) as again:
            again.forget_expired()
        assert [path.exists() for path in left] == [there] * 3
    assert desk.video(set_id) is not None


def test_a_word_taken_back_reaches_what_a_crash_left(records: Records, film: Path) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    folder = records.folder / "people" / person.id / kept_set(desk, person)
    folder.mkdir()
    for name in ("video.mov", ".0123.mp4"):
        (folder / name).write_bytes(b"left by a crash")
    (folder / ".4567.parquet").write_bytes(b"being written")
    desk.save_consent(Consent(person.id, "video", False, START))
    assert [path.name for path in folder.iterdir()] == [".4567.parquet"] and desk.video(set_id) is None


def test_nobody_waits_while_a_video_is_copied(
    records: Records, place: Place, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    copy, written = shutil.copyfile, []

    def copying(source: Path, target: Path) -> None:
        with place.open() as another:
            written.append(another.desk(OWNER).add_note(person.id, "meanwhile"))
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", copying)
    desk.keep_video(set_id, film)
    assert written and desk.video(set_id) is not None


def test_a_word_that_is_taken_back_during_the_copying_counts(
    records: Records, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = records.desk(OWNER)
    person, _ = all_about(desk, film)
    set_id, copy = kept_set(desk, person), shutil.copyfile

    def copying(source: Path, target: Path) -> None:
        copy(source, target)
        desk.save_consent(Consent(person.id, "video", False, START))

    monkeypatch.setattr(shutil, "copyfile", copying)
    with pytest.raises(RecordsError, match="have not agreed"):
        desk.keep_video(set_id, film)
    assert not list(records.folder.rglob("*.mp4"))


def test_one_film_that_cannot_be_deleted_keeps_no_other(
    records: Records, film: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = records.desk(OWNER)
    person, first = all_about(desk, film)
    second = kept_set(desk, person)
    desk.keep_video(second, film)
    remove, kept = Path.unlink, desk.video(first)

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == kept:
            raise PermissionError(13, "Permission denied")
        remove(path, missing_ok)

    with monkeypatch.context() as refusing:
        refusing.setattr(Path, "unlink", refuse)
        clock.pass_by(days=4 * 365)
        with pytest.raises(RecordsError, match="had its time and could not be deleted: Permission denied"):
            records.forget_expired()
        assert desk.video(first) is not None and desk.video(second) is None
        assert all(one.at >= clock.now for one in desk.accesses(person.id)), "the log of old was forgotten"
        with pytest.raises(RecordsError, match="Permission denied"):
            desk.save_consent(Consent(person.id, "video", False, clock.now))
        assert not desk.consents(person.id)[-1].given, "it is written all the same"
    assert records.forget_expired().videos == 1 and desk.video(first) is None


def test_what_another_program_has_just_deleted_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = shutil.rmtree

    def twice(path: Path) -> None:
        remove(path)
        remove(path)

    (tmp_path / "leaving-0123").mkdir()
    monkeypatch.setattr(shutil, "rmtree", twice)
    assert Shelves(tmp_path).sweep(START.timestamp()) == 1


def test_a_video_that_is_not_there_is_told(records: Records, tmp_path: Path, film: Path) -> None:
    desk = records.desk(OWNER)
    _, set_id = all_about(desk, film)
    with pytest.raises(RecordsError, match=r"There is no file 'no\.mp4'"):
        desk.keep_video(set_id, tmp_path / "no.mp4")


# --- export ---------------------------------------------------------------------------------------------


def test_an_export_holds_everything(records: Records, film: Path, tmp_path: Path) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    doctor = records.enter("dr", "Dr. Weber", Role.THERAPIST)
    desk.entrust(person.id, doctor.id)
    path = desk.export(person.id, tmp_path / "all.zip")
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {
            "everything.json",
            f"tracks/{set_id}.parquet",
            f"videos/{set_id}.mp4",
        }
        told = json.loads(archive.read("everything.json"))
        archive.extractall(tmp_path / "out")
    assert told["person"]["name"] == SECRET and told["person"]["born"] == "1950-01-02"
    for name in (
        "consents",
        "screenings",
        "plans",
        "put_offs",
        "sessions",
        "sets",
        "corrections",
        "ratings",
        "notes",
    ):
        assert len(told[name]) == 1, name
    assert told["entrusted"] == [{"id": doctor.id, "role": "therapist", "name": "Dr. Weber"}]
    assert told["damaged"] == {} and len(told["accesses"]) > 5
    assert told["sets"][0]["result"]["reps"][0] == rep(0).model_dump(mode="json")
    assert told["sessions"][0]["after"]["place"] == f"place of {SECRET}"
    assert len(read_track(tmp_path / "out" / "tracks" / f"{set_id}.parquet")) == 20
    assert (tmp_path / "out" / "videos" / f"{set_id}.mp4").read_bytes() == film.read_bytes()


def test_an_export_leaves_nothing_in_the_systems_folder_should_it_be_killed(
    records: Records, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made where `coach records forget` finds it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none may be used"))
    person, set_id = all_about(desk := records.desk(OWNER), film)
    with zipfile.ZipFile(desk.export(person.id, tmp_path / "all.zip")) as archive:
        assert f"tracks/{set_id}.parquet" in archive.namelist()
    assert not list(records.folder.glob("making-*"))


def test_an_export_is_json_for_any_reader(records: Records, tmp_path: Path) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    set_id = desk.begin_set(session.id, "squat", START, "camera")
    desk.add_part(set_id, 0, rep(0, hold_s=float("nan")))

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    with zipfile.ZipFile(desk.export(desk.me().id, tmp_path / "all.zip")) as archive:
        told = json.loads(archive.read("everything.json"), parse_constant=refuse)
    assert told["sets"][0]["parts"][0]["hold_s"] is None


def test_every_table_about_a_person_is_exported() -> None:
    """Who adds a table thinks of the export and of deletion."""
    told = {"people", "consents", "screenings", "plans", "sessions", "sets", "parts", "results", "videos"}
    told |= {"entrusted", "put_offs", "corrections", "ratings", "notes", "accesses"}
    others = {"therapists", "backups", "ended_logins"}
    assert set(METADATA.tables) == told | others


def test_a_damaged_piece_is_left_out_of_an_export_and_told(
    records: Records, film: Path, tmp_path: Path
) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    desk.keep_track(set_id, track(10, 5.0))
    (records.folder / "people" / person.id / set_id / "000001.parquet").write_bytes(b"PAR1 broken")
    with zipfile.ZipFile(desk.export(person.id, tmp_path / "all.zip")) as archive:
        assert json.loads(archive.read("everything.json"))["damaged"] == {set_id: ["000001.parquet"]}
        archive.extract(f"tracks/{set_id}.parquet", tmp_path)
    assert len(read_track(tmp_path / "tracks" / f"{set_id}.parquet")) == 10


def test_an_export_to_nowhere_is_told(records: Records, film: Path, tmp_path: Path) -> None:
    desk = records.desk(OWNER)
    person, _ = all_about(desk, film)
    with pytest.raises(OutputError, match="does not exist"):
        desk.export(person.id, tmp_path / "no such" / "all.zip")


# --- deletion -------------------------------------------------------------------------------------------


def test_deletion_leaves_no_trace(records: Records, film: Path, place: Place, tmp_path: Path) -> None:
    desk = records.desk(OWNER)
    other, others_set = all_about(desk, film, "Somebody else")
    before = everything(desk, other.id, tmp_path)
    person, set_id = all_about(desk, film)
    desk.erase(person.id)
    film.unlink()
    with pytest.raises(NotYours):
        desk.person(person.id)
    with pytest.raises(NotYours):
        desk.kept_set(set_id)
    assert everything(desk, other.id, tmp_path) == before and desk.track(others_set) is not None
    with desk.guard.database.reading() as rows:
        for table in METADATA.sorted_tables:
            for row in rows.execute(table.select()):
                assert SECRET not in str(row) and person.id not in str(row) and set_id not in str(row)
    for path in place.folder.parent.rglob("*"):
        assert person.id not in str(path)
        if path.is_file():
            found = path.read_bytes()
            for trace in (SECRET, person.id, set_id):
                assert trace.encode() not in found, path


def test_the_journals_of_live_sets_go_with_whom_they_belong_to(
    records: Records, film: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whose name a set was written: theirs, or a therapist's who sat beside them."""
    desk = records.desk(OWNER)
    ana, others = desk.add_person("Ana"), desk.add_person("Ben")
    places = {
        name: InRecords(desk.begin_session(whose.id, START).id, None, who, Role.OWNER)
        for name, whose, who in (("a", ana, ana.id), ("b", ana, "owner"), ("c", others, "owner"))
    }
    folder = records.folder.with_name("live")
    for name, place in places.items():
        Journal(folder / f"{name}.jsonl", asked("squat"), place)

    def refuse(path: Path, **_: bool) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as refusing:
        refusing.setattr(Path, "unlink", refuse)
        with pytest.raises(RecordsError, match=r"jsonl' could not be deleted: Permission denied"):
            desk.erase(ana.id)
    assert desk.person(ana.id) == ana
    desk.erase(ana.id)
    assert [path.name for path in folder.iterdir()] == ["c.jsonl"]
    os.utime(folder / "c.jsonl", times=(clock.now.timestamp(),) * 2)
    assert records.forget_expired().journals == 0
    clock.pass_by(days=1, seconds=1)
    assert records.forget_expired().journals == 1
    assert not list(folder.iterdir())


def test_deletion_is_logged_without_a_name(records: Records, film: Path) -> None:
    ana = records.enter("ana", "Ana", Role.PERSON)
    records.desk(ana).erase(ana.id)
    person, _ = all_about(records.desk(OWNER), film)
    records.desk(OWNER).erase(person.id)
    with records.desk(OWNER).guard.database.reading() as rows:
        found = rows.execute(select(ACCESSES).where(ACCESSES.c.what == "everything.erased")).all()
    assert sorted((row.who, row.role, row.person) for row in found) == [
        ("", "person", ""),
        ("owner", "owner", ""),
    ]


def test_who_was_deleted_begins_anew(records: Records) -> None:
    desk = records.desk(OWNER)
    me = desk.me()
    kept_set(desk, me)
    desk.erase(me.id)
    assert desk.me().id != me.id and desk.sessions(desk.me().id) == ()
    ana = records.enter("ana", "Ana", Role.PERSON)
    records.desk(ana).erase(ana.id)
    assert records.enter("ana", "Ana", Role.PERSON).id != ana.id


def test_where_a_file_cannot_be_deleted_nothing_is(
    records: Records, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(RecordsError, match="could not be deleted: Permission denied"):
        desk.erase(person.id)
    assert desk.person(person.id) == person and desk.track(set_id) is not None


def test_traces_that_others_hold_on_to_are_told_of(tmp_path: Path, film: Path) -> None:
    """Whoever reads on SQLite keeps what they read until they are done."""
    file = tmp_path / "records.sqlite"
    with open_records(f"sqlite:///{file}", tmp_path) as records:
        desk = records.desk(OWNER)
        desk.guard.database._engine.dispose()
        person, _ = all_about(desk, film)
        reader = sqlite3.connect(file, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchall()
        with desk.guard.database._engine.connect() as rows:
            rows.connection.driver_connection.execute("PRAGMA busy_timeout = 1")  # type: ignore[union-attr]
        with pytest.raises(RecordsError, match="traces may be left"):
            desk.erase(person.id)
        assert desk.people() == ()
        reader.execute("ROLLBACK")
        reader.close()
        records.forget_expired()
        records.scrub()
        for path in tmp_path.glob("records.sqlite*"):
            assert SECRET.encode() not in path.read_bytes()


def test_what_a_crash_left_of_a_deletion_is_swept(
    records: Records, film: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = records.desk(OWNER)
    other, _ = all_about(desk, film, "Somebody else")
    person, _ = all_about(desk, film)

    with monkeypatch.context() as crashing:
        crashing.setattr(shutil, "rmtree", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.erase(person.id)
    with place.open() as again:
        assert again.forget_expired().folders == 1
    assert [path.name for path in (records.folder / "people").iterdir()] == [other.id]
    assert [path.name for path in records.folder.iterdir()] == ["people"]


def test_files_of_people_whom_a_database_does_not_know_stay(
    records: Records, film: Path, tmp_path: Path
) -> None:
    """Another database over the same folder, for a try or until the backup is put back, with people or without."""
    desk = records.desk(OWNER)
    _, set_id = all_about(desk, film)
    with open_records(f"sqlite:///{tmp_path}/other.sqlite", records.folder) as other:
        for strangers in (1, 1):
            forgotten = other.forget_expired()
            assert (forgotten.folders, forgotten.strangers) == (0, strangers)
            all_about(other.desk(OWNER), film, "Somebody else")
    assert desk.track(set_id) is not None and desk.video(set_id) is not None


def test_no_file_comes_after_a_deletion(
    records: Records, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of somebody who still exercises: the deletion waits for the file, or the file is refused."""
    desk = records.desk(OWNER)
    person = desk.add_person("Ana")
    set_id = kept_set(desk, person)
    desk.keep_track(set_id, track(5))  # what writes it is loaded, which takes a while
    make, begun, go_on = Shelves.make_set, Event(), Event()

    def slowly(self: Shelves, *which: str) -> Path:
        begun.set()
        go_on.wait(5)
        return make(self, *which)

    monkeypatch.setattr(Shelves, "make_set", slowly)
    with ThreadPoolExecutor() as pool, place.open() as another:
        keeping = pool.submit(desk.keep_track, set_id, track(5, 1.0))
        assert begun.wait(5)
        erasing = pool.submit(another.desk(OWNER).erase, person.id)
        wait([erasing], 1)
        go_on.set()
        keeping.result()
        erasing.result()
    assert not list((records.folder / "people").iterdir())
    with pytest.raises(NotYours):
        desk.keep_track(set_id, track(5))


def test_a_deletion_meets_a_set_that_is_under_way(records: Records, place: Place) -> None:
    """Neither waits for what the other one has."""
    desk = records.desk(OWNER)
    person = desk.add_person("Ana")
    set_id = kept_set(desk, person)
    with ThreadPoolExecutor() as pool, place.open() as another:
        with desk.guard.changing("sets", set_id, "set") as (rows, _):
            rows.execute(update(SETS).where(SETS.c.id == set_id).values(counted=1))
            erasing = pool.submit(another.desk(OWNER).erase, person.id)
            wait([erasing], 0.3)
            sets.add_parts(rows, set_id, [(0, rep(0))])
        erasing.result()
    assert desk.people() == ()


def test_who_was_deleted_is_not_written_down_any_more(records: Records, clock: Clock) -> None:
    """By a page that they still have open, or a look that began before."""
    ana, other = records.enter("ana", "Ana", Role.PERSON), records.enter("ben", "Ben", Role.PERSON)
    desk = records.desk(ana)
    looked = desk.guard.log.entry(Actor(other.id, Role.PERSON), ana.id, "sets.read", False)
    desk.erase(ana.id)
    clock.pass_by(minutes=1)
    for ask in (
        desk.me,
        desk.people,
        lambda: desk.begin_session(ana.id, START),
        lambda: desk.person(other.id),
    ):
        with suppress(NotYours):
            ask()
    desk.guard.log.write(looked)
    with desk.guard.database.reading() as rows:
        told = rows.execute(select(ACCESSES)).all()
    assert ana.id not in {one.who for one in told} | {one.person for one in told}
    assert [(one.who, one.what) for one in told if one.person == "" and one.who] == [(other.id, "sets.read")]


# --- backups --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_backup_brings_everything_back(
    records: Records, film: Path, tmp_path: Path, into: str, request: pytest.FixtureRequest
) -> None:
    desk = records.desk(OWNER)
    me = desk.me()
    person, set_id = all_about(desk, film)
    doctor = records.enter("dr", "Dr. A", Role.THERAPIST)
    desk.entrust(person.id, doctor.id)
    told = everything(desk, person.id, tmp_path)
    target = tmp_path / "backup.zip"
    assert records.backup(target) == target
    assert [file for _, file in records.backups()] == [str(target)]
    url = (
        f"sqlite:///{tmp_path}/other.sqlite" if into == "sqlite" else request.getfixturevalue("server").new()
    )
    with open_records(url, tmp_path / "other") as other:
        other.restore(target)
        assert [file for _, file in other.backups()] == [str(target)], "what it holds outlives a deletion"
        again = other.desk(OWNER)
        assert everything(again, person.id, tmp_path) == told
        assert again.me() == me and again.track(set_id) is not None
        video = again.video(set_id)
        assert video is not None and video.read_bytes() == film.read_bytes()
        assert other.desk(doctor).person(person.id) == person
        kept_set(again, person)  # rows go on with numbers of their own
        assert len(again.sessions(person.id)) == 2
        with pytest.raises(RecordsError, match="There are records in"):
            other.restore(target)
        assert not [path for path in (tmp_path / "other").iterdir() if path.name != "people"]


def test_a_laptops_own_person_who_has_done_nothing_is_no_reason_not_to_restore(
    records: Records, film: Path, tmp_path: Path, place: Place
) -> None:
    desk = records.desk(OWNER)
    me, (person, _) = desk.me(), all_about(desk, film)
    assert desk.people()  # a look at the list is kept, too
    records.backup(tmp_path / "b.zip")
    with open_records(f"sqlite:///{tmp_path}/other.sqlite", tmp_path / "other") as other:
        new = other.desk(OWNER)
        made = new.me()
        assert new.people(), "in the same minute"
        assert made.id != me.id and new.plan(made.id) is None
        other.restore(tmp_path / "b.zip")
        assert new.me() == me and {one.id for one in new.people()} == {me.id, person.id}
        with new.guard.database.reading() as rows:
            assert made.id not in set(rows.scalars(select(ACCESSES.c.person)))


@pytest.mark.parametrize("does", ["exercises", "answers", "adds somebody", "lets a therapist in"])
def test_who_has_begun_is_written_over_by_no_backup(records: Records, tmp_path: Path, does: str) -> None:
    records.backup(tmp_path / "b.zip")
    desk = records.desk(OWNER)
    me = desk.me()
    if does == "exercises":
        desk.begin_session(me.id, START)
    elif does == "answers":
        desk.save_screening(Screening(me.id, START))
    elif does == "adds somebody":
        desk.add_person("")
    else:
        records.enter("dr", "Dr. A", Role.THERAPIST)
    with pytest.raises(RecordsError, match="There are records in"):
        records.restore(tmp_path / "b.zip")
    assert desk.me() == me


def test_a_backup_is_one_state_while_others_write(records: Records, place: Place, tmp_path: Path) -> None:
    desk = records.desk(OWNER)
    me = desk.me()
    session = desk.begin_session(me.id, START)
    for n in range(3):
        set_id = desk.begin_set(session.id, "squat", START, "camera")
        desk.add_part(set_id, 0, rep(n))
    with place.open() as busy:
        busy.desk(OWNER).add_note(me.id, "meanwhile")
        records.backup(tmp_path / "b.zip")
        busy.desk(OWNER).add_note(me.id, "later")
    with open_records(f"sqlite:///{tmp_path}/other.sqlite", tmp_path / "other") as other:
        other.restore(tmp_path / "b.zip")
        assert [note.text for note in other.desk(OWNER).notes(me.id)] == ["meanwhile"]
        assert len(other.desk(OWNER).sets(session.id)) == 3


def test_a_backup_writes_over_nothing(records: Records, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_text("dear to somebody")
    with pytest.raises(RecordsError, match="is there already"):
        records.backup(tmp_path / "there.zip")
    with pytest.raises(RecordsError, match="does not exist"):
        records.backup(tmp_path / "no such" / "b.zip")
    assert (tmp_path / "there.zip").read_text() == "dear to somebody"
    assert records.backups() == ()


def test_what_is_no_backup_is_not_put_back(records: Records, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.zip"
    with zipfile.ZipFile(hostile, "w") as archive:
        archive.writestr("records.sqlite", b"x")
        archive.writestr("people/../../../escaped", b"x")
    (tmp_path / "text.zip").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("something.txt", b"x")
    for name in ("hostile.zip", "text.zip", "other.zip"):
        with pytest.raises(RecordsError, match=f"'{name}' is not a backup"):
            records.restore(tmp_path / name)
    with pytest.raises(RecordsError, match=r"There is no file 'missing\.zip'"):
        records.restore(tmp_path / "missing.zip")
    with pytest.raises(RecordsError, match="could not be put back: Is a directory"):
        records.restore(tmp_path)
    with zipfile.ZipFile(tmp_path / "broken.zip", "w") as archive:
        archive.writestr("records.sqlite", b"no database" * 1000)
    with pytest.raises(RecordsError):
        records.restore(tmp_path / "broken.zip")
    assert records.desk(OWNER).people() == ()
    assert not (tmp_path / "escaped").exists()


def test_a_damaged_backup_is_told(records: Records, tmp_path: Path) -> None:
    whole = records.backup(tmp_path / "b.zip").read_bytes()
    damaged = tmp_path / "damaged.zip"
    begin = 30 + len("records.sqlite")
    for place in range(begin, begin + 40):  # where the packed bytes begin: zlib is the one that complains
        damaged.write_bytes(whole[:place] + b"\xff\xff" + whole[place + 2 :])
        with pytest.raises(RecordsError, match=r"'damaged\.zip' is not a backup"):
            records.restore(damaged)
    assert records.desk(OWNER).people() == ()


def test_a_backup_whose_database_is_damaged_is_told_by_its_own_name(records: Records, tmp_path: Path) -> None:
    """Not the records, of which nobody knows where they lie while they are unpacked."""
    with zipfile.ZipFile(records.backup(tmp_path / "b.zip")) as archive:
        whole = archive.read("records.sqlite")
    for place in (0, len(whole) // 2):
        with zipfile.ZipFile(tmp_path / "damaged.zip", "w") as archive:
            archive.writestr("records.sqlite", whole[:place] + b"\xff" * 5000 + whole[place + 5000 :])
        with pytest.raises(RecordsError, match=r"^The backup 'damaged\.zip' is damaged; take another one"):
            records.restore(tmp_path / "damaged.zip")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("records.sqlite", b"")
    with pytest.raises(RecordsError, match=r"^'empty\.zip' is not a backup"):
        records.restore(tmp_path / "empty.zip")
    assert records.desk(OWNER).people() == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(records: Records, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(RecordsError, match=r"^'pipe\.zip' is not a file"):
        records.restore(tmp_path / "pipe.zip")


def test_a_full_disk_is_that_of_the_backup(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.desk(OWNER).add_person("Ana")
    connect = sqlite3.connect

    def small(database: Path | str, *given: object, **options: object) -> sqlite3.Connection:
        rows = connect(database, *given, **options)  # type: ignore[call-overload]
        if Path(str(database).removeprefix("file:")).parent.parent == tmp_path / "small":
            rows.execute("PRAGMA max_page_count = 2")
        return rows  # type: ignore[no-any-return]

    (tmp_path / "small").mkdir()
    for module in (sqlite3, sqlite3.dbapi2):  # the second one is SQLAlchemy's
        monkeypatch.setattr(module, "connect", small)
    with pytest.raises(RecordsError, match=r"^The .* '.*/small/b\.zip' .*is full"):
        records.backup(tmp_path / "small" / "b.zip")
    assert not list((tmp_path / "small").iterdir())
    assert records.backups() == ()


def test_a_file_from_before_1980_is_saved_too(records: Records, film: Path, tmp_path: Path) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    for path in (records.folder / "people" / person.id / set_id).iterdir():
        os.utime(path, (0, 0))
    with zipfile.ZipFile(records.backup(tmp_path / "b.zip")) as archive:
        assert f"people/{person.id}/{set_id}/000001.parquet" in archive.namelist()
    with zipfile.ZipFile(desk.export(person.id, tmp_path / "all.zip")) as archive:
        assert f"videos/{set_id}.mp4" in archive.namelist()


def test_what_a_file_manager_laid_there_is_in_no_backup_and_keeps_none_from_being_put_back(
    records: Records, film: Path, tmp_path: Path
) -> None:
    desk = records.desk(OWNER)
    person, set_id = all_about(desk, film)
    theirs = records.folder / "people" / person.id
    strays = [theirs.parent / "Thumbs.db", theirs / "desktop.ini", theirs / set_id / "video" / "x"]
    strays[-1].parent.mkdir()
    for stray in strays:
        stray.write_text("x")
    backup = records.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(backup, "a") as archive:
        assert not [name for name in archive.namelist() if name.endswith(("Thumbs.db", "desktop.ini", "/x"))]
        for stray in strays:  # as backups had them
            archive.write(stray, stray.relative_to(records.folder).as_posix())
    with open_records(f"sqlite:///{tmp_path}/other.sqlite", tmp_path / "other") as other:
        other.restore(backup)
        assert other.desk(OWNER).track(set_id) is not None and other.desk(OWNER).video(set_id) is not None
        assert [
            path.name for path in other.folder.rglob("*") if path.name in {one.name for one in strays}
        ] == []


@pytest.mark.parametrize("name", ["people/../../../escaped", "/tmp/escaped", "people/a/../../../escaped"])
def test_a_backup_that_leads_elsewhere_is_put_nowhere(records: Records, tmp_path: Path, name: str) -> None:
    backup = records.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(RecordsError, match=r"'b\.zip' is not a backup"):
        records.restore(backup)


HOSTILE = {
    "a person": "UPDATE people SET id = '../../elsewhere'",
    "a set": "UPDATE sets SET id = '../elsewhere'",
    "a session": "UPDATE sessions SET id = ''",
    "a film": "UPDATE videos SET file = '/etc/passwd'",
    "a film beside": "UPDATE videos SET file = 'video/../../film'",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_backup_whose_names_lead_elsewhere_is_not_put_back(tmp_path: Path, film: Path, what: str) -> None:
    with open_records(f"sqlite:///{tmp_path}/records.sqlite", tmp_path / "records") as records:
        all_about(records.desk(OWNER), film)
        whole = records.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(whole) as archive:
        archive.extract("records.sqlite", tmp_path / "changed")
    with closing(sqlite3.connect(tmp_path / "changed" / "records.sqlite", isolation_level=None)) as rows:
        rows.execute(HOSTILE[what])
    with zipfile.ZipFile(tmp_path / "hostile.zip", "w") as archive:
        archive.write(tmp_path / "changed" / "records.sqlite", "records.sqlite")
    with open_records(f"sqlite:///{tmp_path}/other.sqlite", tmp_path / "other") as other:
        with pytest.raises(RecordsError, match=r"'hostile\.zip' is not a backup"):
            other.restore(tmp_path / "hostile.zip")
        assert other.desk(OWNER).people() == ()
        other.restore(whole)


@pytest.mark.parametrize("doing", ["backup", "restore"])
def test_what_a_crash_leaves_of_a_backup_is_deleted_a_day_later(
    records: Records, film: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doing: str
) -> None:
    all_about(records.desk(OWNER), film)
    away = tmp_path / "another disk"
    away.mkdir()
    whole = records.backup(away / "b.zip")
    with open_records(f"sqlite:///{tmp_path}/other.sqlite", tmp_path / "other", clock) as other:
        one, target = (records, away / "c.zip") if doing == "backup" else (other, whole)
        with monkeypatch.context() as killed:
            killed.setattr(shutil, "rmtree", lambda *told, **options: None)  # the process is no more
            killed.setattr(backup, "_add", crash)
            killed.setattr(shutil, "copytree", crash)
            with pytest.raises(KeyboardInterrupt):
                getattr(one, doing)(target)
        left = [*away.glob(".*"), *one.folder.glob("making-*")]
        assert len(left) == (2 if doing == "backup" else 1) and not (away / "c.zip").exists()
        for made in one.folder.glob("making-*"):
            os.utime(made, (clock.now.timestamp(),) * 2)
        one.forget_expired()
        assert all(path.exists() for path in left)
        one.forget_expired(clock.now + timedelta(days=1, minutes=1))
        assert not any(path.exists() for path in left) and whole.exists()


def test_an_open_set_is_in_the_backup_too(records: Records, tmp_path: Path) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    set_id = desk.begin_set(session.id, "squat", START, "camera")
    desk.add_part(set_id, 0, rep(0))
    records.backup(tmp_path / "b.zip")
    with open_records(f"sqlite:///{tmp_path}/other.sqlite", tmp_path / "other") as other:
        other.restore(tmp_path / "b.zip")
        other.desk(OWNER).close_set(set_id, result(rep(0), rep(1)))
        assert other.desk(OWNER).kept_set(set_id).summary.attempts == 2
