"""Where the files of people lie: a folder a person, in it a folder a set, named by their ids.

people/PERSON/SET/000001.parquet    a piece of the landmark track
people/PERSON/SET/video.mp4         a video, with consent
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.records.problems import problem


@dataclass(frozen=True, slots=True)
class Shelves:
    """The folder beside the database."""

    folder: Path

    @property
    def people(self) -> Path:
        """What is kept of all people."""
        return self.folder / "people"

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

    def known(self) -> Iterator[str]:
        """The people of whom there are files."""
        if self.people.is_dir():
            yield from (each.name for each in self.people.iterdir() if each.is_dir())
