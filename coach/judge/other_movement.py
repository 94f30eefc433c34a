"""What is no repetition of an exercise, though its signal rose and fell: turning, walking, another movement."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.judge.checks import LASTS_S
from coach.judge.file_fields import Condition
from coach.judge.file_movement import Repetition, Still
from coach.judge.samples import Floats, Probes, Recording
from coach.judge.timing import lasting
from coach.motion import ViewName, turned

Flags = NDArray[np.bool_]

# A foot that steps is in the air for 0.4 s; away and home again are two steps.
MOMENT_S: Final = 0.4


def is_another(probes: Probes, recording: Recording, only_counts: bool = False) -> bool:
    """Whether the view changed, a joint wandered, the other side moved, or a condition of the exercise was left.

    only_counts  whether the legs are seen too unsteadily to tell from where to where a joint went
    """
    return is_elsewhere(probes, recording) or bool(
        wandered(probes, recording, only_counts) or left_out(probes, recording)
    )


def is_elsewhere(probes: Probes, recording: Recording) -> bool:
    """Whether the view changed, nobody moved or the other side, or it began where this exercise does not begin."""
    rep = _repetition(probes)
    if turned(recording.first_view, recording.last_view) or _stayed(rep, recording):
        return True
    if rep.moves is not None:
        own, fellow = (np.abs(recording.shifts(column)) for column in (-2, -1))
        if own.max(initial=0) < fellow.max(initial=0):
            return True  # the other side's movement, seen from this side
    return any(
        condition.range.outside(recording.values[0, probes.of_condition(condition)]) > 0
        for condition in rep.begin_also
    )


def _stayed(rep: Repetition, recording: Recording) -> bool:
    """Whether the joint that goes up or down in each repetition did not; one that nobody sees is not asked."""
    if rep.travels is None:
        return False
    height = recording.shifts(len(rep.still)).imag
    return bool(len(height)) and float(np.ptp(height)) < rep.travels.by


def wandered(probes: Probes, recording: Recording, only_counts: bool = False) -> list[Still]:
    """Which joints that shall keep their place did not."""
    return [
        still
        for column, still in enumerate(_repetition(probes).still)
        if (ways := recording.ways(column))
        and all(_goes_away(t, way, still, recording.view, only_counts) for t, way in ways)
    ]


def left_out(probes: Probes, recording: Recording) -> list[Condition]:
    """Which of the conditions that make it this movement were left."""
    return [condition for condition in _repetition(probes).only if _left(probes, condition, recording)]


def _repetition(probes: Probes) -> Repetition:
    rep = probes.exercise.repetition
    assert rep is not None  # who is held has no repetitions
    return rep


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
    t: Floats, shift: NDArray[np.complexfloating[Any, Any]], still: Still, view: ViewName, only_counts: bool
) -> bool:
    """Whether a joint that shall keep its place does not: t (m,) s, shift (m,), by the body's scale."""
    away = np.abs(shift.real if still.along == "floor" else shift) > still.within
    # There and home again in a moment goes no joint, but the model's mark of it: before a camera in front the legs of
    # knees that fall in change their names.  From the side that tells that the legs are mixed up, and which one moved
    # is anybody's guess.
    if view in ("front", "back"):
        away = _for_long(t, away)
    if away.any():
        return True
    # Of legs that are mixed up half of a movement may be lost: it begins where it was found again.
    return still.returns is not None and not only_counts and abs(shift[-1] - shift[0]) > still.returns


def _for_long(t: Floats, away: Flags) -> Flags:
    """(m,) where a joint is away without the stays that begin and end within MOMENT_S."""
    changes = np.flatnonzero(np.diff(away, prepend=False, append=False))
    kept = away.copy()
    for first, after in zip(changes[::2], changes[1::2], strict=True):
        if first > 0 and after < len(t) and t[after] - t[first] <= MOMENT_S:
            kept[first:after] = False
    return kept


def _values_of(probes: Probes, condition: Condition, recording: Recording) -> Floats:
    """The values of a condition's measure (n,), NaN where unseen, and from a view that hides it."""
    i = probes.of_condition(condition)
    shown = recording.view in probes.probes[i].measure.views
    return recording.values[:, i] if shown else np.full(len(recording.t), np.nan)
