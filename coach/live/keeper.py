"""What takes down a live session as it happens; there may be several at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from coach.care.types import Role
from coach.judge import HeldPose, Rep, SetResult
from coach.pose import PoseFrame


class Ended(StrEnum):
    """Why a session came to its end."""

    DOSE = "dose"
    STOPPED = "stopped"
    LEFT = "left"


class Keeper(Protocol):
    """Called from the session in the order of what happens; answers for its own troubles and stops nobody."""

    def frame(self, frame: PoseFrame) -> None:
        """A repaired frame of a set; those of a rest come only where somebody began the next one in it, and then."""

    def parts(self, ended: Iterable[Rep | HeldPose]) -> None:
        """What ended on the frame that came last."""

    def reached(self, held: HeldPose) -> None:
        """A hold has its time and goes on; it comes again, with the same start, when it ends."""

    def closed(self, result: SetResult) -> None:
        """A set is complete; it may tell of a part that ended with it."""

    def ended(self, how: Ended) -> None:
        """The session is over."""

    def dropped(self) -> None:
        """Nobody comes back to the session, over or not."""


@dataclass(frozen=True, slots=True)
class InRecords:
    """Where in the records a live session belongs.

    session  of the records; `item` of the plan, None for a set that nobody planned
    who      the id of the actor in whose name it is written, in their `role`
    tracks   whether the landmarks may be kept
    """

    session: str
    item: str | None
    who: str
    role: Role
    tracks: bool = True
