"""Each range of an exercise's file against a demonstration, and what is proposed for it.

A range is left as it is, and only where most of the demonstration lies clearly outside, it is opened so far that it
lies inside: never nearer to what was seen than the measure errs.  Only the rest may be drawn back, from an end range
that is so much smaller that the two would overlap.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from coach.judge.checks import band_of
from coach.judge.demonstration import FINE, Finding, Values
from coach.judge.file_fields import Condition, Place, Range
from coach.judge.file_movement import Repetition
from coach.judge.results import HeldPose, Rep
from coach.judge.watched import Floats, Watched
from coach.motion import MEASURES, Measure
from coach.pose import other

REST_S: Final = 1.0  # before a repetition, in which its rest is looked for
NEAREST: Final = 0.2  # share of that time, nearest to rest: who moves at once hardly rests
AROUND_PEAK_S: Final = 0.1
STEPS: Final = {"deg": 1.0, "ratio": 0.01, "s": 0.1}  # to which proposals are rounded, outward


def findings_of(watched: Watched) -> tuple[Finding, ...]:
    """All of them: rest and end range, or the conditions of the pose; then the checks."""
    ranges = tuple(_of_rep(watched))
    return (*ranges, *_of_hold(watched), *_of_checks(watched, _teaching(watched, ranges)))


def _teaching(watched: Watched, ranges: Sequence[Finding]) -> Sequence[Rep | HeldPose]:
    """What the checks are learnt from: repetitions that do not count only where the end range is opened to them.

    Then they are how this person does it, and what is checked goes along.
    """
    if not watched.reps or ranges[-1].changed:
        return watched.parts
    return [rep for rep in watched.reps if rep.counted] or watched.parts


def are_apart(rep: Repetition, rest: Range, target: Range) -> bool:
    """Whether rest ends before the target begins."""
    ends = (rest.max, target.min) if rep.rises else (target.max, rest.min)
    return ends[0] is not None and ends[1] is not None and ends[0] < ends[1]


def _of_rep(watched: Watched) -> Iterator[Finding]:
    """Rest and end range of the counted signal."""
    rep = watched.base.repetition
    if rep is None:
        return
    measure = MEASURES[rep.signal]
    signals = [(part, watched.signal(part)) for part in watched.reps]
    rests = [_rest_before(watched, part, signal, rep.turn) for part, signal in signals]
    ends = [_end_of(watched, part, signal) for part, signal in signals]
    end_range = _end_range(watched, rep, rests, ends)
    if not rep.relative:
        error = watched.errors.error(measure, watched.view)
        rest_range = _finding("rest", ("repetition", "rest"), rep.rest, measure, error, rests)
        yield _given_way(rep, _near_end(rep, rest_range), end_range.proposed)
    yield end_range


def _end_range(watched: Watched, rep: Repetition, rests: list[float], ends: list[float]) -> Finding:
    """The end range, as it is told from the view; of a relative signal it is what it changed from rest."""
    measure, view = MEASURES[rep.signal], watched.view
    place: Place = ("repetition", "target")
    if view in rep.target_from:
        place = ("repetition", "target_from", view)
    # The engine asks for the end range less the error of a change, whatever the signal.
    changed = watched.errors.error_of_change(measure, view)
    seen = [end - rest for end, rest in zip(ends, rests, strict=True)] if rep.relative else ends
    return _finding("end range", place, rep.target_from.get(view, rep.target), measure, changed, seen)


def _rest_before(watched: Watched, part: Rep, signal: Floats, turn: float) -> float:
    """Where the signal (T,) was nearest to rest before a repetition; NaN where it was not seen."""
    before = np.sort(turn * watched.level(signal, part.start_s - REST_S, part.start_s))
    return turn * median_of(before[: max(1, round(NEAREST * len(before)))])


def _end_of(watched: Watched, part: Rep, signal: Floats) -> float:
    """Where the signal (T,) was at the end range; NaN where it was not seen."""
    around = part.hold_s / 2 + AROUND_PEAK_S
    return median_of(watched.level(signal, part.peak_s - around, part.peak_s + around))


def _near_end(rep: Repetition, rest: Finding) -> Finding:
    """The rest as it is where only its far end was passed: what lies beyond that counts as rest too."""
    turn = rep.turn
    beyond = rest.seen is not None and turn * rest.seen.median < turn * rep.rest_end
    return replace(rest, proposed=rest.base) if beyond else rest


def _given_way(rep: Repetition, rest: Finding, target: Range) -> Finding:
    """The rest drawn back to half-way from an end range that would overlap it, where both keep their error."""
    if rest.seen is None or are_apart(rep, rest.proposed, target):
        return rest
    end, seen = ("max", rest.seen.high) if rep.rises else ("min", rest.seen.low)
    edge = target.min if rep.rises else target.max
    assert edge is not None  # opened, not taken away
    middle = _rounded((seen + edge) / 2, STEPS[rest.unit], math.floor if rep.rises else math.ceil)
    if abs(middle - seen) < rest.error or abs(edge - middle) < rest.error:
        return rest
    return replace(rest, proposed=rest.proposed.model_copy(update={end: middle}))


def _of_hold(watched: Watched) -> Iterator[Finding]:
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


def _during(watched: Watched, part: HeldPose, condition: Condition) -> float:
    """The median of a condition's measure over a hold; NaN where it was not seen."""
    side = watched.side(part)
    measured = other(side) if condition.side == "other" else side
    return median_of(watched.level(watched.values(condition.measure, measured), part.start_s, part.end_s))


def _of_checks(watched: Watched, parts: Sequence[Rep | HeldPose]) -> Iterator[Finding]:
    """The checks, each by the values on which it was judged."""
    for name, check in watched.base.checks.items():
        if check.range is None:
            continue
        verdicts = [part.verdicts[name] for part in parts if name in part.verdicts]
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
    if seen is not None and seen.mostly_outside(base) > error:
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
    if low is not None and seen.middle[1] < low:
        low = min(low, max(_rounded(min(seen.low, seen.median - error), step, math.floor), reach[0]))
    if high is not None and seen.middle[0] > high:
        high = max(high, min(_rounded(max(seen.high, seen.median + error), step, math.ceil), reach[1]))
    return Range(min=low, max=high)


def median_of(values: Floats) -> float:
    """The median of values (n,); NaN of none."""
    return float(np.median(values)) if len(values) else float("nan")


def _rounded(value: float, step: float, to: Callable[[float], int]) -> float:
    return round(to(round(value / step, 6)) * step, 6)
