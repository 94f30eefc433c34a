"""How much of a dose is done, side by side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Final, Literal, Self

from coach.judge import Feedback, HeldPose, Rep
from coach.judge.prompts import WORTH_TELLING_S
from coach.judge.results import SidedOrBoth
from coach.live.settings import LiveSettings
from coach.pose import Side, other

Begins = Literal["", "new", "again"]
MOVING: Final = ("out", "peak", "back", "hold")


def is_moving(feedback: Feedback) -> bool:
    """Whether somebody is seen in a repetition or a hold."""
    return feedback.ready and feedback.phase in MOVING


def side_of(feedback: Feedback) -> SidedOrBoth:
    """The side of what ended on this frame, which need not be the one that is shown; else that one."""
    part = feedback.rep or feedback.held
    return feedback.side if part is None else part.side


@dataclass(slots=True)
class SecondsLeft:
    """Whole seconds that are left of a hold.  They never grow while it lasts, though what was moved through on the way
    out of the pose is taken off the time held.

    of_s  how long it is to be held
    """

    of_s: float
    _least: int | None = None
    _side: str = ""

    def take(self, feedback: Feedback) -> int | None:
        """After the next frame; None while nothing is held."""
        if feedback.hold_s <= 0 or feedback.side != self._side:
            self._least, self._side = None, feedback.side
        if feedback.hold_s <= 0:
            return None
        left = max(0, ceil(self.of_s - feedback.hold_s - 1e-6))
        self._least = left if self._least is None else min(left, self._least)
        return self._least


@dataclass(slots=True)
class Beginnings:
    """Holds as they begin: the first, or another one after one that was broken off."""

    _side: str = ""  # of the hold under way
    _broken_off: set[str] = field(default_factory=set)  # sides whose last hold did not get its time

    def take(self, feedback: Feedback) -> Begins:
        """What begins on this frame, if anything does; `again` after one of that side that was broken off."""
        held = feedback.held
        if held is not None:
            broken_off = not held.counted and held.held_s >= WORTH_TELLING_S
            (self._broken_off.add if broken_off else self._broken_off.discard)(held.side)
        over = (
            held is None or held.side == self._side
        )  # the frame on which one side's hold ends shows that side
        if feedback.hold_s <= 0 and over:
            self._side = ""
        if feedback.phase != "hold" or feedback.side == self._side:
            return ""
        self._side = feedback.side
        if feedback.hold_s >= WORTH_TELLING_S:
            return ""  # the other leg was taken for it for a moment
        return "again" if self._side in self._broken_off else "new"


@dataclass(slots=True)
class Progress:
    """Counts what counted toward one set's dose; a hold counts when its time is reached, not when it is left."""

    settings: LiveSettings
    done: Counter[str] = field(default_factory=Counter)
    _holding: set[str] = field(default_factory=set)  # the sides whose present hold is counted already

    @classmethod
    def of(cls, settings: LiveSettings, earlier: Iterable[Rep | HeldPose]) -> Self:
        """With what counted already."""
        return cls(settings, Counter(part.side for part in earlier if part.counted))

    def take(self, feedback: Feedback) -> bool:
        """Take what ended on this frame; whether a side, or the whole, was completed by it."""
        side = side_of(feedback)
        before = self.complete(side)
        part = feedback.rep
        if part is not None and part.counted:
            self.done[part.side] += 1
        self._take_hold(feedback)
        return self.complete(side) and not before

    def _take_hold(self, feedback: Feedback) -> None:
        held = feedback.held
        side = feedback.side if held is None else held.side
        reached = feedback.reached if held is None else held.counted
        if reached and side not in self._holding:
            self._holding.add(side)
            self.done[side] += 1
        if held is not None or not reached:
            self._holding.discard(side)

    @property
    def wanted(self) -> int:
        """Repetitions or holds, a side where sides are told apart."""
        return self.settings.dose.reps or 1

    def count(self, side: str) -> int:
        """What is done of the dose that `side` belongs to."""
        return self.done[side] if self.settings.sides else self.done.total()

    def complete(self, side: str) -> bool:
        """Whether the dose of this side is done."""
        return self.count(side) >= self.wanted

    @property
    def all_done(self) -> bool:
        """Whether nothing is left to do."""
        sides = self.settings.sides
        return all(self.complete(side) for side in sides) if sides else self.complete("")

    def side_left(self, side: Side) -> Side | None:
        """The other side, when this one is done and that one is not."""
        if other(side) in self.settings.sides and self.complete(side) and not self.complete(other(side)):
            return other(side)
        return None
