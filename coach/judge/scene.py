"""A frame as the engine takes it: which joints are believed, where the body is, and from where it is seen."""

from dataclasses import dataclass

import numpy as np

from coach.judge.belief import Belief
from coach.judge.exercise import Exercise
from coach.judge.lane import Seen
from coach.judge.readiness import Readiness, readiness
from coach.motion import Body, Observer, Situation
from coach.pose import PoseFrame, Side


@dataclass(frozen=True, slots=True)
class Scene:
    """A frame, the body in it, and its situation."""

    frame: PoseFrame
    body: Body
    situation: Situation

    def readiness(self, exercise: Exercise, side: Side) -> Readiness:
        """Whether it can be judged; `side` is the side that is measured."""
        return readiness(exercise, self.frame, self.body, self.situation, side)

    def seen(self, *, ready: bool, elsewhere: bool = False) -> Seen:
        """The frame as a lane gets it."""
        return Seen(self.frame, self.body, self.situation, ready, elsewhere)


class Onlooker:
    """Makes a scene of each frame of a set; what it knows of earlier ones is forgotten at a cut."""

    def __init__(self, exercise: Exercise) -> None:
        # Of repetitions of one side the other leg is watched as well: if it wavers it shall not seem to have tried.
        wavers = exercise.hold is not None or exercise.sides != "each"
        self._belief = Belief(exercise.seen) if wavers else None
        self._observer = Observer()

    def cut(self) -> None:
        """Nothing before this moment continues."""
        if self._belief is not None:
            self._belief.reset()
        self._observer.reset()

    def step(self, frame: PoseFrame) -> Scene:
        """Take the next frame."""
        if self._belief is not None:
            frame = self._belief.step(frame)
        body = Body.of(_within_picture(frame))
        return Scene(frame, body, self._observer.step(frame.t, body))


def _within_picture(frame: PoseFrame) -> PoseFrame:
    """The frame without the places of joints that lie outside the picture: the model draws them, and saw nothing."""
    inside = np.asarray(((frame.xy >= 0) & (frame.xy <= frame.size)).all(axis=1))
    return frame if inside.all() else frame.with_xy(np.where(inside[:, None], frame.xy, np.nan))
