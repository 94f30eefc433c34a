"""One private folder for everything that people upload, gone when the program ends, however it ends.

A program holds the lock of its folder for as long as it runs, and the system lets go of it with the program.  So a
folder whose lock is free was left by one that was killed, and goes: when the next one starts, and every few minutes.
"""

import asyncio
import atexit
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from stat import S_ISDIR
from typing import IO, Final

from starlette.concurrency import run_in_threadpool

PREFIX: Final = "form-coach-"
LOCK: Final = "held"
LOOK_S: Final = 300.0  # between two looks for what a killed program left
FORGOTTEN_S: Final = 24 * 3600.0  # nothing is kept for so long: where there is no lock, it was left
LONGEST_NAME: Final = 100


def private_root() -> Path:
    """The folder of this process; nobody else on the machine may look into it."""
    return _root()[0]


@cache
def _root() -> tuple[Path, IO[bytes]]:
    while True:
        root = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = hold(root)
        if lock is not None:
            atexit.register(_leave, root, lock)
            return root, lock


def hold(root: Path) -> IO[bytes] | None:
    """Hold the lock of a new folder until it is closed; None where another program was quicker and took it away."""
    lock = (root / LOCK).open("xb")
    try:
        if _locked(lock) and (root / LOCK).exists():
            return lock
    except OSError:  # a disk that knows no locks: then nobody takes it for left
        return lock
    lock.close()
    return None


def _locked(lock: IO[bytes]) -> bool:
    """Whether nobody else has it.  Raises OSError where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _leave(root: Path, lock: IO[bytes]) -> None:
    remove(root)
    lock.close()
    remove(root)  # once more, for Windows deletes no file that is open


@asynccontextmanager
async def emptied(app: object) -> AsyncIterator[None]:
    """For the server: what people uploaded goes when it is told to stop, which may end it without an exit."""
    looking = asyncio.create_task(_look_for_left())
    try:
        yield
    finally:
        looking.cancel()
        _leave(*_root())


async def _look_for_left() -> None:
    while True:
        await run_in_threadpool(remove_left)
        await asyncio.sleep(LOOK_S)


def remove_left(temporary: Path | None = None, now_s: float | None = None) -> None:
    """Delete what programs left behind that were killed; `now_s` as the disk tells time, else now."""
    now_s = time.time() if now_s is None else now_s
    for root in Path(temporary or tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            _remove_if_left(root, now_s)


def _remove_if_left(root: Path, now_s: float) -> None:
    told = root.lstat()
    if not S_ISDIR(told.st_mode) or (sys.platform != "win32" and told.st_uid != os.getuid()):
        return  # somebody else's, or a link of theirs to something of ours
    if not (root / LOCK).exists():  # it is just being made, or an earlier version made it
        if now_s - told.st_mtime > FORGOTTEN_S:
            remove(root)
        return
    with (root / LOCK).open("r+b") as lock:
        if not _locked(lock):
            return
        remove(root)
    remove(root)


def new_folder(root: Path, name: str) -> Path:
    """A folder for one job or upload in the private one."""
    root.mkdir(mode=0o700, exist_ok=True)  # what tidies the system's temporary folder may have taken it
    folder = root / name
    folder.mkdir(mode=0o700)
    return folder


def remove(folder: Path) -> None:
    """Delete a folder and what is in it; what another program still holds open goes with the whole root."""
    shutil.rmtree(folder, ignore_errors=True)


def same_file(source: Path, target: Path) -> None:
    """The file at `source` at `target` too, without copying it where the disk can do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def safe_name(name: str) -> str:
    """A name that people recognise and that any disk takes; never one that would be taken for a saved track.

    >>> safe_name("C:/Users/me/monday: bridge.mp4")
    'monday_ bridge.mp4'
    >>> safe_name("../..")
    'video'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in last).strip(" .")
    path = Path(kept or "video")
    suffix = path.suffix[:10]
    stem = path.stem.encode("utf-8", "replace")[:LONGEST_NAME].decode("utf-8", "ignore")
    return f"{stem}{suffix}{'.bin' if suffix.lower() == '.npz' else ''}"
