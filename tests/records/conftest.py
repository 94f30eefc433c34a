"""Records of a test's own, on SQLite and on a real PostgreSQL server alike."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from coach.records import Records, database, open_records
from coach.records.tables import METADATA
from tests.records import postgresql
from tests.records.made import Clock

NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a test's records are: a database's address, and the folder beside it."""

    url: str
    folder: Path

    def open(self, now: Clock | None = None) -> Records:
        """Open them."""
        return open_records(self.url, self.folder, now or Clock())


@dataclass(frozen=True, slots=True)
class Server:
    """The PostgreSQL server of this worker."""

    socket: str

    def new(self) -> str:
        """The address of a new database with nothing in it."""
        name = f"test_{next(NUMBERS)}"
        with psycopg.connect(postgresql.address(self.socket, "postgres"), autocommit=True) as rows:
            rows.execute(f"CREATE DATABASE {name}")
        return postgresql.address(self.socket, name)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Started once a worker."""
    with postgresql.server() as socket:
        yield Server(socket)


def wipe(url: str) -> None:
    """Leave the tables, and nothing in them: quicker than a new database."""
    with psycopg.connect(url) as rows:
        for table in reversed(METADATA.sorted_tables):
            rows.execute(f"DELETE FROM {table.name}")


@pytest.fixture(scope="session")
def migrated(server: Server) -> str:
    """The address of a database that is up to date."""
    url = server.new()
    open_records(url).close()
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    file = tmp_path_factory.mktemp("migrated") / "records.sqlite"
    open_records(f"sqlite:///{file}").close()
    return file


@pytest.fixture(autouse=True)
def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test writes need not outlive a power cut."""
    monkeypatch.setattr(database, "SQLITE", (*database.SQLITE, "PRAGMA synchronous = OFF"))


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def empty(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Where no records have ever been."""
    if kind == "sqlite":
        return Place(f"sqlite:///{tmp_path / 'home' / 'records.sqlite'}", tmp_path / "home" / "records")
    server: Server = request.getfixturevalue("server")
    return Place(server.new(), tmp_path / "home" / "records")


@pytest.fixture
def place(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Where there are records with nothing in them."""
    home = tmp_path / "home"
    home.mkdir()
    if kind == "sqlite":
        file: Path = request.getfixturevalue("migrated_file")
        shutil.copy(file, home / "records.sqlite")
        return Place(f"sqlite:///{home / 'records.sqlite'}", home / "records")
    url: str = request.getfixturevalue("migrated")
    wipe(url)
    return Place(url, home / "records")


@pytest.fixture
def clock() -> Clock:
    """Time that passes when a test says so."""
    return Clock()


@pytest.fixture
def records(place: Place, clock: Clock) -> Iterator[Records]:
    """Open records."""
    with place.open(clock) as opened:
        yield opened
