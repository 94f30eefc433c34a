"""What is said to the pain that somebody tells after a set: calm, and no diagnosis.  Pure."""

from dataclasses import dataclass
from typing import Final

from coach.errors import ExerciseError
from coach.judge import Exercise, load_exercise
from coach.web.summary.words_of_set import messages

SCALE: Final = tuple(range(11))  # the numeric rating scale: 0 none, 10 the worst imaginable
REST_FROM: Final = 4  # pain from which rest is advised; below it is called mild


@dataclass(frozen=True, slots=True)
class PainAnswer:
    """What is said to it, when to stop, what to do instead; nothing where there is no pain."""

    high: bool = False
    text: str = ""
    rules: tuple[str, ...] = ()
    swap: str = ""


def pain_answer(pain: int, exercise: Exercise) -> PainAnswer:
    """The answer to a pain of 0 to 10: the exercise's own rules for any, rest and another exercise from 4 on."""
    say = messages(exercise.language)
    if pain <= 0:
        return PainAnswer()
    if pain < REST_FROM:
        return PainAnswer(False, say("pain_noted"), exercise.stop)
    swap = say("pain_swap", when=exercise.swap.when, name=_name_of(exercise))
    return PainAnswer(True, say("pain_rest"), exercise.stop, swap)


def _name_of(exercise: Exercise) -> str:
    """The name of the exercise to do instead: a known one by its name, another as the file tells it."""
    try:
        return load_exercise(exercise.swap.exercise, language=exercise.language).name
    except ExerciseError:
        return exercise.swap.exercise
