"""What is said, and when: one thing at a time, the most severe first, not the same again at once."""

from dataclasses import dataclass
from typing import Final

from coach.judge.results import Cue

REPEAT_S: Final = 8.0  # the same cue not again within
PAUSE_S: Final = 2.5  # after any cue, time to act on it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue that could be said; the most urgent is.

    again_s  it is not said again within so many seconds
    """

    cue: Cue
    urgency: int
    again_s: float = REPEAT_S


class CueChooser:
    """Chooses at most one cue a frame, by urgency and by what was said a moment ago."""

    def __init__(self) -> None:
        self._said: dict[str, float] = {}
        self._last_s = -float("inf")

    def choose(self, t: float, candidates: list[Candidate]) -> Cue | None:
        """The cue to say now, or nothing.  Among equals the first."""
        if not candidates or t - self._last_s < PAUSE_S:
            return None
        fresh = [c for c in candidates if t - self._said.get(c.cue.code, -float("inf")) >= c.again_s]
        if not fresh:
            return None
        cue = max(fresh, key=lambda c: c.urgency).cue
        self._said[cue.code] = self._last_s = t
        return cue
