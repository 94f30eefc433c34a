"""One private folder for everything that people upload, gone when the program ends."""

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Final

PREFIX: Final = "form-coach-"
FORGOTTEN_S: Final = (
    24 * 3600.0
)  # nothing is kept for so long: its program was killed before it could tidy up
LONGEST_NAME: Final = 100


@cache
def private_root() -> Path:
    """The folder of this process; nobody else on the machine may look into it."""
    root = Path(tempfile.mkdtemp(prefix=PREFIX))
    remove_forgotten(root.parent, time.time())
    atexit.register(remove, root)
    return root


@asynccontextmanager
async def emptied(app: object) -> AsyncIterator[None]:
    """For the server: what people uploaded goes when it is told to stop, which may end it without an exit."""
    yield
    remove(private_root())


def remove_forgotten(temporary: Path, now_s: float) -> None:
    """Delete what a program left behind that was killed; `now_s` as the disk tells time."""
    for root in temporary.glob(f"{PREFIX}*"):
        try:
            forgotten = now_s - root.stat().st_mtime > FORGOTTEN_S
        except OSError:
            continue  # somebody else's, or gone meanwhile
        if forgotten:
            remove(root)


def new_folder(root: Path, name: str) -> Path:
    """A folder for one job or upload in the private one."""
    root.mkdir(mode=0o700, exist_ok=True)  # another program may have taken it for forgotten
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
