"""The exercise as its file tells it: what a therapist reads and edits, checked in every part.

Unknown keys are refused; measures and landmarks must exist; ranges must be within what can be reached.
Lengths are told in body lengths or ratios, times in seconds, angles in degrees.
"""

from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from coach.judge.file_dose import Amount, Dose, Swap
from coach.judge.file_fields import (
    ID,
    Condition,
    MaybeText,
    Misplaced,
    Number,
    Range,
    Read,
    Strict,
    Text,
    Whole,
    at,
    known_joint,
    known_measure,
    well_named,
    within_reach,
)
from coach.judge.file_movement import Hold, Repetition
from coach.judge.results import HeldPose, Rep
from coach.judge.say import say
from coach.language import LANGUAGES, Language
from coach.motion import MEASURES, SEEN, Position, ViewName, load_errors

Phase = Literal["out", "peak", "back", "whole", "return", "hold"]
# What is told of each repetition or hold; in tables the verdicts of the checks stand beside it under their own names.
TAKEN: Final = frozenset({"number", "paused_s", *Rep.model_fields, *HeldPose.model_fields})
UNSAID = ("back", "fast", "lost", "unfinished")


class Check(Strict):
    """One thing the exercise asks for.

    Of `measure` (with `range`, `when`, `views`), `time` (a part of the repetition, with `range`), `order` (of the
    sides) and `unseen` (why no camera sees it) exactly one is given.

    statistic   typical: the median of the phase; worst: what was exceeded for 0.3 s of it
    against     rest: the range is told from the person's own value at rest, at the start of the set;
                share_of_rest: as a share of it, 0.1 for a tenth more
    less        a measure whose value at rest is taken off, such as what is only due to where the camera stands
    home        of a change from rest: whoever comes nearer to this value gets better, and is told nothing; who rested
                further from it than the range and the band allow may have been wrong all the while, and is not praised
    excuse_at_rest  of a measure told as it is: who is outside the range at rest already, as a bent hip or a sore back
                makes them, is told nothing, as long as it gets no worse by more than the band
    band        added to `range` on its outer side, at least the measured error: between pass and fault
    misses      why a fault may go unseen now and then: where none is seen, nothing is sure; misses_from: of its views
                those in which that is so, all of them where none is named
    confirmed   of a change from rest at the return: another measure whose change, where it is in this range, shows the
                same; without it a fault is not sure
    shown       of a hold: what must be met in half of it for the check to be seen at all, and why it is not otherwise
    """

    what: Text
    measure: str | None = None
    time: Literal["hold", "out", "back"] | None = None
    order: Literal["alternating"] | None = None
    unseen: Text | None = None
    when: Phase = "whole"
    range: Range | None = None
    band: Annotated[Number, Field(ge=0)] = 0.0
    statistic: Literal["typical", "worst"] = "worst"
    against: Literal["zero", "rest", "share_of_rest"] = "zero"
    less: str | None = None
    home: Number | None = None
    excuse_at_rest: bool = False
    side: Literal["working", "other"] = "working"
    views: tuple[ViewName, ...] = ()
    reason: MaybeText = ""
    misses: Text | None = None
    misses_from: tuple[ViewName, ...] = ()
    confirmed: Condition | None = None
    shown: Condition | None = None
    cue: Text
    why: Text
    severity: Annotated[Whole, Field(ge=1, le=3)]
    highlight: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = [k for k in ("measure", "time", "order", "unseen") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of measure, time, order and unseen")
        if (self.measure or self.time) and self.range is None:
            raise ValueError("a range is missing")
        if self.range is not None and not (self.measure or self.time):
            raise Misplaced(("range",), "only what is measured or timed has a range")
        for number, joint in enumerate(self.highlight):
            with at("highlight", number):
                known_joint(joint)
        if self.misses is not None and self.measure is None:
            raise Misplaced(("misses",), "only what is measured can be missed")
        if self.misses_from and (self.misses is None or set(self.misses_from) - set(self.views)):
            raise Misplaced(
                ("misses_from",), "some of the check's views were expected, beside why it misses a fault"
            )
        if self.shown is not None and (self.measure is None or self.when != "hold" or not self.shown.says):
            raise Misplaced(("shown",), "only a measure of a hold is shown or hidden, and says what hides it")
        if self.confirmed is not None and (self.when != "return" or self.against != "rest"):
            raise Misplaced(
                ("confirmed",), "only a change from rest at the return is confirmed by another measure"
            )
        if self.less is not None:
            with at("less"):
                known_measure(self.less)
                if self.measure is None or self.against != "zero":
                    raise ValueError("only a measure that is told as it is can have another one taken off")
        if self.home is not None and (self.measure is None or self.against != "rest"):
            raise Misplaced(("home",), "only what is told against rest has a value that it comes home to")
        if self.excuse_at_rest and (self.measure is None or self.told_as != "zero"):
            raise Misplaced(
                ("excuse_at_rest",), "only a measure that is told as it is can be outside its range at rest"
            )
        if self.measure is not None:
            self._measurable(self.measure)
        return self

    def _measurable(self, name: str) -> None:
        """Refuses a measure that there is not, and what it cannot reach, or means nothing from."""
        with at("measure"):
            measure = MEASURES[known_measure(name)]
        if self.against == "share_of_rest" and measure.unit == "deg":
            raise Misplaced(
                ("against",), "an angle may be 0 at rest, and has no share of it: rest was expected"
            )
        if self.range is not None and self.against == "zero":
            with at("range"):
                within_reach(measure, self.range)
        if not self.views or set(self.views) - set(measure.views):
            raise Misplaced(
                ("views",),
                f"some of those from which '{name}' means something were expected: {', '.join(measure.views)}",
            )

    def missed_from(self, view: ViewName) -> str | None:
        """Why a fault may go unseen from there; None where it does not."""
        return self.misses if not self.misses_from or view in self.misses_from else None

    @property
    def of_the_end(self) -> bool:
        """Whether it is about what comes when the end range was reached: how long that lasts, and the way back."""
        return self.time == "hold" or self.of_the_way_back

    @property
    def of_the_way_back(self) -> bool:
        """Whether it is about the way back, or where that ends."""
        return self.time == "back" or self.when in ("back", "return")

    @property
    def told_as(self) -> Literal["zero", "rest", "share_of_rest"]:
        """What becomes of the measured value and that at rest, of this measure or of the one to be taken off."""
        return self.against if self.less is None else "rest"


Metres = Annotated[Number, Field(ge=0)]
MOST_M: Final = MappingProxyType({"height_m": 3.0, "distance_m": 10.0})  # in a room; more is in centimetres


class Camera(Strict):
    """Where to put the camera; `how` is what the person is told.

    other_side  how to turn so that it sees the other side, where it must be the near one; told as that one's turn comes
    """

    view: Text
    height_m: tuple[Metres, Metres]
    distance_m: tuple[Metres, Metres]
    how: Text
    other_side: MaybeText = ""

    def turning(self, text: str) -> str:
        """That it is the other side's turn, and how to turn for it where one has to."""
        return f"{text}. {self.other_side}" if self.other_side else text

    @field_validator("height_m", "distance_m")
    @classmethod
    def _from_to(cls, ends: tuple[float, float], of: ValidationInfo) -> tuple[float, float]:
        most = MOST_M[of.field_name or ""]
        for number, length in enumerate(ends):
            if length > most:
                told = f"{round(length / 100, 2)}" if length <= 100 * most else f"at most {most:g}"
                raise Misplaced((number,), f"metres were expected: {told}, not {length:g}")
        if ends[0] > ends[1]:
            raise ValueError(f"the smaller one comes first: {ends[1]:g}, then {ends[0]:g}")
        return ends


def _filled(data: Any, place: tuple[str, ...], given: dict[str, Any]) -> Any:
    """A copy of the data with what is given at a place, where it is a mapping that has none of its own."""
    if not isinstance(data, dict):
        return data
    if not place:
        return given | data
    key, *rest = place
    return data | {key: _filled(data[key], tuple(rest), given)} if key in data else data


class Exercise(Strict):
    """One file of `poses/`.

    like      the exercise that it is a copy of, whose measured errors hold for it too; "" for one that is none
    language  of the texts, and so of all that is said in a set
    judged    false for one that is led and timed only, and says so
    model     the pose model that a file of it is worth: a slower one, where it sees what the usual one does not
    along     whether the thigh points along the picture all the while, from the side: one that shows much shorter than
              the trunk was invented, and the knee was not seen
    """

    id: Annotated[str, Field(pattern=ID.pattern)]
    like: str = ""
    language: Language = "en"
    name: Text
    other_names: Annotated[tuple[str, ...], Read.NAMES] = ()
    description: Text
    start: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=2)]
    camera: Camera
    position: Annotated[tuple[Position, ...], Field(min_length=1)]
    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    seen: Annotated[Number, Field(gt=0, lt=1)] = SEEN
    along: bool = False
    model: Literal["full", "heavy"] = "full"
    sides: Literal["both", "each", "alternating"]
    of_side: Text | None = None
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

    @field_validator("like")
    @classmethod
    def _measured(cls, name: str) -> str:
        known = load_errors().exercises
        if name and name not in known:
            raise ValueError(f"no exercise '{name}' was measured; known are {', '.join(sorted(known))}")
        return name

    @model_validator(mode="before")
    @classmethod
    def _held_as_dosed(cls, data: Any) -> Any:
        """A pose is held for as long as the dose says, where the hold does not; a guide has its own time."""
        dose, hold = (data.get(key) if isinstance(data, dict) else None for key in ("dose", "hold"))
        if (
            not isinstance(dose, dict)
            or not isinstance(hold, dict)
            or "guide" in hold
            or "hold_s" not in dose
        ):
            return data
        return _filled(data, ("hold",), {"target_s": dose["hold_s"]})

    @field_validator("checks")
    @classmethod
    def _named(cls, checks: dict[str, Check]) -> dict[str, Check]:
        for name in checks:
            with at(name):
                if well_named(name) in TAKEN:
                    raise ValueError(f"reports call something else '{name}'; choose another name")
        return checks

    @field_validator("needs")
    @classmethod
    def _joints(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for number, name in enumerate(names):
            with at(number):
                known_joint(name)
        return names

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.repetition is not None and self.hold is not None:
            raise Misplaced(("hold",), "give either repetition or hold; repetition is there already")
        if self.repetition is None and self.hold is None:
            raise ValueError("give either repetition or hold; both are missing")
        for name, check in self.checks.items():
            with at("checks", name):
                self._fits(check)
        return self

    def _fits(self, check: Check) -> None:
        """Refuses a check that this exercise cannot have."""
        if check.measure is not None and (check.when == "hold") != (self.hold is not None):
            expected = "hold" if self.hold else "out, peak, back, whole or return"
            raise Misplaced(("when",), f"{expected} was expected, not '{check.when}'")
        if self.hold is not None and (check.time or check.order):
            raise Misplaced(("time" if check.time else "order",), "a hold has no such part or order")
        if check.order is not None and self.sides == "both":
            raise Misplaced(("order",), "both sides move at once in this exercise")
        if check.measure is not None and not set(check.views) & set(self.views):
            raise Misplaced(("views",), "from none of these is the exercise counted")

    @model_validator(mode="after")
    def _steps_grow(self) -> Self:
        if self.dose.grows is None:
            return self
        for n, step in enumerate(self.dose.grows.steps):
            with at("dose", "grows", "steps", n):
                if self.hold is None and step.hold_s is not None:
                    raise ValueError("hold_s is for a pose that is held")
                if self.hold is not None and step.reps is not None:
                    raise ValueError("a pose that is held has no reps")
                if self.hold is not None and self.hold.guide is not None and step.hold_s is not None:
                    raise ValueError("hold_s is fixed by the guide")
        steps = self.amounts
        for n, (less, more) in enumerate(zip(steps, steps[1:], strict=False)):
            if less == more or not less.within(more):
                n += len(self.dose.grows.steps) + 1 - len(steps)
                raise Misplaced(
                    ("dose", "grows", "steps", n),
                    "each step must ask for more than the one before, and for less of nothing",
                )
        return self

    @property
    def measured_as(self) -> str:
        """The id under which the errors of its measures are known."""
        return self.like or self.id

    @property
    def amount(self) -> Amount:
        """The dose."""
        if self.hold is not None:
            return Amount(self.dose.sets, None, self.hold.target_s)
        return Amount(self.dose.sets, self.dose.reps, None)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The steps in which the dose grows, the least first; the dose is one of them, or comes before them."""
        last, found = self.amount, []
        for step in self.dose.grows.steps if self.dose.grows else ():
            last = Amount(step.sets or last.sets, step.reps or last.reps, step.hold_s or last.hold_s)
            found.append(last)
        return tuple(found) if self.amount in found else (self.amount, *found)

    @property
    def views(self) -> tuple[ViewName, ...]:
        """Views from which repetitions or holds are counted."""
        part = self.repetition or self.hold
        return part.views if part else ()
