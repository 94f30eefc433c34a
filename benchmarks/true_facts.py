"""What a film's JSON says happened in it, as far as it is compared here (docs/studio.md has the whole format)."""

import json
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, field_validator

from coach.judge import Exercise
from coach.pose import Side


class Facts(BaseModel):
    """Frozen; what is not compared is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class TruePart(Facts):
    """A repetition, or a hold: its times, side, and the planted faults by check with their sizes."""

    start_s: float
    end_s: float
    side: Literal["left", "right", "both"]
    counted: bool = True
    hold_s: float = 0.0
    held_s: float = 0.0
    range_deg: float | None = None  # of a repetition, in space
    faults: dict[str, float]

    @field_validator("faults", mode="before")
    @classmethod
    def _sizes(cls, faults: Any) -> Any:
        """In a hold a fault has a size and a time."""
        return {name: f["size"] if isinstance(f, dict) else f for name, f in faults.items()}


class TrueCheck(Facts):
    """Whether a camera there can see what a check is about; if not, why."""

    seen: bool
    why: str


class Moment(Facts):
    """A stretch of the film: walks_in, set, leaves and so on."""

    what: str
    start_s: float
    end_s: float


class TrueFacts(Facts):
    """Everything of a film that is compared."""

    exercise: str
    view: str  # "" where nobody could be seen
    near_side: Side | None
    body: str
    counted: int
    attempts: int
    reps: tuple[TruePart, ...]
    holds: tuple[TruePart, ...]
    checks: dict[str, TrueCheck]
    phases: tuple[str, ...]
    moments: tuple[Moment, ...]
    light: float = 1.0
    alone: bool = True  # nobody else and no furniture in the picture
    others: tuple[str, ...] = ()  # what each other person in the picture does: stands, or passes
    side: Side | None = None

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read NAME.json."""
        data = json.loads(path.read_text("utf-8"))
        mirrored = data["scene"]["picture"]["mirrored"]
        side = data["scene"]["side"]
        if mirrored and side is not None:
            side = {"left": "right", "right": "left"}[side]
        scene = {
            "light": data["scene"]["picture"]["light"],
            "alone": not (data["scene"]["others"] or data["scene"]["things"]),
            "others": [other["doing"] for other in data["scene"]["others"]],
            "side": side,
            "view": data["view"] or "",
        }
        return cls.model_validate({**data, **scene})

    @property
    def parts(self) -> tuple[TruePart, ...]:
        """The repetitions, or the holds."""
        return self.reps or self.holds

    def shows(self, check: str, exercise: Exercise) -> bool:
        """Whether a camera there can see what a check is about.

        The exercise's file has the last word: a film may be older than a check, or than what is known of a view.
        """
        wanted = exercise.checks[check]
        named = wanted.unseen is None and (not wanted.views or self.view in wanted.views)
        return named and (check not in self.checks or self.checks[check].seen)

    def expected(self, target_s: float | None) -> int:
        """What is to be counted: repetitions, or holds of at least `target_s` seconds."""
        if self.reps or target_s is None:
            return self.counted
        return sum(hold.held_s >= target_s for hold in self.holds)
