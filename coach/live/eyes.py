"""From a picture to the person who exercises: light, who is there, the pose; and whether the machine keeps up."""

import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from statistics import median
from typing import Final

from coach.judge import Exercise, likeness
from coach.live.sentry_thread import SentryThread
from coach.live.settings import asked_model
from coach.pose import (
    Frozen,
    Image,
    Lamp,
    MediaPipeEstimator,
    ModelName,
    PersonLock,
    PoseEstimator,
    PoseFrame,
    Scout,
    Sentry,
    give_back,
    nobody_in,
    on_one_thread,
)
from coach.pose.person import Lookout

WARM: Final = 10  # the first frames of a model take longer
ENOUGH: Final = 45
SLOW_S: Final = 0.055  # a frame: below 18 a second, lite does more good than full


class Eyes:
    """Owns the pose model of one connection; everything on one thread, closed on the same.

    make     loads a pose model by its name
    quicker  whether the model was changed for the quicker one, since the machine did not keep up
    """

    def __init__(
        self,
        exercise: Exercise,
        model: ModelName,
        clock: Callable[[], float] = time.perf_counter,
        make: Callable[[ModelName], PoseEstimator] = MediaPipeEstimator,
        scout: Callable[[], Lookout] = Scout,
    ) -> None:
        on_one_thread()
        self._clock, self._make = clock, make
        self.model = model
        self.quicker = False
        like = likeness(exercise)
        self._lamp, self._sentry, self._frozen = Lamp(), SentryThread(Sentry(scout, like)), Frozen()
        self._lock = PersonLock(make(model), likeness=like)
        self._took: deque[float] = deque(maxlen=ENOUGH)
        self._frames = 0

    def see(self, image: Image, t: float) -> PoseFrame:
        """The landmarks of the one who exercises, in an RGB picture (h, w, 3) at `t` seconds."""
        if self._frozen.step(image, t):
            return nobody_in(image, t)
        lit = self._lamp.step(image, t)
        people = self._sentry.look_if_due(lit.image, t)
        begun = self._clock()
        frame = self._lock.estimate(lit.image, t, people)
        self._keep_up(self._clock() - begun)
        return replace(frame, light=lit.light)

    def _keep_up(self, took_s: float) -> None:
        self._frames += 1
        if self._frames <= WARM or self.model == "lite" or asked_model() == self.model:
            return
        self._took.append(took_s)
        if len(self._took) == ENOUGH and median(self._took) > SLOW_S:
            self._lock.change(self._make("lite"))  # who it is stays known
            self.model, self.quicker = "lite", True

    def close(self) -> None:
        """Free memory and threads."""
        with ExitStack() as each:  # one that fails keeps none of the others
            for close in (give_back, self._sentry.close, self._lock.close):
                each.callback(close)
