"""What lists and trends need of a set, worked out once when it is closed."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from pydantic import BaseModel, ConfigDict

from coach.errors import CoachError
from coach.judge import HeldPose, Judgement, Rep, SetResult, load_exercise
from coach.motion import MEASURES, load_errors
from coach.pose import MODELS


class Numbers(BaseModel):
    """The part of a SetSummary that stands in one column."""

    model_config = ConfigDict(frozen=True)

    range_deg: dict[str, float] = {}
    spread_deg: dict[str, float] = {}
    hold_s: dict[str, float] = {}
    longest_s: dict[str, float] = {}
    counted_by_side: dict[str, int] = {}
    faults: dict[str, int] = {}
    judged: dict[str, int] = {}
    told_of: dict[str, int] = {}
    sure: int | None = None
    symmetry_percent: float | None = None
    seen_share: float = 0.0
    model: str | None = None
    rules: dict[str, str] = {}


SURE: Final = (Judgement.PASS, Judgement.FAULT)
NOTHING: Final = "{}"  # of a set that is under way, or was cut off


def numbers_of(result: SetResult) -> Numbers:
    """From the result of a set; ranges in degrees, times in seconds."""
    ranges: dict[str, float] = {one.side: one.median_deg for one in result.range_of_motion}
    judged, right = _told(result.parts, *SURE, Judgement.UNSURE), _told(result.parts, Judgement.PASS)
    spread = spread_deg(result.exercise, result.view, result.model) if ranges else None
    return Numbers(
        range_deg=ranges,
        spread_deg={} if spread is None else dict.fromkeys(ranges, spread),
        hold_s=_held(result.holds),
        longest_s=_longest(result.holds),
        counted_by_side=dict(Counter(str(part.side) for part in result.parts if part.counted)),
        faults=dict(result.faults),
        judged=judged,
        told_of={name: n if result.faults.get(name) else right.get(name, 0) for name, n in judged.items()},
        sure=sum(any(one.verdict in SURE for one in part.verdicts.values()) for part in result.parts),
        symmetry_percent=result.symmetry_percent,
        seen_share=result.seen_share,
        model=result.model if result.model in MODELS else None,
        rules=dict(result.rules),
    )


def spread_deg(exercise: str, view: str | None, model: str = "") -> float | None:
    """The error of a repetition's range, a change from rest, in a view; None where the exercise is not known.

    An exercise of somebody's own, which is in no library here, is not known.
    """
    try:
        repetition = load_exercise(exercise).repetition
    except CoachError:
        return None
    if repetition is None or MEASURES[repetition.range_of_motion].unit != "deg":
        return None
    seen = next((known for known in repetition.views if known == view), repetition.views[0])
    return load_errors(model).of(exercise).error_of_change(MEASURES[repetition.range_of_motion], seen)


def _held(holds: Iterable[HeldPose]) -> dict[str, float]:
    held: dict[str, float] = {}
    for hold in holds:
        held[hold.side] = held.get(hold.side, 0.0) + hold.held_s
    return {side: round(seconds, 3) for side, seconds in held.items()}


def _longest(holds: Iterable[HeldPose]) -> dict[str, float]:
    longest: dict[str, float] = {}
    for hold in holds:
        longest[hold.side] = max(longest.get(hold.side, 0.0), hold.held_s)
    return {side: round(seconds, 3) for side, seconds in longest.items()}


def _told(parts: Iterable[Rep | HeldPose], *verdicts: Judgement) -> dict[str, int]:
    """Check -> of how many parts the verdict is one of these."""
    told: Counter[str] = Counter()
    for part in parts:
        told.update(name for name, verdict in part.verdicts.items() if verdict.verdict in verdicts)
    return dict(told)
