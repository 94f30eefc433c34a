"""What is to be seen and heard after one frame: plain data in the language of the session."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Stage(StrEnum):
    """Where in the set somebody is."""

    PLACING = "placing"
    COUNTDOWN = "countdown"
    GOING = "going"
    PAUSED = "paused"
    RESTING = "resting"
    DONE = "done"


Tone = Literal["", "advice", "fault", "why_not", "praise", "guide"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence to say, and with a tone to read as well."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What is to be seen and heard after one frame.

    count, of   repetitions or holds of this side that counted, and how many are asked for
    seconds     a large number of seconds, where one matters now: countdown, hold, rest; None otherwise
    progress    0 at rest, 1 at the target range; share of the time in a hold
    phase       the phase by name
    caption     the one sentence to read, with its tone
    say         what to speak on this frame, if anything
    highlight   indices of landmarks to draw as at fault; `seen`: whether this is judged at all just now
    """

    stage: Stage
    count: int
    of: int
    side: str = ""
    seconds: int | None = None
    progress: float = 0.0
    phase: str = ""
    caption: str = ""
    tone: Tone = ""
    say: str = ""
    highlight: tuple[int, ...] = ()
    seen: bool = False
    set_number: int = 1
    sets: int = 1
