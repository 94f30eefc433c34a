"""The stages of one set: getting into place, a countdown, the set itself, pauses; a state machine on the clock."""

from dataclasses import dataclass
from typing import Final

from coach.judge import Feedback
from coach.judge.readiness import SIGHTLESS
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
LEAVE_BEFORE_S: Final = 180.0  # who is not there for a further set for so long has done enough


@dataclass(slots=True)
class Presence:
    """Since when the person is ready, not ready, at rest, there, not there; None: they are not.

    sightless  since when the camera sees nothing, whoever is there: it hangs, or there is too little light
    """

    ready: float | None = None
    unready: float | None = None
    resting: float | None = None
    found: float | None = None
    absent: float | None = None
    sightless: float | None = None

    def take(self, frame: PoseFrame, feedback: Feedback, begun: bool) -> None:
        """Take the next frame; begun: whether somebody is in a repetition or a hold, or ended one."""
        t, found, ready = frame.t, frame.found, feedback.ready
        sightless = not found and feedback.advice is not None and feedback.advice.code in SIGHTLESS
        self.ready = since(self.ready, t, ready)
        self.unready = since(self.unready, t, not ready)
        self.resting = since(self.resting, t, ready and not begun)
        self.found = since(self.found, t, found)
        self.absent = since(self.absent, t, not found and not sightless)
        self.sightless = since(self.sightless, t, sightless)


class Stages:
    """Follows one set from `t` on: in which stage it is, and what is said where that changes.

    stage    PLACING, COUNTDOWN, GOING or PAUSED: rests and the end are none of a set
    paused   while PAUSED, the sentence that says why
    left     whether the person was away for so long that they have ended it
    further  whether it is not the first set
    """

    def __init__(
        self, words: Words, t: float, stage: Stage = Stage.PLACING, *, further: bool = False
    ) -> None:
        self.stage = stage
        self.paused = words("paused")
        self.left = False
        self._words = words
        self._further = further
        self._called = True  # whether they were told to go, or have tried something
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
        self._presence.take(frame, feedback, begun)
        if self.stage is Stage.PLACING:
            return self._place(t, begun)
        if self.stage is Stage.COUNTDOWN:
            return self._count_down(t, begun)
        if self.stage is Stage.PAUSED:
            return self._wait(t, begun, feedback)
        return self._go(t, feedback)

    def countdown_left(self, t: float) -> int:
        """Seconds of the countdown to show."""
        return max(1, self._countdown.left(t))

    def _place(self, t: float, begun: bool) -> list[str]:
        if begun:  # who has begun needs no countdown, and nothing of it is lost
            self.stage, self._called = Stage.GOING, False
        elif lasted(self._presence.ready, t) >= READY_S:
            self.stage, self._countdown = Stage.COUNTDOWN, Countdown(COUNTDOWN_S, t)
            return [self._words("begin")]
        self.left = self._further and lasted(self._presence.absent, t) >= LEAVE_BEFORE_S
        return []

    def _count_down(self, t: float, begun: bool) -> list[str]:
        left = self._countdown.left(t)
        if begun or left <= 0:
            self.stage, self._called = Stage.GOING, not begun
            return [] if begun else [self._words("go")]
        if lasted(self._presence.unready, t) >= UNREADY_S:
            self.stage = Stage.PLACING
            return []
        return [str(left)] if self._countdown.ticks(t) and left <= COUNTED_S else []

    def _go(self, t: float, feedback: Feedback) -> list[str]:
        self._called = self._called or feedback.attempts > 0 or feedback.phase == "hold"
        if not self._called and lasted(self._presence.resting, t) >= READY_S:
            self.stage = Stage.PLACING  # what seemed to begin was how they came: they wait to be told
            return []
        away = max(lasted(self._presence.absent, t), lasted(self._presence.sightless, t)) >= AWAY_S
        if not away:
            return []
        self.stage, self.paused = Stage.PAUSED, self._why_paused(feedback)
        return [self.paused]

    def _why_paused(self, feedback: Feedback) -> str:
        """That it waits, and why nothing is seen."""
        if self._presence.sightless is not None and feedback.advice is not None:
            return self._words("waits", next=feedback.advice.text)
        return self._words("paused")

    def _wait(self, t: float, begun: bool, feedback: Feedback) -> list[str]:
        if begun or lasted(self._presence.found, t) >= BACK_S:
            self.stage = Stage.GOING
            return [self._words("resumed")]
        before = self.paused
        if self._presence.found is None:
            self.paused = self._why_paused(feedback)
        self.left = lasted(self._presence.absent, t) >= LEAVE_S
        return [] if self.paused == before or self.left else [self.paused]
