"""What an exercise file asks to be counted: repetitions of a signal, or a pose that is held."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from coach.judge.file_fields import (
    Condition,
    MeasureName,
    Misplaced,
    Number,
    Range,
    Strict,
    Text,
    Whole,
    at,
    known_joint,
    known_measure,
    well_named,
    within_reach,
)
from coach.judge.phases import GAP_S
from coach.motion import MEASURES, ViewName

Views = Annotated[tuple[ViewName, ...], Field(min_length=1)]


class Still(Strict):
    """A joint that stays where it is during a repetition, within so many trunk lengths.

    along    floor: only a shift along the floor counts, as in walking; any: every shift
    returns  within so many trunk lengths of where it was at the beginning it is at the end again
    """

    joint: str
    along: Literal["floor", "any"] = "any"
    within: Annotated[Number, Field(gt=0, le=2)]
    returns: Annotated[Number, Field(gt=0, le=2)] | None = None
    says: Text

    _joint = field_validator("joint")(known_joint)


class Travel(Strict):
    """A joint that goes up or down in every repetition, by at least so many trunk lengths in the picture."""

    joint: str
    by: Annotated[Number, Field(gt=0, le=2)]

    _joint = field_validator("joint")(known_joint)


class Way(Strict):
    """From where to where a measure goes: a range of rest, and one of its end that faces it."""

    rest: Range
    target: Range

    @model_validator(mode="after")
    def _facing(self) -> Self:
        if self.rises:
            rest, target = self.rest.max, self.target.min
        else:
            rest, target = self.rest.min, self.target.max
        if rest is None or target is None:
            raise Misplaced(
                ("target",),
                "rest and target must face each other: a max of rest below a min of target, or a min of "
                "rest above a max of target",
            )
        if (target <= rest) if self.rises else (target >= rest):
            raise Misplaced(("target",), f"rest ({self.rest}) and target ({self.target}) overlap")
        return self

    @property
    def rises(self) -> bool:
        """Whether the signal grows from rest toward the target."""
        return self.target.min is not None

    @property
    def turn(self) -> float:
        """1 where it does, else -1: what the signal is times that grows toward the target."""
        return 1.0 if self.rises else -1.0

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


class Small(Way):
    """Which measure shows that somebody moved, while the signal does not leave its rest yet."""

    measure: MeasureName

    _measure = field_validator("measure")(known_measure)

    @model_validator(mode="after")
    def _reached(self) -> Self:
        for place, wanted in (("rest", self.rest), ("target", self.target)):
            with at(place):
                within_reach(MEASURES[self.measure], wanted)
        return self


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


class Repetition(Way):
    """One signal that goes from rest to the end range and back, and what makes that a repetition.

    rest         where the person rests: bounds for what is learnt from the person; what lies beyond it on the far side
                 from the target counts as rest too
    relative     rest and target are changes from the person's own rest, for a signal whose level is anybody's
    level        where the own rest of a relative signal may lie
    target       the end range that has to be reached to count
    still, only  what must hold for it to be this movement at all, and not walking or another exercise
    moves        the joint that travels further than that of the other side, where each side moves the other one's
                 signal too
    travels      the joint that goes up or down in each: where the model draws legs that nobody moved, it stays
    small        what shows movements that are too small for the signal: several of them are told
    rest_also    what else must hold at its end for the person to be back at rest
    begin_also   what else must hold where it begins: who comes up from the floor has not begun by standing
    reach_also   what else must hold at some moment of one that would count, where the signal alone also goes so far in
                 another exercise
    target_from  the target as it reads from views that show it otherwise
    min_return   share of the way back that ends a repetition
    min_hold_s   time at the end range without which it does not count
    gap_s        longest time for which its joints may be hidden, as by what is held in the hands
    count_unsteady  whether it is counted, and nothing of it judged, while the legs cannot be made out steadily
    """

    signal: MeasureName
    relative: bool = False
    level: Range | None = None
    views: Views
    target_from: dict[ViewName, Range] = Field(default={})
    min_return: Annotated[Number, Field(gt=0.1, le=1)] = 0.8
    min_hold_s: Annotated[Number, Field(ge=0)] = 0.0
    min_s: Annotated[Number, Field(gt=0)] = 0.5
    max_s: Annotated[Number, Field(gt=0)] = 60.0
    gap_s: Annotated[Number, Field(gt=0, le=1.5)] = GAP_S
    count_unsteady: bool = False
    range_of_motion: MeasureName
    still: tuple[Still, ...] = ()
    moves: str | None = None
    travels: Travel | None = None
    small: Small | None = None
    only: tuple[Condition, ...] = ()
    rest_also: tuple[Condition, ...] = ()
    begin_also: tuple[Condition, ...] = ()
    reach_also: tuple[Condition, ...] = ()
    phases: PhaseNames
    why_not: WhyNot

    _signal = field_validator("signal", "range_of_motion")(known_measure)

    @field_validator("moves")
    @classmethod
    def _moves(cls, name: str | None) -> str | None:
        return None if name is None else known_joint(name)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        blind = set(self.views) - set(MEASURES[self.signal].views)
        if blind:
            known = ", ".join(MEASURES[self.signal].views)
            raise Misplaced(("views",), f"'{self.signal}' means something only from {known}")
        if self.relative and self.turn * self.rest_edge < 0:
            raise Misplaced(
                ("rest",), "of changes from rest, rest itself is 0, which lies nearer to the target"
            )
        for key, shorter in (("min_s", self.min_s), ("min_hold_s", self.min_hold_s)):
            if self.max_s <= shorter:
                raise Misplaced(("max_s",), f"max_s ({self.max_s:g}) must be longer than {key} ({shorter:g})")
        self._reached()
        return self

    def _reached(self) -> None:
        """Refuses a rest, a target or a level that the signal cannot reach."""
        signal = MEASURES[self.signal]
        if self.level is not None:
            with at("level"):
                if not self.relative:
                    raise ValueError("only a relative signal has a level of its own")
                within_reach(signal, self.level)
        ranges: list[tuple[tuple[str, ...], Range]] = [(("rest",), self.rest), (("target",), self.target)]
        ranges += [(("target_from", view), wanted) for view, wanted in self.target_from.items()]
        for place, wanted in ranges:
            with at(*place):
                within_reach(signal, wanted, change=self.relative)

    @model_validator(mode="after")
    def _same_way_from_elsewhere(self) -> Self:
        """The target as it reads from other views is told as the target is, and from where it is counted."""
        for view, wanted in self.target_from.items():
            edge, end = (wanted.min, "min") if self.rises else (wanted.max, "max")
            with at("target_from", view):
                if view not in self.views:
                    raise ValueError(f"from there nothing is counted; views are {', '.join(self.views)}")
                if edge is None:
                    raise ValueError(f"{wanted} must face rest as target does, with a {end}")
                if (edge <= self.rest_edge) if self.rises else (edge >= self.rest_edge):
                    raise ValueError(f"rest ({self.rest}) and this ({wanted}) overlap")
        return self

    def edge_from(self, view: ViewName) -> float:
        """The end of the target range that faces the rest, as it reads from a view."""
        target = self.target_from.get(view, self.target)
        edge = target.min if self.rises else target.max
        return self.target_edge if edge is None else edge


class Entry(Strict):
    """The pose through which another one is entered; `says` is heard by who came in without it."""

    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    within_s: Annotated[Number, Field(gt=0)] = 20.0
    says: Text


class Saying(Strict):
    """What a measured value up to `max` means, in plain words; the last one has no max."""

    max: Number | None = None
    text: Text


class Measurement(Strict):
    """A value taken while the pose is held: its median, told with its error and a plain sentence."""

    what: Text
    measure: MeasureName
    side: Literal["working", "other"] = "working"
    says: Annotated[tuple[Saying, ...], Field(min_length=1)]

    _measure = field_validator("measure")(known_measure)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        limits = [saying.max for saying in self.says[:-1]]
        known = [limit for limit in limits if limit is not None]
        if len(known) != len(limits) or known != sorted(set(known)) or self.says[-1].max is not None:
            raise Misplaced(("says",), "each needs a max above the one before; the last has none")
        for number, limit in enumerate(known):
            with at("says", number):
                within_reach(MEASURES[self.measure], Range(max=limit))
        return self


class Guide(Strict):
    """A movement that no camera sees, led aloud in the rhythm of the dose while the position is kept."""

    reps: Annotated[Whole, Field(gt=0)]
    hold_s: Annotated[Number, Field(gt=0)]
    rest_s: Annotated[Number, Field(gt=0)]
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
    target_s how long it is held; that of the dose where it is left out
    left     what is said when the pose is left; may be left to the engine's own words
    """

    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    views: Views
    target_s: Annotated[Number, Field(gt=0)]
    settle_s: Annotated[Number, Field(ge=0)] = 1.0
    pause_after_s: Annotated[Number, Field(ge=0)] = 0.5
    end_after_s: Annotated[Number, Field(gt=0)] = 8.0
    range_of_motion: MeasureName | None = None
    left: Text
    entry: Entry | None = None
    results: dict[str, Measurement] = Field(default={})
    guide: Guide | None = None

    @model_validator(mode="after")
    def _guided_to_the_end(self) -> Self:
        guide = self.guide
        if guide is not None and abs(guide.reps * guide.cycle_s - self.target_s) > 0.5:
            wanted = guide.reps * guide.cycle_s
            raise Misplaced(
                ("target_s",), f"target_s is {self.target_s:g}; the guide takes {wanted:g} seconds"
            )
        return self

    @model_validator(mode="after")
    def _pauses_before_it_ends(self) -> Self:
        if self.end_after_s < self.pause_after_s:
            raise Misplaced(
                ("end_after_s",),
                f"end_after_s ({self.end_after_s:g}) must be no shorter than pause_after_s ({self.pause_after_s:g})",
            )
        return self

    @model_validator(mode="after")
    def _told(self) -> Self:
        for view in self.views:
            if not any(view in MEASURES[condition.measure].views for condition in self.conditions):
                raise Misplaced(("views",), f"none of the conditions can be told from '{view}'")
        return self

    @field_validator("range_of_motion")
    @classmethod
    def _measure(cls, name: str | None) -> str | None:
        return None if name is None else known_measure(name)

    @field_validator("results")
    @classmethod
    def _named(cls, results: dict[str, Measurement]) -> dict[str, Measurement]:
        for name in results:
            with at(name):
                well_named(name)
        return results
