"""Videos on their way in: a page gets a ticket, the browser sends the file to it, straight to the disk."""

import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from coach.video import Limits
from coach.web.video.folder import new_folder, private_root, remove, safe_name

MAX_BYTES: Final = Limits().max_bytes
MAX_MINUTES: Final = round(Limits().max_duration_s / 60)
SPARE_BYTES: Final = (
    1024**3
)  # left free on the disk: the annotated copy comes on top, and others live there too
KEPT_S: Final = 3600.0
TICKET_S: Final = 24 * 3600.0  # a page may stand open for long before somebody chooses a file


@dataclass(eq=False)
class Ticket:
    """Where one page's file goes; `video` once it is here as a whole."""

    asked_s: float
    folder: Path | None = None
    video: Path | None = None


class Uploads:
    """The tickets.  `clock` gives seconds, always rising.

    A ticket belongs to somebody: `whose` is "" where nobody logs in.  To everybody else it is unknown.
    """

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._root, self._clock = root, clock
        self._tickets: dict[tuple[str, str], Ticket] = {}
        self._lock = threading.Lock()

    def of(self, whose: str) -> "OwnUploads":
        """The tickets of one person, and no others."""
        return OwnUploads(self, whose)

    def ticket(self, whose: str = "") -> str:
        """A new ticket: a secret that one file at a time may be sent to."""
        with self._lock:
            self._sweep()
            token = secrets.token_hex(24)
            self._tickets[whose, token] = Ticket(self._clock())
            return token

    def known(self, token: str, whose: str = "") -> bool:
        """Whether a file may be sent to this ticket."""
        with self._lock:
            self._sweep()
            return (whose, token) in self._tickets

    def has_room(self, size: int) -> bool:
        """Whether the disk can take so many bytes."""
        return shutil.disk_usage(self._root.parent).free - SPARE_BYTES > size

    def begin(self, token: str, name: str, whose: str = "") -> Path:
        """Where to write a file that is being sent.  Raises KeyError for an unknown ticket."""
        with self._lock:
            self._tickets[whose, token].asked_s = self._clock()
            return new_folder(self._root, f"upload-{secrets.token_hex(8)}") / safe_name(name)

    def complete(self, token: str, video: Path, whose: str = "") -> None:
        """The file is here; it takes the place of an earlier one."""
        with self._lock:
            ticket = self._tickets.get((whose, token))
            if ticket is None:
                remove(video.parent)
                return
            self._empty(ticket)
            ticket.asked_s, ticket.folder, ticket.video = self._clock(), video.parent, video

    def video(self, token: str, whose: str = "") -> Path | None:
        """The file that was sent; None while there is none."""
        with self._lock:
            ticket = self._tickets.get((whose, token))
            if ticket is None:
                return None
            ticket.asked_s = self._clock()
            return ticket.video

    def clear(self, token: str, whose: str = "") -> None:
        """Delete the file; the ticket stays."""
        with self._lock:
            ticket = self._tickets.get((whose, token))
            if ticket is not None:
                self._empty(ticket)

    def clear_all(self, whose: str = "") -> None:
        """Delete all files that somebody sent, and forget their tickets."""
        with self._lock:
            for key in [key for key in self._tickets if key[0] == whose]:
                self._empty(self._tickets.pop(key))

    def _empty(self, ticket: Ticket) -> None:
        if ticket.folder is not None:
            remove(ticket.folder)
        ticket.folder = ticket.video = None

    def _sweep(self) -> None:
        now = self._clock()
        for key, ticket in list(self._tickets.items()):
            if now - ticket.asked_s > KEPT_S:
                self._empty(ticket)
            if now - ticket.asked_s > TICKET_S:
                del self._tickets[key]


@dataclass(frozen=True, slots=True)
class OwnUploads:
    """The tickets of one person; each method as in Uploads."""

    uploads: Uploads
    whose: str

    def ticket(self) -> str:
        """A new ticket."""
        return self.uploads.ticket(self.whose)

    def known(self, token: str) -> bool:
        """Whether a file may be sent to it."""
        return self.uploads.known(token, self.whose)

    def video(self, token: str) -> Path | None:
        """The file that was sent."""
        return self.uploads.video(token, self.whose)

    def clear(self, token: str) -> None:
        """Delete the file."""
        self.uploads.clear(token, self.whose)

    def clear_all(self) -> None:
        """Delete all of them."""
        self.uploads.clear_all(self.whose)


@cache
def uploads() -> Uploads:
    """The tickets of this process."""
    return Uploads(private_root())
