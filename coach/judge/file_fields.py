"""The words that exercise files are written in: texts, ranges, measures, joints, conditions."""

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cached_property
from math import inf
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from coach.motion import MEASURES, Measure
from coach.pose import NAMES

Place = tuple[int | str, ...]  # of a value in a file: the keys and numbers that lead to it


class Read(Enum):
    """Marks what people read, so that a translation can be held against it.

    TEXT   a text, which each language has
    NAMES  usual names, of which a language has as many as it has
    WORDS  a text, unless it is the id of an exercise, which is the same in every language
    """

    TEXT = "text"
    NAMES = "names"
    WORDS = "words"


def dotted(place: Place) -> str:
    """A place as people write it: ``steps.0``."""
    return ".".join(map(str, place))


class Misplaced(ValueError):
    """What is wrong further inside the part of a file that is looked at: where, told from that part, and what.

    >>> str(Misplaced(("steps", 0), "more was expected"))
    'steps.0: more was expected'
    """

    def __init__(self, place: Place, said: str) -> None:
        super().__init__(f"{dotted(place)}: {said}")
        self.place, self.said = place, said


@contextmanager
def at(*place: int | str) -> Iterator[None]:
    """Tells the place of the ValueError that is raised within, before that of a Misplaced one."""
    try:
        yield
    except Misplaced as wrong:
        raise Misplaced((*place, *wrong.place), wrong.said) from None
    except ValueError as wrong:
        raise Misplaced(place, str(wrong)) from None


def nearest(name: str, known: Iterable[str], n: int = 1, least: float = 0.5) -> list[str]:
    """The known names that are most like this one, the nearest first; none that is less like it than `least`.

    >>> nearest("Pelvic tild", ("bridge", "pelvic_tilt"))
    ['pelvic_tilt']
    """
    written = name.lower().replace("-", "_").replace(" ", "_")
    return difflib.get_close_matches(written, list(known), n, least)


def _worded(text: str) -> str:
    if not text.strip():
        raise ValueError("words were expected, not blanks alone")
    return text


ID: Final = re.compile(r"^[a-z][a-z0-9_]*$")
NAMED: Final = "a name of small letters, digits and _ was expected, as in my_check"
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
        low, high = self.ends
        return max(low - value, value - high)

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends, infinite where it is open."""
        return -inf if self.min is None else self.min, inf if self.max is None else self.max

    def is_above(self, value: float) -> bool:
        """Whether a value lies beyond max."""
        return self.max is not None and value > self.max

    def __str__(self) -> str:
        if self.max is None:
            return f"at least {self.min:g}"
        if self.min is None:
            return f"at most {self.max:g}"
        return f"{self.min:g} to {self.max:g}"


def known_measure(name: str) -> str:
    """The name of a measure that there is.  Raises ValueError otherwise."""
    if name not in MEASURES:
        raise ValueError(f"unknown measure '{name}'; {_nearest_told(name, MEASURES)}")
    return name


def known_joint(name: str) -> str:
    """The name of a joint that there is, also of the other side's.  Raises ValueError otherwise."""
    if name.removeprefix("other_") not in JOINTS:
        raise ValueError(f"unknown joint '{name}'; {_nearest_told(name.removeprefix('other_'), JOINTS)}")
    return name


def well_named(name: str) -> str:
    """A name that programs know something by, in reports for instance.  Raises ValueError for any other."""
    if not ID.fullmatch(name):
        raise ValueError(NAMED)
    return name


def _nearest_told(name: str, known: Iterable[str]) -> str:
    return f"the nearest are {', '.join(nearest(name, sorted(known), 3, 0.0))}"


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
        low, high = reach_of(MEASURES[self.measure])
        stays = (self.min is None or self.min - self.leave <= low) and (
            self.max is None or self.max + self.leave >= high
        )
        if self.leave and stays:
            raise Misplaced(
                ("leave",),
                f"{self.leave:g} widens {self.range} past all that '{self.measure}' can reach ({low:g} to {high:g}): "
                "it could never be left",
            )
        return self

    @cached_property
    def range(self) -> Range:
        """The range of the condition."""
        return Range(min=self.min, max=self.max)


def within_reach(measure: Measure, wanted: Range, *, change: bool = False) -> None:
    """Raises Misplaced where a measure, or a change of it, never comes to an end of a range."""
    low, high = reach_of(measure, measure if change else None)
    for name, value in (("min", wanted.min), ("max", wanted.max)):
        if value is not None and not low <= value <= high:
            raise Misplaced(
                (name,), f"{value:g} is outside what '{measure.name}' can reach ({low:g} to {high:g})"
            )


def reach_of(measure: Measure, less: Measure | None = None) -> tuple[float, float]:
    """How small and how large a measure can be, after another one, or itself at another time, was taken off."""
    low, high = measure.reach
    return (low, high) if less is None else (low - less.reach[1], high - less.reach[0])
