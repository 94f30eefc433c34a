"""All live sessions of this process: by a token that cannot be guessed, for a limited time, so many at once."""

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

from coach.live.coaching import Coached, Coaching
from coach.live.desk_keeper import DeskKeeper
from coach.live.journal import Journal, Kept, forget, journal_path, read_journal
from coach.live.keeper import InRecords, Keeper
from coach.live.screen import Screen, Stage
from coach.live.settings import LiveSettings
from coach.live.wire import StreamClock
from coach.pose import PoseFrame, Repair
from coach.records.journals import forget_old

UNUSED_S: Final = 3600.0  # a session that nobody came back to
FINISHED_S: Final = 4 * 3600.0  # its result can be looked at for so long
ANYBODY: Final = object()  # whoever is connected
Key = tuple[str, str]  # whose, and the token
Recording = Callable[[str, LiveSettings, InRecords, Kept | None], Keeper]  # by the token of the session


class TakenOver(Exception):
    """Of two pages, the one that came last has the say, and the clock."""


class LiveSession:
    """One live set: its coach, and who is connected to it.  Every method may be called from any thread."""

    def __init__(
        self,
        token: str,
        settings: LiveSettings,
        clock: Callable[[], float],
        keepers: tuple[Keeper, ...] = (),
        kept: Kept | None = None,
        place: InRecords | None = None,
    ) -> None:
        """place: where in the records it belongs; None: nowhere."""
        self.token, self.settings, self.keepers, self.place = token, settings, keepers, place
        self._clock = clock
        self._lock = Lock()
        self._coaching = Coaching(settings, keepers, kept)
        self._repair = Repair()
        self._stream = StreamClock(kept.last_s if kept is not None else 0.0)
        self._owner: object | None = None
        self.touched_s = self._seen_s = clock()
        if kept is not None and kept.at is not None:
            self._seen_s -= (datetime.now(UTC) - kept.at).total_seconds()

    def connect(self, owner: object) -> None:
        """A connection takes over; the one before it finds out at its next frame."""
        with self._lock:
            self._owner = owner
            self._stream.pause()

    def leave(self, owner: object) -> None:
        """A connection ends."""
        with self._lock:
            self.touched_s = self._clock()
            if self._owner is owner:
                self._owner = None
                self._stream.pause()

    def drop(self) -> None:
        """Nobody needs it any longer: a connection that is still there ends, and nothing more is kept.

        What is not in the records yet still gets there, and its journal stays until it has.
        """
        with self._lock:
            self._owner = None
            records = next((keeper for keeper in self.keepers if isinstance(keeper, DeskKeeper)), None)
            for keeper in self.keepers:
                if records is not None and isinstance(keeper, Journal):
                    keeper.left(self.token)
                    records.then(keeper.dropped)
                else:
                    keeper.dropped()

    def belongs_to(self, owner: object) -> bool:
        """Whether nobody else has taken over."""
        return self._owner is owner

    @property
    def connected(self) -> bool:
        """Whether a camera is at it."""
        return self._owner is not None

    def time_of(self, sent: float, owner: object = ANYBODY) -> float:
        """The stream's time of a frame that was sent at `sent` seconds on the clock of `owner`'s page.

        Raises TakenOver where another page has the say by now: its clock is another one.
        """
        with self._lock:
            self._is_still(owner)
            return self._stream.read(sent, self._clock())

    def take(self, frame: PoseFrame, owner: object = ANYBODY) -> tuple[PoseFrame, Screen]:
        """The repaired frame, and what is to be shown and said.  Raises TakenOver as `time_of` does."""
        with self._lock:
            self._is_still(owner)
            self.touched_s = self._seen_s = self._clock()
            repaired = self._repair.step(frame)
            return repaired, self._coaching.step(repaired)

    def _is_still(self, owner: object) -> None:
        if owner is not ANYBODY and self._owner is not owner:
            raise TakenOver

    def stop(self) -> Screen:
        """The person ends it."""
        with self._lock:
            return self._coaching.stop(self._stream.last)

    @property
    def idle_s(self) -> float:
        """Seconds since a camera was last at it, in an earlier process since something was last written of it."""
        return max(0.0, self._clock() - self._seen_s)

    @property
    def done(self) -> bool:
        """Whether there is nothing more to come."""
        return self._coaching.stage is Stage.DONE

    @property
    def coached(self) -> Coached:
        """The results so far."""
        with self._lock:
            return self._coaching.coached


class Hub:
    """Gives out sessions and keeps them.

    journals  the folder in which they are kept beyond the process; without one they are not
    most      connections at a time: each needs about one core
    record    makes what writes a session into the records, where it belongs there

    A session belongs to somebody: `whose` is "" where nobody logs in.  To everybody else it is one that never was.
    """

    def __init__(
        self,
        journals: Path | None = None,
        most: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        record: Recording | None = None,
    ) -> None:
        self.most = most or places()
        self._record = record
        self._journals = journals
        self._clock = clock
        self._lock = Lock()
        self._sessions: dict[Key, LiveSession] = {}

    def of(self, whose: str) -> "Own":
        """The sessions of one person, and no others."""
        return Own(self, whose)

    def open(self, settings: LiveSettings, place: InRecords | None = None, whose: str = "") -> LiveSession:
        """A new session, with a token of its own."""
        token = secrets.token_hex(24)  # no "__", which the id of a component may not have
        keepers = self._keepers((whose, token), settings, place, None)
        session = LiveSession(token, settings, self._clock, keepers, place=place)
        with self._lock:
            self._forget_old()
            self._sessions[whose, token] = session
        return session

    def find(self, token: str, whose: str = "") -> LiveSession | None:
        """Somebody's session of a token, if need be as an earlier process left it; None for one that is no more."""
        with self._lock:
            self._forget_old()
            if (whose, token) not in self._sessions:
                self._bring_back((whose, token))
            return self._sessions.get((whose, token))

    def _keepers(
        self, key: Key, settings: LiveSettings, place: InRecords | None, kept: Kept | None
    ) -> tuple[Keeper, ...]:
        keepers: list[Keeper] = []
        token = key[1]
        if self._journals is not None:
            keepers.append(Journal(journal_path(self._journals, token, key[0]), settings, place))
        if self._record is not None and place is not None:
            keepers.append(self._record(token, settings, place, kept))
        return tuple(keepers)

    def _bring_back(self, key: Key) -> None:
        if self._journals is None:
            return
        whose, token = key
        forget_old(self._journals, time.time())
        kept = read_journal(journal_path(self._journals, token, whose))
        if kept is not None and not kept.left:
            keepers = self._keepers(key, kept.settings, kept.place, kept)
            self._sessions[key] = LiveSession(token, kept.settings, self._clock, keepers, kept, kept.place)

    def write_left(self) -> None:
        """Write into the records what an earlier process could not, of sessions that nobody comes back to."""
        for path in () if self._journals is None else self._journals.glob("*.jsonl"):
            kept = read_journal(path)
            if kept is not None and kept.left and kept.place is not None and self._record is not None:
                keeper = self._record(kept.left, kept.settings, kept.place, kept)
                if isinstance(keeper, DeskKeeper):
                    keeper.then(partial(forget, path))

    def drop(self, token: str, whose: str = "") -> None:
        """Forget somebody's session and everything in it."""
        with self._lock:
            session = self._sessions.pop((whose, token), None)
            if session is not None:
                session.drop()
            elif self._journals is not None:
                path = journal_path(self._journals, token, whose)
                kept = read_journal(path)
                if (
                    kept is None or not kept.left
                ):  # else it was dropped before, and goes when the records have it
                    forget(path)

    @property
    def live(self) -> int:
        """How many cameras are connected."""
        return sum(session.connected for session in list(self._sessions.values()))

    def has_place_for(self, session: LiveSession) -> bool:
        """Whether one more camera can be coached; one that comes back has its place."""
        return session.connected or self.live < self.most

    def _forget_old(self) -> None:
        now = self._clock()
        for key, session in list(self._sessions.items()):
            keep_s = FINISHED_S if session.done else UNUSED_S
            if not session.connected and now - session.touched_s > keep_s:
                del self._sessions[key]


@dataclass(frozen=True, slots=True)
class Own:
    """The sessions of one person."""

    hub: Hub
    whose: str

    def open(self, settings: LiveSettings, place: InRecords | None = None) -> LiveSession:
        """As Hub.open."""
        return self.hub.open(settings, place, self.whose)

    def find(self, token: str) -> LiveSession | None:
        """As Hub.find."""
        return self.hub.find(token, self.whose)

    def drop(self, token: str) -> None:
        """As Hub.drop."""
        self.hub.drop(token, self.whose)


def places() -> int:
    """How many can be coached at once: COACH_LIVE_USERS, else one a core, and at least two."""
    told = os.environ.get("COACH_LIVE_USERS", "")
    return int(told) if told.isdigit() and int(told) > 0 else max(2, os.cpu_count() or 2)
