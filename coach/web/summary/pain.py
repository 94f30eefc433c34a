"""What is said to the pain that somebody tells after a set: calm, and no diagnosis.  Pure."""

from dataclasses import dataclass

from coach.care.safety import REST_FROM, after_pain, instead_of, needs_rest
from coach.care.types import Pain
from coach.judge import Exercise
from coach.web.summary.words_of_set import messages


@dataclass(frozen=True, slots=True)
class PainAnswer:
    """What is said to it, when to stop, what to do instead; nothing where there is no pain.

    high   rest is advised; `stops`: for the whole day
    swap   what to do instead; "" where the day is over
    """

    high: bool = False
    stops: bool = False
    text: str = ""
    rules: tuple[str, ...] = ()
    swap: str = ""


def pain_answer(pain: Pain, exercise: Exercise, before: Pain | None = None) -> PainAnswer:
    """The answer to a pain: the exercise's own rules for any, rest and another exercise from 4 on unless it is no more
    than before and below 6, and the end of the day's plan where it rose clearly, or numbness is new.

    before  the pain before the first set, where it was told
    """
    say = messages(exercise.language)
    reaction = after_pain(before, pain, exercise.language)
    if reaction.stops:  # who is to stop for the day is not sent to another exercise
        return PainAnswer(True, True, reaction.text, exercise.stop)
    if not pain.score:
        return PainAnswer()
    if pain.score < REST_FROM:
        return PainAnswer(text=say("pain_noted"), rules=exercise.stop)
    if not needs_rest(before, pain):
        return PainAnswer(text=say("pain_acceptable"), rules=exercise.stop)
    instead = instead_of(exercise)
    return PainAnswer(True, False, say("pain_rest"), exercise.stop, instead.text if instead else "")
