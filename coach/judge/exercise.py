"""The exercise as its file tells it: what a therapist reads and edits, checked in every part.

Unknown keys are refused; measures and landmarks must exist; ranges must be within what can be reached.
Lengths are told in body lengths or ratios, times in seconds, angles in degrees.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from coach.judge.say import say
from coach.language import LANGUAGES, Language
from coach.motion import MEASURES, SEEN, Measure, Position, ViewName
from coach.pose import NAMES

Phase = Literal["out", "peak", "back", "whole", "return", "hold"]


class Read(Enum):
    """Marks what people read, so that a translation can be held against it.

    TEXT   a text, which each language has
    NAMES  usual names, of which a language has as many as it has
    """

    TEXT = "text"
    NAMES = "names"


Text = Annotated[str, Field(min_length=3), Read.TEXT]
MaybeText = Annotated[str, Read.TEXT]
JOINTS = frozenset(name.removeprefix("left_") for name in NAMES if name.startswith("left_"))


class Strict(BaseModel):
    """Frozen, no key that nobody reads, no number that is none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Range(Strict):
    """From min to max, either may be open.

    >>> Range(min=165).outside(160.0)
    5.0
    """

    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _some_and_ordered(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a range needs a min, a max or both")
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise ValueError(f"min {self.min:g} must be smaller than max {self.max:g}")
        return self

    def outside(self, value: float) -> float:
        """By how much a value lies outside; 0 or less when it is inside, NaN where there is none."""
        if value != value:
            return value
        below = self.min - value if self.min is not None else -float("inf")
        above = value - self.max if self.max is not None else -float("inf")
        return max(below, above)

    def __str__(self) -> str:
        if self.max is None:
            return f"at least {self.min:g}"
        if self.min is None:
            return f"at most {self.max:g}"
        return f"{self.min:g} to {self.max:g}"


def _known_measure(name: str) -> str:
    if name not in MEASURES:
        raise ValueError(f"unknown measure '{name}'; known are {', '.join(sorted(MEASURES))}")
    return name


def _known_joint(name: str) -> str:
    if name.removeprefix("other_") not in JOINTS:
        raise ValueError(f"unknown joint '{name}'; known are {', '.join(sorted(JOINTS))}")
    return name


MeasureName = Annotated[str, Field(min_length=1)]


class Condition(Strict):
    """A measure within a range.  `leave` widens the range for leaving it again (hysteresis)."""

    measure: MeasureName
    min: float | None = None
    max: float | None = None
    leave: Annotated[float, Field(ge=0)] = 0.0
    side: Literal["working", "other"] = "working"
    says: MaybeText = ""

    _measure = field_validator("measure")(_known_measure)

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        _within_reach(MEASURES[self.measure], self.range)
        return self

    @property
    def range(self) -> Range:
        """The range of the condition."""
        return Range(min=self.min, max=self.max)


def _within_reach(measure: Measure, wanted: Range, *, change: bool = False) -> None:
    low, high = measure.reach
    if change:
        low, high = low - high, high - low
    for name, value in (("min", wanted.min), ("max", wanted.max)):
        if value is not None and not low <= value <= high:
            raise ValueError(
                f"{name} {value:g} is outside what '{measure.name}' can reach ({low:g} to {high:g})"
            )


class Still(Strict):
    """A joint that stays where it is during a repetition, within so many trunk lengths.

    along   floor: only a shift along the floor counts, as in walking; any: every shift
    """

    joint: str
    along: Literal["floor", "any"] = "any"
    within: Annotated[float, Field(gt=0, le=2)]
    says: Text

    _joint = field_validator("joint")(_known_joint)


class WhyNot(Strict):
    """What the person hears when a repetition did not count; all but `range` may be left to the engine's own words."""

    range: Text
    back: Text
    fast: Text
    lost: Text
    unfinished: Text


class PhaseNames(Strict):
    """What the phases are called in this exercise."""

    rest: Text
    out: Text
    peak: Text
    back: Text


class Repetition(Strict):
    """One signal that goes from rest to the end range and back, and what makes that a repetition.

    rest         where the person rests: bounds for what is learnt from the person; what lies beyond it on the far side
                 from the target counts as rest too
    relative     rest and target are changes from the person's own rest, for a signal whose level is anybody's
    level        where the own rest of a relative signal may lie
    target       the end range that has to be reached to count
    still, only  what must hold for it to be this movement at all, and not walking or another exercise
    moves        the joint that travels further than that of the other side, where each side moves the other one's
                 signal too
    rest_also    what else must hold at its end for the person to be back at rest
    begin_also   what else must hold where it begins: who comes up from the floor has not begun by standing
    target_from  the target as it reads from views that show it otherwise
    min_return   share of the way back that ends a repetition
    min_hold_s   time at the end range without which it does not count
    """

    signal: MeasureName
    relative: bool = False
    level: Range | None = None
    rest: Range
    target: Range
    views: tuple[ViewName, ...]
    target_from: dict[ViewName, Range] = {}
    min_return: Annotated[float, Field(gt=0.1, le=1)] = 0.8
    min_hold_s: Annotated[float, Field(ge=0)] = 0.0
    min_s: Annotated[float, Field(gt=0)] = 0.5
    max_s: Annotated[float, Field(gt=0)] = 60.0
    range_of_motion: MeasureName
    still: tuple[Still, ...] = ()
    moves: str | None = None
    only: tuple[Condition, ...] = ()
    rest_also: tuple[Condition, ...] = ()
    begin_also: tuple[Condition, ...] = ()
    phases: PhaseNames
    why_not: WhyNot

    _signal = field_validator("signal", "range_of_motion")(_known_measure)

    @field_validator("moves")
    @classmethod
    def _moves(cls, name: str | None) -> str | None:
        return None if name is None else _known_joint(name)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.level is not None:
            if not self.relative:
                raise ValueError("level: only a relative signal has a level of its own")
            _within_reach(MEASURES[self.signal], self.level, change=False)
        for wanted in (self.rest, self.target, *self.target_from.values()):
            _within_reach(MEASURES[self.signal], wanted, change=self.relative)
        if self.rises:
            rest, target = self.rest.max, self.target.min
        else:
            rest, target = self.rest.min, self.target.max
        if rest is None or target is None:
            raise ValueError(
                "rest and target must face each other: a max of rest below a min of target, or a min of "
                "rest above a max of target"
            )
        if (target <= rest) if self.rises else (target >= rest):
            raise ValueError(f"rest ({self.rest}) and target ({self.target}) overlap")
        return self

    def edge_from(self, view: ViewName) -> float:
        """The end of the target range that faces the rest, as it reads from a view."""
        target = self.target_from.get(view, self.target)
        edge = target.min if self.rises else target.max
        return self.target_edge if edge is None else edge

    @property
    def rises(self) -> bool:
        """Whether the signal grows from rest toward the target."""
        return self.target.min is not None

    @property
    def rest_end(self) -> float:
        """The end of the rest range that faces away from the target; infinite where it is open."""
        end, open_end = (self.rest.min, -float("inf")) if self.rises else (self.rest.max, float("inf"))
        return open_end if end is None else end

    @property
    def rest_edge(self) -> float:
        """The end of the rest range that faces the target."""
        return self.rest.max if self.rises else self.rest.min  # type: ignore[return-value]  # validated

    @property
    def target_edge(self) -> float:
        """The end of the target range that faces the rest."""
        return self.target.min if self.rises else self.target.max  # type: ignore[return-value]  # validated


class Entry(Strict):
    """The pose through which another one is entered; `says` is heard by who came in without it."""

    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    within_s: Annotated[float, Field(gt=0)] = 20.0
    says: Text


class Saying(Strict):
    """What a measured value up to `max` means, in plain words; the last one has no max."""

    max: float | None = None
    text: Text


class Measurement(Strict):
    """A value taken while the pose is held: its median, told with its error and a plain sentence."""

    what: Text
    measure: MeasureName
    side: Literal["working", "other"] = "working"
    says: Annotated[tuple[Saying, ...], Field(min_length=1)]

    _measure = field_validator("measure")(_known_measure)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        limits = [saying.max for saying in self.says[:-1]]
        known = [limit for limit in limits if limit is not None]
        if len(known) != len(limits) or known != sorted(set(known)) or self.says[-1].max is not None:
            raise ValueError("each of says needs a max above the one before; the last has none")
        for limit in known:
            _within_reach(MEASURES[self.measure], Range(max=limit))
        return self


class Guide(Strict):
    """A movement that no camera sees, led aloud in the rhythm of the dose while the position is kept."""

    reps: Annotated[int, Field(gt=0)]
    hold_s: Annotated[float, Field(gt=0)]
    rest_s: Annotated[float, Field(gt=0)]
    hold: Text
    rest: Text

    @property
    def cycle_s(self) -> float:
        """One repetition with its rest."""
        return self.hold_s + self.rest_s


class Hold(Strict):
    """A pose that is held: the timer runs while every condition is met, and pauses when one is not.

    entry    the pose it is entered through
    results  what is measured while it is held: a test has results, and no dose of time to speak of
    guide    what is led aloud while it is held
    left     what is said when the pose is left; may be left to the engine's own words
    """

    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    views: tuple[ViewName, ...]
    target_s: Annotated[float, Field(gt=0)]
    settle_s: Annotated[float, Field(ge=0)] = 1.0
    pause_after_s: Annotated[float, Field(ge=0)] = 0.5
    end_after_s: Annotated[float, Field(gt=0)] = 8.0
    range_of_motion: MeasureName | None = None
    left: Text
    entry: Entry | None = None
    results: dict[str, Measurement] = {}
    guide: Guide | None = None

    @model_validator(mode="after")
    def _guided_to_the_end(self) -> Self:
        guide = self.guide
        if guide is not None and abs(guide.reps * guide.cycle_s - self.target_s) > 0.5:
            wanted = guide.reps * guide.cycle_s
            raise ValueError(f"target_s is {self.target_s:g}; the guide takes {wanted:g} seconds")
        return self

    @field_validator("range_of_motion")
    @classmethod
    def _measure(cls, name: str | None) -> str | None:
        return None if name is None else _known_measure(name)


class Check(Strict):
    """One thing the exercise asks for.

    Of `measure` (with `range`, `when`, `views`), `time` (a part of the repetition, with `range`), `order` (of the
    sides) and `unseen` (why no camera sees it) exactly one is given.

    statistic   typical: the median of the phase; worst: what was exceeded for 0.3 s of it
    against     rest: the range is told from the person's own value at rest, at the start of the set;
                share_of_rest: as a share of it, 0.1 for a tenth more
    band        added to `range` on its outer side, at least the measured error: between pass and fault
    """

    what: Text
    measure: str | None = None
    time: Literal["hold", "out", "back"] | None = None
    order: Literal["alternating"] | None = None
    unseen: MaybeText | None = None
    when: Phase = "whole"
    range: Range | None = None
    band: Annotated[float, Field(ge=0)] = 0.0
    statistic: Literal["typical", "worst"] = "worst"
    against: Literal["zero", "rest", "share_of_rest"] = "zero"
    side: Literal["working", "other"] = "working"
    views: tuple[ViewName, ...] = ()
    reason: MaybeText = ""
    cue: Text
    why: Text
    severity: Annotated[int, Field(ge=1, le=3)]
    highlight: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = [k for k in ("measure", "time", "order", "unseen") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of measure, time, order and unseen")
        if (self.measure or self.time) and self.range is None:
            raise ValueError("a range is missing")
        for joint in self.highlight:
            _known_joint(joint)
        if self.measure is not None:
            measure = MEASURES[_known_measure(self.measure)]
            if self.range is not None and self.against == "zero":
                _within_reach(measure, self.range)
            blind = set(self.views) - set(measure.views)
            if not self.views or blind:
                raise ValueError(
                    f"views must be some of those from which '{self.measure}' means something: "
                    + ", ".join(measure.views)
                )
        return self


class Camera(Strict):
    """Where to put the camera; `how` is what the person is told."""

    view: Text
    height_m: tuple[float, float]
    distance_m: tuple[float, float]
    how: Text


class Step(Strict):
    """One step of a dose that grows; what it does not tell stays as in the step before."""

    sets: Annotated[int, Field(gt=0)] | None = None
    reps: Annotated[int, Field(gt=0)] | None = None
    hold_s: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.sets is None and self.reps is None and self.hold_s is None:
            raise ValueError("a step needs sets, reps or hold_s")
        return self


class When(Strict):
    """When the next step may be proposed: after so many sessions in a row that reached the dose, with few faults and
    without more pain.
    """

    clean_sessions: Annotated[int, Field(ge=1, le=20)] = 3


class Grows(Strict):
    """How a dose grows, for the machine to propose; `progression` says the same to people, and what comes after."""

    when: When = When()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Dose(Strict):
    """How much of it: repetitions or seconds, sets, and how it grows."""

    reps: Annotated[int, Field(gt=0)] | None = None
    hold_s: Annotated[float, Field(gt=0)] | None = None
    sets: Annotated[int, Field(gt=0)] = 1
    each_side: bool = False
    progression: Text
    grows: Grows | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.reps is None and self.hold_s is None:
            raise ValueError("a dose needs reps or hold_s")
        return self


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of an exercise: sets of repetitions, or of seconds of holding a pose (the other one is None)."""

    sets: int
    reps: int | None
    hold_s: float | None

    def within(self, other: "Amount") -> bool:
        """Whether it asks for no more than another one, in anything."""
        return (
            self.sets <= other.sets
            and (self.reps or 0) <= (other.reps or 0)
            and (self.hold_s or 0) <= (other.hold_s or 0)
        )


class Swap(Strict):
    """What to do instead, and when."""

    exercise: Annotated[str, Field(min_length=3)]
    when: Text


UNSAID = ("back", "fast", "lost", "unfinished")


def _filled(data: Any, place: tuple[str, ...], texts: dict[str, str]) -> Any:
    """A copy of the data with these texts at a place, where it is a mapping that has none of its own."""
    if not isinstance(data, dict):
        return data
    if not place:
        return texts | data
    key, *rest = place
    return data | {key: _filled(data[key], tuple(rest), texts)} if key in data else data


class Exercise(Strict):
    """One file of `poses/`.

    language  of the texts, and so of all that is said in a set
    judged    false for one that is led and timed only, and says so
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    language: Language = "en"
    name: Text
    other_names: Annotated[tuple[str, ...], Read.NAMES] = ()
    description: Text
    start: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=2)]
    camera: Camera
    position: tuple[Position, ...]
    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    seen: Annotated[float, Field(gt=0, lt=1)] = SEEN
    sides: Literal["both", "each", "alternating"]
    dose: Dose
    muscles: Annotated[tuple[Text, ...], Field(min_length=1)]
    feel: Text
    stop: Annotated[tuple[Text, ...], Field(min_length=1)]
    swap: Swap
    wrong_view: Text
    judged: bool = True
    repetition: Repetition | None = None
    hold: Hold | None = None
    checks: Annotated[dict[str, Check], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _own_words(cls, data: Any) -> Any:
        """What the file leaves unsaid is said by the engine in the file's language."""
        if not isinstance(data, dict) or data.get("language", "en") not in LANGUAGES:
            return data
        own = say(data.get("language", "en"))
        unsaid = {
            ("hold",): {"left": own("left_pose")},
            ("repetition", "why_not"): {key: own(f"why_not.{key}") for key in UNSAID},
        }
        for place, texts in unsaid.items():
            data = _filled(data, place, texts)
        return data

    @field_validator("needs")
    @classmethod
    def _joints(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_known_joint(name) for name in names)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.repetition is None) == (self.hold is None):
            raise ValueError("give either repetition or hold")
        for name, check in self.checks.items():
            if check.measure is not None and (check.when == "hold") != (self.hold is not None):
                expected = "hold" if self.hold else "out, peak, back, whole or return"
                raise ValueError(f"checks.{name}.when is '{check.when}'; {expected} was expected")
            if (check.time or check.order) and self.hold is not None:
                raise ValueError(f"checks.{name}: a hold has no such part or order")
            if check.order is not None and self.sides == "both":
                raise ValueError(f"checks.{name}.order: both sides move at once in this exercise")
            if check.measure is not None and not set(check.views) & set(self.views):
                raise ValueError(f"checks.{name}.views: from none of these is the exercise counted")
            self._peak_within_target(name, check)
        return self

    @model_validator(mode="after")
    def _steps_grow(self) -> Self:
        if self.dose.grows is None:
            return self
        for n, step in enumerate(self.dose.grows.steps):
            if self.hold is None and step.hold_s is not None:
                raise ValueError(f"dose.grows.steps.{n}: hold_s is for a pose that is held")
            if self.hold is not None and step.reps is not None:
                raise ValueError(f"dose.grows.steps.{n}: a pose that is held has no reps")
            if self.hold is not None and self.hold.guide is not None and step.hold_s is not None:
                raise ValueError(f"dose.grows.steps.{n}: hold_s is fixed by the guide")
        steps = self.amounts
        for n, (less, more) in enumerate(zip(steps, steps[1:], strict=False)):
            if less == more or not less.within(more):
                n += len(self.dose.grows.steps) + 1 - len(steps)
                raise ValueError(
                    f"dose.grows.steps.{n}: each step must ask for more than the one before, and for less of nothing"
                )
        return self

    @property
    def amount(self) -> Amount:
        """The dose."""
        if self.hold is not None:
            return Amount(self.dose.sets, None, self.hold.target_s)
        return Amount(self.dose.sets, self.dose.reps or 10, None)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The steps in which the dose grows, the least first; the dose is one of them, or comes before them."""
        last, found = self.amount, []
        for step in self.dose.grows.steps if self.dose.grows else ():
            last = Amount(step.sets or last.sets, step.reps or last.reps, step.hold_s or last.hold_s)
            found.append(last)
        return tuple(found) if self.amount in found else (self.amount, *found)

    def _peak_within_target(self, name: str, check: Check) -> None:
        """A check of the signal at the end range that no counted repetition could pass contradicts the target."""
        rep = self.repetition
        if rep is None or check.measure != rep.signal or check.when != "peak" or check.range is None:
            return
        if check.side == "other" or check.against != "zero" or rep.relative:
            return
        far, edge = check.range.max if rep.rises else check.range.min, rep.target_edge
        if far is not None and (far < edge if rep.rises else far > edge):
            raise ValueError(
                f"checks.{name}.range ({check.range}) lies outside the target ({rep.target}): no repetition could pass"
            )

    @property
    def views(self) -> tuple[ViewName, ...]:
        """Views from which repetitions or holds are counted."""
        part = self.repetition or self.hold
        return part.views if part else ()
