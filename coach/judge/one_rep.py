"""A movement that ended, judged: whether it was an attempt, whether it counts and why not, and each check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, Self

import numpy as np

from coach.judge.baseline import Baseline
from coach.judge.checks import band_of, judge_measure, judge_time, phase_slice, return_slice, speak_faults
from coach.judge.exercise import Check, Exercise
from coach.judge.other_movement import is_another, reached
from coach.judge.phases import ATTEMPT, TURN, Sweep
from coach.judge.results import Rep, WhyNotCode, sided
from coach.judge.samples import ENOUGH, LEAST_FRAMES, Probes, Recording, Sample
from coach.judge.say import only_from, say
from coach.judge.timing import Parts, leaps, parts_of, top_is_hidden, typical, typical_within
from coach.judge.verdicts import Judgement, Verdict, cannot_judge
from coach.motion import MEASURES, Errors, ViewName
from coach.pose import Side

LOST: Final = ("lost", "joined_late")
TOO_LONG: Final = "too_long"
UNFINISHED: Final = "unfinished"
UNSTEADY: Final = 0.25  # share of a movement's frames: with more of them unsteady it counts only
UNSEEN_S: Final = 0.25  # a gap that is a moment unseen; of a slow camera twice the usual one
MOSTLY_UNSEEN: Final = 0.5  # share of a movement: who was seen for less of it may have done anything
ABOVE_NOISE: Final = 2.0  # a movement smaller than so many errors of its measure is none
# Share of the shortest repetition: no way out takes less, but that of a leg that is drawn elsewhere for a moment.
JUMP: Final = 0.25
AT_REST: Final = 0.02  # share of the way; a squat's knee bends by 15 degrees before its hip sinks by so much


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement as a lane saw it.

    samples      its frames; where the legs are steady enough to be judged, without those in which they are not
    left_out     those frames
    kept         all frames at hand up to its end, also from before it
    unsteady     whether the legs were unsteady in any of its frames
    only_counts  whether they were in so many that nothing of it may be judged
    """

    sweep: Sweep
    samples: Sequence[Sample]
    left_out: Sequence[Sample]
    kept: Sequence[Sample]
    unsteady: bool
    only_counts: bool

    @classmethod
    def of(cls, sweep: Sweep, kept: Iterable[Sample], unsteady: bool, only_counts: bool) -> Self:
        """The movement of a sweep, from all frames that a lane keeps."""
        seen = [s for s in kept if s.t <= sweep.end_s and not np.isnan(s.x)]
        own = [s for s in seen if s.t >= sweep.start_s]
        if only_counts:
            return cls(sweep, own, (), seen, unsteady, only_counts)
        # An unsteady moment is left out, as one that was not seen at all.
        steady = [s for s in own if not s.unsteady]
        return cls(sweep, steady, [s for s in own if s.unsteady], seen, unsteady, only_counts)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.sweep.end_s - self.sweep.start_s

    @property
    def unseen_share(self) -> float:
        """Share of its time that lies in gaps of UNSEEN_S or more, in which nothing was seen."""
        seen = sorted(s.t for s in (*self.samples, *self.left_out))
        steps = [b - a for a, b in pairwise((self.sweep.start_s, *seen, self.sweep.end_s))]
        least = max(UNSEEN_S, 2 * median(steps))
        return sum(step for step in steps if step >= least) / max(self.seconds, 1e-9)

    @property
    def recording(self) -> Recording:
        """Its frames as arrays."""
        return Recording(self.samples, self.left_out)


class RepJudge:
    """Judges the repetitions of one side."""

    def __init__(self, exercise: Exercise, side: Side, probes: Probes, errors: Errors) -> None:
        assert exercise.repetition is not None  # the engine chooses lanes by the exercise's kind
        self.exercise, self.side = exercise, side
        self._rep = exercise.repetition
        self._turn = self._rep.turn
        self._probes, self._errors = probes, errors
        self._own = own = say(exercise.language)
        self._said: dict[str, str] = {  # by its code
            **self._rep.why_not.model_dump(),
            "too_long": own("why_not.too_long", seconds=f"{self._rep.max_s:g}"),
            "short": own("why_not.short", seconds=f"{self._rep.min_hold_s:g}"),
        }

    def judged(self, movement: Movement, baseline: Baseline, spoken: Mapping[str, Verdict]) -> Rep | None:
        """The attempt that it was; None where it is none, or another movement.

        spoken  faults that were said while it lasted: they belong to the record, however small it was
        """
        if len(movement.samples) < LEAST_FRAMES or movement.seconds < self._rep.min_s / 2:
            return None
        recording = movement.recording
        if not (spoken or self._is_attempt(movement, recording.view)):
            return None
        if is_another(self._probes, recording, movement.only_counts):
            return None
        sweep = movement.sweep
        parts = parts_of(recording.t, recording.x, sweep.base, sweep.low)
        way = sweep.peak - sweep.base
        hidden, leapt = (tells(recording.t, recording.x, way) for tells in (top_is_hidden, leaps))
        why_not = self._why_not(movement, parts, recording.view)
        if hidden and why_not == "range":
            why_not = "lost"
        if why_not is None and not all(reached(self._probes, c, recording) for c in self._rep.reach_also):
            return None
        short = why_not is not None and movement.unsteady
        if short:  # legs that change places look like movements that stop short
            why_not = "lost"
        nothing = self._nothing_judged(movement, why_not, short)
        # Who stays half-way up, where the file still has its rest, has not come back: the end of it is yet to come.
        stayed = sweep.peak - sweep.low < self._rep.min_return * (sweep.peak - sweep.base)

        def verdict(name: str, check: Check) -> Verdict:
            if nothing is not None:
                return cannot_judge(nothing)
            if stayed and check.of_the_end:
                return cannot_judge(self._said[why_not or "unfinished"])
            if not sweep.arrived and check.of_the_way_back:
                return cannot_judge(self._own("reason.end_unseen"))
            if leapt and check.time is not None:
                return cannot_judge(self._own("reason.leaps"))
            return self._verdict(name, check, recording, parts, hidden, baseline, sweep.halted_s)

        verdicts = {name: verdict(name, check) for name, check in self.exercise.checks.items()}
        return Rep(
            start_s=round(sweep.start_s, 3),
            peak_s=round(parts.peak_s, 3),
            end_s=round(sweep.end_s, 3),
            side=sided(self.side, self.exercise.sides == "both"),
            counted=why_not is None,
            why_not=None if why_not is None else self._said[why_not],
            why_not_code=why_not,
            hold_s=round(parts.hold_s, 2),
            out_s=round(parts.out_s, 2),
            back_s=round(parts.back_s, 2),
            range_deg=None if movement.only_counts or hidden else self._range_deg(movement, recording, parts),
            view=recording.view,
            verdicts=speak_faults(verdicts, spoken),
        )

    def _is_attempt(self, movement: Movement, view: ViewName) -> bool:
        """Whether it went far enough to be one, and no leg that was drawn elsewhere for a moment.

        A step is too quick to be a repetition and does not go all the way; nobody's way out is a moment's jump.
        """
        sweep = movement.sweep
        returned = sweep.ending == "returned"
        brief = returned and movement.seconds < self._rep.min_s
        # Mixed-up legs hide how it began.
        jumps = returned and not movement.unsteady and sweep.peak_s - sweep.start_s < JUMP * self._rep.min_s
        odd = (brief or jumps) if self._falls_short(sweep, view) else (brief and jumps)
        return self._way(sweep) >= self._least_way(sweep, view) and not odd

    def _way(self, sweep: Sweep) -> float:
        """How far the movement went, from rest: one that began half-way is no smaller for that."""
        return sweep.peak - min(sweep.base, self._turn * self._rep.rest_edge)

    def _error(self, view: ViewName) -> float:
        return self._errors.error_of_change(MEASURES[self._rep.signal], view)

    def _least_way(self, sweep: Sweep, view: ViewName) -> float:
        """The smallest movement that was an attempt: a share of the way, and more than the measure errs."""
        way = self._turn * self._rep.target_edge - sweep.base
        return max(ATTEMPT * way, ABOVE_NOISE * self._error(view))

    def _falls_short(self, sweep: Sweep, view: ViewName) -> bool:
        """Whether it missed the target.  Nobody is refused a repetition on noise: by the error of a movement from rest.

        What is told as a change began where it began, when the person had not come all the way back before it.
        """
        begun = max(sweep.base, 0.0) if self._rep.relative else 0.0
        return sweep.peak - begun < self._turn * self._rep.edge_from(view) - self._error(view)

    def _why_not(self, movement: Movement, parts: Parts, view: ViewName) -> WhyNotCode | None:
        """Why it does not count; None where it does."""
        sweep = movement.sweep
        # Legs that are mixed up are not seen, and whose they are is: that is counted where the file says so.
        glimpsed = movement.unseen_share > MOSTLY_UNSEEN and not movement.unsteady
        if sweep.ending in LOST or glimpsed:
            return "lost"
        if sweep.ending == TOO_LONG:
            return "too_long"
        if self._falls_short(sweep, view):
            # How far it would have gone nobody knows where the recording ends on the way out.
            turned = sweep.peak - sweep.low >= TURN * (sweep.peak - sweep.base)
            return "range" if turned or sweep.ending != UNFINISHED else "unfinished"
        if parts.hold_s < self._rep.min_hold_s:
            return "short"
        if sweep.ending == UNFINISHED:
            return "unfinished"
        if not sweep.home:
            return "back"
        if movement.seconds < self._rep.min_s:
            return "fast"
        return None

    def _nothing_judged(self, movement: Movement, why_not: WhyNotCode | None, short: bool) -> str | None:
        """Why no check is judged at all; None where some are.  `short`: it only seems to stop short."""
        said, ending = self._said, movement.sweep.ending
        # Of a movement that was not seen to its end nobody knows how long a part of it took, or where it peaked.
        if ending == UNFINISHED:
            return said["unfinished"]
        if ending in (*LOST, TOO_LONG):
            return said[why_not or "lost"]
        # So quick is a leg that the model drew elsewhere for a moment, or a movement that is hardly seen.
        if movement.seconds < self._rep.min_s:
            return said[why_not or "fast"]
        return self._own("reason.unsteady") if short or movement.only_counts else None

    def _verdict(
        self,
        name: str,
        check: Check,
        recording: Recording,
        parts: Parts,
        top_hidden: bool,
        baseline: Baseline,
        halted_s: float | None,
    ) -> Verdict:
        language = self.exercise.language
        if check.unseen is not None:
            return cannot_judge(check.unseen)
        if check.order is not None:
            return cannot_judge("")  # who sees both sides knows: the record
        band = band_of(check, recording.view, self._errors)
        if top_hidden and (check.time is not None or check.when == "peak"):
            return cannot_judge("")
        if check.time is not None:
            return judge_time(check, parts, band, language)
        if recording.view not in check.views:
            return cannot_judge(check.reason or only_from(check.views, language))
        i = self._probes.of_check(name)
        part = phase_slice(check, recording, parts)
        if recording.share_left_out(part) > UNSTEADY:
            return cannot_judge(self._own("reason.unsteady"))
        at_rest = baseline.of(self._probes.rest_of(name), check.views)

        def judged(part: slice) -> Verdict:
            t, values = recording.t[part], recording.values[part, i]
            misses, hidden = check.missed_from(recording.view), recording.share_hidden(part, i)
            return judge_measure(
                check, t, values, at_rest, band, language=language, misses=misses, hidden=hidden
            )

        verdict = judged(part)
        if verdict.verdict is Judgement.FAULT and not self._is_confirmed(check, recording, part, baseline):
            return verdict.model_copy(
                update={"verdict": Judgement.UNSURE, "reason": self._own("reason.unsure")}
            )
        if (
            check.when == "return"
            and halted_s is not None
            and verdict.verdict is Judgement.PASS
            and judged(return_slice(recording.t, recording.x, halted_s)).verdict is Judgement.FAULT
        ):  # Right at the end, to which somebody came after a halt, and at fault then, is neither.
            reason = self._own("reason.halted")
            return verdict.model_copy(update={"verdict": Judgement.UNSURE, "reason": reason})
        if check.when == "whole" and verdict.verdict is Judgement.PASS:
            at_top = recording.values[parts.peak, i]
            if top_hidden or np.isfinite(at_top).mean() < ENOUGH:
                return cannot_judge("")  # what was not seen there may have been wrong
        return verdict

    def _is_confirmed(self, check: Check, recording: Recording, part: slice, baseline: Baseline) -> bool:
        """Whether another measure shows the same change, where the check asks for that."""
        if check.confirmed is None:
            return True
        i = self._probes.of_condition(check.confirmed)
        value, _ = typical(recording.t[part], recording.values[part, i])
        return check.confirmed.range.outside(value - baseline.of(i, check.views)) <= 0

    def _range_deg(self, movement: Movement, recording: Recording, parts: Parts) -> float | None:
        """Change of the main angle from rest to the end range; None from a view that hides it."""
        i = self._probes.of_measure(self._rep.range_of_motion)
        probe = self._probes.probes[i]
        if recording.view not in probe.measure.views or probe.measure.unit != "deg":
            return None
        # The recording begins a little after the movement; the samples kept before it tell the rest itself.
        around = Recording([s for s in movement.kept if s.t <= recording.t[-1]])
        at_rest = around.x <= around.x.min() + AT_REST * np.ptp(around.x)
        start, _ = typical(around.t[at_rest], around.values[at_rest, i])
        at_top = recording.values[parts.peak, i]
        peak, _ = typical(recording.t[parts.peak], at_top)
        hidden = recording.share_hidden(parts.peak, i)
        if hidden and np.ptp(typical_within(at_top, hidden)) > self._errors.error(
            probe.measure, recording.view
        ):
            return None
        change = abs(peak - start)
        return None if np.isnan(change) else round(change, 1)
