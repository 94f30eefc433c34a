"""The database behind the records: how it is opened, and what a transaction is.

SQLite: write-ahead log, every commit on the disk before it returns, deleted bytes overwritten.  PostgreSQL: the same
tables, commits as durable whatever the server's default.  Whatever goes wrong comes out as a RecordsError.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree  # of the connections that are shared

from coach.records.migrate import upgrade
from coach.records.problems import RecordsError, problem
from coach.records.tables import METADATA

PATIENCE_MS: Final = 10_000  # so long a write waits for another one
SQLITE: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {PATIENCE_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
IMPATIENT: Final = f"SET statement_timeout TO {3 * PATIENCE_MS}"
POSTGRESQL: Final = ("SET synchronous_commit TO on", f"SET lock_timeout TO {PATIENCE_MS}", IMPATIENT)
UNHURRIED: Final = "SET LOCAL statement_timeout TO 0"  # until the transaction ends: for what may take minutes
# A server that takes the connection and says nothing, or goes silent in the middle, is told as one that is away.
SILENCE: Final = {
    "connect_timeout": PATIENCE_MS // 1000,
    "tcp_user_timeout": 3 * PATIENCE_MS,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
REASONS: Final = {  # words of SQLite's and PostgreSQL's own messages -> ours
    "database is locked": "locked",
    "lock timeout": "locked",
    "deadlock": "locked",
    "statement timeout": "away",
    "not a database": "broken",
    "malformed": "broken",
    "disk i/o error": "broken",
    "readonly": "permission",
    "unable to open": "permission",
    "permission denied": "permission",
    "is full": "full",
    "no space left": "full",
    "authentication failed": "refused",
    "no password supplied": "refused",
    "does not exist": "refused",
    "connection": "away",
    "terminating": "away",
    "starting up": "away",
}


class Database:
    """One database, brought up to this version when it is opened.

    place   where it is, for sentences: a path, or an address without its password; that of what it becomes a part
            of, where another is told
    """

    def __init__(self, url: str | URL, place: str | None = None) -> None:
        address = _address(url)
        self.place = place or _place(address)
        if address.get_backend_name() == "sqlite":
            _make_file(Path(address.database or ""), self.place)
        try:
            self._engine = _engine(address)
        except (SQLAlchemyError, ImportError):
            raise problem("url") from None
        with self._told():
            try:
                upgrade(self._engine, self.place)
            except BaseException:
                self.close()
                raise

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self._engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self._engine.url.database or "") if self.is_sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: on SQLite it sees one state and waits for nobody."""
        with self._told(), self._engine.connect() as rows, rows.begin():
            yield rows

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when it ends, or did not happen."""
        with self._told(), self._engine.connect() as rows:
            rows = rows.execution_options(writes=True)
            with rows.begin():
                yield rows

    @contextmanager
    def frozen(self) -> Iterator[Connection]:
        """Reads one state of everything, however long it takes."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._told(), self._engine.connect() as rows, rows.execution_options(**options).begin():
            if not self.is_sqlite:
                rows.exec_driver_sql(UNHURRIED)
            yield rows

    def copy_to(self, file: Path, place: str) -> None:
        """Copy an SQLite database with SQLite's own backup, while others read and write.

        Raises RecordsError; of a full disk that of the copy, at `place`, since nothing else is written.
        """
        with self._told(), self._engine.connect() as rows:
            source = rows.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            target = sqlite3.connect(file)
            try:
                source.backup(target)
            except sqlite3.Error as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                    raise problem("full", place=place) from error
                raise
            finally:
                target.close()

    def scrub(self) -> None:
        """Leave no trace of what was deleted in the files.  Raises RecordsError where others hold on to them."""
        with self._told(), self._engine.connect() as rows:
            plain = rows.connection.driver_connection
            assert plain is not None
            if self.is_sqlite:
                for sentence in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
                    plain.execute(sentence)
                busy, *_ = plain.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise problem("locked", place=self.place)
                return
            left_out: list[object] = []  # tables of another role, of which PostgreSQL only warns
            plain.add_notice_handler(left_out.append)
            plain.autocommit = True
            try:
                plain.execute("SET statement_timeout TO 0")
                plain.execute(f"VACUUM FULL {', '.join(METADATA.tables)}")
            finally:
                if not plain.closed:  # else it is of no further use
                    plain.execute(IMPATIENT)
                    plain.autocommit = False
                plain.remove_notice_handler(left_out.append)
            if left_out:
                raise problem("permission", place=self.place)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what the database complains about in a sentence."""
        try:
            yield
        except DBAPIError as error:
            raise told(error.orig or error, self.place) from error
        except NoneFree as error:
            raise problem("locked", place=self.place) from error
        except sqlite3.Error as error:
            raise told(error, self.place) from error


def told(error: BaseException, place: str) -> RecordsError:
    """The sentence for a database's complaint."""
    said = str(error).lower()
    key = next((ours for theirs, ours in REASONS.items() if theirs in said), "unknown")
    reason = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
    return problem(key, place=place, **({"reason": reason} if key == "unknown" else {}))


def of_file(file: Path) -> URL:
    """The address of an SQLite database, whatever its path: in a text, `?` and `%20` mean something else."""
    return URL.create("sqlite", database=str(file))


def _address(url: str | URL) -> URL:
    """The address of a database that is known here, with its driver."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise problem("url") from None
    if address.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername == "sqlite" and address.database not in (None, "", ":memory:"):
        return address
    raise problem("url")


def _place(address: URL) -> str:
    if address.get_backend_name() == "sqlite":
        return f"'{address.database}'"
    return f"'{address.host or 'localhost'}/{address.database or ''}'"


def _make_file(file: Path, place: str) -> None:
    """An empty file that only its owner may read; what SQLite lays beside it takes after it."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except IsADirectoryError:
        raise problem("broken", place=place) from None
    except (FileExistsError, NotADirectoryError):
        raise problem("in_a_file", place=place) from None
    except OSError as error:
        raise told(error, place) from error


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True)  # what somebody wrote is nothing for the log
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    patience = {name: value for name, value in SILENCE.items() if name not in address.query}
    engine = create_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args=patience)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # transactions begin when we say so, not when the driver thinks so
    for sentence in SQLITE:
        connection.execute(sentence)


def _begin_sqlite(connection: Connection) -> None:
    """Who will write says so at once: a reader that turned writer would be refused without waiting."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: Any, record: object) -> None:
    for sentence in POSTGRESQL:
        connection.execute(sentence)
    connection.commit()
