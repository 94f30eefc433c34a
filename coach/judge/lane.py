"""One side of the body doing one exercise: what both repetitions and holds have in common."""

from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from coach.judge.baseline import Baseline
from coach.judge.checks import LASTS_S, band_of, excuse, told
from coach.judge.exercise import Check, Exercise
from coach.judge.file_fields import Condition
from coach.judge.overlooked import PassedOver
from coach.judge.results import HeldPose, Rep
from coach.judge.samples import Probes, Sample
from coach.judge.verdicts import Judgement, Verdict, judge
from coach.motion import MEASURES, Body, Errors, Situation, ViewName
from coach.pose import PoseFrame

BETTER: Final = 0.25  # of the band, within LASTS_S
UNSEEN_S: Final = 0.25  # what was not seen for longer did not last through that time
NAN: Final = float("nan")
Lead = Literal["", "hold", "rest"]


@dataclass(slots=True)
class LaneUpdate:
    """What one lane knows after a frame; `faults` are live faults that lasted, by check.

    reached      the hold under way has its time, and will count
    left_pose    it was left before that, and nobody said so yet
    not_entered  a hold begins that was not entered through the pose asked for
    waits_for    what is still missing of the pose, while it is time to tell
    waited_s     for how long somebody has kept still
    led, lead    repetitions led aloud so far, and which words of the guide are to be said now
    passed_over  a whole movement that ended and is no repetition, for one condition of the exercise
    clear        whether the repetition that ended was beyond doubt this side's, where sides take turns
    """

    phase: str = ""
    progress: float = 0.0
    hold_s: float = 0.0
    rep: Rep | None = None
    held: HeldPose | None = None
    faults: dict[str, Verdict] = field(default_factory=dict)
    reached: bool = False
    left_pose: bool = False
    not_entered: bool = False
    waits_for: Condition | None = None
    waited_s: float = 0.0
    led: int = 0
    lead: Lead = ""
    signal: float = NAN
    angle: float = NAN
    passed_over: PassedOver | None = None
    clear: bool = True


def main_angle(probes: Probes, name: str | None, sample: Sample) -> float:
    """The value of the main angle; NaN from a view that hides it, or where it is no angle."""
    if name is None:
        return NAN
    i = probes.of_measure(name)
    measure = probes.probes[i].measure
    return sample.values[i] if measure.unit == "deg" and sample.view in measure.views else NAN


class Past:
    """The values of a phase so far, at least one: kept in order too, since each frame asks for the middle one."""

    def __init__(self) -> None:
        self._t: list[float] = []
        self._values: list[float] = []
        self._ordered: list[float] = []

    def add(self, t: float, value: float) -> None:
        """Take a value that is seen."""
        self._t.append(t)
        self._values.append(value)
        insort(self._ordered, value)

    @property
    def typical(self) -> float:
        """The median of all."""
        half = len(self._ordered) // 2
        return (self._ordered[half] + self._ordered[~half]) / 2

    def lately(self, for_s: float) -> tuple[float, float]:
        """The value of so many seconds ago, or the first after that, and the last one."""
        return self._values[bisect_left(self._t, self._t[-1] - for_s)], self._values[-1]


class LiveFaults:
    """Which checks are at fault just now, and for how long: a fault must last before it is spoken.

    Of a check that is judged on the typical value of a phase it is the typical value so far: the knee that bends as the
    way down begins says nothing of how straight it was on top.
    """

    def __init__(self, exercise: Exercise, probes: Probes, errors: Errors, lasts_s: float = LASTS_S) -> None:
        self._checks = {n: c for n, c in exercise.checks.items() if c.measure is not None}
        self._probes, self._errors, self._lasts_s = probes, errors, lasts_s
        self._since: dict[str, float] = {}
        self._past: dict[str, Past] = {}  # of the peak, for typical values
        self._last_t = 0.0

    def clear(self) -> None:
        """A new repetition begins."""
        self._since.clear()
        self._past.clear()

    def peak_again(self) -> None:
        """What was taken for the peak was none: nothing is typical yet, nor has anything typical lasted."""
        for name in self._past:
            self._since.pop(name, None)
        self._past.clear()

    def step(
        self, sample: Sample, baseline: Baseline, applies: Callable[[Check], bool]
    ) -> dict[str, Verdict]:
        """The faults that have lasted at this sample, of the checks that apply in this phase."""
        lasting: dict[str, Verdict] = {}
        step_s = sample.t - self._last_t
        if step_s > UNSEEN_S:
            self._since.clear()
        self._last_t = sample.t
        for name, check in self._checks.items():
            if not applies(check) or sample.view not in check.views:
                self._since.pop(name, None)
                continue
            verdict = self._verdict(name, check, sample, baseline)
            if verdict is None:
                self._since.pop(name, None)
                continue
            lasts_s = sample.t - self._since.setdefault(name, sample.t)
            enough = max(1, _in_steps(self._lasts_s, step_s))
            if _in_steps(lasts_s, step_s) >= enough and self._stays(name, check, verdict):
                lasting[name] = verdict
        return lasting

    def _verdict(self, name: str, check: Check, sample: Sample, baseline: Baseline) -> Verdict | None:
        i = self._probes.of_check(name)
        at_rest = baseline.of(self._probes.rest_of(name), check.views)
        value = float(told(check.told_as, sample.values[i], at_rest))
        assert check.range is not None and check.measure is not None  # the file's validator saw to it
        band = band_of(check, sample.view, self._errors)
        if check.statistic == "typical" and value == value:
            past = self._past.setdefault(name, Past())
            past.add(sample.t, value)
            value = past.typical
        if judge(value, check.range, band) is not Judgement.FAULT or excuse(check, value, at_rest, band):
            return None
        return Verdict(
            verdict=Judgement.FAULT,
            value=round(value, 3),
            unit=MEASURES[check.measure].unit,
            band=round(band, 3),
            reason=check.why,
            at_s=round(sample.t, 3),
        )

    def _stays(self, name: str, check: Check, verdict: Verdict) -> bool:
        """Whether a typical value at fault is one now, and gets no better: who arrives slowly is not there yet."""
        past = self._past.get(name)
        if past is None or check.range is None or verdict.band is None:
            return True
        before, now = (check.range.outside(value) for value in past.lately(self._lasts_s))
        return now > verdict.band and before - now <= BETTER * verdict.band


def _in_steps(seconds: float, step_s: float) -> int:
    """A time in whole steps from frame to frame, as what lasted is told of a whole repetition, too."""
    return round(seconds / step_s) if step_s > 0 else 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A frame as a lane gets it.

    ready      whether it may be judged
    elsewhere  whether that is so since somebody is plainly in another position: they are seen, and not hidden
    """

    frame: PoseFrame
    body: Body
    situation: Situation
    ready: bool
    elsewhere: bool = False

    @property
    def t(self) -> float:
        """Seconds on the video's clock."""
        return self.frame.t

    @property
    def view(self) -> ViewName:
        """The view of a frame that may be judged; a frame without a view may not."""
        assert self.situation.view is not None
        return self.situation.view
