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
    waits    it is due but once: where another cue was just said, it is said after that
    cuts     it is true but now: it cuts off a sentence that is being said
    """

    cue: Cue
    urgency: int
    again_s: float = REPEAT_S
    waits: bool = False
    cuts: bool = False


class CueChooser:
    """Chooses at most one cue a frame, by urgency and by what was said a moment ago."""

    def __init__(self) -> None:
        self._said: dict[str, float] = {}
        self._last_s = -float("inf")
        self._waiting: Candidate | None = None
        self._waits_until_s = 0.0

    def choose(self, t: float, candidates: list[Candidate], *, hushed: bool = False) -> Cue | None:
        """The cue to say now, or nothing.  Among equals the first.

        hushed  something is being said: only what `cuts` is chosen
        """
        if t - self._last_s < PAUSE_S:
            for candidate in candidates:
                if candidate.waits:
                    self._waiting, self._waits_until_s = candidate, t + PAUSE_S
            return None
        if self._waiting is not None:
            candidates = [*candidates, self._waiting] if t <= self._waits_until_s else candidates
            self._waiting = None
        fresh = [c for c in candidates if t - self._said.get(c.cue.code, -float("inf")) >= c.again_s]
        if hushed:
            fresh = [c for c in fresh if c.cuts]
        if not fresh:
            return None
        cue = max(fresh, key=lambda c: c.urgency).cue
        self._said[cue.code] = self._last_s = t
        return cue

    def drop(self) -> None:
        """What waits to be said is not true any more."""
        self._waiting = None
