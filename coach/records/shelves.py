"""Where the files of people lie: a folder a person, in it a folder a set, named by their ids.

people/PERSON/SET/000001.parquet    a piece of the landmark track
people/PERSON/SET/video.mp4         a video, with consent
leaving-…                           what is being deleted of somebody; what a crash left of it is deleted later
making-…                            what is not whole yet: a video, a backup, an export; a crash leaves it for a day
../live/….jsonl                     journals of live sets, which `coach.records.journals` knows
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coach.records import journals
from coach.records.problems import RecordsError, problem

LEAVING: Final = "leaving-"
MAKING: Final = "making-"
ELSEWHERE: Final = "elsewhere"  # in a `making-…`: where it is really made
MADE_S: Final = 24 * 3600.0  # what is older is not being made any longer


@dataclass(frozen=True, slots=True)
class Shelves:
    """The folder beside the database."""

    folder: Path

    @property
    def people(self) -> Path:
        """What is kept of all people."""
        return self.folder / "people"

    @property
    def journals(self) -> Path:
        """Where live sets are written down until they are over."""
        return self.folder.with_name(journals.FOLDER)

    def person(self, person: str) -> Path:
        """What is kept of one."""
        return self.people / person

    def set(self, person: str, set_id: str) -> Path:
        """What is kept of one set."""
        return self.person(person) / set_id

    def make_set(self, person: str, set_id: str) -> Path:
        """The same, made where it is not there; nobody else on this machine may look in.

        Raises RecordsError where it cannot be made.
        """
        folder = self.set(person, set_id)
        try:
            for each in (self.folder, self.people, self.person(person), folder):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise problem("not_kept", name=folder.name, reason=error.strerror or str(error)) from error
        return folder

    @contextmanager
    def making(self, beside: Path | None = None) -> Iterator[Path]:
        """A folder for what is not whole yet, gone at the end: here, or hidden in `beside`, which may be another disk.

        Raises OSError where it cannot be made.
        """
        here = self.folder / f"{MAKING}{secrets.token_hex(8)}"
        there = here if beside is None else beside.absolute() / f".{here.name}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            here.mkdir(mode=0o700)
            if there != here:
                (here / ELSEWHERE).write_text(str(there), "utf-8")
                there.mkdir(mode=0o700)
            yield there
        finally:
            for each in {there, here}:
                shutil.rmtree(each, ignore_errors=True)

    def remove(self, path: Path) -> None:
        """Delete a file or a folder, if it is there.  Raises RecordsError where that is refused."""
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            return  # another program has just deleted it
        except OSError as error:
            raise problem("not_forgotten", name=path.name, reason=error.strerror or str(error)) from error

    def remove_person(self, person: str) -> None:
        """Delete all files of somebody.  Raises RecordsError where that is refused; what is left stays in its place.

        They are first put aside, so that what a crash leaves of them is known to have been deleted, and is never
        taken for somebody's of another database.
        """
        place, aside = self.person(person), self.folder / f"{LEAVING}{secrets.token_hex(8)}"
        if not place.is_dir():
            return
        try:
            place.rename(aside)
            to_disk(self.people)
            to_disk(self.folder)
            shutil.rmtree(aside)
        except OSError as error:
            with suppress(OSError):
                aside.rename(place)
            raise problem("not_deleted", name=place.name, reason=error.strerror or str(error)) from error

    def sweep(self, now: float) -> int:
        """Delete what a crash left of people who were being deleted, of how many; and what it left half made.

        now: seconds since 1970.  Raises RecordsError where something cannot be deleted, after all else.
        """
        left = list(self.folder.glob(f"{LEAVING}*"))
        made = [(_elsewhere(each), each) for each in self.folder.glob(f"{MAKING}*") if is_old(each, now)]
        here = [each for each in made if each[0].parent.is_dir()]  # a disk that is away is waited for
        self.remove_all([*left, *(path for each in here for path in each)])
        return len(left)

    def remove_all(self, paths: Iterable[Path]) -> None:
        """Delete each that can be.  Raises RecordsError at the end, of the first one that could not."""
        problems: list[RecordsError] = []
        for path in paths:
            try:
                self.remove(path)
            except RecordsError as error:
                problems.append(error)
        if problems:
            raise problems[0]

    def known(self) -> Iterator[str]:
        """The people of whom there are files."""
        if self.people.is_dir():
            yield from (each.name for each in self.people.iterdir() if each.is_dir())


def is_old(path: Path, now: float) -> bool:
    """Whether nobody can be writing it any longer.  now: seconds since 1970."""
    try:
        return now - path.stat().st_mtime > MADE_S
    except OSError:
        return False


def _elsewhere(made: Path) -> Path:
    """Where it is really made, which has the same name that cannot be guessed."""
    try:
        there = Path((made / ELSEWHERE).read_text("utf-8"))
    except (OSError, ValueError):
        return made
    return there if there.name == f".{made.name}" else made


def to_disk(path: Path) -> None:
    """Wait until a file or a folder is on the disk; Windows knows no such thing for folders."""
    if os.name == "nt" and path.is_dir():
        return
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
