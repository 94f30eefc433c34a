"""Logins that were ended, by way of the records: a restart does not bring one back, nor does another process.

Every frame of a camera asks whether its login holds, so that what the records say is looked at by a thread of its own.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from coach.records import RecordsError
from coach.web.clinic.login import Login

if TYPE_CHECKING:
    from coach.records import Records

Learn = Callable[[Mapping[str, float]], None]  # of a door: mark -> when it would have ended

log = logging.getLogger("coach")
FIRST_S: Final = 5.0  # so long the server waits with its start for the first look
LOOK_S: Final = 2.0  # so long another process may let one in that was ended in this one


def tell(login: Login) -> None:
    """Keep that it was ended.  In this process it has ended, whatever becomes of that."""
    try:
        _records().end_login(login.mark, datetime.fromtimestamp(login.until, UTC))
    except RecordsError as error:
        log.error("A login that was ended could not be kept as such: %s", error)


def watch(learn: Learn, over: threading.Event | None = None) -> None:
    """Let a door learn what the records say: before this returns, unless they take too long to say it.

    over: until then; None: from now on.
    """
    looked, over = threading.Event(), over or threading.Event()

    def wait(seconds: float) -> bool:
        looked.set()
        return over.wait(seconds)

    threading.Thread(target=_keep_looking, args=(learn, wait), name="coach-logins", daemon=True).start()
    looked.wait(FIRST_S)


def look(learn: Learn, records: "Callable[[], Records] | None" = None) -> None:
    """Once.  Where the records cannot be read, nobody sees anything of them either."""
    try:
        ended = (records or _records)().ended_logins()
    except RecordsError:
        return
    learn({mark: until.timestamp() for mark, until in ended.items()})


def _keep_looking(learn: Learn, wait: Callable[[float], bool]) -> None:
    """Until `wait` says so, whatever fails: without it no login that was ended elsewhere would end here."""
    while True:
        try:
            look(learn)
        except Exception:
            log.exception("The logins that were ended could not be looked at.")
        if wait(LOOK_S):
            return


def _records() -> "Records":
    from coach.web.state import records

    return records()
