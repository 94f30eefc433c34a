"""The words that exercise files are written in: texts, ranges, measures, joints, conditions."""

from enum import Enum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from coach.motion import MEASURES, Measure
from coach.pose import NAMES


class Read(Enum):
    """Marks what people read, so that a translation can be held against it.

    TEXT   a text, which each language has
    NAMES  usual names, of which a language has as many as it has
    """

    TEXT = "text"
    NAMES = "names"


def _worded(text: str) -> str:
    if not text.strip():
        raise ValueError("words were expected, not blanks alone")
    return text


Text = Annotated[str, Field(min_length=3), AfterValidator(_worded), Read.TEXT]
MaybeText = Annotated[str, Read.TEXT]
# Neither words in quotes nor yes and no are numbers.
Number = Annotated[float, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
JOINTS = frozenset(name.removeprefix("left_") for name in NAMES if name.startswith("left_"))


class Strict(BaseModel):
    """Frozen, no key that nobody reads, no number that is none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Range(Strict):
    """From min to max, either may be open.

    >>> Range(min=165).outside(160.0)
    5.0
    """

    min: Number | None = None
    max: Number | None = None

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


def known_measure(name: str) -> str:
    """The name of a measure that there is.  Raises ValueError otherwise."""
    if name not in MEASURES:
        raise ValueError(f"unknown measure '{name}'; known are {', '.join(sorted(MEASURES))}")
    return name


def known_joint(name: str) -> str:
    """The name of a joint that there is, also of the other side's.  Raises ValueError otherwise."""
    if name.removeprefix("other_") not in JOINTS:
        raise ValueError(f"unknown joint '{name}'; known are {', '.join(sorted(JOINTS))}")
    return name


MeasureName = Annotated[str, Field(min_length=1)]


class Condition(Strict):
    """A measure within a range.  `leave` widens the range for leaving it again (hysteresis)."""

    measure: MeasureName
    min: Number | None = None
    max: Number | None = None
    leave: Annotated[Number, Field(ge=0)] = 0.0
    side: Literal["working", "other"] = "working"
    says: MaybeText = ""

    _measure = field_validator("measure")(known_measure)

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        within_reach(MEASURES[self.measure], self.range)
        return self

    @property
    def range(self) -> Range:
        """The range of the condition."""
        return Range(min=self.min, max=self.max)


def within_reach(measure: Measure, wanted: Range, *, change: bool = False) -> None:
    """Raises ValueError where a measure, or a change of it, never comes to an end of a range."""
    low, high = measure.reach
    if change:
        low, high = low - high, high - low
    for name, value in (("min", wanted.min), ("max", wanted.max)):
        if value is not None and not low <= value <= high:
            raise ValueError(
                f"{name} {value:g} is outside what '{measure.name}' can reach ({low:g} to {high:g})"
            )
