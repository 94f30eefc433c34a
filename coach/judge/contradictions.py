"""What an exercise file asks for that cannot be, though each part of it is right by itself.

In a file without any a repetition can count, a pose can be held, and what is measured can be right and can be wrong.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from math import inf, isinf
from typing import Final, Literal

from coach.judge.exercise import Check, Exercise
from coach.judge.file_fields import Condition, Misplaced, Place, Range, dotted, reach_of, within_reach
from coach.judge.file_movement import Hold, Repetition
from coach.judge.told_people import for_people, instead
from coach.motion import MEASURES, ViewName

Contradiction = tuple[Place, str]

WHOLE: Final = 1.0  # a share of rest that is more than that was meant as percent


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a measure on one side, and where in the file; `told` without what `leave` adds to the range.

    >>> at_most = Asked(("only", 0), "stance", "working", -inf, 1.0, "at most 1")
    >>> at_most.clashes(Asked(("target",), "stance", "working", 1.5, inf, "at least 1.5"))
    True
    """

    place: Place
    measure: str
    side: Literal["working", "other"]
    low: float
    high: float
    told: str

    @classmethod
    def of(cls, place: Place, wanted: Condition | Check, leave: float = 0.0) -> "Asked":
        """What a condition or a check asks, its range wider by `leave`; of a time it is the part that is timed."""
        number = wanted.time if isinstance(wanted, Check) and wanted.time is not None else wanted.measure
        assert number is not None and wanted.range is not None  # the callers saw to it
        low, high = wanted.range.ends
        return cls(place, number, wanted.side, low - leave, high + leave, str(wanted.range))

    def same(self, other: "Asked") -> bool:
        """Whether both are about one number."""
        return (self.measure, self.side) == (other.measure, other.side)

    def clashes(self, other: "Asked") -> bool:
        """Whether no value meets both."""
        return self.same(other) and max(self.low, other.low) >= min(self.high, other.high)

    def holds(self, other: "Asked") -> bool:
        """Whether every value that meets the other one meets this too."""
        return self.same(other) and self.low <= other.low and other.high <= self.high


def contradictions(exercise: Exercise, known: Collection[str] | None = None) -> Iterator[Contradiction]:
    """The places of all that contradicts itself, each with a sentence without its full stop, that does not name it.

    known  the ids of all exercises that there are, one of which is to be done instead; None: nobody knows them
    """
    yield from for_people(exercise)
    yield from instead(exercise, known)
    yield from _unseen(exercise)
    yield from _idle(exercise)
    if exercise.repetition is not None:
        if not exercise.judged:
            yield ("judged",), "what is only led and timed is a pose that is held, and repetition is given"
        if exercise.repetition.moves is not None and exercise.sides == "both":
            yield ("repetition", "moves"), "both sides move at once in this exercise (sides: both)"
        yield from _of_repetition(exercise.repetition)
        yield from _too_long(exercise.repetition, exercise.checks)
        yield from _timed_short(exercise.repetition, exercise.checks)
    if exercise.hold is not None:
        yield from _of_hold(exercise.hold)
    for name, check in exercise.checks.items():
        yield from _of_check(("checks", name), check, exercise)
    yield from _between_checks(exercise)


def _between_checks(exercise: Exercise) -> Iterator[Contradiction]:
    """Two checks of the same number at the same time, of which nobody can pass both."""
    checks = [
        (check, Asked.of(("checks", name, "range"), check))
        for name, check in exercise.checks.items()
        if check.range is not None
    ]
    for (one, before), (check, asked) in combinations(checks, 2):
        if _alike(one, check) and asked.clashes(before):
            yield asked.place, f"'{asked.measure}' {asked.told} cannot be met together with {_told(before)}"


def _alike(one: Check, two: Check) -> bool:
    """Whether two checks are told alike, from a view and of moments that they have in common."""
    if one.time is not None or two.time is not None:
        return one.time == two.time
    together = one.when == two.when or _all_the_while(one) or _all_the_while(two)
    told_alike = (one.against, one.less) == (two.against, two.less)
    return together and told_alike and bool(set(one.views) & set(two.views))


def _all_the_while(check: Check) -> bool:
    """Whether it is asked at every moment of a repetition."""
    return check.when == "whole" and check.statistic == "worst"


# --- what no view shows -----------------------------------------------------------------------------------


def _unseen(exercise: Exercise) -> Iterator[Contradiction]:
    """What is asked of a measure that means nothing from any view in which it is asked."""
    for place, measure, views in _measured(exercise):
        known = MEASURES[measure].views
        if not set(known) & set(views):
            yield (
                place,
                f"'{measure}' means something only from {', '.join(known)}, and it is asked from {', '.join(views)}",
            )


def _measured(exercise: Exercise) -> Iterator[tuple[Place, str, Iterable[ViewName]]]:
    """The measures of conditions and of results, where they stand, and the views from which they are asked."""
    if exercise.hold is not None:
        for name, result in exercise.hold.results.items():
            yield ("hold", "results", name, "measure"), result.measure, exercise.views
    for place, condition in _counted_by(exercise):
        yield (*place, "measure"), condition.measure, exercise.views
    if exercise.repetition is not None and exercise.repetition.small is not None:
        yield ("repetition", "small", "measure"), exercise.repetition.small.measure, exercise.views
    for name, check in exercise.checks.items():
        views = [view for view in check.views if view in exercise.views]
        if check.less is not None:
            yield ("checks", name, "less"), check.less, views
        if check.confirmed is not None:
            yield ("checks", name, "confirmed", "measure"), check.confirmed.measure, views
        if check.shown is not None:
            yield ("checks", name, "shown", "measure"), check.shown.measure, views


def _counted_by(exercise: Exercise) -> Iterator[tuple[Place, Condition]]:
    """All conditions by which repetitions or a pose are told."""
    if exercise.repetition is not None:
        yield from _conditions(exercise.repetition)
    if exercise.hold is not None:
        yield from _numbered(("hold", "conditions"), exercise.hold.conditions)
        yield from _entry(exercise.hold)


def _numbered(place: Place, conditions: Iterable[Condition]) -> Iterator[tuple[Place, Condition]]:
    return (((*place, number), condition) for number, condition in enumerate(conditions))


def _conditions(rep: Repetition) -> Iterator[tuple[Place, Condition]]:
    for key in ("only", "rest_also", "begin_also", "reach_also"):
        yield from _numbered(("repetition", key), getattr(rep, key))


def _entry(hold: Hold) -> Iterator[tuple[Place, Condition]]:
    if hold.entry is not None:
        yield from _numbered(("hold", "entry", "conditions"), hold.entry.conditions)


def _idle(exercise: Exercise) -> Iterator[Contradiction]:
    """A condition that everybody meets: a pose would be held by whoever is there."""
    shown = (
        (("checks", name, "shown"), check.shown)
        for name, check in exercise.checks.items()
        if check.shown is not None
    )
    for place, condition in chain(_counted_by(exercise), shown):
        low, high = reach_of(MEASURES[condition.measure])
        asked = Asked.of(place, condition)
        if asked.low <= low and asked.high >= high:
            yield (
                place,
                f"{asked.told} is all that '{condition.measure}' can reach ({low:g} to {high:g}): it is always met",
            )


# --- what cannot be met together --------------------------------------------------------------------------


def _of_repetition(rep: Repetition) -> Iterator[Contradiction]:
    """What is asked at one moment: at rest before and after it, at the end range, and all the while."""
    always = _always(rep)
    rest, ends = _rest(rep), _end_ranges(rep)
    begin, back, reach = _once(rep)
    moments = [(*rest, *always, *begin), (*rest, *always, *back)]
    moments += [(end, *always) for end in ends]
    moments += [(*always, one) for one in reach]  # each of these at a moment of its own
    for moment in moments:
        yield from _clashes(moment)
    yield from _still_and_moving(rep)


def _still_and_moving(rep: Repetition) -> Iterator[Contradiction]:
    """A joint that shall keep its place, and go up or down by more."""
    travels = rep.travels
    if travels is None:
        return
    for number, still in enumerate(rep.still):
        if (still.joint, still.along) == (travels.joint, "any") and still.within < travels.by:
            yield (
                ("repetition", "still", number, "within"),
                f"'{still.joint}' cannot stay within {still.within:g} and travel by {travels.by:g} "
                "(repetition.travels)",
            )


def _once(rep: Repetition) -> Iterator[list[Asked]]:
    """What holds where it begins, where it ends, and at some moment of it."""
    for key in ("begin_also", "rest_also", "reach_also"):
        yield [
            Asked.of(place, c, c.leave if key == "rest_also" else 0.0)
            for place, c in _conditions(rep)
            if key in place
        ]


def _always(rep: Repetition) -> list[Asked]:
    """What holds all the while, as far as it may be left."""
    return [Asked.of(place, c, c.leave) for place, c in _conditions(rep) if "only" in place]


def _rest(rep: Repetition) -> list[Asked]:
    """The signal at rest: what lies beyond the far end of it is rest too.  Of a relative one the level is anybody's."""
    if rep.relative:
        return []
    return [_facing(("repetition", "rest"), rep.signal, rep.rest_edge, not rep.rises, rep.rest)]


def _end_ranges(rep: Repetition) -> list[Asked]:
    """The signal at the end range, as it reads from each view; a movement that goes beyond it counts, too."""
    if rep.relative:
        return []
    end = _facing(("repetition", "target"), rep.signal, rep.target_edge, rep.rises, rep.target)
    others = [
        _facing(("repetition", "target_from", view), rep.signal, rep.edge_from(view), rep.rises, wanted)
        for view, wanted in rep.target_from.items()
    ]
    return [end, *others] if set(rep.views) - set(rep.target_from) else others


def _facing(place: Place, signal: str, edge: float, from_edge: bool, wanted: Range) -> Asked:
    low, high = (edge, inf) if from_edge else (-inf, edge)
    return Asked(place, signal, "working", low, high, str(wanted))


def _of_hold(hold: Hold) -> Iterator[Contradiction]:
    for conditions in (_numbered(("hold", "conditions"), hold.conditions), _entry(hold)):
        yield from _clashes([Asked.of(*condition) for condition in conditions])
    if hold.settle_s > hold.target_s:
        yield (
            ("hold", "settle_s"),
            f"settling for {hold.settle_s:g} seconds takes longer than the pose is held (target_s: {hold.target_s:g})",
        )


def _clashes(moment: Iterable[Asked]) -> Iterator[Contradiction]:
    """What cannot be met at one moment.  Of ranges each two of which have values in common, all have."""
    for one, other in combinations(moment, 2):
        if one.clashes(other):
            yield other.place, f"'{other.measure}' {other.told} cannot be met together with {_told(one)}"


def _told(asked: Asked) -> str:
    return f"{dotted(asked.place)} ({asked.told})"


# --- what a check can never be ----------------------------------------------------------------------------


def _of_check(place: Place, check: Check, exercise: Exercise) -> Iterator[Contradiction]:
    """A range that nothing could meet, or nothing could miss."""
    if check.range is None:
        return
    wrong = list(_of_range((*place, "range"), check, check.range, exercise))
    yield from wrong or _of_band(place, check, check.range, exercise)
    if check.home is not None:
        yield from _of_home((*place, "home"), check, check.home)
    if check.excuse_at_rest and exercise.repetition is not None:
        yield from _of_excuse((*place, "excuse_at_rest"), check, exercise.repetition)


def _of_range(place: Place, check: Check, wanted: Range, exercise: Exercise) -> Iterator[Contradiction]:
    """The range by itself, and against what is counted."""
    if check.time is not None:
        assert exercise.repetition is not None  # the model saw to it
        yield from _of_time(place, check.time, wanted, exercise.repetition)
    elif check.against != "zero":
        yield from _of_change(place, check, wanted)
    elif check.less is None:
        yield from _of_value(Asked.of(place, check), check, exercise)
    if exercise.repetition is not None and check.measure == exercise.repetition.signal:
        yield from _of_signal(place, check, exercise.repetition)


def _of_band(place: Place, check: Check, wanted: Range, exercise: Exercise) -> Iterator[Contradiction]:
    """A range whose every end is, with the band, so far out that nothing comes to it."""
    lowest, highest = _reach(check, exercise)
    low, high = wanted.ends
    if low - check.band <= lowest and high + check.band >= highest:
        reach = f"{lowest:g} to {highest:g}"
        if check.band:
            place, told = (*place, "band"), f"with a band of {check.band:g} around {wanted}"
        else:
            place, told = (*place, "range"), f"with {wanted}"
        yield place, f"{told}, all that can be ({reach}) is right or unsure: it could never be wrong"


def _reach(check: Check, exercise: Exercise) -> tuple[float, float]:
    """How small and how large what a check is about can be, as the check tells it."""
    if check.measure is None:
        return 0.0, exercise.repetition.max_s if exercise.repetition is not None else inf
    measure = MEASURES[check.measure]
    if check.against == "share_of_rest":
        return (-WHOLE if measure.reach[0] >= 0 else -inf), inf
    if check.against == "rest":
        return reach_of(measure, measure)
    return reach_of(measure, MEASURES[check.less] if check.less is not None else None)


def _of_home(place: Place, check: Check, home: float) -> Iterator[Contradiction]:
    """A value to come home to that nobody has, or at which nobody may stay."""
    assert check.measure is not None and check.range is not None  # the caller and the model saw to it
    low, high = reach_of(MEASURES[check.measure])
    if not low <= home <= high:
        yield place, f"{home:g} is outside what '{check.measure}' can reach ({low:g} to {high:g})"
    elif check.range.outside(0.0) > 0:
        yield place, f"who rests at {home:g} and stays there changes by 0, which lies outside {check.range}"


def _of_excuse(place: Place, check: Check, rep: Repetition) -> Iterator[Contradiction]:
    """A check of the signal from which rest itself excuses."""
    if any(rest.clashes(Asked.of(place, check)) for rest in _rest(rep)):
        yield (
            place,
            f"at rest ({rep.rest}) everybody is outside {check.range}, so it could never be a fault",
        )


def _of_time(place: Place, time: str, wanted: Range, rep: Repetition) -> Iterator[Contradiction]:
    if not all(0 < end < rep.max_s for end in (wanted.min, wanted.max) if end is not None):
        yield (
            place,
            f"times between 0 and {rep.max_s:g} seconds (repetition.max_s) were expected, not {wanted}",
        )
    elif time == "hold" and wanted.max is not None and wanted.max <= rep.min_hold_s:
        yield place, f"{wanted} cannot be met together with repetition.min_hold_s ({rep.min_hold_s:g})"


def _too_long(rep: Repetition, checks: Mapping[str, Check]) -> Iterator[Contradiction]:
    """Parts of a repetition that take longer together than the whole of one may."""
    least = {"hold": (rep.min_hold_s, "repetition.min_hold_s")}
    for name, check in checks.items():
        if check.time is not None and check.range is not None:
            asked = check.range.min or 0.0, f"checks.{name}.range"
            least[check.time] = max(least.get(check.time, asked), asked)
    parts = [f"{seconds:g} ({place})" for seconds, place in least.values() if seconds]
    if len(parts) > 1 and sum(seconds for seconds, _ in least.values()) >= rep.max_s:
        yield (
            ("repetition", "max_s"),
            f"{rep.max_s:g} seconds are too few for the parts that are asked for: {' and '.join(parts)}",
        )


def _timed_short(rep: Repetition, checks: Mapping[str, Check]) -> Iterator[Contradiction]:
    """A way that is timed, to or from a rest that begins before it: beyond its far end nothing is timed."""
    if rep.relative or isinf(rep.rest_end):
        return
    for name, check in checks.items():
        if check.time in ("out", "back"):
            end = "min" if rep.rises else "max"
            when = "ends" if check.time == "back" else "begins"
            yield (
                ("repetition", "rest", end),
                f"beyond {rep.rest_end:g} all is rest, so for whoever rests there the time of checks.{name} {when} "
                f"under way; leave {end} out",
            )


def _of_change(place: Place, check: Check, wanted: Range) -> Iterator[Contradiction]:
    """A change that is larger than any can be."""
    assert check.measure is not None  # only what is measured is told against rest
    if check.against == "share_of_rest":
        if any(abs(end) > WHOLE for end in (wanted.min, wanted.max) if end is not None):
            yield place, f"a share of rest is told as 0.1 for a tenth more; {wanted} is more than the whole"
        return
    try:
        within_reach(MEASURES[check.measure], wanted, change=True)
    except Misplaced as beyond:
        yield (*place, *beyond.place), f"told as a change, {beyond.said}"


def _of_value(asked: Asked, check: Check, exercise: Exercise) -> Iterator[Contradiction]:
    """A check of what is a condition all the while, before which nothing is judged, or at a moment of that while."""
    rep, hold = exercise.repetition, exercise.hold
    met = _always(rep) if rep is not None else []
    left = met
    if rep is not None and _all_the_while(check):
        met = [*met, *chain(*_once(rep))]
    if hold is not None:
        conditions = list(_numbered(("hold", "conditions"), hold.conditions))
        met = [Asked.of(place, c) for place, c in conditions]
        left = [Asked.of(place, c, c.leave) for place, c in conditions]
    for condition in met:
        if asked.clashes(condition):
            yield (
                asked.place,
                f"{asked.told} cannot be met together with {_told(condition)}: it could never be right",
            )
    for condition in left:
        if asked.holds(condition):
            yield (
                asked.place,
                f"{asked.told} is always met together with {_told(condition)}: it could never be wrong",
            )


def _of_signal(place: Place, check: Check, rep: Repetition) -> Iterator[Contradiction]:
    """A check of the signal that leaves out what every counted repetition comes to: its end range, and its rest."""
    change = check.against == "rest"
    told_alike = change or (check.against == "zero" and not rep.relative)
    if check.side == "other" or check.less is not None or not told_alike:
        return
    assert check.range is not None  # the caller saw to it
    turn, (low, high) = rep.turn, check.range.ends
    near, far = (low, high) if rep.rises else (-high, -low)
    # From the nearest end range of the views in which it is judged, and, of a change, from the nearest rest.
    edge = min(turn * rep.edge_from(view) for view in check.views if view in rep.views)
    if change and not rep.relative:
        edge -= turn * rep.rest_edge
    if check.when in ("peak", "whole") and far < edge:
        told = f"a change of {turn * edge:g}" if change else str(rep.target)
        yield (
            place,
            f"{check.range} lies outside the target ({told}), which every repetition that counts reaches",
        )
    at_rest = {"whole": "from which every repetition begins", "return": "to which whoever ends it well comes"}
    # A change from a rest that is anybody's may lead to another rest.
    if check.when in at_rest and change == rep.relative and near > turn * rep.rest_edge:
        yield place, f"{check.range} lies outside the rest ({rep.rest}), {at_rest[check.when]}"
