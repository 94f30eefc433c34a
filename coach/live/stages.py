"""The stages of one set: getting into place, a countdown, the set itself, pauses; a state machine on the clock."""

from dataclasses import dataclass
from typing import Final

from coach.judge import Feedback
from coach.language import Words
from coach.live.countdown import Countdown
from coach.live.lasting import lasted, since
from coach.live.progress import is_moving
from coach.live.screen import Stage
from coach.pose import PoseFrame

READY_S: Final = 1.0  # everything seen for so long, before the countdown
UNREADY_S: Final = 1.5
COUNTDOWN_S: Final = 5.0
COUNTED_S: Final = 3  # seconds of the countdown that are counted aloud
AWAY_S: Final = 2.0  # nobody there for so long is a pause
BACK_S: Final = 0.8
MISSING_S: Final = 1.0  # without a picture for longer, as over a connection that broke
LEAVE_S: Final = 20.0  # and for so long the end


@dataclass(slots=True)
class Presence:
    """Since when the person is ready, not ready, there, not there; None: they are not."""

    ready: float | None = None
    unready: float | None = None
    found: float | None = None
    absent: float | None = None

    def take(self, t: float, ready: bool, found: bool) -> None:
        """Take the next frame."""
        self.ready = since(self.ready, t, ready)
        self.unready = since(self.unready, t, not ready)
        self.found = since(self.found, t, found)
        self.absent = since(self.absent, t, not found)


class Stages:
    """Follows one set from `t` on: in which stage it is, and what is said where that changes.

    stage  PLACING, COUNTDOWN, GOING or PAUSED: rests and the end are none of a set
    left   whether the person was away for so long that they have ended it
    """

    def __init__(self, words: Words, t: float, stage: Stage = Stage.PLACING) -> None:
        self.stage = stage
        self.left = False
        self._words = words
        self._presence = Presence()
        self._countdown = Countdown(COUNTDOWN_S, t)
        self._last_t = t

    def arrived(self, t: float) -> None:
        """A frame has come.  If none came for a while nothing lasted through it, and nobody was counted down."""
        if t - self._last_t > MISSING_S:
            self._presence = Presence()
            if self.stage is Stage.COUNTDOWN:
                self.stage = Stage.PLACING
        self._last_t = t

    def step(self, frame: PoseFrame, feedback: Feedback) -> list[str]:
        """Take that frame once it was judged; what is to be said."""
        t, begun = frame.t, is_moving(feedback) or (feedback.ready and feedback.rep is not None)
        self._presence.take(t, feedback.ready, frame.found)
        if self.stage is Stage.PLACING:
            return self._place(t, begun)
        if self.stage is Stage.COUNTDOWN:
            return self._count_down(t, begun)
        if self.stage is Stage.PAUSED:
            return self._wait(t)
        if lasted(self._presence.absent, t) >= AWAY_S:
            self.stage = Stage.PAUSED
            return [self._words("paused")]
        return []

    def countdown_left(self, t: float) -> int:
        """Seconds of the countdown to show."""
        return max(1, self._countdown.left(t))

    def _place(self, t: float, begun: bool) -> list[str]:
        if begun:  # who has begun needs no countdown, and nothing of it is lost
            self.stage = Stage.GOING
        elif lasted(self._presence.ready, t) >= READY_S:
            self.stage, self._countdown = Stage.COUNTDOWN, Countdown(COUNTDOWN_S, t)
            return [self._words("begin")]
        return []

    def _count_down(self, t: float, begun: bool) -> list[str]:
        left = self._countdown.left(t)
        if begun or left <= 0:
            self.stage = Stage.GOING
            return [] if begun else [self._words("go")]
        if lasted(self._presence.unready, t) >= UNREADY_S:
            self.stage = Stage.PLACING
            return []
        return [str(left)] if self._countdown.ticks(t) and left <= COUNTED_S else []

    def _wait(self, t: float) -> list[str]:
        if lasted(self._presence.found, t) >= BACK_S:
            self.stage = Stage.GOING
            return [self._words("resumed")]
        self.left = lasted(self._presence.absent, t) >= LEAVE_S
        return []
