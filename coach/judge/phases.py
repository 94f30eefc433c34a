"""Counting: a state machine on ``(t, value)`` that finds one repetition after the other.

The value rises from rest toward the end range (the caller turns it round where it falls).  Rest is learnt
from the person within the bounds of the exercise's file.  Everything is told in seconds and in shares of
the way from rest to target, so neither the frame rate nor the person's size matters.

    unknown ──(seen at rest, or little past it)──► rest ──(leaves)──► moving ──(comes back)──► rest

What it is not: a judge.  It says that something was tried, where it began, peaked and ended.
"""

from collections import deque
from dataclasses import dataclass, replace
from enum import Enum
from math import isnan
from typing import Final, Literal

from coach.judge.stillness import LEARN_S, UNSTEADY, trembling


class State(Enum):
    """Where in a repetition the person is."""

    UNKNOWN = "unknown"
    REST = "rest"
    MOVING = "moving"
    SETTLING = "settling"  # back far enough, not yet at rest


LEAVE: Final = 0.25  # share of the way that is no longer rest
TOUCH: Final = 0.08  # share of the way that still is where the movement began
ATTEMPT: Final = 0.3  # share of the way from which it was an attempt and no fidgeting
SHIFT: Final = 0.35  # share of the way up to which staying there is a shift of posture
TURN: Final = 0.2  # share of the way that shows a turn while settling
GAP_S: Final = 0.8  # longest time unseen that is bridged
STEP: Final = 0.02  # share of the way that is a clear step
CREEP: Final = 0.15  # share of the signal's error: what creeps back slower than that stays where it is
TURN_AWAY: Final = 0.3  # share of the whole movement that shows a turn short of rest
STILL_S: Final = 0.2  # no clear step back for so long, and as far back as where it began: at rest
ARRIVED_S: Final = 0.1  # the same, where no more is seen: who is on the way steps further back within it
SETTLE_S: Final = 0.6  # no further back for so long, and about at rest: this is where the person rests now
SURE_S: Final = 0.4  # for so long all that the file tells of rest is seen: at rest
STALL_S: Final = 2.0  # still for so long, short of rest or within the file's bounds of it, is a new rest
NEARER: Final = 0.5  # share of the way between the ranges of rest and target that is nearer to rest
AGAIN: Final = 0.4  # share of the whole movement down, and up again, from which that is the next one
MISSED: Final = 0.4  # a movement found under way counts when less than this share of it was missed
REST_WINDOW_S: Final = 2.0  # of rest, in which its level is learnt and a movement may have begun

Ending = Literal["returned", "joined_late", "lost", "too_long", "unfinished"]


@dataclass(frozen=True, slots=True)
class Sweep:
    """One movement away from rest and back: times in seconds, values in the signal's unit (rising).

    base is the value it began from, peak the furthest value that lasted two samples, low the value at the end;
    home whether the other conditions of rest were met on the way back; arrived whether its end was seen, and not only
    most of the way back; halted_s the end of a halt on it, short of rest, from which it went on, None: there was none.
    """

    start_s: float
    peak_s: float
    end_s: float
    base: float
    peak: float
    low: float
    ending: Ending
    home: bool
    halted_s: float | None = None
    arrived: bool = True


class RepCounter:
    """Finds sweeps in a rising signal.

    rest_edge    the end of the rest range that faces the target; a learnt rest lies below it
    target_edge  where the target range begins
    min_return   share of the way back that ends a repetition
    noise        error of the signal: a change smaller than it is neither a leaving nor a turn
    gap_s        longest time unseen that is bridged
    reached      where the target range begins from the view from which it seems nearest; None: the same from all
    min_s        what is shorter is no movement of its own, and who seems to go again after it has not been back

    >>> counter = RepCounter(rest_edge=0.2, target_edge=1.0)
    >>> wave = [0.0] * 10 + [0.5, 1.0, 1.1, 1.1, 1.0, 0.5] + [0.0] * 10
    >>> [s.peak for i, v in enumerate(wave) if (s := counter.step(i / 10, v))]
    [1.1]
    """

    def __init__(
        self,
        rest_edge: float,
        target_edge: float,
        min_return: float = 0.8,
        max_s: float = 60.0,
        noise: float = 0.0,
        gap_s: float = GAP_S,
        reached: float | None = None,
        min_s: float = 0.0,
    ) -> None:
        self._rest_edge, self._target = rest_edge, target_edge
        self._reached, self._min_s = target_edge if reached is None else reached, min_s
        self._min_return, self._max_s, self._noise = min_return, max_s, noise
        self._gap_s = gap_s
        self.restart()

    def restart(self) -> None:
        """Forget where the person is, after a cut or a long gap; the learnt rest is kept by nobody."""
        self.state = State.UNKNOWN
        self.rest = self._rest_edge
        self._recent: deque[tuple[float, float]] = deque()  # samples at rest, for its level and the start
        self._low = self._rest_edge
        # Whether the movement under way began where the one before it went no further back.
        self._short = False
        self._joined: float | None = None  # value at which a movement under way was first seen
        # Whether the movement under way was told already, or found at its end range: the next begins at rest.
        self._over = False
        self._last_t: float | None = None
        self._previous = float("nan")
        self._lately: deque[tuple[float, float]] = deque()  # all that was seen in LEARN_S
        self._start_s = self._peak_s = self._base = self._peak = 0.0
        self._far = (0.0, 0.0)  # (t, value) of the last progress
        self._anchor = (0.0, float("inf"))  # (t, value) from which there was no clear motion
        self._back = (0.0, 0.0)  # (t, value) of the lowest point since the peak
        self._dip = 0.0  # the lowest value since the peak that lasted two samples
        self._home_s: float | None = None
        self._sure_s: float | None = None  # since when all that the file tells of rest is seen
        self._lower = (0.0, 0.0)  # (t, value) of the last clear step back
        self._halted_s: float | None = None  # until when the last halt on the way back lasted

    @property
    def moving(self) -> bool:
        """Whether a movement is under way."""
        return self.state in (State.MOVING, State.SETTLING)

    @property
    def start_s(self) -> float:
        """When the movement under way began."""
        return self._start_s

    @property
    def peak(self) -> float:
        """The furthest lasting value of the movement under way."""
        return self._peak

    @property
    def _span(self) -> float:
        """The way from rest to target, of which the thresholds are shares; never so short that noise passes them."""
        return max(self._target - self.rest, self._noise / min(LEAVE, TURN))

    def progress(self, x: float) -> float:
        """Share of the way from rest to target: 0 at rest, 1 at the target's edge."""
        return (x - self.rest) / (self._target - self.rest)

    def step(
        self,
        t: float,
        x: float,
        home: bool = True,
        sure: bool = False,
        told: bool = False,
        steady: bool = True,
    ) -> Sweep | None:
        """Take a sample; NaN is a moment unseen.  Gives a sweep on the sample that ends it.

        home: whether all else that belongs to rest is met; while it is not, a way back is waited out
        sure: whether there is such else, and it is seen to be met: this is rest, if the signal is anywhere near it
        told: whether the movement under way is known to be one, and no shift of posture, as what was said of it says
        steady: whether who goes back and comes again is this one: not where the legs are mixed up, or take turns
        """
        if isnan(x):
            return self._unseen(t)
        if self._last_t is not None and t - self._last_t > self._gap_s:
            lost = self._unseen(t)
            if lost is not None:
                return lost
        self._last_t = t
        # A spike of one sample is no movement: what counts is the nearer to rest of two in a row, on the way back
        # the further.
        before = x if isnan(self._previous) else self._previous
        self._previous = x
        self._lately.append((t, x))
        while self._lately[0][0] < t - LEARN_S:
            self._lately.popleft()
        if self.state is State.UNKNOWN:
            self._find(t, x, before)
            return None
        if self.state is State.REST:
            self._leave(t, x, before)
            return None
        if steady and self._goes_again(min(x, before)):
            return self._next(t, x, before)
        return self._move(t, x, before, home, sure, told)

    def finish(self) -> Sweep | None:
        """The end of the recording: a movement back far enough is done, any other stays unfinished."""
        if self.state is State.SETTLING:
            return self._last_seen()
        if self.state is State.MOVING and self._last_t is not None:
            return self._end(self._last_t, self._previous, "unfinished")
        return None

    def _unseen(self, t: float) -> Sweep | None:
        if self._last_t is None or t - self._last_t <= self._gap_s:
            return None
        sweep = None
        if self.state is State.SETTLING:
            sweep = self._last_seen()
        elif self.state is State.MOVING:
            sweep = self._end(self._last_t, self._previous, "lost")
        self.restart()
        return sweep

    def _last_seen(self) -> Sweep:
        """A movement back far enough, of which no more is seen: whether it was at its end, or still on the way."""
        still = (self._last_t or 0.0) - self._lower[0] > ARRIVED_S
        return replace(self._end(*self._back, "returned"), arrived=still)

    def cut(self) -> Sweep | None:
        """What comes next does not continue this: a movement under way is lost, however far back it was."""
        sweep = None
        if self.moving and self._last_t is not None:
            sweep = self._end(self._last_t, self._previous, "lost")
        self.restart()
        return sweep

    def _find(self, t: float, x: float, before: float) -> None:
        """First sight: at rest, or on the way out; how much was missed is asked at the end.

        Who is found at the end range is on no way out: the first movement is the one after they were back.
        """
        if x <= self._rest_edge or (self._over and self._rests(t, x)):
            self._to_rest(t, x)
        elif min(x, before) >= self._target:
            self._over = True
        elif x < self._target and not self._over:
            self._to_rest(t, x)
            self._low = self._rest_edge
            self._joined = x

    def _rests(self, t: float, x: float) -> bool:
        """Whether somebody stays a little past the file's rest, where some people rest."""
        if abs(x - self._anchor[1]) > max(TOUCH * self._span, self._noise):
            self._anchor = (t, x)
        near = self._rest_edge + NEARER * (self._target - self._rest_edge)
        return x <= near and t - self._anchor[0] > STALL_S

    def _to_rest(self, t: float, x: float) -> None:
        self.state = State.REST
        self._short = self._short and x > self._rest_edge
        self._low = x
        self._joined = None
        self._over = False
        self._recent = deque([(t, x)])
        self.rest = min(x, self._rest_edge)

    def _leave(self, t: float, x: float, before: float) -> None:
        steady = min(x, before)
        self._recent.append((t, x))
        while self._recent[0][0] < t - REST_WINDOW_S:
            self._recent.popleft()
        if max(x, before) <= self._rest_edge:
            self._joined = None  # found on the way back, and back since: the next movement is seen whole
            self._short = False
        span = self._span
        if steady - self._low <= LEAVE * span:
            self._low = min(self._low, x)
            self._learn(t)
            return
        self.state = State.MOVING
        self._base = self._low
        self._start_s = next(
            (s for s, v in reversed(self._recent) if v <= self._low + TOUCH * span),
            self._recent[0][0],
        )
        self._peak, self._peak_s = steady, t
        self._far = self._back = self._lower = self._anchor = (t, steady)
        self._dip = steady
        self._home_s = self._sure_s = self._halted_s = None

    def _learn(self, t: float) -> None:
        """Rest is the median of the quiet samples, within the file's bounds."""
        values = sorted(v for _, v in self._recent)
        median = values[len(values) // 2]
        self.rest = min(median, self._rest_edge)
        # After a pause in a new place, `low` follows up to it: nothing is begun by having drifted.
        if t - self._recent[0][0] > 0.8 * REST_WINDOW_S:
            self._low = max(self._low, values[len(values) // 10])
            self._short = False

    def _move(self, t: float, x: float, before: float, home: bool, sure: bool, told: bool) -> Sweep | None:
        steady = min(x, before)
        if abs(x - self._anchor[1]) > max(TOUCH * self._span, self._noise):
            self._anchor = (t, x)
        rest_to = self._rest_edge + (NEARER * (self._target - self._rest_edge) if sure else 0.0)
        resting = x <= rest_to and t - self._anchor[0] > STALL_S
        if resting and self._peak <= self._rest_edge and not told:
            self._to_rest(t, x)  # from one rest to another, and never out of it: nothing was tried
            return None
        if steady > self._peak:
            if steady > self._far[1] + STEP * (self._target - self.rest):
                self._far = (t, steady)
            self._peak, self._peak_s = steady, t
            self._back = self._lower = (t, x)
            self._dip = max(x, before)
            self._home_s = self._halted_s = None
            self.state = State.MOVING
            return None
        self._dip = min(self._dip, max(x, before))
        if home and self._home_s is None and self.state is State.SETTLING:
            self._home_s = t
        if x < self._back[1]:
            self._back = (t, x)
            if x < self._lower[1] - max(STEP * (self._target - self.rest), CREEP * self._noise):
                self._lower = (t, x)
        if t - self._start_s > self._max_s:
            return self._stop(t, "too_long")
        way = self._peak - self._base
        span = self._span
        near_rest = self._peak - self._min_return * way
        if not (sure and max(x, before) <= self._rest_edge and self._peak >= self._target):
            self._sure_s = None
        elif self._sure_s is None:
            self._sure_s = t
        elif t - self._sure_s >= SURE_S:  # rest as the file has it, wherever it was that the movement began
            near_rest = max(near_rest, self._rest_edge)
        if self.state is State.MOVING:
            if max(x, before) <= near_rest or resting:
                self.state = State.SETTLING
                self._home_s = t if home else None
            elif self._stalled(t, span) and not told:
                self._to_rest(t, x)
            elif before <= near_rest:  # a spike: the way back has not begun
                self._back = self._lower = (t, x)
            return None
        # Not home yet, a small turn is only the hip's wobble on its way up.
        wobble = TURN * span if self._home_s is not None else TURN_AWAY * way
        turned = x > self._back[1] + wobble and x > self._back[1] + min(self._trembles(), TURN_AWAY * way)
        still = t - self._lower[0] > STILL_S
        settled = home and still and x <= self._base + TOUCH * span
        # Who is careful halts on the way back, and goes on: short of where it began the end is not yet there.
        short = self._back[1] > self._base + max(TOUCH * span, self._noise)
        waited_s = t - self._lower[0]
        if short and waited_s > SETTLE_S:
            self._halted_s = t
        if turned or settled or waited_s > (STALL_S if short else SETTLE_S):
            sweep = self._end(*self._back, "returned")
            self._to_rest(*self._back)
            self._low = self._back[1]
            return sweep
        return None

    def _trembles(self) -> float:
        """By how much the signal may change from sample to sample though nobody turned."""
        return UNSTEADY * trembling([x for _, x in self._lately])

    def _goes_again(self, steady: float) -> bool:
        """Whether somebody who came to the end range goes there again, without having come all the way back."""
        least = AGAIN * (self._peak - self._base)
        return (
            self.state is State.MOVING
            and self._back[0] - self._start_s >= self._min_s
            and self._peak >= self._reached
            and self._peak - self._dip >= least
            and steady - self._dip >= least
        )

    def _next(self, t: float, x: float, before: float) -> Sweep:
        """The movement under way ended where it went no further back, and the next one has begun there."""
        (low_s, low), self._home_s = self._back, None
        sweep = self._end(low_s, low, "returned")
        self._to_rest(low_s, low)
        self._short = low > self._rest_edge
        self._leave(t, x, before)
        return sweep

    def _stalled(self, t: float, span: float) -> bool:
        """Little past rest and no further for a while: a shift of posture, not a repetition."""
        small = self._peak - self._base < SHIFT * span
        return small and t - self._far[0] > STALL_S

    def _stop(self, t: float, ending: Ending) -> Sweep:
        sweep = self._end(t, self._previous, ending)
        self.restart()
        self._over = True
        return sweep

    def _end(self, t: float, low: float, ending: Ending) -> Sweep:
        if ending == "returned" and self._joined is not None:
            missed = (self._joined - self._base) / max(self._peak - self._base, 1e-9)
            ending = "joined_late" if missed > MISSED else ending
        home = self._home_s is not None and not (self._short and low > self._rest_edge)
        end_s = max(t, self._home_s) if self._home_s is not None else t
        halted_s = self._halted_s if self._halted_s is not None and self._lower[0] > self._halted_s else None
        return Sweep(self._start_s, self._peak_s, end_s, self._base, self._peak, low, ending, home, halted_s)
