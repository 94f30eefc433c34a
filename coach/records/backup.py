"""Backups: one zip with everything, and putting one back.

    records.sqlite   the database; of PostgreSQL one state of all its tables, written as SQLite
    people/…         tracks and videos as they lie on disk

The same backup goes back into SQLite or PostgreSQL, by the program that wrote it or a later one.
"""

import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from sqlalchemy import Connection, Table, delete, func, insert, or_, select

from coach.records.database import Database, of_file
from coach.records.erase import OF_A_PERSON
from coach.records.ids import CHOSEN
from coach.records.problems import problem
from coach.records.shelves import Shelves
from coach.records.tables import ACCESSES, BACKUPS, METADATA, PEOPLE, SESSIONS, SETS, THERAPISTS, VIDEOS
from coach.records.videos import FILM
from coach.video import told_of

DATABASE: Final = "records.sqlite"
FILES: Final = "people"
AT_ONCE: Final = 1_000  # rows
# What zipfile raises for a zip of another kind, or one whose bytes were changed or cut off.
DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)


def write(database: Database, shelves: Shelves, target: Path, at: datetime) -> Path:
    """Write a backup while others go on working, and note that there is one.

    Raises OutputError where it cannot be written, RecordsError where something stands there already.
    """
    with told_of(target):
        if target.exists():
            raise problem("exists", name=target.name)
        if not target.parent.is_dir():
            raise problem("no_folder", folder=target.parent)
    # Made where `coach records forget` finds what a crash leaves of it.
    with told_of(target), shelves.making(target.resolve().parent) as folder:
        copy, made = folder / DATABASE, folder / target.name
        _copy(database, copy, f"'{target}'")
        os.close(os.open(made, os.O_CREAT | os.O_WRONLY, 0o600))
        # A file from before 1980, which a zip knows nothing of, must not keep all the others from being saved.
        with zipfile.ZipFile(made, "w", strict_timestamps=False) as archive:
            archive.write(copy, DATABASE, zipfile.ZIP_DEFLATED)
            for path in _files(shelves):
                _add(archive, path, shelves.folder)
        made.replace(target.resolve())
    with database.writing() as rows:
        rows.execute(insert(BACKUPS).values(at=at, file=str(target.resolve())))
    return target


def known(rows: Connection) -> tuple[tuple[datetime, str], ...]:
    """When backups were made and where they were put; newest last."""
    found = rows.execute(select(BACKUPS.c.at, BACKUPS.c.file).order_by(BACKUPS.c.at, BACKUPS.c.row))
    return tuple((row.at, row.file) for row in found)


def restore(database: Database, shelves: Shelves, source: Path) -> None:
    """Put a backup back where nothing is yet, but for the laptop's own person without a name or anything of theirs.

    Raises RecordsError where something is, for what is no backup, and where its files cannot be written.
    """
    with database.reading() as rows:
        _must_be_empty(rows, database.place)
    with _unpacked(source, shelves) as folder:
        kept = Database(of_file(folder / DATABASE))
        try:
            with kept.frozen() as old, database.writing() as new:
                _must_name_nothing_else(old, source.name)
                _must_be_empty(new, database.place)  # still
                # The laptop's own person, whom the app makes when it starts, and looks at what was nobody's yet: the
                # backup has looks of its own, which may be of the same minute.
                new.execute(delete(ACCESSES))
                new.execute(delete(PEOPLE))
                _copy_tables(old, new)
                _note(new, source)
                if (folder / FILES).is_dir():
                    with _told(source):
                        shutil.copytree(folder / FILES, shelves.people, dirs_exist_ok=True)
        finally:
            kept.close()


def _note(rows: Connection, source: Path) -> None:
    """Note the backup itself, which was not known yet when its copy was made: what it holds outlives a deletion."""
    file = str(source.resolve())
    if file not in {name for _, name in known(rows)}:
        at = datetime.fromtimestamp(source.stat().st_mtime, UTC)
        rows.execute(insert(BACKUPS).values(at=at, file=file))


def _must_be_empty(rows: Connection, place: str) -> None:
    """Raises RecordsError where there is anybody but the laptop's own person, without a name or anything of theirs."""
    somebody = select(func.count()).where(or_(PEOPLE.c.own.is_(None), PEOPLE.c.name != ""))
    others = [select(func.count()).select_from(table) for table in (THERAPISTS, *OF_A_PERSON)]
    if any(rows.scalar(query) for query in (somebody, *others)):
        raise problem("not_empty", place=place)


def _copy(database: Database, file: Path, place: str) -> None:
    """Copy all tables into an SQLite file; `place` is what a full disk is told by."""
    if database.is_sqlite:
        database.copy_to(file, place)
        return
    copy = Database(of_file(file), place)
    try:
        with database.frozen() as old, copy.writing() as new:
            _copy_tables(old, new)
        copy.scrub()  # all of it into the one file
    finally:
        copy.close()


def _copy_tables(old: Connection, new: Connection) -> None:
    """All rows; they are numbered anew in their old order, so that the next one has a number of its own."""
    for table in METADATA.sorted_tables:
        for rows in _rows(old, table):
            new.execute(insert(table), rows)


def _rows(old: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    columns = [column for column in table.columns if column.name != "row"]
    order = [table.c.row] if "row" in table.c else list(table.primary_key)
    found = old.execution_options(yield_per=AT_ONCE).execute(select(*columns).order_by(*order))
    for part in found.mappings().partitions():
        yield [dict(row) for row in part]


def _files(shelves: Shelves) -> Iterator[Path]:
    if shelves.people.is_dir():
        yield from (path for path in sorted(shelves.people.glob("*/*/*")) if _is_whole(path))


def _is_whole(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")  # a dot: it is being written


def _add(archive: zipfile.ZipFile, path: Path, folder: Path) -> None:
    try:
        archive.write(path, path.relative_to(folder).as_posix())
    except FileNotFoundError:
        return  # deleted meanwhile


@contextmanager
def _unpacked(source: Path, shelves: Shelves) -> Iterator[Path]:
    """A folder with what a backup holds, beside where it will lie."""
    with _told(source):
        if not source.exists():
            raise problem("no_file", name=source.name)
        if not source.is_file() and not source.is_dir():
            raise problem("not_a_file", name=source.name)
    with ExitStack() as unpacked:
        with _told(source):
            folder = unpacked.enter_context(shelves.making())
        with _told(source), zipfile.ZipFile(source) as archive:
            names = archive.namelist()
            if DATABASE not in names or any(map(_leads_out, names)):
                raise problem("no_backup", name=source.name)
            # What else was saved lay there for another reason, such as a file manager's notes.
            archive.extractall(folder, [name for name in names if _is_ours(name)])
        _must_be_records(folder / DATABASE, source.name)
        yield folder


def _must_be_records(file: Path, name: str) -> None:
    """Raises RecordsError for what is no whole database of records, before it is opened as the records themselves."""
    with closing(sqlite3.connect(file)) as rows:
        try:
            (found,) = rows.execute("PRAGMA quick_check(1)").fetchone()
            tables = {
                table for (table,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
        except sqlite3.DatabaseError:
            raise problem("damaged_backup", name=name) from None
    if found != "ok":
        raise problem("damaged_backup", name=name)
    if PEOPLE.name not in tables:
        raise problem("no_backup", name=name)


def _must_name_nothing_else(rows: Connection, name: str) -> None:
    """Raises RecordsError where an id or a video, after which files are named, would lead out of the folder."""
    ids = [id for table in (PEOPLE, SESSIONS, SETS) for id in rows.scalars(select(table.c.id))]
    films = rows.scalars(select(VIDEOS.c.file))
    if not all(map(CHOSEN.fullmatch, ids)) or not all(map(FILM.fullmatch, films)):
        raise problem("no_backup", name=name)


@contextmanager
def _told(source: Path) -> Iterator[None]:
    """Tell what is wrong with a zip, or with the disk, in a sentence."""
    try:
        yield
    except DAMAGE as error:
        raise problem("no_backup", name=source.name) from error
    except OSError as error:
        raise problem("not_restored", name=source.name, reason=error.strerror or str(error)) from error


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name == DATABASE or (parts[:1] == (FILES,) and len(parts) == 4 and not name.endswith("/"))


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts
