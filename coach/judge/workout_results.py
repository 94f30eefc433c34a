"""What a whole recording comes to: its sets and the rests between them, as plain data."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field

from coach.judge.results import FORMAT_VERSION, Plain, SetResult, SidedOrBoth, schema_of

Confidence = Literal["sure", "not_sure"]


class FoundSet(Plain):
    """One set in a workout.

    exercise    its id, and `name` its name; None where it is not sure
    sides       the sides that moved, or that were held, in the order in which they began
    start_s     where its first repetition or hold begins, `end_s` where the last one ends (video's clock)
    candidates  what else it could be, the likeliest first; `why` says what kept it from being sure
    result      the set as it was judged; None where it is not sure
    """

    exercise: str | None
    name: str
    sides: tuple[SidedOrBoth, ...]
    start_s: float
    end_s: float
    confidence: Confidence
    candidates: tuple[str, ...] = ()
    why: str = ""
    result: SetResult | None = None


class Rest(Plain):
    """The time between two sets."""

    start_s: float
    end_s: float


class WorkoutResult(Plain):
    """A whole recording: its sets in the order in which they were done, and the rests between them.

    damaged  whether the video is, so that only a part of it was read
    """

    format_version: int = FORMAT_VERSION
    duration_s: float
    sets: tuple[FoundSet, ...] = ()
    rests: tuple[Rest, ...] = ()
    damaged: bool = False
    versions: dict[str, str] = Field(default_factory=dict)


def workout_schema() -> dict[str, Any]:
    """The JSON Schema of a WorkoutResult as JSON."""
    return schema_of(WorkoutResult, "Form Coach workout result")


def rests_between(sets: Sequence[FoundSet]) -> tuple[Rest, ...]:
    """From the end of each set to the beginning of the next."""
    return tuple(Rest(start_s=a.end_s, end_s=b.start_s) for a, b in pairwise(sets) if b.start_s > a.end_s)
