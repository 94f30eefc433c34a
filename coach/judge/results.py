"""What the engine gives: plain data, from which overlay, voice, report and records are drawn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from coach.judge.verdicts import Judgement, Verdict
from coach.pose import Side

SidedOrBoth = Literal["left", "right", "both"]
WhyNotCode = Literal["range", "back", "fast", "short", "too_long", "lost", "unfinished"]
FORMAT_VERSION = 1  # of a set's result, and of a workout's, which is made of these


class Plain(BaseModel):
    """Frozen plain data."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rep(Plain):
    """One attempt at a repetition, and whether it counted.

    start_s  leaving rest; peak_s  the middle of the end range; end_s  back at rest (video's clock)
    side     both, or the side that moves; why_not  what the person is told when it did not count
    why_not_code  the same, alike in every language and exercise: not far enough, not back, too fast, its end range held
             too short, too long, lost from sight, not finished; None in what was kept before there was one
    hold_s   time at the end range; out_s, back_s  time to get there and back
    range_deg  change of the main angle from rest to the end range; None where it was not seen
    """

    start_s: float
    peak_s: float
    end_s: float
    side: SidedOrBoth
    counted: bool
    why_not: str | None = None
    why_not_code: WhyNotCode | None = None
    hold_s: float
    out_s: float
    back_s: float
    range_deg: float | None = None
    view: str = ""
    verdicts: dict[str, Verdict] = Field(default_factory=dict)

    @property
    def back_seen_s(self) -> float | None:
        """The time of the way back; None where it did not come to one."""
        return self.back_s or None


class Measured(Plain):
    """A value taken in a held pose: the median in `unit`, its error `band`, and what that means in plain words.

    The median is over what of the hold was as the checks ask for; over all of it where that was too short.

    value None: it was not seen; `says` then tells why
    """

    what: str
    value: float | None
    unit: str
    band: float | None
    says: str


class HeldPose(Plain):
    """One hold: `held_s` is the time in the pose, pauses left out; `counted` when it reached its dose.

    entered  whether it was entered through the pose that the file asks for; None where that was not seen
    led      repetitions that were led aloud while it was held
    """

    start_s: float
    end_s: float
    side: SidedOrBoth
    held_s: float
    counted: bool
    why_not: str | None = None
    pauses: tuple[tuple[float, float], ...] = ()
    entered: bool | None = None
    led: int = 0
    measured: dict[str, Measured] = Field(default_factory=dict)
    verdicts: dict[str, Verdict] = Field(default_factory=dict)


class NotJudged(Plain):
    """A check that could not be judged, why, and for which share of the time in which somebody was there to be judged.

    The time is that from the first repetition or hold to the last one, or all of it where none counted.
    """

    check: str
    reason: str
    share: float


class RangeOfMotion(Plain):
    """Range of the counted repetitions of one side, in degrees.

    best_deg  the largest of those without a fault and without doubt: it may be smaller than the median of all; the
              median again where there are none
    """

    side: SidedOrBoth
    median_deg: float
    best_deg: float


class SetResult(Plain):
    """One set: everything that was counted, judged, and not judged.

    damaged  whether the video is, so that only a part of it was read
    rules    by which rules it was counted and judged, as marks (coach.judge.rules); empty in what was kept before
    """

    format_version: int = FORMAT_VERSION
    exercise: str
    name: str
    duration_s: float
    counted: int
    attempts: int
    reps: tuple[Rep, ...] = ()
    holds: tuple[HeldPose, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    advice: tuple[str, ...] = ()
    faults: dict[str, int] = Field(default_factory=dict)
    range_of_motion: tuple[RangeOfMotion, ...] = ()
    symmetry_percent: float | None = None
    view: str | None = None
    seen_share: float = 0.0
    damaged: bool = False
    versions: dict[str, str] = Field(default_factory=dict)
    rules: dict[str, str] = Field(default_factory=dict)

    @property
    def parts(self) -> "tuple[Rep | HeldPose, ...]":
        """The repetitions, or the holds of a held pose."""
        return (*self.reps, *self.holds)

    @property
    def model(self) -> str:
        """The pose model's name, of what is told of it: what comes with it may be of another day; "": not known."""
        return self.versions.get("model", "").split(",")[0]


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to say: `code` names it in any language, `joints` are full landmark names."""

    code: str
    text: str
    kind: Literal["fault", "why_not", "praise", "advice", "hold", "guide"]
    joints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the coach knows after one frame.

    ready     whether everything needed for judging is seen; else `advice` says what to change
    phase     rest, out, peak, back; hold or away for a held pose; "" while not ready
    progress  0 at rest, 1 at the target range; of a pose how many of its conditions are met, in their order
    checks    the verdict of each check just now, or of the last repetition
    cue       at most one thing to say, given on the frame on which it is to be said
    highlight full landmark names to draw as at fault
    reached   the hold under way has its time: it will count, whatever comes
    rep, held the repetition or hold that ended on this frame
    signal    the value that is counted on, in its measure's unit; NaN where not seen
    angle     the main angle in degrees; NaN where not seen, or from a view that hides it
    lanes     side -> that signal and angle of each side that is watched; the two above are of the one that is shown
    """

    t: float
    ready: bool
    phase: str
    count: int
    attempts: int
    hold_s: float
    side: SidedOrBoth
    progress: float
    view: str | None
    advice: Cue | None = None
    cue: Cue | None = None
    checks: dict[str, Judgement] = field(default_factory=dict)
    highlight: tuple[str, ...] = ()
    rep: Rep | None = None
    held: HeldPose | None = None
    reached: bool = False
    signal: float = float("nan")
    angle: float = float("nan")
    lanes: Mapping[Side, tuple[float, float]] = field(default_factory=dict)


def faults_of(parts: Iterable[Rep | HeldPose]) -> Counter[str]:
    """Check -> how many of the parts have that fault."""
    return Counter(
        name
        for part in parts
        for name, verdict in part.verdicts.items()
        if verdict.verdict is Judgement.FAULT
    )


def ranges_of(reps: Iterable[Rep]) -> tuple[RangeOfMotion, ...]:
    """The range of each side, over the repetitions that counted and in which it was seen.

    The best is the largest without a fault and without doubt: what was done otherwise may seem to go further.
    """
    found: dict[SidedOrBoth, list[Rep]] = {}
    for rep in reps:
        if rep.counted and rep.range_deg is not None:
            found.setdefault(rep.side, []).append(rep)
    return tuple(_range_of(side, of_side) for side, of_side in sorted(found.items()))


def _range_of(side: SidedOrBoth, reps: Sequence[Rep]) -> RangeOfMotion:
    middle = float(np.median([rep.range_deg for rep in reps if rep.range_deg is not None]))
    best = [rep.range_deg for rep in reps if clean(rep) and rep.range_deg is not None]
    return RangeOfMotion(side=side, median_deg=round(middle, 1), best_deg=max(best, default=round(middle, 1)))


def clean(part: Rep | HeldPose) -> bool:
    """Whether it has neither a fault nor anything that may be one."""
    return not any(v.verdict in (Judgement.FAULT, Judgement.UNSURE) for v in part.verdicts.values())


def symmetry_of(ranges: Iterable[RangeOfMotion]) -> float | None:
    """The smaller side's range by the larger one's, in percent; None unless both sides moved."""
    by_side = {r.side: r.median_deg for r in ranges}
    if "left" not in by_side or "right" not in by_side:
        return None
    low, high = sorted((by_side["left"], by_side["right"]))
    return round(100 * low / high, 1) if high > 0 else None


def sided(side: Side, both: bool) -> SidedOrBoth:
    """How a side is told: "both" in an exercise that moves both."""
    return "both" if both else side


def result_schema() -> dict[str, Any]:
    """The JSON Schema of a SetResult as JSON."""
    return schema_of(SetResult, "Form Coach set result")


def schema_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON Schema of what a model is as JSON."""
    schema = model.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = title
    return schema
