"""The hold timer: a state machine on ``(t, in the pose or not, still since when)`` that pauses, resumes and ends."""

from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Final

from coach.judge.phases import GAP_S

# Arriving in a pose and leaving it take no longer: who moves later, or earlier, and stays is shifting in it.
ARRIVING_S: Final = 1.5
LEAVING_S: Final = 1.5
SLOWLY_S: Final = 6.0  # who leaves it more slowly is judged no longer, though it is time held
# For so long nobody is seen before it ends a hold: behind a cat it goes on.
LOST_S: Final = 20.0
ANOTHER_S: Final = 4.0  # who was out of a pose that has its time for so long holds another one after it
ROUNDS_S: Final = 0.05  # of a hold: it may lack so much of its time
MOMENT_S: Final = 2.0  # out of the pose for no longer: it was not left for something else


def whole_seconds(held_s: float) -> int:
    """A time held in whole seconds, never rounded up to what was not reached.

    >>> whole_seconds(29.9), whole_seconds(29.96)
    (29, 30)
    """
    return int(held_s + ROUNDS_S)


class HoldState(Enum):
    """Whether the pose is held."""

    AWAY = "away"
    ENTERING = "entering"
    HELD = "held"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Held:
    """One hold: seconds on the video's clock; `held_s` without the pauses.

    moved  the stretches after its beginning, before a pause and before its end that were moved through: on the way
           into the pose, or out of it
    """

    start_s: float
    end_s: float
    held_s: float
    pauses: tuple[tuple[float, float], ...]
    moved: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Return:
    """A way back into the pose: when it was first in it, from when on it may be held, and when last in it."""

    first_in_s: float
    start_s: float
    last_in_s: float


class HoldTimer:
    """Times a pose.

    settle_s       the pose must last so long before it is a hold (it then counts from its beginning)
    pause_after_s  out of the pose for so long pauses the timer, from when the pose was left
    end_after_s    a pause so long ends the hold

    Getting into the pose and out of it is no holding: the time begins where the moving ends, and what was moved
    through just before the pose was left is taken off.  So it is after a pause.

    >>> timer = HoldTimer(settle_s=1, pause_after_s=0.5, end_after_s=5)
    >>> [timer.step(t / 2, True) for t in range(20)][-1], timer.held_s
    (None, 9.5)
    """

    def __init__(self, settle_s: float, pause_after_s: float, end_after_s: float) -> None:
        self._settle_s, self._pause_after_s, self._end_after_s = settle_s, pause_after_s, end_after_s
        self._clear()

    def _clear(self) -> None:
        self.state = HoldState.AWAY
        self.held_s = 0.0
        self._first_in_s = self._start_s = self._last_in_s = self._last_still_s = 0.0
        self._run_start_s = 0.0  # of the unbroken stretch under way
        self._back: _Return | None = None  # into the pose after a pause, not yet arrived there
        self._before_s = 0.0  # held in earlier stretches
        self._pauses: list[tuple[float, float]] = []
        self._moved: list[tuple[float, float]] = []

    def step(
        self, t: float, in_pose: bool, still_since: float = -inf, left: bool = True, done: bool = False
    ) -> Held | None:
        """Take a sample; gives the hold on the sample that ends it.

        still_since  from when on the person has not moved; -inf where that is longer than is looked back
        left         whether somebody was seen out of the pose; who was only lost from sight may hold it all the while
        done         whether it has the time that is asked for: who leaves it then, and comes back, holds another one
        """
        # A time without frames is a time out of the pose: nobody saw it held.
        last_in_s = self._last_in_s if self._back is None else self._back.last_in_s
        missing = t - last_in_s > max(self._pause_after_s, GAP_S)
        ended = self._out_of_pose(t, left, done) if missing or not in_pose else None
        if in_pose:
            self._in_pose(t, still_since)
        return ended

    @property
    def sure_s(self) -> float:
        """The time held that stays, whatever comes: what may be the way out is left out.  It never falls."""
        return self.held_s - self._leaving_s if self.state is HoldState.HELD else self.held_s

    @property
    def in_it(self) -> bool:
        """Whether the pose is held, and not on the way out of it as far as anybody can see."""
        return self.state is HoldState.HELD and self._leaving(SLOWLY_S) == 0.0

    @property
    def span(self) -> tuple[float, float] | None:
        """From when to when the pose was held so far; None while it is not."""
        held = self.state in (HoldState.HELD, HoldState.PAUSED)
        return (self._start_s, self._last_in_s) if held else None

    @property
    def so_far(self) -> Held | None:
        """The hold under way as it stands, what may be the way out left out; None while nothing is held."""
        if self.span is None:
            return None
        start_s, end_s = self.span
        end_s -= self.held_s - self.sure_s
        return Held(start_s, end_s, self.sure_s, tuple(self._pauses), (*self._moved, *self._moving))

    def finish(self) -> Held | None:
        """The end of the recording ends a hold."""
        if self.state is HoldState.HELD:
            self._take_off_leaving()
        held = self._end() if self.state in (HoldState.HELD, HoldState.PAUSED) else None
        self._clear()
        return held

    def _in_pose(self, t: float, still_since: float) -> None:
        if self.state is HoldState.AWAY:
            self.state = HoldState.ENTERING
            self._first_in_s = self._start_s = self._run_start_s = t
        elif self.state is HoldState.PAUSED:
            if not self._returned(t, still_since):
                return
        elif self.state is HoldState.ENTERING:
            arrived_s = min(still_since, self._first_in_s + ARRIVING_S)
            self._start_s = self._run_start_s = max(self._start_s, arrived_s)
            if t - self._start_s >= self._settle_s:
                self.state = HoldState.HELD
        self._last_in_s = t
        if still_since == -inf:
            if self._last_still_s < self._start_s < t <= self._start_s + SLOWLY_S:
                self._moved.append((self._start_s, t))
            self._last_still_s = t
        if self.state is HoldState.HELD:
            self.held_s = self._before_s + t - self._run_start_s

    def _returned(self, t: float, still_since: float) -> bool:
        """Whether who came back holds the pose again.

        After a moment at once, since the model may have lost sight of it.  Later it must last for the time of settling
        again, and then counts since the moving ended: who gets up goes through many a pose.
        """
        first_s = t if self._back is None else self._back.first_in_s
        start_s = first_s if self._back is None else self._back.start_s
        if first_s - self._last_in_s > MOMENT_S:
            start_s = max(start_s, min(still_since, first_s + ARRIVING_S))
            if t - start_s < self._settle_s:
                self._back = _Return(first_s, start_s, t)
                return False
        self._back = None
        self.state = HoldState.HELD
        self._pauses.append((self._last_in_s, start_s))
        self._run_start_s = start_s
        return True

    def _out_of_pose(self, t: float, left: bool, done: bool) -> Held | None:
        if self._back is not None:
            if t - self._back.last_in_s < self._pause_after_s:
                return None
            self._back = None
        away_s = t - self._last_in_s
        if self.state is HoldState.ENTERING and away_s >= self._pause_after_s:
            self._clear()
        if self.state is HoldState.HELD and away_s >= self._pause_after_s:
            self.state = HoldState.PAUSED
            self._take_off_leaving()
            self._before_s = self.held_s
        ends_after_s = self._end_after_s if left else max(self._end_after_s, LOST_S)
        if done and left:
            ends_after_s = min(ends_after_s, ANOTHER_S)
        if self.state is HoldState.PAUSED and away_s >= ends_after_s:
            held = self._end()
            self._clear()
            return held
        return None

    def _take_off_leaving(self) -> None:
        leaving_s = self._leaving_s
        self._moved += self._moving
        self.held_s -= leaving_s
        self._last_in_s -= leaving_s

    @property
    def _leaving_s(self) -> float:
        """The last stretch in the pose, if it was moved through, as far as it is no time held."""
        return self._leaving(LEAVING_S)

    def _leaving(self, most_s: float) -> float:
        leaving_s = self._last_in_s - max(self._last_still_s, self._run_start_s)
        return leaving_s if leaving_s <= most_s else 0.0

    @property
    def _moving(self) -> list[tuple[float, float]]:
        """The last stretch in the pose, if it was moved through, as it is not judged."""
        leaving_s = self._leaving(SLOWLY_S)
        return [(self._last_in_s - leaving_s, self._last_in_s)] if leaving_s > 0 else []

    def _end(self) -> Held | None:
        if self.held_s < self._settle_s:
            return None  # all but a moment of it was the way out: it was moved through
        return Held(self._start_s, self._last_in_s, self.held_s, tuple(self._pauses), tuple(self._moved))
