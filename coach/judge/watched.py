"""A demonstration as the engine watches it: its repetitions or holds, and what each measure was in them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from coach.judge.engine import Engine
from coach.judge.exercise import Exercise
from coach.judge.lanes import near_side
from coach.judge.results import HeldPose, Rep, SetResult
from coach.judge.samples import Probe
from coach.motion import Body, ErrorTable, Observer, ViewName
from coach.pose import PoseFrame, Side

Floats = NDArray[np.float64]

SHORTEST_HOLD_S: Final = 5.0
EASED: Final = 0.3  # share of the way by which rest is opened for who rests elsewhere


class Watched:
    """The engine's result on a demonstration, and the frames again for what a result does not tell."""

    def __init__(
        self,
        base: Exercise,
        track: Sequence[PoseFrame],
        side: Side | None,
        errors: ErrorTable,
        engaged: Exercise | None = None,
    ) -> None:
        """engaged: what the engine watches for, where that is not the base itself."""
        self.base, self.errors = base, errors
        self._track, self._side, self._engaged = track, side, engaged or base
        engine = Engine(self._engaged, side, errors)
        signal = [engine.step(frame).signal for frame in track]
        self.result: SetResult = engine.finish()
        self.t = np.array([frame.t for frame in track])
        self._shown = np.array(signal, dtype=float)
        self._bodies = [Body.of(frame) for frame in track]
        self._near = list(_near_sides(track, self._bodies))
        self.reps = _tried(self.result.reps)
        self.holds = long_enough(self.result.holds)
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
        every = result_of(Engine(_anything(self._engaged), self._side, self.errors), self._track)
        return max(0, len(_tried(every.reps)) - len(self.reps))

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


def eased(base: Exercise) -> Exercise:
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


def result_of(engine: Engine, frames: Iterable[PoseFrame]) -> SetResult:
    """What an engine makes of all frames."""
    for frame in frames:
        engine.step(frame)
    return engine.finish()


def long_enough(holds: Iterable[HeldPose]) -> list[HeldPose]:
    """Those that there is something to learn from."""
    return [hold for hold in holds if hold.held_s >= SHORTEST_HOLD_S]


def _tried(reps: Iterable[Rep]) -> list[Rep]:
    """Those that only missed the end range are repetitions too: the range is what is learnt."""
    return [rep for rep in reps if rep.counted or rep.why_not_code == "range"]


def _near_sides(track: Iterable[PoseFrame], bodies: Iterable[Body]) -> Iterator[Side]:
    """The side that the engine measures on each frame where both move alike."""
    observer, near = Observer(), None
    for frame, body in zip(track, bodies, strict=True):
        if frame.cut:
            observer.reset()
        near = near_side(near, observer.step(frame.t, body))
        yield near
