"""What is said aloud after a frame, as sentences in the order in which they are said.

Everything that is said is shown too, and kept; the camera page only lends its voice.
"""

from math import ceil
from typing import Final

from coach.judge import Exercise, Feedback
from coach.language import Words
from coach.live.progress import SecondsLeft
from coach.live.settings import Spoken

COUNT_DOWN_FROM: Final = 5  # the last seconds of a hold are all counted
EVERY: Final = 10  # before that, these
REACHED: Final = 0.95  # share of the way from which a held end range is announced
LETTERS_PER_S: Final = 15.0  # of a voice that reads aloud
BREATH_S: Final = 0.35  # before it begins
WORTH_HOLDING_S: Final = 1.0  # who has less left of the time at the top need not be told to hold


def spoken_s(text: str) -> float:
    """How long a voice takes for a text, about."""
    return BREATH_S + len(text) / LETTERS_PER_S


class HoldVoice:
    """Counts a held pose down, and leads the time at the top of a repetition where the file asks for one."""

    def __init__(self, exercise: Exercise, words: Words) -> None:
        self._words = words
        self._left = None if exercise.hold is None else SecondsLeft(exercise.hold.target_s)
        self._led = exercise.hold is not None and exercise.hold.guide is not None
        self._top_s = time_at_top(exercise)
        self._last_left: int | None = None
        self._top = ""

    def step(self, feedback: Feedback, *, speaking: bool = False) -> list[str]:
        """What the seconds of holding ask to be said on this frame; speaking: a sentence is not at its end yet.

        To hold, and to come back, is said after it.
        """
        if self._led:
            return []  # the guide's own rhythm is told by the engine
        return (
            self._held(feedback, self._left) if self._left is not None else self._at_top(feedback, speaking)
        )

    def _held(self, feedback: Feedback, seconds: SecondsLeft) -> list[str]:
        left = seconds.take(feedback)
        changed, self._last_left = left != self._last_left, left
        if not changed or not left or left >= ceil(seconds.of_s):
            return []
        return [str(left)] if left <= COUNT_DOWN_FROM or left % EVERY == 0 else []

    def _at_top(self, feedback: Feedback, speaking: bool) -> list[str]:
        if self._top_s is None or feedback.phase != "peak":
            self._top = ""
            return []
        if speaking:
            return []
        if not self._top and feedback.progress >= REACHED:
            self._top = "hold"
            if feedback.hold_s <= self._top_s - WORTH_HOLDING_S:
                return [self._words("hold")]
        if self._top == "hold" and feedback.hold_s >= self._top_s:
            self._top = "release"
            return [self._words("release")]
        return []


def time_at_top(exercise: Exercise) -> float | None:
    """How long the end range of a repetition is to be held, in seconds, where the file checks it; else None."""
    for check in exercise.checks.values():
        if check.time == "hold" and check.range is not None and (check.range.min or 0) >= 2:
            return check.range.min
    return None


def spoken_together(sentences: list[str]) -> str:
    """Sentences as one utterance.

    >>> spoken_together(["3", "Lower slowly"])
    '3. Lower slowly'
    """
    return ". ".join(sentence.rstrip(".") for sentence in sentences if sentence)


class Aloud:
    """What is spoken aloud of what there is to say, as the person chose.

    said      what was, and when
    until_s   about when the last of it has been spoken
    """

    def __init__(self, spoken: Spoken) -> None:
        self._spoken = spoken
        self.said: list[tuple[float, str]] = []
        self.until_s = -float("inf")

    def take(self, t: float, sentences: list[str]) -> str:
        """Sentences that are to be said now; what is heard of them, as one."""
        if self._spoken == "nothing":
            return ""
        if self._spoken == "counting":
            sentences = [sentence for sentence in sentences if sentence.isdigit()]
        text = spoken_together(sentences)
        if text:
            self.said.append((round(t, 2), text))
            # A number waits for the sentence before it; anything else cuts it off.
            begins_s = max(t, self.until_s) if text.isdigit() else t
            self.until_s = begins_s + spoken_s(text)
        return text
