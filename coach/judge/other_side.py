"""Who was asked for one side and does the other: it is told, and neither kept nor counted."""

from typing import Final

from coach.judge.exercise import Exercise
from coach.judge.lanes import Lanes, is_held, lane_of
from coach.judge.overlooked import Rows
from coach.judge.rep_lane import RepLane
from coach.judge.scene import Scene
from coach.motion import Errors
from coach.pose import Side, other

CLEARLY_S: Final = 3.0  # a pose that is held for so long is meant


class OtherSide:
    """Follows the side that was not asked for.

    asked  the one that was; its lane is looked up in `lanes`, which heed this one
    rows   what was passed over on the side that was asked for: what this side explains is none of it
    """

    def __init__(self, exercise: Exercise, asked: Side, lanes: Lanes, rows: Rows, errors: Errors) -> None:
        self._exercise, self._asked, self._lanes, self._rows = exercise, asked, lanes, rows
        self._lane = lane_of(exercise, other(asked), errors)
        lanes.heed(self._lane)

    def cut(self) -> None:
        """Nothing before this moment continues."""
        self._lane.cut()

    def is_done(self, scene: Scene) -> bool:
        """Whether a repetition of it just ended, or its pose is held."""
        own = self._lanes[self._asked]
        gate = scene.readiness(self._exercise, other(self._asked))
        update = self._lane.step(scene.seen(ready=gate.ready))
        if update.rep is not None:
            self._rows.attempt(update.rep)
        if isinstance(own, RepLane) and isinstance(self._lane, RepLane) and update.rep is not None:
            return update.rep.counted and not own.outdoes(update.rep.start_s, self._lane.went)
        return update.phase == "hold" and update.hold_s >= CLEARLY_S and not is_held(own)
