"""A repetition as a moving skeleton: enough to look at it again, and no picture of anybody."""

from array import array
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Final, TypeAlias

from coach.judge import Feedback, HeldPose, Judgement, Rep
from coach.pose import PoseFrame

EVERY_S: Final = 0.1
KEEP_S: Final = 20.0  # before something ended: the start of a longer one is left out
AROUND_S: Final = 0.3
MISSING: Final = -1
GRID: Final = 1000  # places are told in thousandths of the picture's height
FARTHEST: Final = 32_000  # in both directions: far outside the picture

Places: TypeAlias = "array[int]"  # of 16 bits each: in a set of half an hour they are many


@dataclass(frozen=True, slots=True)
class Replay:
    """One repetition or hold.

    t       seconds from its first frame
    places  a frame each: x, y of the 33 landmarks one after the other, in thousandths of the picture's height;
            -1, -1: not seen
    width   of the picture, in the same unit
    """

    t: tuple[float, ...]
    places: tuple[Places, ...]
    width: int


class Recorder:
    """Keeps the last seconds, and hands out what belongs to a repetition when it ends."""

    def __init__(self) -> None:
        self._frames: deque[tuple[float, Places, int]] = deque()
        self._next = -float("inf")
        self.replays: list[tuple[Rep | HeldPose, Replay]] = []

    def take(self, frame: PoseFrame, feedback: Feedback) -> None:
        """Take a frame after it was judged."""
        if frame.t >= self._next:
            self._next = frame.t + EVERY_S
            width, height = frame.size
            self._frames.append((frame.t, places_of(frame), round(GRID * width / height)))
            while self._frames[0][0] < frame.t - KEEP_S:
                self._frames.popleft()
        for part in (feedback.rep, feedback.held):
            if part is not None:
                self.replays.append((part, self._cut_out(part)))

    def complete(self, parts: Iterable[Rep | HeldPose]) -> tuple[tuple[Rep | HeldPose, Replay], ...]:
        """The replays of these parts: those that ended with the set are cut out now."""
        known = {part.start_s: replay for part, replay in self.replays}
        return tuple((part, known.get(part.start_s) or self._cut_out(part)) for part in parts)

    def _cut_out(self, part: Rep | HeldPose) -> Replay:
        start, end = part.start_s - AROUND_S, part.end_s + AROUND_S
        rows = [row for row in self._frames if start <= row[0] <= end]
        if not any(part.start_s <= row[0] <= part.end_s for row in rows):
            rows = []  # it was before the first frame that is kept
        first = rows[0][0] if rows else 0.0
        times = tuple(round(t - first, 2) for t, _, _ in rows)
        return Replay(times, tuple(places for _, places, _ in rows), rows[0][2] if rows else GRID)


def places_of(frame: PoseFrame) -> Places:
    """x, y of each landmark in thousandths of the picture's height; -1, -1 where it was not seen."""
    scale = GRID / frame.size[1]
    flat = array("h")
    for x, y in frame.xy.tolist():
        seen = isfinite(x) and isfinite(y)
        flat.extend((_place(x * scale), _place(y * scale)) if seen else (MISSING, MISSING))
    return flat


def _place(value: float) -> int:
    return max(-FARTHEST, min(FARTHEST, round(value)))


def rank(part: Rep | HeldPose) -> tuple[bool, int, int]:
    """How good a repetition was, the best greatest: counted, few faults, few that could not be told."""
    verdicts = [verdict.verdict for verdict in part.verdicts.values()]
    return part.counted, -verdicts.count(Judgement.FAULT), -verdicts.count(Judgement.UNSURE)
