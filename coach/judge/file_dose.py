"""How much of an exercise its file asks for, how that grows, and what to do instead."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from coach.judge.file_fields import Number, Read, Strict, Text, Whole

# More in one set than anybody is asked for, in a file as in a plan: it was a slip of the keys.
MOST_SETS: Final = 10
MOST_REPS: Final = 100
MOST_HOLD_S: Final = 600

Sets = Annotated[Whole, Field(gt=0, le=MOST_SETS)]
Reps = Annotated[Whole, Field(gt=0, le=MOST_REPS)]
HoldS = Annotated[Number, Field(gt=0, le=MOST_HOLD_S)]


class Step(Strict):
    """One step of a dose that grows; what it does not tell stays as in the step before."""

    sets: Sets | None = None
    reps: Reps | None = None
    hold_s: HoldS | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.sets is None and self.reps is None and self.hold_s is None:
            raise ValueError("a step needs sets, reps or hold_s")
        return self


class When(Strict):
    """When the next step may be proposed: after so many sessions in a row that reached the dose, with few faults and
    without more pain.
    """

    clean_sessions: Annotated[Whole, Field(ge=1, le=20)] = 3


class Grows(Strict):
    """How a dose grows, for the machine to propose; `progression` says the same to people, and what comes after."""

    when: When = When()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Dose(Strict):
    """How much of it: repetitions or seconds, sets, and how it grows."""

    reps: Reps | None = None
    hold_s: HoldS | None = None
    sets: Sets = 1
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
    """What to do instead, and when.

    exercise  the id of another one; or, of what is none, words such as "a short walk", which a translation has too
    """

    exercise: Annotated[str, Field(min_length=3), Read.WORDS]
    when: Text
