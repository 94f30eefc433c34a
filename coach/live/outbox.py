"""One thing after the other on a thread of its own: nobody waits for a disk or a server that does not answer."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from coach.errors import CoachError
from coach.records.problems import NotYours

log = logging.getLogger("coach")
AGAIN_S: Final = 10.0
UNKNOWN: Final = CoachError("Something could not be kept.")


class Outbox:
    """What fails with a CoachError is tried again after a while, when the next thing comes, or `try_again` is called.

    Nothing is done before what was put before it is done, or was given up.  What is not there, or not there any longer
    (NotYours), will not be there later either.
    again_s  how long a while is
    """

    def __init__(self, name: str, again_s: float = AGAIN_S) -> None:
        self._name, self._again_s = name, again_s
        self._todo: deque[tuple[Callable[[], object], bool]] = deque()
        self._changed = threading.Condition()
        self._there = False  # a thread, until nothing is left
        self._waiting = False  # it does, until the while is over
        self._lost: CoachError | None = None
        self._held_up: CoachError | None = None

    @property
    def problem(self) -> CoachError | None:
        """Why something was given up, or is not done yet; None while all is well."""
        return self._lost or self._held_up

    def put(self, do: Callable[[], object], again: bool = True) -> None:
        """Have it done.  again: whether it may be tried again when it fails."""
        with self._changed:
            self._todo.append((do, again))
            self._work_on()

    def try_again(self) -> None:
        """Go on with what is left."""
        with self._changed:
            if self._todo:
                self._work_on()

    def settle(self, seconds: float) -> bool:
        """Wait until nothing is left, or nothing goes on, but not for longer; whether nothing is left."""
        until = time.monotonic() + seconds
        with self._changed:
            while self._there and not self._waiting and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return not self._todo

    def _work_on(self) -> None:
        self._waiting = False
        self._changed.notify_all()
        if not self._there:
            self._there = True
            threading.Thread(target=self._work, name=self._name, daemon=True).start()

    def _work(self) -> None:
        while (first := self._first()) is not None:
            do, again = first
            problem = _tried(do)
            with self._changed:
                if problem is None or problem is UNKNOWN or isinstance(problem, NotYours) or not again:
                    self._lost = self._lost or problem
                    self._held_up = None
                    self._todo.popleft()
                else:
                    self._held_up, self._waiting = problem, True

    def _first(self) -> tuple[Callable[[], object], bool] | None:
        with self._changed:
            if self._waiting:
                self._changed.notify_all()
                self._changed.wait_for(lambda: not self._waiting, self._again_s)
                self._waiting = False
            if self._todo:
                return self._todo[0]
            self._there = False
            self._changed.notify_all()
            return None


def _tried(do: Callable[[], object]) -> CoachError | None:
    try:
        do()
    except CoachError as error:
        return error
    except Exception:
        log.exception("Something could not be kept.")
        return UNKNOWN
    return None
