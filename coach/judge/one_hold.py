"""A held pose, judged: why it does not count, what was measured in it, and each check."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from coach.judge.baseline import Baseline
from coach.judge.checks import LASTS_IN_HOLD_S, band_of, judge_measure, speak_faults, told
from coach.judge.exercise import Exercise
from coach.judge.file_movement import Measurement
from coach.judge.holds import Held, whole_seconds
from coach.judge.phases import GAP_S
from coach.judge.results import HeldPose, Measured, sided
from coach.judge.samples import ENOUGH, Probes, Recording, Sample
from coach.judge.say import only_from, say
from coach.judge.verdicts import Judgement, Verdict, cannot_judge
from coach.motion import MEASURES, Errors
from coach.pose import Side

# Share of a hold that was not hidden: what nobody saw was not done well, and a leg that leaves its place is often lost.
TO_PRAISE: Final = 0.85
# What is said of a measurement whose pose was not taken as a check asks for, the surest first.
NOT_VALID: Final = {
    Judgement.FAULT: "measured.not_valid",
    Judgement.UNSURE: "measured.perhaps_not_valid",
    Judgement.CANNOT_JUDGE: "measured.perhaps_not_valid",
}


@dataclass(frozen=True, slots=True)
class SeenHold:
    """One hold as a lane saw it.

    samples    its frames, those of its pauses and of the ways in and out among them
    hidden     frames on which nothing was seen, each with when it was and for how long
    not_shown  the checks of which hardly anything showed
    counted    whether it has the time that was asked for
    lost       whether it ended since nobody saw it any more, and not since it was left
    entered    whether it was entered as the file asks; None where nobody could see it
    led        how many repetitions were led in it
    """

    held: Held
    samples: Sequence[Sample]
    hidden: Sequence[tuple[float, float]]
    not_shown: Collection[str]
    counted: bool
    lost: bool
    entered: bool | None
    led: int

    @property
    def is_seen_enough(self) -> bool:
        """Whether so much of it was seen, and not hidden, that it can be praised."""
        start_s, end_s, held_s = self.held.start_s, self.held.end_s, self.held.held_s
        hidden_s = sum(for_s for t, for_s in self.hidden if start_s <= t <= end_s)
        return held_s >= TO_PRAISE * (held_s + hidden_s)

    @property
    def steady(self) -> Sequence[Sample]:
        """Its frames without the pauses, and the ways into the pose and out of it."""
        apart = (*self.held.pauses, *self.held.moved)
        inside = [s for s in self.samples if self.held.start_s <= s.t <= self.held.end_s]
        return [s for s in inside if not any(a < s.t < b for a, b in apart)] or inside


class HoldJudge:
    """Judges the holds of one side."""

    def __init__(self, exercise: Exercise, side: Side, probes: Probes, errors: Errors) -> None:
        assert exercise.hold is not None  # the engine chooses lanes by the exercise's kind
        self.exercise, self.side, self._hold = exercise, side, exercise.hold
        self._probes, self._errors = probes, errors
        self._own = say(exercise.language)

    def judged(self, hold: SeenHold, baseline: Baseline, spoken: Mapping[str, Verdict]) -> HeldPose:
        """The hold as it is kept.

        spoken  faults that were said while it lasted: they belong to the record
        """
        held = hold.held
        samples, right = self._judged(hold, baseline)
        recording = Recording(samples)
        verdicts = {
            name: self._verdict(name, recording, baseline, hold.not_shown) for name in self.exercise.checks
        }
        if not hold.is_seen_enough:
            verdicts = {name: _not_praised(verdict) for name, verdict in verdicts.items()}
        return HeldPose(
            start_s=round(held.start_s, 3),
            end_s=round(held.end_s, 3),
            side=sided(self.side, self.exercise.sides == "both"),
            held_s=round(held.held_s, 2),
            counted=hold.counted,
            why_not=None if hold.counted else self._too_short(held.held_s, hold.lost),
            pauses=held.pauses,
            entered=hold.entered,
            led=hold.led,
            measured={
                name: self._measured(wanted, Recording(right) if right else None, recording, verdicts)
                for name, wanted in self._hold.results.items()
            },
            verdicts=speak_faults(verdicts, spoken),
        )

    def _judged(self, hold: SeenHold, baseline: Baseline) -> tuple[Sequence[Sample], list[Sample]]:
        """What the hold is judged by, and what of it was right, of a test.

        Of a test, in which somebody takes up a position and gives it up, the ways in and out are all before the first
        moment in which everything was right, and after the last one.
        """
        steady = hold.steady
        right = self._right(steady, baseline) if self._hold.results else []
        return [s for s in steady if right[0].t <= s.t <= right[-1].t] if right else steady, right

    def _right(self, samples: Iterable[Sample], baseline: Baseline) -> list[Sample]:
        """The part of a test in which all was so that its checks ask for; empty where it is less than is asked for.

        Who mends what was wrong at first has been measured all the same.
        """
        right = [s for s in samples if self._all_right(s, baseline)]
        steps_s = (b.t - a.t for a, b in pairwise(right))
        return right if sum(s for s in steps_s if s <= GAP_S) >= self._hold.target_s else []

    def _all_right(self, sample: Sample, baseline: Baseline) -> bool:
        """Whether every check that this view can tell is in its range on this frame."""
        for name, check in self.exercise.checks.items():
            if check.unseen is not None or check.range is None or sample.view not in check.views:
                continue
            at_rest = baseline.of(self._probes.rest_of(name), check.views)
            value = float(told(check.told_as, sample.values[self._probes.of_check(name)], at_rest))
            if not check.range.outside(value) <= 0:  # NaN is not
                return False
        return True

    def _too_short(self, held_s: float, lost: bool) -> str:
        seconds = {"held": f"{whole_seconds(held_s)}", "wanted": f"{self._hold.target_s:.0f}"}
        return self._own("why_not.held_lost" if lost else "why_not.held", **seconds)

    def _measured(
        self, wanted: Measurement, right: Recording | None, whole: Recording, verdicts: Mapping[str, Verdict]
    ) -> Measured:
        """The median over what of the hold was right, or else all of it, and what it means, unless too near to a limit.

        It means nothing where the pose was not taken as the checks ask for, for as long as is asked for: with a knee
        that is not hugged the back hollows, and the thigh hangs lower than its hip allows.
        """
        measure = MEASURES[wanted.measure]
        recording = right or whole
        values = recording.values[:, self._probes.of_result(wanted)]
        if recording.view not in measure.views or np.isfinite(values).mean() < ENOUGH:
            return Measured(
                what=wanted.what,
                value=None,
                unit=measure.unit,
                band=None,
                says=self._own("measured.not_seen"),
            )
        value, band = float(np.nanmedian(values)), self._errors.error(measure, recording.view)
        near = any(s.max is not None and abs(value - s.max) < band for s in wanted.says)
        said = next(s.text for s in wanted.says if s.max is None or value <= s.max)
        return Measured(
            what=wanted.what,
            value=round(value, 2),
            unit=measure.unit,
            band=round(band, 2),
            says=("" if right else self._not_valid(verdicts))
            or (self._own("measured.unsure") if near else said),
        )

    def _not_valid(self, verdicts: Mapping[str, Verdict]) -> str:
        """Why what was measured tells nothing: a check that a camera can judge was not passed; "" where all were."""
        judged = {name: check for name, check in self.exercise.checks.items() if check.unseen is None}
        for wrong, text in NOT_VALID.items():
            cues = (check.cue for name, check in judged.items() if verdicts[name].verdict is wrong)
            if (cue := next(cues, None)) is not None:
                return self._own(text, cue=cue)
        return ""

    def _verdict(
        self, name: str, recording: Recording, baseline: Baseline, not_shown: Collection[str]
    ) -> Verdict:
        check = self.exercise.checks[name]
        if check.unseen is not None:
            return cannot_judge(check.unseen)
        if recording.view not in check.views:
            return cannot_judge(check.reason or only_from(check.views, self.exercise.language))
        if check.shown is not None and name in not_shown:
            return cannot_judge(check.shown.says)
        i = self._probes.of_check(name)
        band = band_of(check, recording.view, self._errors)
        values = recording.values[:, i]
        at_rest = baseline.of(self._probes.rest_of(name), check.views)
        language, misses = self.exercise.language, check.missed_from(recording.view)
        return judge_measure(
            check, recording.t, values, at_rest, band, LASTS_IN_HOLD_S, language, misses=misses
        )


def _not_praised(verdict: Verdict) -> Verdict:
    """A fault that was seen stays one."""
    return cannot_judge("") if verdict.verdict is Judgement.PASS else verdict
