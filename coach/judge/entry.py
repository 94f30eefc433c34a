"""How a held pose was entered."""

from math import inf
from typing import Final

from coach.judge.file_movement import Entry
from coach.judge.phases import GAP_S
from coach.judge.samples import Probes, Sample

SEEN_BEFORE_S: Final = 2.0  # who was seen for less before the hold may have been in it already


class EntryWatch:
    """Whether the pose that a hold is entered from was seen before it; without one nothing is known."""

    def __init__(self, entry: Entry | None, probes: Probes) -> None:
        self._entry, self._probes = entry, probes
        self._seen_before_s: float | None = None  # when somebody was first seen, before the first hold
        self._entered_s: float | None = None  # when the pose of the entry was last seen
        self._seen_s: float | None = None  # when anything was last seen
        self._seen_again_s = -inf  # when it was seen again after a while unseen

    def step(self, sample: Sample, inside: bool) -> None:
        """Take a frame on which somebody was seen; inside: whether they are in the pose that is held."""
        if self._entry is None:
            return
        t = sample.t
        if self._seen_s is not None and t - self._seen_s > GAP_S:
            self._seen_again_s = t
        self._seen_s = t
        if self._seen_before_s is None and not inside:
            self._seen_before_s = t
        met = (
            c.range.outside(sample.values[self._probes.of_condition(c)]) <= 0 for c in self._entry.conditions
        )
        if all(met):
            self._entered_s = t

    def entered(self, start_s: float) -> bool | None:
        """Whether the hold that began then was entered as the file asks; None where nobody could see it."""
        entry = self._entry
        if entry is None or self._seen_before_s is None or start_s - self._seen_before_s < SEEN_BEFORE_S:
            return None
        if self._entered_s is not None and start_s - self._entered_s <= entry.within_s:
            return True
        return None if self._seen_again_s >= start_s - entry.within_s else False
