"""What every report format is given: the result of one set, its exercise, the main angle, the pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coach.judge import Exercise, HeldPose, Judgement, Rep, SetResult, Verdict
from coach.judge.file_fields import Range
from coach.judge.results import Measured
from coach.language import Language
from coach.motion import MEASURES, VIEWS, load_errors


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The main angle over time.

    t      (T,) seconds on the video's clock, rising
    value  (T,) in `unit`; NaN where it was not seen
    label  what it is, such as "hip extension"
    unit   "°", or "ratio"
    kept   False where no curve was kept, as in a live set: then nothing is told of it

    Raises ValueError when t and value are not two series of one length.
    """

    t: NDArray[np.float64]
    value: NDArray[np.float64]
    label: str
    unit: str = "°"
    kept: bool = True

    def __post_init__(self) -> None:
        if self.t.ndim != 1 or self.t.shape != self.value.shape:
            raise ValueError(f"t {self.t.shape} and value {self.value.shape} must be series of one length")

    @property
    def seen(self) -> NDArray[np.float64]:
        """The values without the gaps."""
        return self.value[np.isfinite(self.value)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One picture of a fault: the check, the number of the repetition or hold (from 1), and when."""

    check: str
    rep: int
    at_s: float
    jpeg: bytes
    caption: str


@dataclass(frozen=True, slots=True, eq=False)
class ReportInput:
    """Everything a report is made from; `source_name` is the file's name, or what the camera is called.

    person  the name of who is seen; empty where nobody told it
    """

    result: SetResult
    exercise: Exercise
    source_name: str
    curve: Curve
    evidence: tuple[Evidence, ...]
    made_at: datetime
    person: str = ""

    @property
    def range_band_deg(self) -> float | None:
        """How wrong a range may be: that of this exercise's repetitions from this view; None where none is told."""
        name, view = self._range_measure, self.result.view
        if name is None or view not in VIEWS:
            return None
        return load_errors(self.result.model).error_of_range(self.exercise.measured_as, MEASURES[name], view)

    @property
    def sides_alike(self) -> bool:
        """Whether left and right differ by no more than the error of a difference."""
        name, view = self._range_measure, self.result.view
        typical = {side.side: side.median_deg for side in self.result.range_of_motion}
        if name is None or view not in VIEWS or not {"left", "right"} <= typical.keys():
            return False
        known, measure = self.exercise.measured_as, MEASURES[name]
        return load_errors(self.result.model).alike(known, measure, view, typical["left"], typical["right"])

    @property
    def _range_measure(self) -> str | None:
        """The measure whose range is told, in degrees; None where none is."""
        part = self.exercise.repetition or self.exercise.hold
        name = part.range_of_motion if part else None
        return name if name is not None and MEASURES[name].unit == "deg" else None

    @property
    def attempts(self) -> tuple[Rep | HeldPose, ...]:
        """The holds of a held pose, else the repetitions; their numbers are their places, from 1."""
        return self.result.holds if self.held else self.result.reps

    @property
    def span(self) -> tuple[float, float]:
        """From the first attempt to the last, seconds; all of it where there was none."""
        start_s = min((attempt.start_s for attempt in self.attempts), default=-np.inf)
        return start_s, max((attempt.end_s for attempt in self.attempts), default=np.inf)

    @property
    def exercised(self) -> Curve:
        """The curve from the first attempt to the last: who comes, lies down and leaves goes through other angles.

        All of it where nothing was seen then.
        """
        curve, (start_s, end_s) = self.curve, self.span
        within = (curve.t >= start_s) & (curve.t <= end_s)
        part = replace(curve, t=curve.t[within], value=curve.value[within])
        return part if part.seen.size else curve

    def ranged(self, side: str) -> list[Rep]:
        """The repetitions of a side that its range is of."""
        return [r for r in self.result.reps if r.counted and r.side == side and r.range_deg is not None]

    @property
    def counted(self) -> int:
        """How many of the attempts counted."""
        return sum(attempt.counted for attempt in self.attempts)

    @property
    def held(self) -> bool:
        """Whether this is a pose to hold rather than a movement to repeat."""
        return self.exercise.hold is not None

    @property
    def kind(self) -> Literal["hold", "rep"]:
        """What an attempt is, as the end of a message's key."""
        return "hold" if self.held else "rep"

    @property
    def language(self) -> Language:
        """That of the exercise, in which the report is written."""
        return self.exercise.language

    @property
    def checks(self) -> tuple[str, ...]:
        """Checks with a verdict to tell: the exercise's in its order, then those only the result knows.

        A check that no camera sees (`unseen`) is left out: it is told among what was not judged.
        """
        asked = [name for name, check in self.exercise.checks.items() if check.unseen is None]
        found = (name for attempt in self.attempts for name in attempt.verdicts)
        return tuple(dict.fromkeys((*asked, *(name for name in found if name not in self.exercise.checks))))

    @property
    def results(self) -> tuple[str, ...]:
        """What is measured in the held pose, by name: the exercise's in its order, then those only the result knows."""
        asked = self.exercise.hold.results if self.exercise.hold else ()
        found = (name for hold in self.result.holds for name in hold.measured)
        return tuple(dict.fromkeys((*asked, *found)))

    @property
    def last_measured(self) -> dict[tuple[str, str], Measured]:
        """By side and name what was measured; of several holds of a side the last one is told, as on the pages."""
        found = {
            (hold.side, name): hold.measured[name]
            for hold in self.result.holds
            for name in self.results
            if name in hold.measured
        }
        return dict(sorted(found.items(), key=lambda item: item[0][0]))

    @property
    def faulty(self) -> tuple[str, ...]:
        """Checks at fault, the most frequent and then the most severe first."""
        faults, checks = self.result.faults, self.exercise.checks

        def weight(name: str) -> tuple[int, int]:
            return -faults[name], -checks[name].severity if name in checks else 0

        return tuple(sorted((name for name, n in faults.items() if n), key=weight))

    def verdicts(self, check: str) -> list[Verdict]:
        """What was found for a check, in the order of the attempts."""
        return [a.verdicts[check] for a in self.attempts if check in a.verdicts]

    def wanted(self, check: str) -> Range | None:
        """The range that a check asks for; None where it has none, or is not known."""
        known = self.exercise.checks.get(check)
        return None if known is None else known.range

    def of_how_many(self, check: str) -> int:
        """Of how many of these its faults are told: of all where there is one, else of those that are surely right."""
        told = [v.verdict for v in self.verdicts(check)]
        return judged(self.verdicts(check)) if Judgement.FAULT in told else told.count(Judgement.PASS)


def judged(verdicts: Iterable[Verdict]) -> int:
    """How many of the verdicts could be given: pass, fault or unsure."""
    return sum(verdict.verdict is not Judgement.CANNOT_JUDGE for verdict in verdicts)
