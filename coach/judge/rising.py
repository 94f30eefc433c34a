"""The signal of a repetition as it is counted: rising toward the target, and from the person's own level."""

from collections import deque
from collections.abc import Callable
from statistics import median

from coach.judge.checks import LASTS_S
from coach.judge.file_movement import Repetition, Small
from coach.judge.phases import RepCounter
from coach.motion import MEASURES, Errors


class Level:
    """Where a signal rests, for one that is told as a change: the median of the last REST_S of time at rest.

    Before KNOWN_S of it nobody knows: until then nothing has changed.

    steady  by how much the signal may change while it becomes known: who is still getting there is not at rest
    within  values among which a rest may lie: a foot on the floor beside the step is no level pelvis
    strays  tells of a change from the level whether it leads away from rest, as the other side's turn does: that
            teaches nothing, unless it stays for STAYS_S and so is where the person rests now
    way     of the signal from rest to the end range: so far away is where the person rests if the level was learnt
            at the end range
    turns   whether the sides take turns: then KNOWN_S of time there, between the one's and the other's, are enough
    """

    REST_S = 4.0
    KNOWN_S = 1.0
    STAYS_S = 4.0
    LEFT_S = LASTS_S
    STEP_S = 0.2  # longest time between two frames that passes: what was not seen was no rest
    PARTS = 5  # of KNOWN_S: too short for a movement, long enough for a median

    def __init__(
        self,
        within: Callable[[float], bool] | None = None,
        strays: Callable[[float], bool] | None = None,
        steady: float = float("inf"),
        way: float = float("inf"),
        turns: bool = False,
    ) -> None:
        self._turns = turns
        self._steady, self._way = steady, way
        self._within, self._strays = within or (lambda _: True), strays or (lambda _: False)
        self._rows: deque[tuple[float, float]] = deque()  # time at rest, value
        self._strayed_s: float | None = None
        self._mistaken_s = 0.0  # of time so far away that the level may have been learnt at the end range
        self._left_s: float | None = None
        self._last_t = -float("inf")
        self.value = 0.0
        self._known = False

    @property
    def strayed(self) -> bool:
        """Whether the last frame lay away from where rest is known to be, and taught nothing."""
        return self._strayed_s is not None

    @property
    def known(self) -> bool:
        """Whether it is known where somebody rests."""
        return self._known

    def step(self, t: float, value: float, *, elsewhere: bool, doubted: bool = False) -> None:
        """A frame at rest, or `elsewhere`: in a place that is not where this exercise rests.

        What is left for a moment only is not left: a leg may be misread while another one passes before it.

        doubted  whether the level may have been learnt at the end range, where the recording began: KNOWN_S so far
                 away from it as `way` is enough then
        """
        if not elsewhere:
            self._left_s = None
            self.rest(t, value, doubted)
            return
        self._left_s = t if self._left_s is None else self._left_s
        if not self._known or t - self._left_s >= self.LEFT_S:
            self.follow(value)

    def rest(self, t: float, value: float, doubted: bool = False) -> None:
        """A frame at rest; time away from it does not pass."""
        if value == value and self._teaches(t, value, doubted):
            rested = self._rows[-1][0] if self._rows else 0.0
            self._rows.append((rested + min(t - self._last_t, self.STEP_S), value))
            while self._rows[0][0] < self._rows[-1][0] - self.REST_S:
                self._rows.popleft()
            self._known = self._known or self._is_steady()
            self.value = median(v for _, v in self._rows) if self._known else value
        self._last_t = t

    def _is_steady(self) -> bool:
        """Whether the last KNOWN_S of time at rest are there, and were rest: nobody lay down, or shifted, meanwhile.

        Who moves reads elsewhere in one part of it than in another; what trembles from frame to frame is the model's.
        """
        since = self._rows[-1][0] - self.KNOWN_S
        if self._rows[0][0] > since:
            return False
        parts: list[list[float]] = [[] for _ in range(self.PARTS)]
        for s, v in self._rows:
            if s >= since:
                parts[min(int(self.PARTS * (s - since) / self.KNOWN_S), self.PARTS - 1)].append(v)
        reads = [median(part) for part in parts if part]
        return max(reads) - min(reads) <= self._steady

    def follow(self, value: float) -> None:
        """A frame in another place: what was learnt before it is forgotten, and nothing has changed from it."""
        if value == value:
            self._forget(value)

    def reset(self) -> None:
        """Nobody knows any more where it rests."""
        self._left_s = None
        self._forget(self.value)

    def _teaches(self, t: float, value: float, doubted: bool) -> bool:
        if not self._within(value):
            if not self._known:
                self._forget(value)
            return False
        if not (self._known and self._strays(value - self.value)):
            self._strayed_s = None
            return True
        if self._strayed_s is None:
            self._strayed_s = t
        mistaken = doubted and abs(value - self.value) > self._way
        if mistaken and self._turns:
            self._mistaken_s += min(t - self._last_t, self.STEP_S)
        enough_s = self.KNOWN_S if mistaken and not self._turns else self.STAYS_S
        if self._mistaken_s >= self.KNOWN_S or t - self._strayed_s >= enough_s:
            self._forget(value)
            return True
        return False

    def _forget(self, value: float) -> None:
        self._rows.clear()
        self._known, self._strayed_s, self._mistaken_s = False, None, 0.0
        self.value = value


def counter_of(rep: Repetition, errors: Errors) -> RepCounter:
    """The counter of a repetition."""
    return RepCounter(
        rep.turn * rep.rest_edge,
        rep.turn * rep.target_edge,
        rep.min_return,
        rep.max_s,
        min(errors.error_of_change(MEASURES[rep.signal], view) for view in rep.views),
        rep.gap_s,
        min(rep.turn * rep.edge_from(view) for view in rep.views),
        rep.min_s,
    )


def counter_of_small(rep: Repetition, small: Small, errors: Errors) -> RepCounter:
    """The counter of movements that are too small for the signal."""
    return RepCounter(
        small.turn * small.rest_edge,
        small.turn * small.target_edge,
        rep.min_return,
        rep.max_s,
        min(errors.error_of_change(MEASURES[small.measure], view) for view in MEASURES[small.measure].views),
        rep.gap_s,
    )


def rising(rep: Repetition, value: float, level: Level | None) -> float:
    """A value of the signal, rising toward the target, and no lower than the far end of rest."""
    if level is not None:
        value -= level.value
    value = max(value, rep.rest_end) if rep.turn > 0 else min(value, rep.rest_end)
    return rep.turn * value


def level_of(rep: Repetition, *, turns: bool = False) -> Level | None:
    """Where a relative signal rests; None for one that is not.

    What lies beyond the far end of rest, where the file tells bounds, or as far away from rest as the target lies on
    its other side, is the other side's movement and no rest.  Without bounds, who moves by as much as from rest to
    target is still getting there.
    """
    if not rep.relative:
        return None
    bounds, way = rep.level, abs(rep.target_edge - rep.rest_edge)
    turn = rep.turn
    far = -way if bounds is None else turn * rep.rest_end

    def strays(change: float) -> bool:
        return turn * change < far

    if bounds is None:
        return Level(strays=strays, steady=way, way=way, turns=turns)
    return Level(lambda value: bounds.outside(value) <= 0, strays, way=way, turns=turns)
