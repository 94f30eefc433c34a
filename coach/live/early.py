"""Who begins the next set before the rest is over: what they did counts."""

from collections import deque
from typing import Final

from coach.judge import Feedback
from coach.live.lasting import lasted, since
from coach.live.progress import is_moving
from coach.pose import PoseFrame

IN_A_ROW: Final = 2  # repetitions, by which it is told from sitting down once, or picking up a bottle
LATELY_S: Final = 5.0  # ago: one that is going on, or over, as the rest ends is the beginning of the set
APART_S: Final = 10.0  # after one with nothing more, it was none of a set
BEFORE_S: Final = 2.0  # of rest before the first of them


class Early:
    """Watches a rest for the next set.

    wanted  repetitions of a set
    frames  those that may be the next set's, and what was made of them: from a moment before somebody moved
    """

    def __init__(self, wanted: int) -> None:
        self.frames: deque[tuple[PoseFrame, Feedback]] = deque()
        self._enough = min(IN_A_ROW, wanted)
        self._counted, self._ended_s = 0, 0.0  # repetitions, and the end of the last
        self._moving_since: float | None = None

    def take(self, frame: PoseFrame, feedback: Feedback) -> None:
        """Take the next frame of the rest."""
        self.frames.append((frame, feedback))
        self._moving_since = since(self._moving_since, frame.t, is_moving(feedback))
        if feedback.rep is not None and feedback.rep.counted:
            self._counted, self._ended_s = self._counted + 1, feedback.rep.end_s
        if not self._counted and self._moving_since is None:
            while self.frames[0][0].t < frame.t - BEFORE_S:
                self.frames.popleft()

    @property
    def has_begun(self) -> bool:
        """Whether this is no rest any more."""
        return self._counted >= self._enough

    def goes_on(self, t: float) -> bool:
        """Whether somebody who has begun a moment ago goes on at `t`, as the rest ends."""
        if self._counted and t - self._ended_s <= LATELY_S:
            return True
        return self._moving_since is not None and lasted(self._moving_since, t) <= LATELY_S

    def was_none(self, t: float) -> bool:
        """Whether what counted is so long ago at `t` that it was no beginning."""
        return self._counted > 0 and self._moving_since is None and t - self._ended_s > APART_S
