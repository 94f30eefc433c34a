"""Whole movements that do not count, since one condition of the exercise is not met: those are told, not kept silent.

Who lifts with feet that step, or squats with feet side by side where they shall be wide, sees a counter that stands
still.  Where nothing but one condition of the file keeps a movement from being a repetition, and that one says what to
do, it is said.  Where several do it is another movement, and getting into position is none at all: so one alone is not
told either.  Nor does a movement that is hardly more than what its measure errs tell anything; several alike do.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from coach.judge.file_movement import Repetition, Small
from coach.judge.other_movement import is_elsewhere, left_out, reached, wandered
from coach.judge.phases import REST_WINDOW_S, RepCounter, Sweep
from coach.judge.results import Rep
from coach.judge.rising import counter_of, counter_of_small, level_of, rising
from coach.judge.samples import LEAST_FRAMES, Probes, Recording, Sample
from coach.motion import Errors

Kind = Literal["joint", "form", "small"]
# So many such movements, one after the other: it is what somebody is doing.
IN_A_ROW: Final[dict[Kind, int]] = {"joint": 2, "form": 2, "small": 3}
NEXT_S: Final = 15.0  # longest pause between two of a row
RESTED_S: Final = 1.0  # of rest before a movement, from which on it is known how the signal wavers
LATELY_S: Final = 4.0  # and the last of it, by which that is told
STANDS_OUT: Final = 4.5  # times as far from rest as half of what is read there: 3 standard deviations


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A movement that would have counted: when, what to do, and what was wrong.

    kind  joint: one went away, in the picture, as where the camera moves; form: a condition of the exercise is not met;
          small: it went less far than an attempt does
    """

    start_s: float
    end_s: float
    says: str
    kind: Kind

    def beside(self, start_s: float, end_s: float) -> bool:
        """Whether it is over before a time, or begins after it."""
        return self.end_s <= start_s or self.start_s >= end_s


@dataclass(frozen=True, slots=True)
class _Ended:
    """A movement that is over, with its frames."""

    sweep: Sweep
    samples: Sequence[Sample]


class _Movements:
    """Movements of one value, with the frames of that under way."""

    def __init__(self, counter: RepCounter) -> None:
        self._counter = counter
        self._samples: list[Sample] = []

    @property
    def moving(self) -> bool:
        return self._counter.moving

    def cut(self) -> None:
        self._counter.restart()
        self._samples.clear()

    def unseen(self, t: float) -> None:
        self._counter.step(t, float("nan"))

    def step(self, sample: Sample, x: float) -> _Ended | None:
        """The next frame, with the rising value; what ended on it."""
        self._samples.append(sample)
        sweep = self._counter.step(sample.t, x, steady=not sample.unsteady)
        ended = None
        if sweep is not None:
            seen = [s for s in self._samples if sweep.start_s <= s.t <= sweep.end_s]
            ended = _Ended(sweep, seen)
        if not self._counter.moving:
            self._samples = [sample]
        return ended


class Overlooked:
    """Follows the signal of one side, whether or not the conditions of the exercise are met."""

    def __init__(self, probes: Probes, rep: Repetition, errors: Errors) -> None:
        self._probes, self._rep = probes, rep
        self._movements = _Movements(counter_of(rep, errors))
        self._level = level_of(rep)
        # (t, signal) since the last movement, and no longer ago than the rest before the next one may reach back
        self._rested: deque[tuple[float, float]] = deque()
        self._wavers: tuple[float, float] | None = None  # the middle of rest, and half of what is read there
        self._small = None if rep.small is None else _Small(probes, rep, rep.small, errors)

    def cut(self) -> None:
        """Nothing before this moment continues."""
        self._movements.cut()
        self._rested.clear()
        self._wavers = None
        if self._level is not None:
            self._level.reset()
        if self._small is not None:
            self._small.movements.cut()

    def unseen(self, t: float) -> None:
        """A moment that cannot be judged."""
        self._movements.unseen(t)
        if self._small is not None:
            self._small.movements.unseen(t)

    def step(self, sample: Sample) -> PassedOver | None:
        """Take one frame; what ended on it."""
        if self._level is not None and not self._movements.moving:
            self._level.step(sample.t, sample.values[0], elsewhere=False)
        x = rising(self._rep, sample.values[0], self._level)
        ended = self._movements.step(sample, x)
        passed_over = None
        if ended is not None:
            self._learn(ended.sweep.start_s)
            passed_over = self._of(ended)
        if not self._movements.moving:
            self._rested.append((sample.t, x))
            while self._rested[0][0] < sample.t - (LATELY_S + REST_WINDOW_S):
                self._rested.popleft()
        small = None if self._small is None else self._small.step(sample)
        return passed_over or small

    def _learn(self, start_s: float) -> None:
        """How the signal wavered in the rest before a movement; one that was too short tells nothing."""
        rest = [(t, x) for t, x in self._rested if start_s - LATELY_S <= t < start_s and x == x]
        self._rested.clear()
        if rest and start_s - rest[0][0] >= RESTED_S:
            middle = median(x for _, x in rest)
            self._wavers = (middle, median(abs(x - middle) for _, x in rest))

    def _stands_out(self, peak: float) -> bool:
        """Whether a movement is more than a signal that wavers, as of somebody in poor light."""
        if self._wavers is None:
            return True
        middle, half = self._wavers
        return peak - middle > STANDS_OUT * half

    def _of(self, ended: _Ended) -> PassedOver | None:
        recording = _whole(self._probes, self._rep, ended)
        if recording is None:
            return None
        reasons = _reasons(self._probes, self._rep, recording)
        if ended.sweep.peak < self._rep.turn * self._rep.edge_from(recording.view):
            if not self._stands_out(ended.sweep.peak):
                return None
            reasons.append((self._rep.why_not.range, "small"))
        if len(reasons) != 1 or not reasons[0][0]:
            return None
        return PassedOver(ended.sweep.start_s, ended.sweep.end_s, *reasons[0])


class _Small:
    """Follows the measure that shows movements in which the signal does not leave its rest."""

    def __init__(self, probes: Probes, rep: Repetition, small: Small, errors: Errors) -> None:
        self._probes, self._rep, self._small = probes, rep, small
        self._place = probes.of_measure(small.measure)
        self._views = probes.probes[self._place].measure.views
        self.movements = _Movements(counter_of_small(rep, small, errors))

    def step(self, sample: Sample) -> PassedOver | None:
        x = sample.values[self._place] if sample.view in self._views else float("nan")
        ended = self.movements.step(sample, self._small.turn * x)
        return None if ended is None else self._of(ended)

    def _of(self, ended: _Ended) -> PassedOver | None:
        far_enough = ended.sweep.peak >= self._small.turn * self._small.target_edge
        recording = _whole(self._probes, self._rep, ended) if far_enough else None
        if recording is None or _reasons(self._probes, self._rep, recording):
            return None
        if not recording.x.max() <= self._rep.turn * self._rep.rest_edge:
            return None  # what the signal shows is told by it
        return PassedOver(ended.sweep.start_s, ended.sweep.end_s, self._rep.why_not.range, "small")


def _whole(probes: Probes, rep: Repetition, ended: _Ended) -> Recording | None:
    """What was seen of a movement that came back; None where it did not, was too quick, or is none of this exercise."""
    sweep, seen = ended.sweep, ended.samples
    if len(seen) < LEAST_FRAMES or any(s.unsteady for s in seen):
        return None
    recording = Recording(seen)
    whole = sweep.ending == "returned" and sweep.end_s - sweep.start_s >= rep.min_s
    return None if not whole or is_elsewhere(probes, recording) else recording


def _reasons(probes: Probes, rep: Repetition, recording: Recording) -> list[tuple[str, Kind]]:
    """What keeps a movement from being one of this exercise, with its words."""
    # Where the feet go both go, so all joints that went are one reason.
    reasons: list[tuple[str, Kind]] = [(still.says, "joint") for still in wandered(probes, recording)[:1]]
    unmet = [c for c in rep.reach_also if not reached(probes, c, recording)]
    return [*reasons, *((c.says, "form") for c in (*left_out(probes, recording), *unmet))]


class Rows:
    """Movements passed over for the same reason, one after the other, with no attempt between them."""

    def __init__(self) -> None:
        self._row: list[PassedOver] = []
        self._ended: Counter[tuple[str, Kind]] = (
            Counter()
        )  # movements of the rows that ended, by their reason
        self._said = 0  # of the row, when it was said aloud last

    def take(self, movement: PassedOver, parts: Sequence[Rep]) -> None:
        """One that ended; `parts` are the attempts so far: what one of them explains is theirs."""
        if not all(movement.beside(rep.start_s, rep.end_s) for rep in parts):
            return
        if self._row:
            last = self._row[-1]
            if not movement.beside(last.start_s, last.end_s):
                return  # the same, seen from the other side
            if last.says != movement.says or movement.start_s - last.end_s > NEXT_S:
                self._end()
        self._row.append(movement)

    def attempt(self, rep: Rep) -> None:
        """An attempt ended: what was passed over while it lasted is its own, and a row ends."""
        self._row = [movement for movement in self._row if movement.beside(rep.start_s, rep.end_s)]
        self._end()

    def due(self) -> PassedOver | None:
        """The last movement of a row, until something is said of it."""
        due = _is_long(self._row) and self._said < len(self._row)
        return self._row[-1] if due else None

    def said(self) -> None:
        """It was said aloud."""
        self._said = len(self._row)

    def told(self) -> list[tuple[str, Kind, int]]:
        """What to do, what was wrong, and how many movements did not count for it; most first."""
        told = self._ended + _counted(self._row)
        return [(says, kind, n) for (says, kind), n in told.most_common()]

    def _end(self) -> None:
        self._ended += _counted(self._row)
        self._row, self._said = [], 0


def _is_long(row: Sequence[PassedOver]) -> bool:
    return bool(row) and len(row) >= IN_A_ROW[row[-1].kind]


def _counted(row: Sequence[PassedOver]) -> Counter[tuple[str, Kind]]:
    """The movements of a row by their reason; none of one that is too short."""
    return Counter((movement.says, movement.kind) for movement in row if _is_long(row))
