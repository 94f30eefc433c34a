"""A held pose of one side: timed with its pauses, judged against the person's own start."""

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from math import inf
from typing import Final

from coach.judge.baseline import Baseline
from coach.judge.checks import LASTS_IN_HOLD_S
from coach.judge.entry import EntryWatch
from coach.judge.exercise import Exercise
from coach.judge.file_fields import Condition
from coach.judge.holds import ROUNDS_S, Held, HoldState, HoldTimer
from coach.judge.lane import NAN, LaneUpdate, Lead, LiveFaults, Seen, main_angle
from coach.judge.led import Led
from coach.judge.one_hold import HoldJudge, SeenHold
from coach.judge.phases import GAP_S
from coach.judge.results import HeldPose
from coach.judge.samples import Probes, Sample
from coach.judge.stillness import Stillness
from coach.judge.verdicts import Verdict
from coach.motion import MEASURES, Errors
from coach.pose import Side

BASELINE_AFTER_S: Final = 2.0  # of the hold: the level at which the person begins
SHOWN: Final = 0.5  # share of the hold so far in which a check's `shown` is met, for it to be seen at all
STILL: Final = {"deg": 4.0, "ratio": 0.04, "s": 0.3}  # changes up to this within it are holding still
# Who keeps still for so long short of the pose takes it for the pose, or does not know what is next; after a minute
# they do something else.
WAITS_S: Final = 3.0
WAITS_NO_LONGER_S: Final = 60.0
BEGINS_S: Final = 5.0  # of a hold: for so long it can be told how it was to be entered


class HoldLane:
    """Times and judges one pose on one side; `side` is the working one."""

    def __init__(self, exercise: Exercise, side: Side, errors: Errors) -> None:
        assert exercise.hold is not None  # the engine chooses lanes by the exercise's kind
        self.exercise, self.side, self._hold = exercise, side, exercise.hold
        self._probes = Probes(exercise, side)
        self._judge = HoldJudge(exercise, side, self._probes, errors)
        self._entry = EntryWatch(self._hold.entry, self._probes)
        self._timer = HoldTimer(self._hold.settle_s, self._hold.pause_after_s, self._hold.end_after_s)
        self._live = LiveFaults(exercise, self._probes, errors, LASTS_IN_HOLD_S)
        self._still = Stillness(
            [max(STILL[MEASURES[c.measure].unit], c.leave / 2) for c in self._hold.conditions]
        )
        self._still_s: float | None = None  # since when somebody keeps still
        self._done = False  # a hold counted
        self._last_t = 0.0
        self._led = Led(self._hold.guide)
        self._led_before = 0  # of those, in earlier holds
        self._clear()

    def _clear(self) -> None:
        if self._led.all_done:
            self._led = Led(self._hold.guide)
        self._led.again()
        self._led_before = self._led.done
        self._reached_s: float | None = None  # since when it has its time
        self._samples: list[Sample] = []
        self._baseline = Baseline()
        self._spoken: dict[str, Verdict] = {}
        self._times = Counter[str]()
        self._inside = False
        self._seen_outside = False  # since it was last inside
        self._told_left = False  # of this pause
        self._was_inside = False  # and was not seen to leave since
        # Of the checks that may be hidden: frames of the hold in which what they are about showed.
        self._shown = {name: 0 for name, check in self.exercise.checks.items() if check.shown is not None}
        self._hidden: list[tuple[float, float]] = []  # frames on which nothing was seen: when, how long
        self._live.clear()

    @property
    def moving(self) -> bool:
        """Whether the pose is held or only paused."""
        return self._timer.state is not HoldState.AWAY

    @property
    def reached(self) -> bool:
        """Whether the hold under way has the time that was asked for."""
        return self._reached_s is not None

    @property
    def paused(self) -> bool:
        """Whether the pose that was held is not seen now."""
        return self._timer.state is HoldState.PAUSED

    def led(self) -> None:
        """The guide's words that were due were said."""
        self._led.said()

    def told_left(self) -> None:
        """That the pose was left was said."""
        self._told_left = True

    def holds_through(self, start_s: float, end_s: float) -> bool:
        """Whether the pose that is held now was held all that time."""
        span = self._timer.span
        return span is not None and span[0] <= start_s and end_s <= span[1]

    def spoke(self, check: str, verdict: Verdict) -> None:
        """A live fault was said aloud: it belongs to the record of this hold."""
        self._spoken[check] = verdict
        self._times[check] += 1

    def times_spoken(self, check: str) -> int:
        """How often it was said of the hold under way."""
        return self._times[check]

    def cut(self) -> LaneUpdate:
        """Nothing before this moment continues."""
        return self.finish()

    def step(self, seen: Seen) -> LaneUpdate:
        """Take one frame."""
        was = self._timer.state
        sample = self._sample(seen) if seen.ready else None
        missing_s = seen.t - self._last_t
        if was is not HoldState.AWAY and (sample is None or missing_s > GAP_S):
            self._hidden.append((seen.t, missing_s))
        self._last_t = seen.t
        measured = [] if sample is None else self._of_conditions(sample)
        misses = [] if sample is None else self._misses(sample, measured)
        met = len(list(takewhile(lambda each: each[1] <= 0, misses)))
        self._inside = sample is not None and self._in_pose(misses)
        outside = seen.elsewhere or any(miss > 0 for _, miss in misses)
        self._seen_outside = not self._inside and (outside or self._seen_outside)
        if sample is not None:
            self._entry.step(sample, self._inside)
        still_since = -inf if sample is None else self._still.step(sample.t, measured)
        left = self._seen_outside
        ended = self._ended(
            self._timer.step(seen.t, self._inside, still_since, left, self.reached), lost=not left
        )
        self._done = self._done or (ended is not None and ended.counted)
        still = sample is not None and still_since == -inf
        self._still_s = None if not still else seen.t if self._still_s is None else self._still_s
        state = self._timer.state
        lead: Lead = self._led.step(self._timer.held_s) if state is HoldState.HELD else ""
        if state is HoldState.PAUSED and was is HoldState.HELD:
            self._led.broken_off()
        reached = self._reached(self._timer.sure_s)
        if reached and self._reached_s is None:
            self._reached_s = seen.t
        faults: dict[str, Verdict] = {}
        if sample is not None and self._inside and (self._reached_s is None or self._hold.results):
            faults = self._held(sample, speaks=self._timer.in_it and self._reached_s is None)
        begins = state is HoldState.HELD and self._timer.held_s < BEGINS_S
        return LaneUpdate(
            "hold" if state is HoldState.HELD else "away",
            met / len(misses) if misses else float(self._inside),
            self._timer.held_s,
            held=ended,
            faults=faults,
            reached=reached,
            left_pose=self._is_left_untold() and not reached,
            not_entered=begins and self._entry.entered(seen.t - self._timer.held_s) is False,
            waits_for=self._lacks(seen.t, misses),
            waited_s=0.0 if self._still_s is None else seen.t - self._still_s,
            lead=lead,
            led=self._led.done,
            signal=sample.values[0] if sample is not None else NAN,
            angle=main_angle(self._probes, self._hold.range_of_motion, sample) if sample is not None else NAN,
        )

    def _is_left_untold(self) -> bool:
        """Whether the pose was left and nobody said so: once each pause, and not of a joint that is merely hidden."""
        self._told_left = self._told_left and self.paused
        return self.paused and self._seen_outside and not self._told_left

    def finish(self) -> LaneUpdate:
        """The end of the recording."""
        return LaneUpdate(held=self._ended(self._timer.finish()))

    def _sample(self, seen: Seen) -> Sample:
        values = self._probes.values(seen.body)
        return Sample(seen.t, 0.0, values, (), 1.0, seen.view)

    @staticmethod
    def _shows(condition: Condition, sample: Sample) -> bool:
        """Whether this view tells anything of a condition; from any other its measure may read anything."""
        return sample.view in MEASURES[condition.measure].views

    def _of_conditions(self, sample: Sample) -> list[float]:
        """What the conditions measure; NaN where not seen, and where this view tells nothing."""
        return [
            sample.values[self._probes.of_condition(condition)] if self._shows(condition, sample) else NAN
            for condition in self._hold.conditions
        ]

    def _misses(self, sample: Sample, measured: Iterable[float]) -> list[tuple[Condition, float]]:
        """The conditions that this view can tell, and by how much each is missed; NaN where it was not seen.

        Until the pose was left, each range is wider by its `leave`.
        """
        return [
            (condition, condition.range.outside(value) - (condition.leave if self._was_inside else 0.0))
            for condition, value in zip(self._hold.conditions, measured, strict=True)
            if self._shows(condition, sample)
        ]

    def _in_pose(self, misses: Iterable[tuple[Condition, float]]) -> bool:
        """Whether all conditions are met.  NaN is not; neither that nor a moment outside means that it was left."""
        met = all(miss <= 0 for _, miss in misses)
        away = self._timer.state in (HoldState.PAUSED, HoldState.AWAY)
        left = away and any(miss > 0 for _, miss in misses)
        self._was_inside = met or (self._was_inside and not left)
        return met

    def _lacks(self, t: float, misses: Iterable[tuple[Condition, float]]) -> Condition | None:
        """What to mend next by somebody who waits for the timer; None where nothing is seen to lack.

        Once a hold of this side counted, who keeps still rests.
        """
        waits = self._still_s is not None and WAITS_S <= t - self._still_s < WAITS_NO_LONGER_S
        if not waits or self._done or self._timer.state is not HoldState.AWAY:
            return None
        return next((condition for condition, miss in misses if miss > 0 and condition.says), None)

    def _held(self, sample: Sample, *, speaks: bool) -> dict[str, Verdict]:
        """Judge the pose on a frame of the time that was asked for: what comes later is mostly the way out of it.

        Not so of a test, which is the surer the longer it lasts.

        speaks  whether anything is to be said of it: not on the way out, nor of what has its time
        """
        self._samples.append(sample)
        for name in self._shown:
            condition = self.exercise.checks[name].shown
            self._shown[name] += condition is not None and self._probes.meets(condition, sample)
        if not self._baseline.is_fixed:
            self._baseline.add(sample.t, sample.values, sample.view)
            if self._timer.held_s >= BASELINE_AFTER_S:
                self._baseline.fix()
            return {}
        faults = self._live.step(sample, self._baseline, lambda check: check.when == "hold")
        return {name: fault for name, fault in faults.items() if speaks and self._is_shown(name)}

    def _is_shown(self, name: str) -> bool:
        return name not in self._shown or self._shown[name] >= SHOWN * len(self._samples)

    def _ended(self, held: Held | None, lost: bool = False) -> HeldPose | None:
        """The hold as it is kept; lost: it ended since nobody saw it any more, and not since it was left."""
        if held is None:
            if self._timer.state is HoldState.AWAY and self._samples:
                self._clear()
            return None
        self._baseline.fix()
        pose = self._pose(held, lost)
        self._clear()
        return pose

    def so_far(self) -> HeldPose | None:
        """The hold under way as it would be kept if it ended now; None while nothing is held."""
        held = self._timer.so_far
        return None if held is None else self._pose(held)

    def _pose(self, held: Held, lost: bool = False) -> HeldPose:
        hold = SeenHold(
            held,
            samples=self._samples,
            hidden=self._hidden,
            not_shown=[name for name in self._shown if not self._is_shown(name)],
            counted=self._reached(held.held_s),
            lost=lost,
            entered=self._entry.entered(held.start_s),
            led=self._led.done - self._led_before,
        )
        return self._judge.judged(hold, self._baseline, self._spoken)

    def _reached(self, held_s: float) -> bool:
        if self._hold.guide is not None:
            return self._led.all_done
        return held_s >= self._hold.target_s - ROUNDS_S
