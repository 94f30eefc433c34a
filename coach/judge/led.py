"""Repetitions of a held pose that are led aloud."""

from coach.judge.file_movement import Guide
from coach.judge.lane import Lead


class Led:
    """Repetitions that are led aloud: when to begin the next, when to let go, and how many are done.

    Each takes the guide's time from when it is begun, and one that a pause breaks off is begun anew.
    """

    def __init__(self, guide: Guide | None) -> None:
        self._guide = guide
        self._begun_s: float | None = None  # the time held at which the one that is led began
        self._due: Lead = ""
        self._said: Lead = ""
        self.done = 0

    @property
    def all_done(self) -> bool:
        """Whether as many were led as are asked for."""
        return self._guide is not None and self.done >= self._guide.reps

    def step(self, held_s: float) -> Lead:
        """What to lead at this time of the hold, until it was said; \"\" otherwise."""
        guide = self._guide
        if guide is None:
            return ""
        if self._begun_s is None or held_s - self._begun_s >= guide.cycle_s:
            if self.all_done:
                return ""
            self._begun_s, self._due, self._said = held_s, "", ""
        # Who has let go has done it, though a moment of the time held may be taken off as the way out.
        resting = self._due == "rest" or held_s - self._begun_s >= guide.hold_s
        if resting and self._due == "hold":
            self.done += 1
        self._due = "rest" if resting else "hold"
        return "" if self._due == self._said else self._due

    def said(self) -> None:
        """What was to be led was said."""
        self._said = self._due

    def broken_off(self) -> None:
        """The pose was left: what was under way is begun anew when it is taken again."""
        if self._due == "hold":
            self.again()

    def again(self) -> None:
        """Another hold begins: so does a repetition."""
        self._begun_s, self._due, self._said = None, "", ""
