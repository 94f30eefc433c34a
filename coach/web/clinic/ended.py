"""Logins that were ended, by way of the records: a restart does not bring one back, nor does another process.

Every frame of a camera asks whether its login holds, so that what the records say is looked at by a thread of its own.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from coach.records import RecordsError
from coach.web.clinic.login import Login

if TYPE_CHECKING:
    from coach.records import Records
    from coach.web.clinic.door import Door

LOOK_S: Final = 2.0  # so long another process may let one in that was ended in this one


def tell(login: Login) -> None:
    """Keep that it was ended.  In this process it has ended, whatever becomes of that."""
    try:
        _records().end_login(login.mark, datetime.fromtimestamp(login.until, UTC))
    except RecordsError as error:
        logging.getLogger("coach").error("A login that was ended could not be kept as such: %s", error)


def watch(door: "Door") -> None:
    """Let the door know from now on what the records say, at once for the first time."""
    look(door)
    threading.Thread(target=_keep_looking, args=(door,), name="coach-logins", daemon=True).start()


def look(door: "Door", records: "Callable[[], Records] | None" = None) -> None:
    """Once.  Where the records cannot be read, nobody sees anything of them either."""
    try:
        ended = (records or _records)().ended_logins()
    except RecordsError:
        return
    door.learn({mark: until.timestamp() for mark, until in ended.items()})


def _keep_looking(door: "Door") -> None:
    never = threading.Event()
    while not never.wait(LOOK_S):
        look(door)


def _records() -> "Records":
    from coach.web.state import records

    return records()
