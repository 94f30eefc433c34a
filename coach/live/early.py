"""Who begins the next set before the rest is over: what they did counts."""

from collections.abc import Iterator
from typing import Final

from coach.judge import Feedback
from coach.pose import PoseFrame

MOVING: Final = ("out", "peak", "back")
IN_A_ROW: Final = 2  # repetitions, by which it is told from sitting down once, or picking up a bottle
LATELY_S: Final = 5.0  # ago: one that is going on, or over, as the rest ends is the beginning of the set
APART_S: Final = 10.0  # after one with nothing more, it was none of a set
BEFORE_S: Final = 2.0  # of rest before the first of them


class Early:
    """The frames of a rest and what was made of them, until it is known whether they are the next set's.

    wanted  repetitions of a set
    """

    def __init__(self, wanted: int) -> None:
        self._enough = min(IN_A_ROW, wanted)
        self._seen: list[tuple[PoseFrame, Feedback]] = []
        self._counted: list[tuple[float, float]] = []  # (start_s, end_s)
        self._moving_s: float | None = None  # since when a movement is under way

    def take(self, frame: PoseFrame, feedback: Feedback) -> None:
        """Take the next frame of the rest."""
        self._seen.append((frame, feedback))
        moving = feedback.ready and feedback.phase in MOVING
        self._moving_s = (self._moving_s if self._moving_s is not None else frame.t) if moving else None
        if feedback.rep is not None and feedback.rep.counted:
            self._counted.append((feedback.rep.start_s, feedback.rep.end_s))

    @property
    def has_begun(self) -> bool:
        """Whether this is no rest any more."""
        return len(self._counted) >= self._enough

    def goes_on(self, t: float) -> bool:
        """Whether somebody who has begun a moment ago goes on at `t`, as the rest ends."""
        counted = bool(self._counted) and t - self._counted[-1][1] <= LATELY_S
        return counted or (self._moving_s is not None and t - self._moving_s <= LATELY_S)

    def was_none(self, t: float) -> bool:
        """Whether what counted is so long ago at `t` that it was no beginning."""
        return bool(self._counted) and self._moving_s is None and t - self._counted[-1][1] > APART_S

    def of_the_set(self) -> Iterator[tuple[PoseFrame, Feedback]]:
        """The frames that belong to the set, from a moment before its first repetition."""
        began_s = self._counted[0][0] if self._counted else self._moving_s
        for frame, feedback in self._seen:
            if began_s is not None and frame.t >= began_s - BEFORE_S:
                yield frame, feedback
