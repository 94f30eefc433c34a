"""Where the files of people lie: a folder a person, in it a folder a set, named by their ids.

people/PERSON/SET/000001.parquet    a piece of the landmark track
people/PERSON/SET/video.mp4         a video, with consent
leaving-…                           what is being deleted of somebody; what a crash left of it is deleted later
../live/….jsonl                     journals of live sets, which `coach.records.journals` knows
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coach.records import journals
from coach.records.problems import problem

LEAVING: Final = "leaving-"


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

    def remove(self, path: Path) -> None:
        """Delete a file or a folder, if it is there.  Raises RecordsError where that is refused."""
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise problem("not_deleted", name=path.name, reason=error.strerror or str(error)) from error

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

    def sweep(self) -> int:
        """Delete what a crash left of people who were being deleted; of how many."""
        left = list(self.folder.glob(f"{LEAVING}*"))
        for each in left:
            self.remove(each)
        return len(left)

    def known(self) -> Iterator[str]:
        """The people of whom there are files."""
        if self.people.is_dir():
            yield from (each.name for each in self.people.iterdir() if each.is_dir())


def to_disk(path: Path) -> None:
    """Wait until a file or a folder is on the disk; Windows knows no such thing for folders."""
    if os.name == "nt" and path.is_dir():
        return
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
