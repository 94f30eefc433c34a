"""Results are written beside their target and take its place when they are complete, or not at all."""

import errno
import secrets
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
    errno.ENAMETOOLONG: "The name '{name}' is too long; choose a shorter one.",
}
LONGEST_NAME: Final = 255  # bytes, on all usual file systems


@contextmanager
def atomic_write(path: str | Path) -> Iterator[Path]:
    """A temporary file in the folder of `path`, with its suffix, that is renamed to `path` at the end.

    What stood at `path` stays until then; on any exception the temporary file is removed and `path` is as it
    was.
    Raises OutputError for every OSError, those in the body included.
    """
    path = Path(path)
    temporary = path.with_name(f".{secrets.token_hex(8)}{path.suffix}")
    try:
        _must_be_free(path)
        temporary.open("xb").close()
        try:
            yield temporary
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(path, error.errno, error.strerror) from error


def must_be_writable(path: str | Path) -> None:
    """Find out before the work whether there will be a place for its result; leaves nothing behind.

    Raises OutputError.
    """
    path = Path(path)
    temporary = path.with_name(f".{secrets.token_hex(8)}{path.suffix}")
    try:
        _must_be_free(path)
        temporary.open("xb").close()
        temporary.unlink()
    except OSError as error:
        raise output_error(path, error.errno, error.strerror) from error


def output_error(path: Path, number: int | None, text: str | None) -> OutputError:
    """The sentence for an error's number; `text` is what the system says of unknown ones."""
    known = REASONS.get(number or 0)
    if known is None:
        return OutputError(f"'{path.name}' could not be written: {text or 'unknown reason'}.")
    return OutputError(known.format(name=path.name, folder=path.parent))


def _must_be_free(path: Path) -> None:
    """Refuse early what the rename would only refuse after all the work."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if len(path.name.encode()) > LONGEST_NAME:
        raise OSError(errno.ENAMETOOLONG, "name too long")
