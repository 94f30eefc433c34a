"""Who else is there, asked beside the pose model: a look takes as long as two frames, and nobody waits for it."""

from concurrent.futures import Future, ThreadPoolExecutor

from coach.pose import Image, PoseFrame, Sentry


class SentryThread:
    """A sentry in a thread of its own; what it saw is told with one of the next frames."""

    def __init__(self, sentry: Sentry) -> None:
        self._sentry = sentry
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="coach-live-lookout")
        self._look: Future[list[PoseFrame] | None] | None = None

    def look_if_due(self, image: Image, t: float) -> list[PoseFrame] | None:
        """Everybody in a picture of a moment ago, when somebody has just looked; else None."""
        people = None
        if self._look is not None:
            if not self._look.done():
                return None
            people = self._look.result()
        self._look = self._pool.submit(self._sentry.look_if_due, image, t)
        return people

    def close(self) -> None:
        """Wait for a look under way, and close the sentry on its thread."""
        self._pool.submit(self._sentry.close).result()
        self._pool.shutdown()
