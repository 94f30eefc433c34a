"""What somebody chose before a set: how much of it, and how they want to be spoken to."""

import os
from dataclasses import dataclass, field
from typing import Final, Literal, Self

from coach.judge import Exercise
from coach.language import Language
from coach.pose import MODELS, ModelName, Side

Spoken = Literal["everything", "counting", "nothing"]
REST_S: Final = 30.0  # between sets


@dataclass(frozen=True, slots=True)
class Dose:
    """How much: repetitions, or seconds of holding, a side where sides are trained in turn; and how often.

    reps    None for a held pose; hold_s None for repetitions
    rest_s  the rest between two sets
    """

    reps: int | None
    hold_s: float | None
    sets: int = 1
    rest_s: float = REST_S

    @classmethod
    def of(cls, exercise: Exercise) -> Self:
        """The dose that the exercise's file asks for."""
        amount = exercise.amount
        return cls(amount.reps, amount.hold_s, amount.sets)


def usual_model() -> ModelName:
    """The pose model to begin with: COACH_MODEL where it names one, else full."""
    return asked_model() or "full"


def asked_model() -> ModelName | None:
    """The pose model that COACH_MODEL names, to be kept even where the machine does not keep up."""
    return next((model for model in MODELS if model == os.environ.get("COACH_MODEL")), None)


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """One live set as it was asked for.

    side   the side to train, in an exercise done a side at a time; None: both, one after the other
    model  the pose model to begin with; a slow machine changes to lite by itself
    tolerances  by how much the exercise's limits were moved outwards for this person, by the names of its checks
    """

    exercise: Exercise
    dose: Dose
    side: Side | None = None
    spoken: Spoken = "everything"
    model: ModelName = field(default_factory=usual_model)
    tolerances: dict[str, float] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The language that everything is said in: the exercise's."""
        return self.exercise.language

    @property
    def coached(self) -> Exercise:
        """The exercise with this dose in place of the file's own; made anew at each call."""
        exercise, hold = self.exercise, self.exercise.hold
        if self.dose.reps is not None:
            exercise = exercise.model_copy(
                update={"dose": exercise.dose.model_copy(update={"reps": self.dose.reps})}
            )
        if hold is None or hold.guide is not None or self.dose.hold_s is None:
            return exercise
        return exercise.model_copy(update={"hold": hold.model_copy(update={"target_s": self.dose.hold_s})})

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides whose dose is told apart; none where both sides move at once or in turn."""
        if self.exercise.sides != "each":
            return ()
        if self.side is not None:
            return (self.side,)
        return ("left", "right") if self.exercise.dose.each_side else ()
