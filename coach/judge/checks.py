"""From the samples of a repetition or a hold to the verdict on each check."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from coach.judge.exercise import Check
from coach.judge.samples import ENOUGH, Floats, Recording
from coach.judge.say import say
from coach.judge.timing import TOP, Parts, lasting, typical, typical_within
from coach.judge.verdicts import Judgement, Verdict, cannot_judge, judge
from coach.language import Language
from coach.motion import MEASURES, Errors, landmark
from coach.pose import Side, other

LASTS_S: Final = 0.3  # a fault must last so long
LASTS_IN_HOLD_S: Final = 1.0  # in a pose of half a minute, a moment's sway is none
RETURN_S: Final = 0.3  # the return is judged on the last moments of a repetition
TIME_BAND_S: Final = 0.3


def band_of(check: Check, view: str, errors: Errors) -> float:
    """The band between pass and fault: the file's, never less than the measured error in this view."""
    if check.measure is None:
        return max(check.band, TIME_BAND_S)
    measure = MEASURES[check.measure]
    known = view if view in measure.views else measure.views[0]
    error = errors.error if check.against == "zero" else errors.error_of_change
    return max(check.band, error(measure, known))


def joints_of(check: Check, side: Side) -> tuple[str, ...]:
    """The landmarks to highlight where a check is at fault on a side, by their full names."""
    measured = other(side) if check.side == "other" else side
    return tuple(landmark(joint, measured) for joint in check.highlight)


def judge_time(check: Check, parts: Parts, band: float, language: Language = "en") -> Verdict:
    """Judge how long a part of the repetition took.

    A hold that may have been long enough is not too short, and one that may have been too short is not praised.
    """
    assert check.range is not None and check.time is not None  # the file's validator saw to it
    seconds = {"hold": parts.hold_s, "out": parts.out_s, "back": parts.back_s}[check.time]
    verdict = judge(seconds, check.range, band)
    if check.time == "hold":
        may_be = (judge(s, check.range, band) for s in (parts.hold_least_s, parts.hold_most_s))
        verdict = verdict if all(each is verdict for each in may_be) else Judgement.UNSURE
    return _told(check, verdict, seconds, "s", band, parts.peak_s, language)


def judge_measure(
    check: Check,
    t: Floats,
    values: Floats,
    baseline: float,
    band: float,
    lasts_s: float = LASTS_S,
    language: Language = "en",
    misses: str | None = None,
    hidden: float = 0.0,
) -> Verdict:
    """Judge a measure over a phase: t and values (n,), NaN where not seen; baseline in the same unit.

    misses  why a fault may go unseen from where it was seen
    hidden  share of the phase in which it was not seen: where what is typical hangs on that, nothing is sure
    """
    assert check.range is not None and check.measure is not None  # the file's validator saw to it
    if len(values) == 0 or np.isfinite(values).mean() < ENOUGH:
        return cannot_judge("")
    if check.told_as != "zero" and np.isnan(baseline):
        return cannot_judge(say(language)("reason.no_start"))
    values = told(check.told_as, values, baseline)
    value, at_s = _statistic(check, t, values, lasts_s)
    unit = MEASURES[check.measure].unit
    verdict = judge(value, check.range, band)
    if hidden and check.statistic == "typical":
        ends = [judge(end, check.range, band) for end in typical_within(values, hidden)]
        verdict = verdict if hidden < 0.5 and ends == [verdict] * 2 else Judgement.UNSURE
    doubt = _doubt(check, verdict, value, baseline, band, language, misses)
    return _told(check, verdict, value, unit, band, at_s, language, doubt)


def _doubt(
    check: Check,
    verdict: Judgement,
    value: float,
    baseline: float,
    band: float,
    language: Language,
    misses: str | None,
) -> str | None:
    """Why what reads clearly is not sure all the same; None where it is."""
    if verdict is Judgement.FAULT:
        key = excuse(check, value, baseline, band)
        return None if key is None else say(language)(key)
    assert check.range is not None  # the file's validator saw to it
    off_at_rest = check.home is not None and check.range.outside(baseline - check.home) > band
    return say(language)("reason.off_at_rest") if off_at_rest else misses


def excuse(check: Check, value: float, baseline: float, band: float) -> str | None:
    """Why a value at fault is none that was done now, as the key of a reason; None where it is one.

    A change from rest may be one for the better, nearer to the check's `home`; and what is outside the range at rest
    already may be excused, where it is hardly worse now.  What was not seen at rest (NaN) excuses nothing.
    """
    if check.home is not None and abs(baseline + value - check.home) < abs(baseline - check.home):
        return "reason.unsure"
    if check.excuse_at_rest and check.range is not None:
        at_rest, now = check.range.outside(baseline), check.range.outside(value)
        same_end = check.range.is_above(value) == check.range.is_above(baseline)
        if at_rest > 0 and same_end and now - at_rest <= band:
            return "reason.so_at_rest"
    return None


def told(against: str, values: Any, baseline: float) -> Any:
    """Values as a check tells them: as they are, or against the person's own at rest."""
    if against == "rest":
        return values - baseline
    if against == "share_of_rest":
        return values / baseline - 1 if baseline else values * np.nan
    return values


def _statistic(check: Check, t: Floats, values: Floats, lasts_s: float) -> tuple[float, float]:
    """The value to judge.  The worst is taken on the side of the range that is further exceeded."""
    if check.statistic == "typical":
        return typical(t, values)
    assert check.range is not None
    high = lasting(t, values, lasts_s, highest=True)
    low = lasting(t, values, lasts_s, highest=False)
    return high if check.range.outside(high[0]) >= check.range.outside(low[0]) else low


def _told(
    check: Check,
    verdict: Judgement,
    value: float,
    unit: str,
    band: float,
    at_s: float,
    language: Language,
    doubt: str | None = None,
) -> Verdict:
    """The verdict as it is told; `doubt`: why what seems right may be wrong all the same, or what seems wrong right."""
    reason = {
        Judgement.PASS: "",
        Judgement.FAULT: check.why,
        Judgement.UNSURE: say(language)("reason.unsure"),
        Judgement.CANNOT_JUDGE: "",
    }[verdict]
    if verdict is not Judgement.UNSURE and doubt is not None:
        verdict, reason = Judgement.UNSURE, doubt
    return Verdict(
        verdict=verdict,
        value=round(value, 3),
        unit=unit,
        band=round(band, 3),
        reason=reason,
        at_s=round(at_s, 3),
    )


def phase_slice(check: Check, recording: Recording, parts: Parts) -> slice:
    """Which samples of a repetition belong to the phase a check is about."""
    if check.when == "return":
        return return_slice(recording.t, recording.x, recording.t[-1])
    return {"out": parts.out, "peak": parts.peak, "back": parts.back}.get(
        check.when, slice(0, len(recording.t))
    )


def return_slice(t: Floats, x: Floats, end_s: float) -> slice:
    """The last moments before a time, of samples at t (n,) of a signal x (n,), in which somebody had arrived.

    Who comes back within half a second is still on the way for most of those moments.
    """
    after = int(np.searchsorted(t, end_s, "right"))
    first = int(np.searchsorted(t, end_s - RETURN_S))
    last = max(after - 1, 0)
    on_the_way = np.flatnonzero(x[first:after] > x[last] + (1 - TOP) * (x.max() - x[last]))
    if len(on_the_way):
        first += int(on_the_way[-1]) + 1
    return slice(min(first, last), after)


def speak_faults(verdicts: Mapping[str, Verdict], spoken: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """What was said during the repetition stays in the record: said equals recorded.

    A fault that the whole of it shows as well has that value: it was said before all was seen.
    """
    return {
        name: verdict if verdict.verdict is Judgement.FAULT else spoken.get(name, verdict)
        for name, verdict in verdicts.items()
    }
