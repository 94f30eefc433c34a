"""Repetitions of one side: counted, timed, judged."""

from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from coach.judge.baseline import AGAIN_S, Baseline, Rules, Stance
from coach.judge.exercise import Check, Exercise
from coach.judge.file_fields import Condition
from coach.judge.lane import NAN, LaneUpdate, LiveFaults, Seen, main_angle
from coach.judge.one_rep import UNSTEADY, Movement, RepJudge
from coach.judge.other_movement import is_another
from coach.judge.overlooked import Overlooked
from coach.judge.phases import ATTEMPT, State, Sweep
from coach.judge.results import Rep
from coach.judge.rising import Level, counter_of, level_of, rising
from coach.judge.samples import (
    ANCHORS,
    LEAST_FRAMES,
    LEFT_ANKLE,
    RIGHT_ANKLE,
    Probes,
    Recording,
    Sample,
    moving_landmarks,
    still_landmarks,
    travelling_landmarks,
)
from coach.judge.shank import Shank
from coach.judge.verdicts import Verdict
from coach.motion import Errors, ViewName
from coach.pose import Side, at, other
from coach.pose.scale import body_scale

UNSEEN: Final = complex(NAN, NAN)
KEEP_S: Final = 2.5  # samples kept at rest, for the beginning of the next repetition
SLOW: Final = 0.3  # shares of the way a second, below which the end range is held
STOPPED: Final = 0.15  # the same short of the target: who begins slowly has not arrived
SPEED_S: Final = 0.13  # over which a speed is told: two frames at 15 a second
ARRIVING: Final = 0.75  # share of the way to the target from which slowing down is arriving
NEAR_PEAK: Final = 0.15
HALT_S: Final = 1.0  # whoever stays for longer is there, and shifts if they move further
GIVE_UP_S: Final = 1.0  # a condition that is left for longer than that would make it another movement anyway
ASKED_S: Final = 0.2
FURTHER: Final = 1.5  # times as far as the other foot, one went that was up
OUTDOES: Final = 2.0  # times as far as the other side: what that one seems to do meanwhile is its shadow


class RepLane:
    """Counts and judges the repetitions of one side; `side` is the one that is measured."""

    def __init__(self, exercise: Exercise, side: Side, errors: Errors) -> None:
        assert exercise.repetition is not None  # the engine chooses lanes by the exercise's kind
        self.exercise, self.side = exercise, side
        self._rep = exercise.repetition
        self._turn = self._rep.turn
        self._probes = Probes(exercise, side)
        self._followed = (
            *still_landmarks(exercise, side),
            *travelling_landmarks(exercise, side),
            *moving_landmarks(exercise, side),
        )
        self._shank = Shank(side)
        self._level = level_of(self._rep, turns=exercise.sides == "alternating")
        self._counter = counter_of(self._rep, errors)
        self._judge = RepJudge(exercise, side, self._probes, errors)
        self._overlooked = Overlooked(self._probes, self._rep, errors)
        self._samples: deque[Sample] = deque()
        self._baseline = Baseline(Rules.of(exercise, self._probes))
        self._live = LiveFaults(exercise, self._probes, errors)
        self._spoken: dict[str, Verdict] = {}
        self._another = False  # whether what is under way was seen to be another movement
        self._asked_s = -float("inf")  # and when that was asked
        self._shows_it = False  # whether it is an attempt so far, by what else makes it this movement
        self._peak_since: float | None = None
        self._arrived: tuple[float, float] | None = None  # at the peak: when, and at which progress
        self._left = False  # whether a condition of the exercise is not met
        self._left_s: float | None = None  # and since when
        self._seen_t = float("inf")  # when it was last seen so that it may be judged
        self._given_up = False
        # Frames of the movement under way, and in how many of them the legs are unsteady.
        self._frames = self._unsteady = 0
        self._shown: set[Condition] = set()  # what else of this movement was met in the one under way
        self._takes_turns = exercise.sides == "alternating"
        self._feet = tuple(at(one, "ankle") for one in (side, other(side)))
        self._home: tuple[complex, ...] = ()  # where the pair of joints was when rest was last learnt
        self._rested_s = 0.0  # for how long somebody has rested, since nothing was known of it
        self._confirmed = False  # whether something counted: until then, what was taken for rest may be wrong
        self._released = False  # whether on this frame it turned out that it may be
        self.went = 0.0  # how far the last movement that ended went, in shares of the way from rest to target

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""
        return self._counter.moving

    @property
    def paused(self) -> bool:
        """Whether something waits to go on: a movement does not."""
        return False

    def led(self) -> None:
        """Nothing is led."""

    def follows_since(self, start_s: float) -> bool:
        """Whether a movement is under way that began before `start_s`."""
        return self.moving and self._counter.start_s < start_s

    def outdoes(self, start_s: float, went: float) -> bool:
        """The same of a movement that goes much further than `went`."""
        return self.follows_since(start_s) and self._counter.progress(self._counter.peak) >= OUTDOES * went

    def includes(self, t: float, start_s: float) -> bool:
        """Whether one is under way that began before `start_s`, came to its end range, and is this exercise so far."""
        reached = self.follows_since(start_s) and self._counter.progress(self._counter.peak) >= 1
        return reached and not self._is_another_so_far(t)

    @property
    def _only_counts(self) -> bool:
        """Whether the legs are seen too unsteadily for the movement under way to be judged."""
        return self._unsteady > UNSTEADY * self._frames

    def spoke(self, check: str, verdict: Verdict) -> None:
        """A live fault was said aloud: it belongs to the record of this repetition."""
        self._spoken[check] = verdict

    def times_spoken(self, check: str) -> int:
        """How often it was said of the repetition under way."""
        return int(check in self._spoken)

    def takes_turns_with(self, fellow: "RepLane") -> None:
        """The other side's frame: of sides that take turns rest is what it was before either moved."""
        if fellow._released and not self._confirmed:
            self._baseline.release()
        elif fellow.moving and not self.moving and self._rested_s >= AGAIN_S:
            self._baseline.fix()

    def cut(self) -> LaneUpdate:
        """Nothing before this moment continues."""
        rep = self._ended(self._counter.cut())
        self._overlooked.cut()
        self._drop()
        self._seen_anew()
        return LaneUpdate(rep=rep)

    def _drop(self) -> None:
        """What was under way is none of this exercise, and what was learnt of rest is forgotten."""
        self._counter.restart()
        if self._level is not None:
            self._level.reset()
        self._rested_s = 0.0
        self._samples.clear()
        self._forget()

    def step(self, seen: Seen) -> LaneUpdate:
        """Take one frame."""
        if seen.t - self._seen_t > self._rep.gap_s:
            self._seen_anew()
        if not seen.ready:
            self._overlooked.unseen(seen.t)
            return LaneUpdate(rep=self._ended(self._counter.step(seen.t, NAN)))
        self._seen_t = seen.t
        self._released = False
        sample = self._sample(seen)
        self._samples.append(sample)
        if self._counter.state is State.UNKNOWN:
            self._keep(sample.t)
        was, told = self._counter.state, bool(self._spoken) or self._shows_it
        off = self._off_home(sample)
        sweep = self._counter.step(
            sample.t,
            sample.x,
            home=not any(o > 0 for o in off),
            sure=bool(off) and all(o <= 0 for o in off),
            told=told,
            steady=not (self._takes_turns or self._unsteady or sample.unsteady),
        )
        rep = self._ended(sweep)
        self._confirmed = self._confirmed or (rep is not None and rep.counted)
        if self._counter.state is State.REST:
            # Who was told of a fault was at rest before it, though what they did was none of this exercise.
            self._released = was is not State.REST and not (self._confirmed or told)
            if self._released:
                self._baseline.release()
            self._at_rest(sample, was)
        elif was is State.REST:
            self._baseline.fix()
        phase = self._phase(sample)
        applies = self._applies(phase, self._is_there(sample))
        # Who shifts the feet before it is not lifting too little: what is no attempt yet is not faulted aloud.
        tried = self.moving and self._tries(sample)
        self._shows_it = tried and bool(self._rep.reach_also)
        if self.moving:
            self._frames += 1
            self._unsteady += sample.unsteady
        steady = not (sample.unsteady or self._only_counts)
        faults = self._live.step(sample, self._baseline, applies) if self.moving and steady else {}
        if not tried or (faults and self._is_another_so_far(sample.t)):
            faults = {}
        return LaneUpdate(
            phase,
            min(max(self._progress(sample.x, sample.view), 0.0), 2.0),
            sample.t - self._peak_since if self._peak_since is not None else 0.0,
            rep,
            faults=faults,
            signal=sample.values[0],
            angle=main_angle(self._probes, self._rep.range_of_motion, sample),
            passed_over=self._overlooked.step(sample),
        )

    def finish(self) -> LaneUpdate:
        """The end of the recording."""
        return LaneUpdate(rep=self._ended(self._counter.finish()))

    # --- one frame ----------------------------------------------------------------------------------

    def _sample(self, seen: Seen) -> Sample:
        lost: frozenset[int] = frozenset()
        if self._counter.state in (State.UNKNOWN, State.REST):
            self._shank.rest(seen.t, seen.body)
        else:
            lost = self._shank.lost(seen.body, seen.view)
        values = self._probes.values(seen.body, lost)
        self._left = left = self._left_range(values, seen.view)
        given_up = self._gives_up(seen.t, left)
        z = seen.body.z
        places = tuple(UNSEEN if i in lost else complex(z[i]) for i in self._followed)
        pair = tuple(complex(z[i]) for i in self._feet) if self._takes_turns else places[-2:]
        return Sample(
            seen.t,
            NAN if given_up else self._rising(seen.t, values[0], left, pair),
            values,
            places,
            body_scale(seen.frame.xy),
            seen.view,
            bool(seen.frame.doubt),
            tuple(complex(z[i]) for i in ANCHORS),
        )

    def _off_home(self, sample: Sample) -> list[float]:
        """By how much each of the other conditions of rest is missed, 0 or less where it is met; NaN where unseen.

        What is not seen is not held against anyone.
        """
        return [
            condition.range.outside(sample.values[self._probes.of_condition(condition)]) - condition.leave
            for condition in self._rep.rest_also
        ]

    def _left_range(self, values: tuple[float, ...], view: ViewName) -> bool:
        """Whether a condition of the exercise is not met now: who lifts into the bridge is not marching yet."""
        return any(
            condition.range.outside(values[i]) > condition.leave
            for condition in self._rep.only
            if view in self._probes.probes[i := self._probes.of_condition(condition)].measure.views
        )

    def _gives_up(self, t: float, left: bool) -> bool:
        """Whether this is another movement, which left the conditions for so long: it is not followed to its end.

        Who gets into position would else be in the middle of a first repetition when they begin.
        """
        if not left:
            self._left_s, self._given_up = None, False
        elif self._left_s is None:
            self._left_s = t
        elif t - self._left_s >= GIVE_UP_S and self.moving:
            self._given_up = True
            self._drop()
        return self._given_up

    def _rising(self, t: float, value: float, left_range: bool, pair: tuple[complex, ...]) -> float:
        """The signal as it is counted, from where this person rests.

        pair  where the joint is that tells whose movement it is, and its fellow
        """
        if self._level is not None and self._counter.state in (State.UNKNOWN, State.REST):
            strayed = self._level.strayed
            self._level.step(t, value, elsewhere=left_range, doubted=self._doubts_rest(pair))
            if strayed and not (self._level.strayed or self._level.known or self._takes_turns):
                self._counter.restart()  # rest is elsewhere, and nobody has moved since they were seen there
            if not self._level.strayed:
                self._home = pair
        return rising(self._rep, value, self._level)

    def _doubts_rest(self, pair: tuple[complex, ...]) -> bool:
        """Whether rest may have been learnt at the end range: nothing counted since, and this side went from there.

        A joint may tell whose movement it is.  Where the sides take turns the other one goes first as often as not: of
        feet the one goes by half as far again that was up when the level was learnt, while both are down.
        """
        if self._confirmed:
            return False
        told = self._takes_turns or self._rep.moves is not None
        if not told or not self._home:
            return not self._takes_turns
        own, fellow = (abs(now - home) for now, home in zip(pair, self._home, strict=True))
        return own > (FURTHER if self._takes_turns else 1.0) * fellow

    def _seen_anew(self) -> None:
        """Who was not seen for so long may stand and rest elsewhere now."""
        if self._level is not None:
            self._level.reset()
        self._baseline.restart()
        self._rested_s, self._confirmed, self._home = 0.0, False, ()

    def _keep(self, t: float) -> None:
        """Forget what lies too far back for the beginning of a movement."""
        while self._samples[0].t < t - KEEP_S:
            self._samples.popleft()

    def _at_rest(self, sample: Sample, was: State) -> None:
        if not self._left:
            stance = Stance(sample.anchors[LEFT_ANKLE], sample.anchors[RIGHT_ANKLE], sample.scale)
            self._baseline.add(sample.t, sample.values, sample.view, stance)
        if len(self._samples) > 1:
            self._rested_s += sample.t - self._samples[-2].t
        self._keep(sample.t)
        if was is not State.REST:
            self._forget()

    def _forget(self) -> None:
        self._live.clear()
        self._spoken.clear()
        self._frames = self._unsteady = 0
        self._another, self._asked_s = False, -float("inf")
        self._shown.clear()
        self._peak_since = self._arrived = None

    def _tries(self, sample: Sample) -> bool:
        """Whether the movement under way is an attempt so far.

        Within the file's bounds of rest, where some people rest, it must show all else that makes it this movement,
        and begin where somebody rested: who lies down comes into those bounds, and is not there yet.  What has words of
        its own is asked anywhere: without it, that is what will be told, and not a fault.
        """
        self._shown.update(c for c in self._rep.reach_also if self._probes.meets(c, sample))
        left_rest = self._counter.peak > self._turn * self._rep.rest_edge
        left_rest = left_rest and self._shown.issuperset(c for c in self._rep.reach_also if c.says)
        shown = self._rested_s >= Level.KNOWN_S and self._shown.issuperset(self._rep.reach_also)
        return self._counter.progress(self._counter.peak) >= ATTEMPT and (left_rest or shown)

    def _is_another_so_far(self, t: float) -> bool:
        """Whether what is under way shows already that it is no repetition: who steps off the step bends no knee.

        Looked at anew every ASKED_S: a fault lasts, and is seldom.
        """
        if t - self._asked_s >= ASKED_S:
            self._asked_s = t
            seen = [s for s in self._samples if s.t >= self._counter.start_s and not np.isnan(s.x)]
            # Not whether a joint came back: the movement is not over.
            self._another = len(seen) >= LEAST_FRAMES and is_another(
                self._probes, Recording(seen), only_counts=True
            )
        return self._another

    def _phase(self, sample: Sample) -> str:
        state = self._counter.state
        if state is State.UNKNOWN:
            return ""
        if state is State.REST:
            return "rest"
        way = self._counter.progress(self._counter.peak)
        short = way - self._counter.progress(sample.x)
        if state is State.SETTLING or short > 0.25 * way:
            self._peak_since = None
            return "back"
        if self._halted(sample.t, way):
            self._peak_since = self._arrived = None
            self._live.peak_again()
        slow = SLOW if way >= ARRIVING else STOPPED
        if way >= ATTEMPT and short <= NEAR_PEAK * way and self._speed(sample) < slow:
            if self._peak_since is None:
                self._peak_since = sample.t
            if self._arrived is None:
                self._arrived = (sample.t, way)
            return "peak"
        return "out" if self._peak_since is None else "peak"

    def _halted(self, t: float, way: float) -> bool:
        """Whether what was taken for the end of the way out was a moment's halt on it: it goes on further."""
        if self._arrived is None:
            return False
        arrived_s, there = self._arrived
        return t - arrived_s < HALT_S and way - there > NEAR_PEAK * way

    def _speed(self, sample: Sample) -> float:
        """Shares of the way a second over the last moment; infinite before that.

        The way is that to the target, or of this movement where it goes further.
        """
        whole = max(1.0, self._counter.progress(self._counter.peak))
        for old in reversed(self._samples):
            if sample.t - old.t >= SPEED_S:
                way = self._counter.progress(sample.x) - self._counter.progress(old.x)
                return abs(way) / whole / (sample.t - old.t)
        return float("inf")

    def _is_there(self, sample: Sample) -> bool:
        """Whether the end of the way out is reached: short of the target people halt for a moment, and go on."""
        return self._arrived is not None and (
            self._progress(self._counter.peak, sample.view) >= 1 or sample.t - self._arrived[0] >= HALT_S
        )

    def _progress(self, x: float, view: ViewName) -> float:
        """Share of the way from rest to the target as it reads from a view, where that is nearer."""
        rest = self._counter.rest
        near = min(self._turn * self._rep.edge_from(view), self._turn * self._rep.target_edge)
        return (x - rest) / (near - rest)

    @staticmethod
    def _applies(phase: str, there: bool) -> Callable[[Check], bool]:
        def applies(check: Check) -> bool:
            if check.when == "peak":
                return phase == "peak" and there  # what lasted there is its typical value too
            if check.statistic == "typical" or check.when == "return":
                return False
            return check.when in (phase, "whole")

        return applies

    # --- one repetition -----------------------------------------------------------------------------

    def _ended(self, sweep: Sweep | None) -> Rep | None:
        if sweep is None:
            return None
        self.went = self._counter.progress(sweep.peak)
        movement = Movement.of(sweep, self._samples, self._unsteady > 0, self._only_counts)
        rep = self._judge.judged(movement, self._baseline, self._spoken)
        while self._samples and self._samples[0].t < sweep.end_s:
            self._samples.popleft()
        self._forget()
        return rep
