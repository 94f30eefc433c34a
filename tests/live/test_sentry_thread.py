"""A look at who is there takes long, and no frame waits for it."""

from threading import Event
from threading import enumerate as threads

import numpy as np

from coach.live.sentry_thread import SentryThread
from coach.pose import Image, PoseFrame, Sentry
from tests.skeletons import standing

PICTURE: Image = np.zeros((48, 64, 3), np.uint8)
PATIENCE_S = 5.0


class SlowScout:
    """Looks only when it is let."""

    def __init__(self) -> None:
        self.let, self.closed = Event(), False

    def look(self, image: Image, t: float) -> list[PoseFrame]:
        assert self.let.wait(PATIENCE_S)
        return [standing(t=t)]

    def close(self) -> None:
        self.closed = True


def test_frames_go_on_while_somebody_looks() -> None:
    scout = SlowScout()
    watch = SentryThread(Sentry(lambda: scout))
    assert [watch.look_if_due(PICTURE, i / 30) for i in range(10)] == [None] * 10
    scout.let.set()
    look = watch._look
    assert look is not None and look.result(PATIENCE_S) is not None
    people = watch.look_if_due(PICTURE, 0.4)
    assert people is not None and people[0].t == 0.0
    watch.close()
    assert scout.closed and not [t for t in threads() if t.name.startswith("coach-live-lookout")]


def test_closing_before_the_first_look_is_fine() -> None:
    SentryThread(Sentry(SlowScout)).close()
