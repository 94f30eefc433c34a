"""A live session in the records: each repetition as it ends, each set as it closes, the landmarks meanwhile."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, Protocol

import numpy as np

from coach.care.types import Source
from coach.errors import CoachError
from coach.judge import HeldPose, Rep, SetResult
from coach.live.journal import Kept
from coach.live.keeper import Ended, InRecords
from coach.live.outbox import Outbox
from coach.live.settings import LiveSettings
from coach.pose import PoseFrame, PoseTrack

SURE_S: Final = 0.25  # so long a repetition waits to be on disk before the next frame is looked at
LAST_S: Final = 3.0  # and the last of a session
CHUNK: Final = 900  # frames, half a minute: what a crash in a long hold may cost of the track
MOST_FRAMES: Final = 9_000  # of somebody who has not begun for minutes, the last five are enough
SIDEWAYS_PX: Final = 1  # decimals: a tenth of a pixel, far below what the pose model knows
METRES: Final = 3


class SetDesk(Protocol):
    """What of a desk of the records is needed here."""

    def begin_set(
        self,
        session_id: str,
        exercise: str,
        at: datetime,
        source: Source,
        item: str | None = None,
        target: float | None = None,
        set_id: str | None = None,
    ) -> str: ...

    def add_part(self, set_id: str, number: int, part: Rep | HeldPose) -> None: ...

    def close_set(self, set_id: str, result: SetResult) -> None: ...

    def keep_track(self, set_id: str, track: PoseTrack) -> None: ...


class DeskKeeper:
    """Writes one live session into the records, on a thread of its own: a slow or locked database stops no set.

    desk   opens the records' desk; called on that thread, as everything of it
    token  of the live session: the ids of its sets follow from it, so that after a restart nothing is doubled
    kept   what an earlier process knew: it is written once more, should it have been lost
    """

    def __init__(
        self,
        desk: Callable[[], SetDesk],
        place: InRecords,
        token: str,
        settings: LiveSettings,
        kept: Kept | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sure_s: float = SURE_S,
    ) -> None:
        self._desk, self._place, self._token, self._settings = desk, place, token, settings
        self._now, self._sure_s = now, sure_s
        self._outbox = Outbox("coach-records")
        self._number = 0
        self._begin()
        if kept is not None:
            self._repeat(kept)

    def _begin(self) -> None:
        """The next set; it is in the records once something of it is to be told."""
        self._number += 1
        self._set = set_id(self._token, self._number)
        self._parts = 0
        self._begun_at: datetime | None = None
        self._open = False
        self._frames: deque[PoseFrame] = deque(maxlen=MOST_FRAMES)

    def _repeat(self, kept: Kept) -> None:
        for result in kept.results:
            self._begun_at = kept.at
            self._close(result)
        self._begun_at = kept.at if kept.parts else None
        for part in kept.parts:
            self._tell(part)

    @property
    def problem(self) -> CoachError | None:
        """Why something could not be kept so far; None while everything is."""
        return self._outbox.problem

    # --- what happens -----------------------------------------------------------------------------------

    def frame(self, frame: PoseFrame) -> None:
        """Kept until the next repetition ends."""
        self._begun_at = self._begun_at or self._now()
        if self._place.tracks:
            self._frames.append(slim(frame))
            if self._open and len(self._frames) >= CHUNK:
                self._tell_track()

    def parts(self, ended: Iterable[Rep | HeldPose]) -> None:
        """Returns when they are on disk, or after a short while."""
        parts = tuple(ended)
        for part in parts:
            self._tell(part)
        if parts:
            self._tell_track()
            self._outbox.settle(self._sure_s)

    def reached(self, held: HeldPose) -> None:
        """It takes the place of the part that comes next, which is this hold when it has ended."""
        self._open_set()
        self._do("add_part", self._set, self._parts, held)

    def closed(self, result: SetResult) -> None:
        """With the result come its parts, among them the one that ended with the set."""
        self._close(result)
        self._outbox.settle(self._sure_s)

    def ended(self, how: Ended) -> None:
        """Nothing more will come."""
        self._outbox.try_again()
        self._outbox.settle(LAST_S)

    def dropped(self) -> None:
        """What there is to write is still written; a set that was under way stays as it is."""
        self._outbox.try_again()

    def then(self, do: Callable[[], object]) -> None:
        """Have it done when all that there was to write so far is in the records."""
        self._outbox.put(do)

    # --- what is written --------------------------------------------------------------------------------

    def _do(self, name: str, *arguments: Any) -> None:
        self._outbox.put(lambda: getattr(self._desk(), name)(*arguments))

    def _open_set(self) -> None:
        if self._open:
            return
        self._open = True
        place, at, exercise = self._place, self._begun_at or self._now(), self._settings.exercise.id
        item, target = place.item, target_of(self._settings)
        self._do("begin_set", place.session, exercise, at, "camera", item, target, self._set)

    def _close(self, result: SetResult) -> None:
        self._open_set()
        self._tell_track()
        self._do("close_set", self._set, result)
        self._begin()

    def _tell(self, part: Rep | HeldPose) -> None:
        self._open_set()
        self._do("add_part", self._set, self._parts, part)
        self._parts += 1

    def _tell_track(self) -> None:
        """What was seen since the last time; a chunk that cannot be kept keeps nothing else from it."""
        frames = list(self._frames)
        self._frames.clear()
        if any(frame.found for frame in frames):
            self._outbox.put(partial(self._keep_track, self._set, frames), again=False)

    def _keep_track(self, of_set: str, frames: list[PoseFrame]) -> None:
        self._desk().keep_track(of_set, PoseTrack.of(frames))


def set_id(token: str, number: int) -> str:
    """The id of the nth set, from 1, of a live session; the token cannot be guessed from it."""
    return hashlib.sha256(f"{token}/{number}".encode()).hexdigest()[:32]


def target_of(settings: LiveSettings) -> float | None:
    """What one set asks for: repetitions of all sides together, or seconds of holding a side."""
    dose = settings.dose
    return dose.hold_s if dose.reps is None else float(dose.reps * max(1, len(settings.sides)))


def slim(frame: PoseFrame) -> PoseFrame:
    """A frame as it is kept: to a tenth of a pixel, a hundredth, a millimetre; none of a body that cannot be one."""
    if frame.doubt:
        return PoseFrame.empty(frame.t, frame.size, frame.light)
    return replace(
        frame,
        xy=np.round(frame.xy, SIDEWAYS_PX),
        visibility=np.round(frame.visibility, 2),
        world=np.round(frame.world, METRES),
    )


def keep_whole(
    desk: SetDesk,
    session: str,
    token: str,
    result: SetResult,
    track: PoseTrack | None,
    at: datetime,
    source: Source,
) -> str:
    """Keep a set that is over, as the first of what `token` names; gives its id.  Kept twice it is there once."""
    kept = desk.begin_set(session, result.exercise, at, source, set_id=set_id(token, 1))
    if track is not None and len(track):
        desk.keep_track(kept, track)
    desk.close_set(kept, result)
    return kept
