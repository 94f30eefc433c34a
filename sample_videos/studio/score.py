"""From a scene's set to curves over time: for each parameter of the movement when it goes where; and the record of it.

A curve is piecewise: it rests, and goes to a new value within a time, with an even start and end (minimum jerk).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from coach.pose import Side, other
from sample_videos.studio.movements.base import Movement, Tempo, Values, smooth
from sample_videos.studio.scene import Away, Entry, PlacedFault

PhaseName = Literal["rest", "out", "peak", "back", "hold", "away", "other"]
PHASES: Final[tuple[PhaseName, ...]] = ("rest", "out", "peak", "back", "hold", "away", "other")
What = Literal["walks_in", "gets_down", "set", "gets_up", "walks_out", "away"]

LEAD_S: Final = 1.5  # at rest before the first repetition: the coach learns the rest from it
SETTLED_S: Final = 3.0  # the same for who has just got into position
TAIL_S: Final = 1.0
TAKE_UP_S: Final = 0.8  # to move the feet before a repetition
SETTLE_S: Final = 2.2  # and to lie still again: a shift of the feet is no beginning of a repetition
FAULT_S: Final = 1.0  # for a fault to come and to go in a hold
LEAVES_TO: Final = 0.25  # how much of the pose is left while it is left


@dataclass(frozen=True)
class Move:
    """Goes to a value from one time to another."""

    start_s: float
    end_s: float
    value: float


@dataclass
class Curve:
    """One parameter over time.

    >>> curve = Curve(0.0, [Move(1, 3, 10.0)])
    >>> [curve(t) for t in (0, 2, 9)]
    [0.0, 5.0, 10.0]
    """

    first: float
    moves: list[Move] = field(default_factory=list)

    def __call__(self, t: float) -> float:
        """The value at a time, seconds."""
        value = self.first
        for move in self.moves:
            if t < move.start_s:
                break
            value += (move.value - value) * smooth((t - move.start_s) / (move.end_s - move.start_s))
        return value

    def last(self) -> float:
        """Where it ends."""
        return self.moves[-1].value if self.moves else self.first


@dataclass(frozen=True)
class RepRecord:
    """A repetition as planned; share: of the range; faults: planted, size by check; side: of an alternating one."""

    start_s: float
    peak_s: float
    end_s: float
    hold_s: float
    share: float
    faults: Values
    side: Side | None = None


@dataclass(frozen=True)
class HoldRecord:
    """A hold as it was planned: `held_s` leaves out when the pose was left; faults with their film times."""

    start_s: float
    end_s: float
    held_s: float
    faults: Mapping[str, PlacedFault]
    left: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Moment:
    """What happens when in the film."""

    what: What
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Score:
    """The whole film: curves by parameter, and what happens when."""

    curves: Mapping[str, Curve]
    reps: tuple[RepRecord, ...]
    holds: tuple[HoldRecord, ...]
    phases: tuple[tuple[PhaseName, float, float], ...]
    moments: tuple[Moment, ...]
    duration_s: float

    def values(self, t: float) -> dict[str, float]:
        """Every parameter at a time, seconds."""
        return {name: curve(t) for name, curve in self.curves.items()}

    def phase(self, t: float) -> PhaseName:
        """The phase at a time; at rest where nothing else is told."""
        return next((name for name, start, end in self.phases if start <= t < end), "rest")

    def moment(self, t: float) -> Moment:
        """The moment at a time; the last one at the end."""
        return next((m for m in self.moments if m.start_s <= t < m.end_s), self.moments[-1])


@dataclass(frozen=True)
class Ways:
    """Seconds of coming in, getting into position, getting up and going out; None where it is not done."""

    enter: tuple[float, float] | None = None
    leave: tuple[float, float] | None = None
    away: tuple[float, float, float, float] | None = None  # getting up, out, in again, getting down


def compose(
    movement: Movement, entries: Sequence[Entry], tempo: Tempo, ways: Ways, away: Sequence[Away] = ()
) -> Score:
    """The score of a set."""
    composer = _Composer(movement, tempo, ways, list(away))
    composer.begin()
    for entry in entries:
        for _ in range(entry.repeat):
            composer.play(entry)
    return composer.finish()


class _Composer:
    """Writes the score from beginning to end; `now` is the time reached."""

    def __init__(self, movement: Movement, tempo: Tempo, ways: Ways, away: list[Away]) -> None:
        self.movement, self.tempo, self.ways, self.away = movement, tempo, ways, away
        self.now = 0.0
        self.curves = {name: Curve(value) for name, value in movement.rest.items()}
        self.reps: list[RepRecord] = []
        self.holds: list[HoldRecord] = []
        self.phases: list[tuple[PhaseName, float, float]] = []
        self.moments: list[Moment] = []
        self.set_from = 0.0
        self.hold: HoldRecord | None = None  # under way
        self.side: Side | None = None  # that moved last, in an alternating exercise
        self.short: Values = {}  # where the last repetition stopped short of rest

    # --- parts --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Come in if asked for, and rest a little."""
        if self.ways.enter is not None:
            self._moment("walks_in", self.ways.enter[0])
            self._moment("gets_down", self.ways.enter[1])
        self.set_from = self.now
        self.now += LEAD_S if self.ways.enter is None else SETTLED_S

    def play(self, entry: Entry) -> None:
        """One entry of the set."""
        if self.away and self.now >= self.away[0].from_s and self.hold is None:
            self._go_away(self.away.pop(0))
        if entry.hold_s is not None:
            self._hold(entry, entry.hold_s)
        elif entry.leaves_s is not None:
            self._leave_pose(entry.leaves_s)
        elif entry.does is not None:
            self._other(entry)
        elif entry.pause_s is not None:
            self._close()
            self.now += entry.pause_s
        else:
            self._repetition(entry)

    def finish(self) -> Score:
        """Come to an end, and go out if asked for."""
        self._close()
        if self.away:
            self._go_away(self.away.pop(0))
        self.now += TAIL_S
        self._end_set()
        if self.ways.leave is not None:
            self._moment("gets_up", self.ways.leave[0])
            self._moment("walks_out", self.ways.leave[1])
        return Score(
            self.curves,
            tuple(self.reps),
            tuple(self.holds),
            tuple(self.phases),
            tuple(self.moments),
            self.now,
        )

    # --- repetitions --------------------------------------------------------------------------------

    def _repetition(self, entry: Entry) -> None:
        sizes = {check: fault.size for check, fault in entry.faults.items()}
        tempo = self._tempo(sizes)
        if self.movement.alternates:
            self.side = entry.side or (other(self.side) if self.side else "left")
        plan = self.movement.plan_on(
            self.side, {k: v for k, v in sizes.items() if k not in self.movement.times}, entry.range
        )
        if self._go({**plan.start, **self.short}, TAKE_UP_S):
            self.now += TAKE_UP_S + SETTLE_S
        start = self.now
        self._phase("out", plan.end, tempo.out_s)
        self._phase("peak", {}, tempo.hold_s)
        self._phase("back", plan.back, tempo.back_s)
        peak = start + tempo.out_s + tempo.hold_s / 2
        self.reps.append(RepRecord(start, peak, self.now, tempo.hold_s, entry.range, sizes, self.side))
        short = any(check in self.movement.stops_short for check in sizes)
        self.short = {k: v for k, v in plan.back.items() if v != plan.start[k]} if short else {}
        self.now += tempo.rest_s

    def _tempo(self, sizes: Values) -> Tempo:
        times = {part: sizes[check] for check, part in self.movement.times.items() if check in sizes}
        return replace(self.tempo, **times)

    # --- holds --------------------------------------------------------------------------------------

    def _hold(self, entry: Entry, hold_s: float) -> None:
        if self.hold is None:
            self._phase("out", self.movement.plan({}).end, self.tempo.out_s)
            self.hold = HoldRecord(self.now, self.now, 0.0, {})
        start = self.now
        placed = {name: fault.within(start, hold_s) for name, fault in entry.faults.items()}
        for name, fault in sorted(placed.items(), key=lambda item: item[1].start):
            self._plant(name, fault)
        self.now = start + hold_s
        self.phases.append(("hold", start, self.now))
        self.hold = replace(
            self.hold, end_s=self.now, held_s=self.hold.held_s + hold_s, faults={**self.hold.faults, **placed}
        )

    def _plant(self, name: str, fault: PlacedFault) -> None:
        """Let a fault come and go within its time."""
        clean, faulty = self.movement.plan({}).end, self.movement.plan({name: fault.size}).end
        ramp = min(FAULT_S, (fault.end - fault.start) / 3)
        for parameter, value in faulty.items():
            if value != clean[parameter]:
                self._move(parameter, fault.start, fault.start + ramp, value)
                self._move(parameter, fault.end - ramp, fault.end, clean[parameter])

    def _leave_pose(self, leaves_s: float) -> None:
        """Come out of the pose and back into it."""
        clean = self.movement.plan({}).end
        out = {name: (LEAVES_TO if name == "into" else value) for name, value in clean.items()}
        start = self.now
        self._phase("back", out, 0.4 * leaves_s)
        self.now += 0.1 * leaves_s
        self._phase("out", clean, 0.5 * leaves_s)
        if self.hold is not None:
            self.hold = replace(self.hold, end_s=self.now, left=(*self.hold.left, (start, self.now)))

    def _close(self) -> None:
        """Come out of a pose that is held."""
        if self.hold is not None:
            self.holds.append(self.hold)
            self.hold = None
            self._phase("back", self.movement.rest, self.tempo.back_s)
            self.now += self.tempo.rest_s

    # --- other things -------------------------------------------------------------------------------

    def _other(self, entry: Entry) -> None:
        """What the movement has of its own, one part after the other."""
        start = self.now
        for takes_s, values in self.movement.program(entry.does or "", entry.for_s):
            self._go(values, takes_s)
            self.now += takes_s
        self.phases.append(("other", start, self.now))

    def _go_away(self, away: Away) -> None:
        if self.ways.away is None:
            return
        self._end_set()
        up_s, out_s, in_s, down_s = self.ways.away
        self._moment("gets_up", up_s)
        self._moment("walks_out", out_s)
        self._moment("away", away.for_s)
        self._moment("walks_in", in_s)
        self._moment("gets_down", down_s)
        self.set_from = self.now
        self.now += SETTLED_S

    # --- writing ------------------------------------------------------------------------------------

    def _moment(self, what: What, takes_s: float) -> None:
        if takes_s == 0:
            return  # who is there already need not walk
        self.moments.append(Moment(what, self.now, self.now + takes_s))
        self.phases.append(("away", self.now, self.now + takes_s))
        self.now += takes_s

    def _end_set(self) -> None:
        self.moments.append(Moment("set", self.set_from, self.now))

    def _phase(self, name: PhaseName, values: Values, takes_s: float) -> None:
        self._go(values, takes_s)
        self.phases.append((name, self.now, self.now + takes_s))
        self.now += takes_s

    def _go(self, values: Values, takes_s: float) -> bool:
        """Move the parameters that are elsewhere; whether any was."""
        moving = {
            name: value for name, value in values.items() if abs(self.curves[name].last() - value) > 1e-6
        }
        for name, value in moving.items():
            self._move(name, self.now, self.now + takes_s, value)
        return bool(moving)

    def _move(self, name: str, start_s: float, end_s: float, value: float) -> None:
        self.curves[name].moves.append(Move(start_s, max(end_s, start_s + 0.05), value))
