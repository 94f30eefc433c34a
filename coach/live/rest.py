"""A rest between two sets, in which the next one is watched already: who begins before it is over loses nothing."""

from collections.abc import Iterable
from typing import Final

from coach.judge import Feedback
from coach.language import Words
from coach.live.countdown import Countdown
from coach.live.early import Early
from coach.live.one_set import OneSet
from coach.live.settings import LiveSettings
from coach.live.stages import COUNTED_S
from coach.pose import PoseFrame

REST_CALL_S: Final = 10


class Rest:
    """A rest that begins at `t`.

    next  the set that comes after it, as far as it was watched
    """

    def __init__(self, settings: LiveSettings, words: Words, t: float) -> None:
        self._settings, self._words = settings, words
        self._countdown = Countdown(settings.dose.rest_s, t)
        self._watch_anew()

    def _watch_anew(self) -> None:
        self.next = OneSet(self._settings)
        # A pose that is held on beyond its time is no next one, and who is led waits to be.
        repeated = self._settings.exercise.repetition is not None
        self._early = Early(self.next.progress.wanted) if repeated else None

    @property
    def frames(self) -> Iterable[tuple[PoseFrame, Feedback]]:
        """Those that belong to the next set, once it has begun."""
        return () if self._early is None else self._early.frames

    def left(self, t: float) -> int:
        """Whole seconds that are left at `t`."""
        return self._countdown.left(t)

    def watch(self, frame: PoseFrame) -> Feedback | None:
        """Take the next frame; what is made of it if by then the next set has begun."""
        if self._early is None:
            return None
        feedback = self.next.judge(frame, speaks=False)
        self._early.take(frame, feedback)
        if self._early.has_begun or (self.left(frame.t) <= 0 and self._early.goes_on(frame.t)):
            return feedback
        if self._early.was_none(frame.t):
            self._watch_anew()
        return None

    def calls(self, t: float) -> list[str]:
        """The seconds that are called on the way to its end, none as it begins."""
        left = self.left(t)
        if not self._countdown.ticks(t) or left >= self._settings.dose.rest_s:
            return []
        if left == REST_CALL_S:
            return [self._words("rest_left", seconds=left)]
        return [str(left)] if left <= COUNTED_S else []
