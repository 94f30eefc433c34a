"""Opening: versions, broken files, locks, servers that are away; and what a transaction is."""

import shutil
import socket
import sqlite3
import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine, make_url

from coach.care.types import Pain, PutOff
from coach.errors import CoachError
from coach.records import OWNER, Records, RecordsError, TracesLeft, database, migrate, open_records
from coach.records.tables import METADATA
from tests.records import postgresql
from tests.records.conftest import Place, Server
from tests.records.made import START, Clock, kept_set, rep

SECRET = "it began after the accident"


def engine_of(url: str) -> Engine:
    """An engine as the records have it, but at no version yet."""
    return database._engine(database._address(url))


def versions() -> list[str]:
    """All there were, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    return found[::-1]


def test_the_newest_version_is_the_one_that_the_program_knows() -> None:
    assert versions() == ["0001", "0002", "0003", "0004", "0005"]
    assert versions()[-1] == migrate.NEWEST


def test_the_migrations_make_the_tables_that_the_program_knows(empty: Place) -> None:
    empty.open().close()
    engine = engine_of(empty.url)
    with engine.connect() as rows:
        context = MigrationContext.configure(rows, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


# What was written by each version, as its program wrote it.
PERSON = "INSERT INTO people (id, name, language, sample, own) VALUES ('p1', 'Ana', 'es', false, true)"
SESSION = "INSERT INTO sessions (id, person, started, before) VALUES ('s1', 'p1', :at, :before)"
SET = (
    "INSERT INTO sets (id, session, person, exercise, started, source, closed, counted, attempts, numbers)"
    " VALUES ('t1', 's1', 'p1', 'squat', :at, 'camera', false, 1, 1, '{}')"
)
PART = "INSERT INTO parts (set, number, kind, counted, data) VALUES ('t1', 0, 'rep', true, :data)"
RATING = (
    "INSERT INTO ratings (set, part, \"check\", says, by, at) VALUES ('t1', 0, 'trunk', 'pass', 'd1', :at)"
)
PUT_OFF = "INSERT INTO put_offs (person, item, sets, reps, at) VALUES ('p1', 'i1', 3, 12, :at)"
SCREENING = "INSERT INTO screenings (person, at, flags) VALUES ('p1', :at, '[\"fever\"]')"
SEEN = "INSERT INTO screenings (person, at, flags, seen) VALUES ('p1', :later, '[\"fever\"]', true)"
FIRST = (PERSON, SESSION, SET, PART, SCREENING)
ENDED = "INSERT INTO ended_logins (mark, until) VALUES ('m1', :later)"
WRITTEN = {
    "0001": FIRST,
    "0002": (*FIRST, RATING),
    "0003": (*FIRST, RATING, PUT_OFF),
    "0004": (*FIRST, RATING, PUT_OFF, ENDED),
    "0005": (*FIRST, RATING, PUT_OFF, ENDED, SEEN),
}


@pytest.mark.parametrize("version", versions())
def test_data_of_every_version_is_still_there(empty: Place, version: str) -> None:
    if empty.url.startswith("sqlite"):
        Path(make_url(empty.url).database or "").parent.mkdir(parents=True)
    engine = engine_of(empty.url)
    migrate.upgrade(engine, "here", version)
    data = rep(0).model_dump_json()
    later = START + timedelta(hours=1)
    times = {"at": START, "later": later}
    if engine.dialect.name == "sqlite":
        times = {name: f"{at:%Y-%m-%d %H:%M:%S.%f}" for name, at in times.items()}
    with engine.connect() as rows, rows.execution_options(writes=True).begin():
        for sentence in WRITTEN[version]:
            sentence = sentence.replace("(set,", '("set",')
            values = {"data": data, "before": '{"score":4,"place":null,"numb":false}', **times}
            known = {name: value for name, value in values.items() if f":{name}" in sentence}
            rows.execute(text(sentence), known)
    engine.dispose()
    with empty.open() as records:
        desk = records.desk(OWNER)
        assert desk.me().name == "Ana" and desk.session("s1").before == Pain(4)
        kept = desk.kept_set("t1")
        assert kept.parts == (rep(0),) and kept.summary.started == START
        assert len(desk.ratings()) == (version >= "0002")
        put_off = (PutOff("p1", "i1", 3, 12, None, START),)
        assert desk.put_offs("p1") == (put_off if version >= "0003" else ())
        assert records.ended_logins() == ({"m1": later} if version >= "0004" else {})
        seen = [one.seen for one in desk.screenings("p1")]
        assert seen == ([False, True] if version >= "0005" else [False]), "not seen, where nobody said so"
        kept_set(desk, desk.me())  # and it goes on
    empty.open().close()  # a second time there is nothing to do


def test_what_a_newer_version_wrote_is_not_touched(empty: Place) -> None:
    empty.open().close()
    engine = engine_of(empty.url)
    with engine.connect() as rows, rows.execution_options(writes=True).begin():
        rows.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(RecordsError, match="newer version of Form Coach; update it") as told:
        empty.open()
    assert "neueren Version" in told.value.told("de")


def test_a_migration_that_fails_changes_nothing(empty: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    if empty.url.startswith("sqlite"):
        Path(make_url(empty.url).database or "").parent.mkdir(parents=True)
    engine = engine_of(empty.url)
    migrate.upgrade(engine, "here", "0001")
    with engine.connect() as rows, rows.execution_options(writes=True).begin():
        rows.execute(text("CREATE TABLE backups (x INTEGER)"))  # in the way of the last step
    with pytest.raises(RecordsError, match="could not be brought up to this version"):
        empty.open()
    with engine.connect() as rows:
        assert migrate.version(rows) == "0001"
        names = set(METADATA.tables)
        found = rows.dialect.get_table_names(rows)
        assert names - set(found) == {"ratings", "accesses", "put_offs", "ended_logins"}
    engine.dispose()


# --- SQLite -------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Path:
    """A database of its own."""
    return Path(shutil.copy(migrated_file, tmp_path / "records.sqlite"))


def test_it_is_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    with open_records() as records:
        assert records.place == f"'{tmp_path / 'home' / 'records.sqlite'}'"
        assert records.folder == tmp_path / "home" / "records"
        records.desk(OWNER).me()


@pytest.mark.parametrize("name", ["what?", "100%20 sure", "x?mode=memory", "a#b", "a@b:c"])
def test_a_data_folder_may_be_called_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home = tmp_path / name
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    with open_records() as records:
        me = records.desk(OWNER).add_person("Ana")
        backup = records.backup(tmp_path / "b.zip")
        (home / "records.sqlite").rename(tmp_path / "aside.sqlite")
    with open_records() as records:
        records.restore(backup)
        assert records.desk(OWNER).people() == (me,)
    assert {path.name for path in tmp_path.iterdir()} == {name, "b.zip", "aside.sqlite"}


def test_the_environment_may_name_another(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.setenv("COACH_DATABASE_URL", f"sqlite:///{file}")
    with open_records() as records:
        assert str(file) in records.place


def test_nobody_else_on_the_machine_may_read_it(tmp_path: Path) -> None:
    made = tmp_path / "home" / "records.sqlite"
    with open_records(f"sqlite:///{made}", tmp_path / "home") as records:
        records.desk(OWNER).me()
        for path in made.parent.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def test_every_commit_is_on_the_disk(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # here the tests' haste would be in the way
    with open_records(f"sqlite:///{file}") as records, records.desk(OWNER).guard.database.reading() as rows:
        told = {
            name: rows.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_another_program_that_writes_is_waited_for_and_then_told_of(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SQLITE", (*database.SQLITE, "PRAGMA busy_timeout = 1"))
    other = sqlite3.connect(file, isolation_level=None)
    with open_records(f"sqlite:///{file}") as records:
        desk = records.desk(OWNER)
        me = desk.me().id
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordsError, match="Another program is busy with the records"):
            desk.begin_session(me, START)
        assert desk.person(me).id == me  # reading goes on
        other.execute("ROLLBACK")
        assert desk.begin_session(me, START)
    other.close()


@pytest.mark.parametrize(
    "bytes_",
    [
        b"not a database at all, but long enough to be taken for one " * 40,
        b"SQLite format 3\0" + b"\xff" * 5000,
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, bytes_: bytes) -> None:
    file = tmp_path / "records.sqlite"
    file.write_bytes(bytes_)
    with pytest.raises(RecordsError, match="are damaged; put a backup in their place"):
        open_records(f"sqlite:///{file}")
    assert file.read_bytes() == bytes_


@pytest.mark.parametrize("below", ["records.sqlite", "deeper/records.sqlite"])
def test_a_file_where_a_folder_was_expected_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "home").write_text("notes")
    with pytest.raises(RecordsError, match="a part of that is a file, where a folder was expected"):
        open_records(f"sqlite:///{tmp_path / 'home' / below}")


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").mkdir()
    with pytest.raises(RecordsError):
        open_records(f"sqlite:///{tmp_path / 'records.sqlite'}")


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(RecordsError):
        open_records(f"sqlite:///{tmp_path / 'home' / 'records.sqlite'}")


def test_a_full_disk_is_told_and_nothing_is_half_written(file: Path, tmp_path: Path) -> None:
    with open_records(f"sqlite:///{file}", tmp_path) as records:
        desk = records.desk(OWNER)
        me = desk.me().id
        engine = desk.guard.database._engine

        def small(connection: sqlite3.Connection, *_: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

        engine.dispose()
        event.listen(engine, "connect", small)
        with pytest.raises(RecordsError, match=r"The disk with '.*' is full"):
            desk.add_note(me, "x" * 100_000)
        assert desk.notes(me) == ()


def test_what_somebody_wrote_does_not_go_into_the_log(file: Path, tmp_path: Path) -> None:
    """The log has the whole error, and the one that it comes from."""
    with open_records(f"sqlite:///{file}", tmp_path) as records:
        desk = records.desk(OWNER)
        with desk.guard.database.writing() as rows:
            rows.exec_driver_sql("DROP TABLE notes")
        with pytest.raises(RecordsError) as told:
            desk.add_note(desk.me().id, SECRET)
    assert SECRET not in "".join(traceback.format_exception(told.value))


# --- PostgreSQL ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://coach:secret@127.0.0.1:1/records", "does not answer"),
        ("postgres://coach:secret@127.0.0.1:1/records", "does not answer"),
        ("postgresql://coach:secret@/records?host=/no/such/folder", "does not answer"),
        ("mysql://coach:secret@localhost/records", "no address of PostgreSQL or SQLite"),
        ("sqlite://", "no address of PostgreSQL or SQLite"),
        ("sqlite:///:memory:", "no address of PostgreSQL or SQLite"),
        ("records", "no address of PostgreSQL or SQLite"),
        ("postgresql://coach:secret@host:port/x", "no address of PostgreSQL or SQLite"),
    ],
)
def test_what_cannot_be_reached_is_told_without_its_password(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match=said) as told:
        open_records(url, tmp_path)
    assert "secret" not in str(told.value)


def test_a_server_that_takes_the_connection_and_says_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database.SILENCE["connect_timeout"] == 10
    monkeypatch.setitem(database.SILENCE, "connect_timeout", 2)  # the least that there is
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://coach@127.0.0.1:{silent.getsockname()[1]}/records"
        with pytest.raises(RecordsError, match="does not answer"):
            open_records(url, tmp_path)


def test_what_takes_too_long_is_given_up_but_not_a_backup(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = "SET statement_timeout TO 50"
    monkeypatch.setattr(database, "IMPATIENT", soon)
    monkeypatch.setattr(database, "POSTGRESQL", (soon,))
    slow = "SELECT pg_sleep(0.2)"
    url = server.new()
    with open_records(url, tmp_path) as records:
        opened = records.desk(OWNER).guard.database
        with pytest.raises(RecordsError, match="does not answer"), opened.reading() as rows:
            rows.exec_driver_sql(slow)
        with opened.frozen() as rows:
            rows.exec_driver_sql(slow)
        records.scrub()
        with pytest.raises(RecordsError, match="does not answer"), opened.writing() as rows:
            rows.exec_driver_sql(slow)


def test_a_database_that_is_not_there_is_told(server: Server) -> None:
    with pytest.raises(RecordsError, match="check COACH_DATABASE_URL"):
        open_records(postgresql.address(server.socket, "no_such"))


def test_a_server_that_was_started_anew_is_found_again(server: Server) -> None:
    """What it had of connections is gone."""
    url = server.new()
    with open_records(url) as records:
        me = records.desk(OWNER).me()
        killer = create_engine(database._address(url))
        with killer.connect() as rows:
            rows.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    " AND datname = current_database()"
                )
            )
        killer.dispose()
        assert records.desk(OWNER).me() == me


def test_tables_of_another_role_are_told_where_their_traces_stay(server: Server, tmp_path: Path) -> None:
    url = server.new()
    open_records(url, tmp_path).close()
    with psycopg.connect(url) as rows:
        rows.execute("CREATE ROLE reads_and_writes LOGIN")
        rows.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO reads_and_writes")
        rows.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO reads_and_writes")
    with open_records(url.replace("coach@", "reads_and_writes@"), tmp_path) as records:
        desk = records.desk(OWNER)
        person = desk.add_person("Ana")
        with pytest.raises(TracesLeft):
            desk.erase(person.id)
        assert desk.people() == ()
    with open_records(url, tmp_path) as records:
        records.scrub()


# --- both ---------------------------------------------------------------------------------------------


def test_two_programs_write_at_once(place: Place, clock: Clock) -> None:
    with place.open(clock) as one, place.open(clock) as two:
        desks = [one.desk(OWNER), two.desk(OWNER)]
        assert desks[0].me() == desks[1].me()
        me = desks[0].me()
        session = desks[0].begin_session(me.id, START)
        set_id = desks[1].begin_set(session.id, "squat", START, "camera")
        for n in range(10):
            desks[n % 2].add_part(set_id, n, rep(n))
        assert desks[0].kept_set(set_id).parts == tuple(rep(n) for n in range(10))


def test_where_all_connections_are_in_use_that_is_told(records: Records) -> None:
    desk = records.desk(OWNER)
    me, database = desk.me(), desk.guard.database
    database._engine.pool._timeout = 0.001
    with ExitStack() as busy:
        for _ in range(15):
            busy.enter_context(database.reading())
        with pytest.raises(RecordsError, match="Another program is busy with the records"):
            desk.person(me.id)
    assert desk.person(me.id) == me


def test_threads_share_one_desk(records: Records) -> None:
    desk = records.desk(OWNER)
    me = desk.me()
    session = desk.begin_session(me.id, START)
    set_id = desk.begin_set(session.id, "squat", START, "camera")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: desk.add_part(set_id, n, rep(n)), range(24)))
        found = list(threads.map(lambda n: len(desk.kept_set(set_id).parts), range(8)))
    assert found == [24] * 8
    assert desk.summaries(me.id)[0].attempts == 24


def test_errors_are_of_the_one_family() -> None:
    assert issubclass(RecordsError, CoachError)
