"""The journals of live sets, which lie beside the records until the sets are in them: a file a live session.

What is in one is `coach.live`'s matter; here is only known that it names the person and the session it belongs to.
"""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Final

from coach.records.problems import problem

FOLDER: Final = "live"  # in the data folder, beside `records`
KEEP_S: Final = 24 * 3600.0


def forget_of(folder: Path, ids: Collection[str]) -> None:
    """Delete those that name one of these people or sessions.  Raises RecordsError where that is refused."""
    wanted = [id.encode() for id in ids]
    for path in folder.glob("*.jsonl"):
        try:
            told = path.read_bytes()
            if any(id in told for id in wanted):
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue  # its set has just ended
        except OSError as error:
            raise problem("not_deleted", name=path.name, reason=error.strerror or str(error)) from error


def forget_old(folder: Path, now: float) -> int:
    """Delete those that nobody came back to within a day of `now`, in seconds since 1970; how many."""
    forgotten = 0
    for path in folder.glob("*.jsonl"):
        with suppress(OSError):
            if now - path.stat().st_mtime > KEEP_S:
                path.unlink()
                forgotten += 1
    return forgotten
