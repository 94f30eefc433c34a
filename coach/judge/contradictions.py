"""What an exercise file asks for that cannot be, though each part of it is right by itself.

In a file without any a repetition can count, a pose can be held, and what is measured can be right and can be wrong.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from math import inf
from typing import Final, Literal

from coach.judge.exercise import Check, Exercise
from coach.judge.file_fields import ID, Condition, Misplaced, Range, nearest, reach_of, within_reach
from coach.judge.file_movement import Hold, Repetition
from coach.judge.texts import Place
from coach.motion import MEASURES, ViewName

Contradiction = tuple[Place, str]

WHOLE: Final = 1.0  # a share of rest that is more than that was meant as percent
ALIKE: Final = 0.8  # how much words are like the id of an exercise that was meant
# Of the seconds that people are told, so much must be held to pass.  The bridge tells them 3 to 5, and lets 3 pass.
LEAST_HELD: Final = 0.5


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
        """What a condition or a check asks, its range wider by `leave`."""
        assert wanted.measure is not None and wanted.range is not None  # the callers saw to it
        low, high = _ends(wanted.range)
        return cls(place, wanted.measure, wanted.side, low - leave, high + leave, str(wanted.range))

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
    yield from _for_people(exercise)
    yield from _instead(exercise, known)
    yield from _unseen(exercise)
    if exercise.repetition is not None:
        if not exercise.judged:
            yield ("judged",), "what is only led and timed is a pose that is held, and repetition is given"
        if exercise.repetition.moves is not None and exercise.sides == "both":
            yield ("repetition", "moves"), "both sides move at once in this exercise (sides: both)"
        yield from _of_repetition(exercise.repetition)
        yield from _too_long(exercise.repetition, exercise.checks)
    if exercise.hold is not None:
        yield from _of_hold(exercise.hold)
    for name, check in exercise.checks.items():
        yield from _of_check(("checks", name), check, exercise)
    yield from _between_checks(exercise)


def _between_checks(exercise: Exercise) -> Iterator[Contradiction]:
    """Two checks of the same number in the same phase, of which nobody can pass both."""
    told = [(name, check) for name, check in exercise.checks.items() if check.measure is not None]
    for (one_name, one), (name, check) in combinations(told, 2):
        alike = (one.when, one.against, one.less) == (check.when, check.against, check.less)
        place, first = ("checks", name, "range"), ("checks", one_name, "range")
        asked, before = Asked.of(place, check), Asked.of(first, one)
        if alike and set(one.views) & set(check.views) and asked.clashes(before):
            yield place, f"'{check.measure}' {asked.told} cannot be met together with {_told(before)}"


# --- what people read -------------------------------------------------------------------------------------


def _for_people(exercise: Exercise) -> Iterator[Contradiction]:
    """What people read, against what is counted."""
    dose, hold = exercise.dose, exercise.hold
    if dose.each_side and exercise.sides != "each":
        how = "move at once" if exercise.sides == "both" else "take turns"
        yield ("dose", "each_side"), f"both sides {how} in this exercise (sides: {exercise.sides})"
    if hold is None:
        if dose.reps is None:
            yield ("dose",), "an exercise that is repeated needs reps"
        if dose.hold_s is not None:
            yield from ((("dose", "hold_s"), wrong) for wrong in _held_otherwise(exercise, dose.hold_s))
    elif hold.guide is not None:
        led = hold.guide
        for key, asked, done in (("reps", dose.reps, led.reps), ("hold_s", dose.hold_s, led.hold_s)):
            if asked is not None and asked != done:
                yield ("dose", key), f"it is {asked:g} here, and {done:g} in hold.guide.{key}: change both"
    elif dose.hold_s is None:
        yield ("dose",), "a pose that is held needs hold_s"
    elif dose.hold_s != hold.target_s:
        yield (
            ("dose", "hold_s"),
            f"it is {dose.hold_s:g} here, and {hold.target_s:g} in hold.target_s: change both, or leave the latter out",
        )
    elif dose.reps is not None:
        yield ("dose", "reps"), "a pose that is held has no repetitions; sets says how often it is held"


def _held_otherwise(exercise: Exercise, hold_s: float) -> Iterator[str]:
    """How long people are told to hold each repetition, against what is asked of it."""
    rep, told = exercise.repetition, f"it is {hold_s:g} here, and"
    assert rep is not None  # the caller saw to it
    if hold_s >= rep.max_s:
        yield f"{told} a whole repetition takes at most {rep.max_s:g} seconds (repetition.max_s)"
    if hold_s < rep.min_hold_s:
        yield f"{told} at least {rep.min_hold_s:g} in repetition.min_hold_s, without which it does not count"
    for name, check in exercise.checks.items():
        if check.time != "hold" or check.range is None:
            continue
        key, (low, high) = f"checks.{name}.range", _ends(check.range)
        if not low <= hold_s <= high:
            yield f"{told} {check.range} in {key}: change both"
        elif high == inf and low < LEAST_HELD * hold_s:
            yield f"{told} {key}.min lets {low:g} seconds pass, less than half of it: change both"


def _instead(exercise: Exercise, known: Collection[str] | None) -> Iterator[Contradiction]:
    """What is done instead: another exercise, that there is, or what is none, told in words ("a short walk")."""
    name, place = exercise.swap.exercise, ("swap", "exercise")
    if name == exercise.id:
        yield place, f"'{name}' cannot be done instead of itself"
    elif known is not None and name not in known:
        written_as_id = ID.fullmatch(name) is not None
        others = [other for other in known if other != exercise.id]
        if near := nearest(name, others, least=0.5 if written_as_id else ALIKE):
            yield place, f"there is no exercise '{name}'; did you mean '{near[0]}'?"
        elif written_as_id:
            yield (
                place,
                f"there is no exercise '{name}'; what is none is told in words, such as 'a short walk'",
            )


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
    hold = exercise.hold
    conditions = _conditions(exercise.repetition) if exercise.repetition is not None else ()
    if hold is not None:
        conditions = chain(_numbered(("hold", "conditions"), hold.conditions), _entry(hold))
        for name, result in hold.results.items():
            yield ("hold", "results", name, "measure"), result.measure, exercise.views
    for place, condition in conditions:
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


def _numbered(place: Place, conditions: Iterable[Condition]) -> Iterator[tuple[Place, Condition]]:
    return (((*place, number), condition) for number, condition in enumerate(conditions))


def _conditions(rep: Repetition) -> Iterator[tuple[Place, Condition]]:
    for key in ("only", "rest_also", "begin_also", "reach_also"):
        yield from _numbered(("repetition", key), getattr(rep, key))


def _entry(hold: Hold) -> Iterator[tuple[Place, Condition]]:
    if hold.entry is not None:
        yield from _numbered(("hold", "entry", "conditions"), hold.entry.conditions)


# --- what cannot be met together --------------------------------------------------------------------------


def _of_repetition(rep: Repetition) -> Iterator[Contradiction]:
    """What is asked at one moment: at rest before and after it, at the end range, and all the while."""
    always = _always(rep)
    rest, ends = _rest(rep), _end_ranges(rep)
    begin, back, reach = (
        [
            Asked.of(place, c, c.leave if key == "rest_also" else 0.0)
            for place, c in _conditions(rep)
            if key in place
        ]
        for key in ("begin_also", "rest_also", "reach_also")
    )
    moments = [(*rest, *always, *begin), (*rest, *always, *back)]
    moments += [(end, *always) for end in ends]
    moments += [(*always, one) for one in reach]  # each of these at a moment of its own
    for moment in moments:
        yield from _clashes(moment)


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
    return f"{'.'.join(map(str, asked.place))} ({asked.told})"


# --- what a check can never be ----------------------------------------------------------------------------


def _of_check(place: Place, check: Check, exercise: Exercise) -> Iterator[Contradiction]:
    """A range that nothing could meet, or nothing could miss."""
    if check.range is None:
        return
    wrong = list(_of_range((*place, "range"), check, check.range, exercise))
    yield from wrong or _of_band(place, check, check.range, exercise)


def _of_range(place: Place, check: Check, wanted: Range, exercise: Exercise) -> Iterator[Contradiction]:
    """The range by itself, and against what is counted."""
    if check.time is not None:
        assert exercise.repetition is not None  # the model saw to it
        yield from _of_time(place, check.time, wanted, exercise.repetition)
    elif check.against != "zero":
        yield from _of_change(place, check, wanted)
    elif check.less is None:
        yield from _of_value(Asked.of(place, check), exercise)
    if exercise.repetition is not None and check.measure == exercise.repetition.signal:
        yield from _of_signal(place, check, exercise.repetition)


def _of_band(place: Place, check: Check, wanted: Range, exercise: Exercise) -> Iterator[Contradiction]:
    """A range whose every end is, with the band, so far out that nothing comes to it."""
    lowest, highest = _reach(check, exercise)
    low, high = _ends(wanted)
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


def _of_value(asked: Asked, exercise: Exercise) -> Iterator[Contradiction]:
    """A check of what is a condition all the while, before which nothing is judged."""
    rep, hold = exercise.repetition, exercise.hold
    met = _always(rep) if rep is not None else []
    left = met
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
    told_alike = check.against == "rest" or (check.against == "zero" and not rep.relative)
    if (
        check.side == "other"
        or check.less is not None
        or check.when not in ("peak", "whole")
        or not told_alike
    ):
        return
    assert check.range is not None  # the caller saw to it
    turn, (low, high) = rep.turn, _ends(check.range)
    near, far = (low, high) if rep.rises else (-high, -low)
    # From the nearest end range of the views in which it is judged, and, of a change, from the nearest rest.
    edge = min(turn * rep.edge_from(view) for view in check.views if view in rep.views)
    change = check.against == "rest"
    if change and not rep.relative:
        edge -= turn * rep.rest_edge
    if far < edge:
        told = f"a change of {turn * edge:g}" if change else str(rep.target)
        yield (
            place,
            f"{check.range} lies outside the target ({told}), which every repetition that counts reaches",
        )
    if check.when == "whole" and not change and near > turn * rep.rest_edge:
        yield place, f"{check.range} lies outside the rest ({rep.rest}), from which every repetition begins"


def _ends(wanted: Range) -> tuple[float, float]:
    """The ends of a range, infinite where it is open."""
    return (
        -inf if wanted.min is None else wanted.min,
        inf if wanted.max is None else wanted.max,
    )
