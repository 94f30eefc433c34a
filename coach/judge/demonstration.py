"""What a demonstration shows, against the file of an exercise: plain data, and the changes to the file it comes to."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from coach.judge.exercise import Exercise
from coach.judge.file_fields import Place, Range
from coach.judge.rewrite import Change
from coach.judge.told_people import LEAST_HELD
from coach.motion import ViewName

DIGITS: Final = {"deg": 1, "ratio": 2, "s": 1}
FINE: Final = 0.05  # a measure that errs less is told, and rounded, ten times as finely


@dataclass(frozen=True, slots=True)
class Values:
    """What was seen in each repetition or hold: the median, the smallest and the largest of n values.

    middle  the two in the middle, the smaller first; one and the same of an odd number

    >>> Values.of([8.0, 0.0, 9.0, 0.0])
    Values(median=4.0, low=0.0, high=9.0, n=4, middle=(0.0, 8.0))
    """

    median: float
    low: float
    high: float
    n: int
    middle: tuple[float, float]

    @classmethod
    def of(cls, values: Iterable[float]) -> "Values | None":
        """None where nothing was seen."""
        seen = sorted(value for value in values if math.isfinite(value))
        if not seen:
            return None
        middle = seen[(len(seen) - 1) // 2], seen[len(seen) // 2]
        return cls(sum(middle) / 2, seen[0], seen[-1], len(seen), middle)

    def mostly_outside(self, wanted: Range) -> float:
        """By how much more than half of the values lie beyond one end of a range, or more; 0 or less where they do not.

        Of an even number the middle one that is nearer to it tells: of one good and one faulty repetition nothing is
        learnt.
        """
        low, high = wanted.ends
        return max(low - self.middle[1], self.middle[0] - high)


@dataclass(frozen=True, slots=True)
class Finding:
    """One range of the file against what was seen.

    place     of the range in the file, such as ("checks", "no_arch", "range")
    error     how wrong the measure is, below which nothing is proposed; in `unit`, as everything here
    seen      None where it was not seen
    proposed  the range as it is, or opened
    """

    what: str
    place: Place
    base: Range
    unit: str
    error: float
    seen: Values | None
    proposed: Range

    @property
    def changed(self) -> bool:
        """Whether something is proposed."""
        return self.proposed != self.base

    def told(self) -> str:
        """The median of what was seen, and from where to where it went; empty where it was not seen."""
        if self.seen is None:
            return ""
        digits = DIGITS[self.unit] + (self.error < FINE)
        median, low, high = (f"{v:.{digits}f}" for v in (self.seen.median, self.seen.low, self.seen.high))
        return median if low == high else f"{median} ({low} to {high})"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was learnt.

    parts        how many repetitions (or holds) it is learnt from
    faulty       in how many of them the base file finds faults, and `faults` which, the most frequent first
    passed_over  how many more movements of its signal there were, that were no repetition of this exercise
    times_s      the medians of the parts' times by name
    """

    exercise: Exercise
    view: ViewName
    parts: int
    passed_over: int
    times_s: dict[str, float]
    findings: tuple[Finding, ...]
    faulty: int = 0
    faults: tuple[str, ...] = ()

    def changes(self) -> Iterator[Change]:
        """What to write into the file, each with what was seen."""
        for finding in self.findings:
            seen = finding.seen
            for end in ("min", "max"):
                old, new = getattr(finding.base, end), getattr(finding.proposed, end)
                if seen is None or old == new:
                    continue
                number = self.number(seen.n)
                comment = f"Seen: {finding.told()} in {number}, error {finding.error:g}; {end} was {old:g}."
                yield Change((*finding.place, end), f"{new:g}", comment)
        yield from self._held()

    def _held(self) -> Iterator[Change]:
        """The seconds that people are told to hold each repetition, where a proposed range asks for others."""
        told_s = self.exercise.dose.hold_s
        for finding in self.findings:
            check = self.exercise.checks.get(finding.what)
            if told_s is None or check is None or check.time != "hold" or finding.seen is None:
                continue
            least = finding.proposed.min or 0.0
            most = least / LEAST_HELD if finding.proposed.max is None else finding.proposed.max
            held_s = round(min(max(finding.seen.median, least), most), 1)
            if finding.changed and not least <= told_s <= most:
                comment = f"Seen: {finding.told()} in {self.number(finding.seen.n)}; hold_s was {told_s:g}."
                yield Change(("dose", "hold_s"), f"{held_s:g}", comment)

    def number(self, n: int) -> str:
        """So many repetitions, or holds."""
        return f"{n} {'hold' if self.exercise.hold is not None else 'repetition'}{'s' * (n != 1)}"
