"""A desk that keeps sets in memory, and can be out of order."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coach.care.types import Role, Source
from coach.errors import CoachError
from coach.judge import HeldPose, Rep, SetResult
from coach.live import InRecords
from coach.pose import PoseTrack

PLACE = InRecords("session", "item", "owner", Role.OWNER)


@dataclass
class KeptHere:
    """One set."""

    begun: tuple[Any, ...]
    parts: dict[int, Rep | HeldPose] = field(default_factory=dict)
    result: SetResult | None = None
    tracks: list[PoseTrack] = field(default_factory=list)

    @property
    def in_order(self) -> tuple[Rep | HeldPose, ...]:
        return tuple(self.parts[number] for number in sorted(self.parts))


@dataclass
class Desk:
    """locked: every call fails."""

    sets: dict[str, KeptHere] = field(default_factory=dict)
    locked: bool = False
    opened: int = 0

    def __call__(self) -> "Desk":
        self.opened += 1
        if self.locked:
            raise CoachError("The records are locked.")
        return self

    def begin_set(
        self,
        session_id: str,
        exercise: str,
        at: datetime,
        source: Source,
        item: str | None = None,
        target: float | None = None,
        set_id: str | None = None,
    ) -> str:
        assert set_id is not None
        self.sets.setdefault(set_id, KeptHere((session_id, exercise, at, source, item, target)))
        return set_id

    def add_part(self, set_id: str, number: int, part: Rep | HeldPose) -> None:
        self.sets[set_id].parts[number] = part

    def close_set(self, set_id: str, result: SetResult) -> None:
        self.sets[set_id].result = result
        self.sets[set_id].parts |= dict(enumerate(result.parts))

    def keep_track(self, set_id: str, track: PoseTrack) -> None:
        self.sets[set_id].tracks.append(track)
