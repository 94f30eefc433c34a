"""What a demonstration shows, against the file of an exercise: proposals for ranges that suit the demonstrator.

A range is left as it is, and only where the demonstration lies clearly outside, it is opened so far that it lies
inside: never nearer to what was seen than the measure errs.  Only the rest may be drawn back, from an end range that
is so much smaller that the two would overlap.  What comes out is for review, not for use unread.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from coach.errors import CoachError
from coach.judge.checks import band_of
from coach.judge.contradictions import LEAST_HELD
from coach.judge.engine import Engine
from coach.judge.exercise import Exercise
from coach.judge.file_fields import Condition, Range
from coach.judge.file_movement import Repetition
from coach.judge.results import HeldPose, Rep, SetResult
from coach.judge.rewrite import Change, Place, copied, rewritten
from coach.judge.samples import Probe
from coach.judge.verdicts import Judgement
from coach.motion import MEASURES, Body, ErrorTable, Measure, Observer, ViewName, load_errors
from coach.pose import PoseFrame, Side, other

Floats = NDArray[np.float64]

FEWEST_REPS: Final = 2
SHORTEST_HOLD_S: Final = 5.0
REST_S: Final = 1.0  # before a repetition, in which its rest is looked for
NEAREST: Final = 0.2  # share of that time, nearest to rest: who moves at once hardly rests
AROUND_PEAK_S: Final = 0.1
EASED: Final = 0.3  # share of the way by which rest is opened for who rests elsewhere
STEPS: Final = {"deg": 1.0, "ratio": 0.01, "s": 0.1}  # to which proposals are rounded, outward
DIGITS: Final = {"deg": 1, "ratio": 2, "s": 1}
FINE: Final = 0.05  # a measure that errs less is told, and rounded, ten times as finely
PLACES: Final = {"side": "at the side", "front": "in front", "back": "behind", "three_quarter": "half-way"}


@dataclass(frozen=True, slots=True)
class Values:
    """What was seen in each repetition or hold: the median, the smallest and the largest of n values."""

    median: float
    low: float
    high: float
    n: int

    @classmethod
    def of(cls, values: Iterable[float]) -> "Values | None":
        """None where nothing was seen."""
        seen = [value for value in values if math.isfinite(value)]
        if not seen:
            return None
        return cls(float(np.median(seen)), min(seen), max(seen), len(seen))


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


def learn(
    base: Exercise, frames: Iterable[PoseFrame], side: Side | None = None, errors: ErrorTable | None = None
) -> Demonstration:
    """Learn from the repaired landmarks of a demonstration.

    Raises CoachError, in one sentence, for a camera at the wrong place, and for too few repetitions or too short a
    hold.
    """
    errors = (errors or load_errors()).of(base.measured_as)
    track = list(frames)
    watched = _Watched(base, track, side, errors)
    if base.repetition is not None and len(watched.reps) < FEWEST_REPS:
        watched = _Watched(base, track, side, errors, _eased(base))
    _enough(base, watched)
    findings = (*_of_rep(watched), *_of_hold(watched), *_of_checks(watched))
    found = [_faults(part) for part in watched.parts]
    demonstration = Demonstration(
        base,
        watched.view,
        len(watched.parts),
        watched.passed_over(),
        watched.times_s(),
        findings,
        sum(map(bool, found)),
        tuple(name for name, _ in Counter(chain.from_iterable(found)).most_common()),
    )
    _apart(demonstration)
    return demonstration


def counted_of(exercise: Exercise, frames: Iterable[PoseFrame], side: Side | None = None) -> int:
    """How many repetitions of a demonstration an exercise counts, or holds that are long enough to learn from."""
    result = _result(Engine(exercise, side), frames)
    return result.counted if exercise.repetition is not None else len(_long(result.holds))


def learnt_file(text: str, new_id: str, name: str, demonstration: Demonstration, source: str) -> str:
    """The text of the base file as a new exercise with what is proposed; `source` names the demonstration.

    Raises CoachError for a file whose ranges cannot be changed one by one.
    """
    seen_from = demonstration.view.replace("_", "-")
    head = (
        f"# Learnt from {' '.join(source.split())}, which shows {demonstration.number(demonstration.parts)} from the "
        f"{seen_from}; the rest is that of {demonstration.exercise.id}.\n"
        '# What was changed has a comment that begins with "Seen": review each before you use it.\n'
    )
    try:
        return head + copied(rewritten(text.removeprefix("\ufeff"), demonstration.changes()), new_id, name)
    except KeyError as error:
        raise CoachError(
            f"The ranges of '{demonstration.exercise.id}' cannot be changed: {error.args[0]}."
        ) from None


def _eased(base: Exercise) -> Exercise:
    """The exercise with its rest opened toward the target: the demonstrator may rest elsewhere."""
    rep = base.repetition
    assert rep is not None  # the caller saw to it
    edge = rep.rest_edge + EASED * (rep.target_edge - rep.rest_edge)
    return _with(base, rest=rep.rest.model_copy(update={"max" if rep.rises else "min": edge}))


def _anything(base: Exercise) -> Exercise:
    """The exercise without what makes it this movement and no other one."""
    return _with(base, still=(), only=(), begin_also=(), reach_also=())


def _with(base: Exercise, **changes: Any) -> Exercise:
    rep = base.repetition
    assert rep is not None  # the callers saw to it
    return base.model_copy(update={"repetition": rep.model_copy(update=changes)})


def _result(engine: Engine, frames: Iterable[PoseFrame]) -> SetResult:
    for frame in frames:
        engine.step(frame)
    return engine.finish()


def _tried(base: Exercise, reps: Iterable[Rep]) -> list[Rep]:
    """Those that only missed the end range are repetitions too: the range is what is learnt."""
    said = base.repetition.why_not.range if base.repetition is not None else None
    return [rep for rep in reps if rep.counted or rep.why_not == said]


def _faults(part: Rep | HeldPose) -> list[str]:
    """The checks that were missed in it."""
    return [name for name, verdict in part.verdicts.items() if verdict.verdict is Judgement.FAULT]


def _long(holds: Iterable[HeldPose]) -> list[HeldPose]:
    return [hold for hold in holds if hold.held_s >= SHORTEST_HOLD_S]


def _near_sides(track: Iterable[PoseFrame], bodies: Iterable[Body]) -> Iterator[Side]:
    """The side that the engine measures on each frame where both move alike."""
    observer, near = Observer(), None
    for frame, body in zip(track, bodies, strict=True):
        if frame.cut:
            observer.reset()
        situation = observer.step(frame.t, body)
        if near is None or situation.view in ("side", "three_quarter"):
            near = situation.near
        yield near


class _Watched:
    """The engine's result on a demonstration, and the frames again for what a result does not tell."""

    def __init__(
        self,
        base: Exercise,
        track: Sequence[PoseFrame],
        side: Side | None,
        errors: ErrorTable,
        eased: Exercise | None = None,
    ) -> None:
        self.base, self.errors = base, errors
        self._track, self._side, self._engaged = track, side, eased or base
        engine = Engine(self._engaged, side, errors)
        signal = [engine.step(frame).signal for frame in track]
        self.result: SetResult = engine.finish()
        self.t = np.array([frame.t for frame in track])
        self._shown = np.array(signal, dtype=float)
        self._bodies = [Body.of(frame) for frame in track]
        self._near = list(_near_sides(track, self._bodies))
        self.reps = _tried(base, self.result.reps)
        self.holds = _long(self.result.holds)
        self.parts: Sequence[Rep | HeldPose] = self.reps or self.holds

    @property
    def view(self) -> ViewName:
        """The view from which most was seen."""
        views = [rep.view for rep in self.reps] or [self.result.view or ""]
        return cast(ViewName, max(views, key=views.count))

    def passed_over(self) -> int:
        """How many more movements of the signal there were, that the engine passed over as another exercise's."""
        if self.base.repetition is None:
            return 0
        every = _result(Engine(_anything(self._engaged), self._side, self.errors), self._track)
        return max(0, len(_tried(self.base, every.reps)) - len(self.reps))

    def side(self, part: Rep | HeldPose) -> Side:
        """The side that was measured: where both move alike, the one that was the nearer for most of it."""
        if part.side != "both":
            return part.side
        near = [side for t, side in zip(self.t, self._near, strict=True) if part.start_s <= t <= part.end_s]
        return max(near, key=near.count)

    def times_s(self) -> dict[str, float]:
        """Medians of the parts' times."""
        named: dict[str, Callable[[Rep], float]] = {
            "out": lambda rep: rep.out_s,
            "hold": lambda rep: rep.hold_s,
            "back": lambda rep: rep.back_s,
        }
        if self.reps:
            return {name: float(np.median([of(rep) for rep in self.reps])) for name, of in named.items()}
        return {"hold": float(np.median([hold.held_s for hold in self.holds]))}

    def signal(self, part: Rep | HeldPose) -> Floats:
        """(T,) the counted signal on the side of a repetition; NaN where it was not seen."""
        rep = self.base.repetition
        assert rep is not None  # only asked for where there is one
        return self._shown if part.side == "both" else self.values(rep.signal, part.side)

    def values(self, measure: str, side: Side) -> Floats:
        """(T,) a measure on one side; NaN where it was not seen."""
        probe = Probe.of(measure, side, self.base.seen)
        return np.array([probe.value(body) for body in self._bodies])

    def level(self, values: Floats, start_s: float, end_s: float) -> Floats:
        """The values (n,) that were seen from one time to another."""
        inside = values[(self.t >= start_s) & (self.t <= end_s)]
        return inside[np.isfinite(inside)]


def _enough(base: Exercise, watched: _Watched) -> None:
    view = watched.result.view
    if view is None and watched.result.seen_share:
        positions = " or ".join(name.replace("_", " ") for name in base.position)
        raise CoachError(
            f"Nobody was seen in it in the position of '{base.id}' ({positions}) for long enough to learn from; "
            "make sure that it shows that exercise."
        )
    if view is None:
        raise CoachError("Nobody was seen in it for long enough to learn from.")
    if view not in base.views:
        wanted = " or ".join(name.replace("_", "-") for name in base.views)
        raise CoachError(
            f"The camera stands {PLACES[view]} in it; to learn from, '{base.id}' must be seen from the {wanted}."
        )
    if base.repetition is not None and len(watched.reps) < FEWEST_REPS:
        seen = {0: "No repetition", 1: "Only one repetition"}[len(watched.reps)]
        raise CoachError(
            f"{seen} of '{base.id}' was seen in it; {FEWEST_REPS} or more are needed to learn from."
        )
    if base.hold is not None and not watched.holds:
        longest = max((hold.held_s for hold in watched.result.holds), default=0.0)
        raise CoachError(
            f"The pose of '{base.id}' was held for {longest:.0f} seconds in it, as its conditions tell it; "
            f"{SHORTEST_HOLD_S:g} or more are needed to learn from."
        )


# --- what was seen ----------------------------------------------------------------------------------


def _of_rep(watched: _Watched) -> Iterator[Finding]:
    """Rest and end range of the counted signal."""
    rep = watched.base.repetition
    if rep is None:
        return
    measure, turn = MEASURES[rep.signal], rep.turn
    # The engine asks for the end range less the error of a change, whatever the signal.
    changed = watched.errors.error_of_change(measure, watched.view)
    rests, ends = [], []
    for part in watched.reps:
        signal = watched.signal(part)
        before = np.sort(turn * watched.level(signal, part.start_s - REST_S, part.start_s))
        nearest = before[: max(1, round(NEAREST * len(before)))]
        rest = turn * float(np.median(nearest)) if len(nearest) else float("nan")
        around = part.hold_s / 2 + AROUND_PEAK_S
        peak = watched.level(signal, part.peak_s - around, part.peak_s + around)
        end = float(np.median(peak)) if len(peak) else float("nan")
        rests.append(rest)
        ends.append(end - rest if rep.relative else end)
    place: Place = ("repetition", "target")
    if watched.view in rep.target_from:
        place = ("repetition", "target_from", watched.view)
    target = rep.target_from.get(watched.view, rep.target)
    end_range = _finding("end range", place, target, measure, changed, ends)
    if not rep.relative:
        error = watched.errors.error(measure, watched.view)
        rest_range = _finding("rest", ("repetition", "rest"), rep.rest, measure, error, rests)
        yield _given_way(rep, _near_end(rep, rest_range), end_range.proposed)
    yield end_range


def _near_end(rep: Repetition, rest: Finding) -> Finding:
    """The rest as it is where only its far end was passed: what lies beyond that counts as rest too."""
    turn = rep.turn
    beyond = rest.seen is not None and turn * rest.seen.median < turn * rep.rest_end
    return replace(rest, proposed=rest.base) if beyond else rest


def _given_way(rep: Repetition, rest: Finding, target: Range) -> Finding:
    """The rest drawn back to half-way from an end range that would overlap it, where both keep their error."""
    if rest.seen is None or _in_order(rep, rest.proposed, target):
        return rest
    end, seen = ("max", rest.seen.high) if rep.rises else ("min", rest.seen.low)
    edge = target.min if rep.rises else target.max
    assert edge is not None  # opened, not taken away
    middle = _rounded((seen + edge) / 2, STEPS[rest.unit], math.floor if rep.rises else math.ceil)
    if abs(middle - seen) < rest.error or abs(edge - middle) < rest.error:
        return rest
    return replace(rest, proposed=rest.proposed.model_copy(update={end: middle}))


def _of_hold(watched: _Watched) -> Iterator[Finding]:
    """The conditions of a held pose."""
    hold = watched.base.hold
    if hold is None:
        return
    for number, condition in enumerate(hold.conditions):
        measure = MEASURES[condition.measure]
        error = watched.errors.error(measure, watched.view)
        place = ("hold", "conditions", number)
        # From a view in which it means nothing it is not asked, so there is nothing to learn either.
        shown = watched.view in measure.views
        seen = [_during(watched, part, condition) for part in watched.holds] if shown else []
        what = f"in the pose: {condition.measure}"
        yield _finding(what, place, condition.range, measure, error, seen)


def _during(watched: _Watched, part: HeldPose, condition: Condition) -> float:
    """The median of a condition's measure over a hold."""
    side = watched.side(part)
    measured = other(side) if condition.side == "other" else side
    seen = watched.level(watched.values(condition.measure, measured), part.start_s, part.end_s)
    return float(np.median(seen)) if len(seen) else float("nan")


def _of_checks(watched: _Watched) -> Iterator[Finding]:
    """The checks, each by the values on which it was judged."""
    for name, check in watched.base.checks.items():
        if check.range is None:
            continue
        verdicts = [part.verdicts[name] for part in watched.parts if name in part.verdicts]
        seen = [float("nan") if v.value is None else v.value for v in verdicts]
        measure = None if check.measure is None else MEASURES[check.measure]
        error = band_of(check, watched.view, watched.errors)
        change, place = check.against != "zero", ("checks", name, "range")
        yield _finding(name, place, check.range, measure, error, seen, change=change, band=check.band)


def _finding(
    what: str,
    place: Place,
    base: Range,
    measure: Measure | None,
    error: float,
    values: Iterable[float],
    *,
    change: bool = False,
    band: float | None = None,
) -> Finding:
    """A range against what was seen; without a measure it is one of seconds.

    band  that of a check, which must still be able to be wrong: what it leaves out can be reached beyond the band
    """
    seen, unit = Values.of(values), "s" if measure is None else measure.unit
    low, high = (0.0, math.inf) if measure is None else measure.reach
    if change:
        low, high = -math.inf, math.inf
    if band is not None:
        low, high = round(low + band + STEPS[unit], 6), round(high - band - STEPS[unit], 6)
    proposed = base
    if seen is not None and base.outside(seen.median) > error:
        step = STEPS[unit] / (10 if error < FINE else 1)
        proposed = opened(base, seen, error, step, (low, high))
    return Finding(what, place, base, unit, error, seen, proposed)


def opened(
    base: Range,
    seen: Values,
    error: float,
    step: float,
    reach: tuple[float, float] = (-math.inf, math.inf),
) -> Range:
    """A range opened at the end that was exceeded, to hold all that was seen and at least the error around its median.

    Rounded outward to whole steps, and no further than `reach`; never narrower than it was.
    """
    low, high = base.min, base.max
    if low is not None and seen.median < low:
        low = min(low, max(_rounded(min(seen.low, seen.median - error), step, math.floor), reach[0]))
    if high is not None and seen.median > high:
        high = max(high, min(_rounded(max(seen.high, seen.median + error), step, math.ceil), reach[1]))
    return Range(min=low, max=high)


def _rounded(value: float, step: float, to: Callable[[float], int]) -> float:
    return round(to(round(value / step, 6)) * step, 6)


def _apart(demonstration: Demonstration) -> None:
    """Refuse a movement so small that its rest and its end range would be one."""
    rep = demonstration.exercise.repetition
    if rep is None:
        return
    proposed = {finding.place[1]: finding.proposed for finding in demonstration.findings[:2]}
    rest, target = proposed.get("rest", rep.rest), proposed.get("target", rep.target)
    if not _in_order(rep, rest, target):
        raise CoachError(
            "The movement in it is so small that the camera cannot tell its end range from its rest: "
            "there is nothing to learn from it."
        )


def _in_order(rep: Repetition, rest: Range, target: Range) -> bool:
    """Whether rest ends before the target begins."""
    ends = (rest.max, target.min) if rep.rises else (target.max, rest.min)
    return ends[0] is not None and ends[1] is not None and ends[0] < ends[1]
