"""Between the socket and the worker: one place, and the newest wins."""

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds one thing.  What was not taken when the next arrives is dropped."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._content: T | None = None
        self._closed = False

    def put(self, content: T) -> None:
        """Leave something, in place of what was left before."""
        with self._changed:
            self._content = content
            self._changed.notify()

    def take(self, timeout_s: float) -> T | None:
        """Wait for something; None when it is closed, or nothing came in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._content is not None, timeout_s)
            content, self._content = self._content, None
            return None if self._closed else content

    def close(self) -> None:
        """Nobody needs to wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
