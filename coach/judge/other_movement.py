"""What is no repetition of an exercise, though its signal rose and fell: turning, walking, another movement."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.judge.checks import LASTS_S
from coach.judge.file_fields import Condition
from coach.judge.file_movement import Still
from coach.judge.samples import Floats, Probes, Recording
from coach.judge.timing import lasting
from coach.motion import ViewName, turned


def is_another(probes: Probes, recording: Recording, only_counts: bool = False) -> bool:
    """Whether the view changed, a joint wandered, the other side moved, or a condition of the exercise was left.

    only_counts  whether the legs are seen too unsteadily to tell from where to where a joint went
    """
    rep = probes.exercise.repetition
    assert rep is not None  # who is held has no repetitions
    if turned(recording.first_view, recording.last_view):
        return True
    for column, still in enumerate(rep.still):
        ways = recording.ways(column)
        if ways and all(_goes_away(way, still, recording.view, only_counts) for way in ways):
            return True
    if rep.moves is not None:
        own, fellow = (np.abs(recording.shifts(column)) for column in (-2, -1))
        if own.max(initial=0) < fellow.max(initial=0):
            return True  # the other side's movement, seen from this side
    for condition in rep.begin_also:
        if condition.range.outside(recording.values[0, probes.of_condition(condition)]) > 0:
            return True
    return any(_left(probes, condition, recording) for condition in rep.only)


def reached(probes: Probes, condition: Condition, recording: Recording) -> bool:
    """Whether a condition was met for a moment; one that the view hides is not held against anyone."""
    values = _values_of(probes, condition, recording)
    if np.isnan(values).all():
        return True
    value, _ = lasting(recording.t, values, LASTS_S, highest=condition.min is not None)
    return condition.range.outside(value) <= 0


def _left(probes: Probes, condition: Condition, recording: Recording) -> bool:
    values = _values_of(probes, condition, recording)
    ends = (lasting(recording.t, values, LASTS_S, highest=highest)[0] for highest in (True, False))
    return any(condition.range.outside(value) > condition.leave for value in ends)


def _goes_away(
    shift: NDArray[np.complexfloating[Any, Any]], still: Still, view: ViewName, only_counts: bool
) -> bool:
    """Whether a joint that shall keep its place does not: shift (m,), by the body's scale."""
    away = np.abs(shift.real if still.along == "floor" else shift) > still.within
    # For a single frame no joint goes anywhere: before a camera in front the legs of knees that fall in change
    # their names.  From the side that tells that the legs are mixed up, and which one moved is anybody's guess.
    if view in ("front", "back"):
        away = away[1:] & away[:-1]
    if away.any():
        return True
    # Of legs that are mixed up half of a movement may be lost: it begins where it was found again.
    return still.returns is not None and not only_counts and abs(shift[-1] - shift[0]) > still.returns


def _values_of(probes: Probes, condition: Condition, recording: Recording) -> Floats:
    """The values of a condition's measure (n,), NaN where unseen, and from a view that hides it."""
    i = probes.of_condition(condition)
    shown = recording.view in probes.probes[i].measure.views
    return recording.values[:, i] if shown else np.full(len(recording.t), np.nan)
