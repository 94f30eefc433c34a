"""What goes over the socket: a frame with its number and time in, one small JSON object out."""

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, Final

from coach.errors import CoachError
from coach.live.replay import places_of
from coach.live.screen import Screen
from coach.pose import PoseFrame

HEADER: Final = struct.Struct("<Id")  # number of the frame, milliseconds on the sender's clock
MOST_BYTES: Final = 2_000_000
LONGEST_MS: Final = (
    366 * 24 * 3600 * 1000.0
)  # a page may be open for so long: its clock runs from when it was loaded


class WireError(CoachError):
    """A message that no camera page of ours sends."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A frame as it came: its number, its time in seconds on the sender's clock, the picture as bytes."""

    number: int
    t: float
    picture: bytes


def unpack(message: bytes) -> Incoming:
    """Read a frame.  Raises WireError for anything else."""
    if not HEADER.size < len(message) <= MOST_BYTES:
        raise WireError("That is no frame.")
    number, ms = HEADER.unpack_from(message)
    if not 0 <= ms <= LONGEST_MS:  # NaN is neither
        raise WireError("That is no time.")
    return Incoming(number, ms / 1000, message[HEADER.size :])


def pack(number: int, t: float, picture: bytes) -> bytes:
    """Write a frame, as the camera page does."""
    return HEADER.pack(number, t * 1000) + picture


def reply(number: int, frame: PoseFrame, screen: Screen, **more: str) -> str:
    """What the page draws after a frame: the landmarks in thousandths of the picture's height, and the screen.

    more  what is told beside it
    """
    return as_json(
        {
            "number": number,
            "pose": list(places_of(frame)) if frame.found and not frame.doubt else [],
            **asdict(screen),
            **more,
        }
    )


def as_json(data: dict[str, Any]) -> str:
    """Without spaces: it is sent thirty times a second."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


class StreamClock:
    """The sender's clock as one that always rises, whatever the sender does.

    A page that was loaded again begins at another time; what passed meanwhile is known from the clock here.
    """

    def __init__(self, begun_s: float = 0.0) -> None:
        """begun_s: how far an earlier process had come."""
        self._offset: float | None = None
        self._last = begun_s - 0.001
        self._read_at = 0.0  # when the last frame came, on the clock here
        # When the last frame of the last connection came: on the clock here, on the stream's.
        self._left_off: tuple[float, float] | None = None

    def pause(self) -> None:
        """The connection ended, at some time after its last frame."""
        if self._offset is not None:
            self._left_off = (self._read_at, self.last)
        self._offset = None

    @property
    def last(self) -> float:
        """The latest time that was read; 0 before the first."""
        return max(0.0, self._last)

    def read(self, sent: float, now: float) -> float:
        """Seconds since the first frame."""
        if self._offset is None:
            begun, base = self._left_off or (now, self.last)
            self._offset = base + (now - begun) - sent
        self._last, self._read_at = max(self._last + 0.001, sent + self._offset), now
        return self._last
