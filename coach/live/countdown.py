"""So many seconds from a moment on, told in whole ones."""

from math import ceil


class Countdown:
    """Counts down from `of_s` seconds, beginning at `t`."""

    def __init__(self, of_s: float, t: float) -> None:
        self._of_s, self._began_s = of_s, t
        self._last: int | None = None

    def left(self, t: float) -> int:
        """Whole seconds that are left at `t`; none, or fewer, when it is over."""
        return ceil(self._of_s - (t - self._began_s) - 1e-6)

    def ticks(self, t: float) -> bool:
        """Whether another second has come since this was last asked."""
        before, self._last = self._last, self.left(t)
        return before != self._last
