"""Results are written beside their target and take its place when they are complete, or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from coach.errors import OutputError

REASONS: Final = {
    errno.ENOSPC: "There is not enough space on the disk to write '{name}' in '{folder}'; free some and try again.",
    errno.EDQUOT: "There is not enough space on the disk to write '{name}' in '{folder}'; free some and try again.",
    errno.EFBIG: "'{name}' would be larger than this disk allows; choose another folder.",
    errno.EACCES: "There is no permission to write '{name}' in '{folder}'; choose another folder.",
    errno.EPERM: "There is no permission to write '{name}' in '{folder}'; choose another folder.",
    errno.EROFS: "'{folder}' can only be read; choose another folder for '{name}'.",
    errno.ENOENT: "The folder '{folder}' does not exist; make it, or choose another one for '{name}'.",
    errno.ENOTDIR: "'{folder}' is not a folder; choose another place for '{name}'.",
    errno.EISDIR: "'{name}' is a folder; choose another name.",
    errno.ENAMETOOLONG: "The name '{long}' is too long; choose a shorter one.",
    errno.ELOOP: "The links at '{path}' lead in a circle; choose another place.",
}
LONGEST_NAME: Final = 255  # bytes, on all usual file systems
FOR_ALL: Final = 0o666  # but for what the user's umask takes away
FOR_OWNER: Final = 0o600


@contextmanager
def atomic_write(path: str | Path, private: bool = False) -> Iterator[Path]:
    """A temporary file in the folder of `path`, with its suffix, that is renamed to `path` at the end.

    What stood at `path` stays until then; on any exception the temporary file is removed and `path` is as it
    was.  Of a link, that is the file to which it leads: the link stays.
    private  nobody but its owner may read it, where the system knows such a thing

    Raises OutputError for every OSError, those in the body included.
    """
    real = _free(Path(path))
    with told_of(real):
        temporary = _new_beside(real, FOR_OWNER if private else FOR_ALL)
        try:
            yield temporary
            temporary.replace(real)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def personal_write(path: str | Path) -> Iterator[Path]:
    """As `atomic_write`, of what tells of a person or shows one: a new file may be read by its owner alone.

    One that stood there may be read by those who might before.
    """
    with atomic_write(path, private=True) as temporary:
        yield temporary
        if Path(path).exists():
            shutil.copymode(path, temporary)


def must_be_writable(path: str | Path) -> None:
    """Find out before the work whether there will be a place for its result; leaves nothing behind.

    Raises OutputError.
    """
    real = _free(Path(path))
    with told_of(real):
        _new_beside(real, FOR_OWNER).unlink()


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Tell what the system refuses while a place for a result is looked at or written, as an OutputError."""
    try:
        yield
    except OSError as error:
        raise output_error(path, error.errno, error.strerror) from error


def output_error(path: Path, number: int | None, text: str | None) -> OutputError:
    """The sentence for an error's number; `text` is what the system says of unknown ones."""
    known = REASONS.get(number or 0)
    if known is None:
        return OutputError(f"'{path.name}' could not be written: {text or 'unknown reason'}.")
    long = next((part for part in path.parts if len(os.fsencode(part)) > LONGEST_NAME), path)
    return OutputError(known.format(name=path.name, folder=path.parent, path=path, long=long))


def _free(path: Path) -> Path:
    """Where a result for `path` goes; raises OutputError where it cannot."""
    with told_of(path):
        _must_be_free(path)
        return _behind_links(path)


def _behind_links(path: Path) -> Path:
    """The file to which a link leads, and every other path as it is: a rename would take the link's own place.

    Raises OSError for a link that leads to itself.
    """
    real = Path(os.path.realpath(path)) if path.is_symlink() else path
    if real.is_symlink():
        raise OSError(errno.ELOOP, "links lead in a circle")
    return real


def _new_beside(path: Path, mode: int) -> Path:
    """A new empty file in the folder of `path`, with its suffix."""
    new = path.with_name(f".{secrets.token_hex(8)}{path.suffix}")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    return new


def _must_be_free(path: Path) -> None:
    """Refuse early what the rename would only refuse after all the work, and what it must not take the place of.

    Raises OutputError for a device or a pipe, OSError for the rest.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if path.exists() and not path.is_file():
        raise OutputError(f"'{path.name}' is a device or a pipe and no file; choose another name.")
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise OSError(errno.ENAMETOOLONG, "name too long")
