"""What the rule of a check says of the truth: the true measure, in the true phase of the true repetition."""

from dataclasses import dataclass

import numpy as np

from benchmarks.clips import Clip
from benchmarks.true_facts import TruePart
from coach.judge import Exercise, Judgement, Verdict
from coach.judge.checks import LASTS_IN_HOLD_S, LASTS_S, RETURN_S, band_of, judge_measure
from coach.judge.exercise import Check
from coach.judge.hold_lane import BASELINE_AFTER_S
from coach.judge.verdicts import judge
from coach.motion import load_errors
from coach.pose import Side, other

Floats = np.ndarray
TIMED = {"hold": "peak", "out": "out", "back": "back"}  # times of a check, and the truth's phases


@dataclass(frozen=True, slots=True)
class Shown:
    """What the truth shows of a check in its phase of one repetition or hold: t (n,) s; the measure's values (n,)."""

    t: Floats
    values: Floats
    baseline: float
    band: float


def shown_on(clip: Clip, exercise: Exercise, check: Check, part: TruePart) -> Shown | None:
    """The true values of a check in its phase; None for what is judged by the order of sides, or not at all."""
    t = clip.true_track.t
    band = band_of(check, clip.truth.view, load_errors().of(exercise.measured_as))
    if check.time is not None:
        here = in_phase(clip, part, TIMED[check.time])
        return Shown(t[here], np.full(int(here.sum()), np.nan), float("nan"), band)
    if check.measure is None or check.range is None:
        return None
    here = in_phase(clip, part, check.when)
    measured = _side(clip, exercise, check, part)
    values = clip.true_values(check.measure, measured)
    baseline = float("nan")
    if check.told_as != "zero":
        rest = values if check.less is None else clip.true_values(check.less, measured)
        before = _rest(clip, exercise, part)
        baseline = float(np.nanmedian(rest[before])) if np.isfinite(rest[before]).any() else float("nan")
    return Shown(t[here], values[here], baseline, band)


def true_verdict(clip: Clip, exercise: Exercise, check: Check, part: TruePart, *, planted: bool) -> Verdict:
    """The verdict of the check's own rule on the truth; of an order of sides, what was planted."""
    shown = shown_on(clip, exercise, check, part)
    if shown is None or check.range is None:
        return Verdict(verdict=Judgement.FAULT if planted else Judgement.PASS, reason="")
    if check.time is not None:
        frame_s = float(np.median(np.diff(clip.true_track.t)))
        seconds = part.hold_s if check.time == "hold" else len(shown.t) * frame_s
        return Verdict(verdict=judge(seconds, check.range, shown.band), value=round(seconds, 3), reason="")
    lasts_s = LASTS_IN_HOLD_S if exercise.hold is not None else LASTS_S
    plain = check.model_copy(update={"misses": None})
    return judge_measure(plain, shown.t, shown.values, shown.baseline, shown.band, lasts_s)


def in_phase(clip: Clip, part: TruePart, name: str) -> Floats:
    """(T,) the frames of a phase of one repetition; of a hold, and of what is judged all the time, all of them."""
    t = clip.true_track.t
    here = (t >= part.start_s) & (t <= part.end_s)
    if name == "return":
        return np.asarray(here & (t >= part.end_s - RETURN_S))
    if name not in clip.truth.phases or name == "hold":
        return np.asarray(here)
    return np.asarray(here & (clip.phase == clip.truth.phases.index(name)))


def _rest(clip: Clip, exercise: Exercise, part: TruePart) -> Floats:
    """(T,) the frames from which a person's own level is told: before the set, or the beginning of the pose."""
    t = clip.true_track.t
    if exercise.hold is not None:
        return np.asarray((t >= part.start_s) & (t <= part.start_s + BASELINE_AFTER_S))
    return np.asarray(clip.in_set() & (t < clip.truth.parts[0].start_s))


def _side(clip: Clip, exercise: Exercise, check: Check, part: TruePart) -> Side:
    """The side that the check measures."""
    side = clip.truth.near_side if exercise.sides == "both" else part.side
    worked: Side = "right" if side == "right" else "left"
    return other(worked) if check.side == "other" else worked
