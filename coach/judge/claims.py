"""What each exercise claims to have seen in a recording: repetitions, and stretches of holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from coach.judge.exercise import Exercise
from coach.judge.results import HeldPose, Rep, SetResult, SidedOrBoth

ATTEMPT: Final = 0.2  # worth of an attempt; a repetition that counted is worth 1
HOLD_A_SECOND: Final = 0.1  # worth of a held second: ten of them are as good as a repetition
STILL_A_SECOND: Final = 0.02  # and of a pose in which nothing is judged, which anybody takes who rests in it
SHORTEST_HOLD_S: Final = 3.0  # whoever moves through a pose is in it for less
SURE_HOLD_S: Final = 5.0  # whoever stays for so long means it, whatever the dose
TOUCH_S: Final = 0.5  # by so much may one exercise's claim reach into the next one's


@dataclass(frozen=True, slots=True)
class Claim:
    """A repetition, or a stretch of a hold, as one exercise saw it; `counted`: it speaks for this exercise.

    watch  the how-manieth engine of the exercise saw it: a new one begins where something else was done
    """

    exercise: str
    start_s: float
    end_s: float
    side: SidedOrBoth
    counted: bool
    worth: float
    view: str = ""
    held: bool = False
    watch: int = 0


def claims_of(exercise: Exercise, result: SetResult) -> Iterator[Claim]:
    """What an exercise's own result claims."""
    for rep in result.reps:
        yield _of_rep(exercise, rep)
    for hold in result.holds:
        yield from _of_hold(exercise, hold)


def _of_rep(exercise: Exercise, rep: Rep) -> Claim:
    worth = 1.0 if rep.counted else ATTEMPT
    return Claim(exercise.id, rep.start_s, rep.end_s, rep.side, rep.counted, worth, rep.view)


def _of_hold(exercise: Exercise, hold: HeldPose) -> Iterator[Claim]:
    """The stretches between the pauses, since something else may have been done in these."""
    counted = exercise.judged and (hold.counted or hold.held_s >= SURE_HOLD_S)
    a_second = HOLD_A_SECOND if exercise.judged else STILL_A_SECOND
    edges = [hold.start_s, *(t for pause in hold.pauses for t in pause), hold.end_s]
    for start_s, end_s in zip(edges[::2], edges[1::2], strict=True):
        held_s = end_s - start_s
        if held_s >= SHORTEST_HOLD_S:
            yield Claim(exercise.id, start_s, end_s, hold.side, counted, a_second * held_s, held=True)


def worth_of(claims: Iterable[Claim]) -> float:
    """What they are worth together."""
    return sum(claim.worth for claim in claims)


def counts(run: Sequence[Claim]) -> int:
    """How many of them speak for their exercise."""
    return sum(claim.counted for claim in run)


def inside(claim: Claim, start_s: float, end_s: float) -> bool:
    """Whether a claim and a stretch lie within each other by more than half."""
    shared = min(claim.end_s, end_s) - max(claim.start_s, start_s)
    return shared > 0.5 * min(claim.end_s - claim.start_s, end_s - start_s)


def apart_s(a: Claim, b: Claim) -> float:
    """Seconds between two claims; less than 0 where they overlap."""
    return max(a.start_s - b.end_s, b.start_s - a.end_s)


def movements(claims: Iterable[Claim]) -> int:
    """How many there are that follow each other; of both sides at once they are one."""
    number, until_s = 0, -float("inf")
    for claim in sorted(claims, key=lambda claim: claim.end_s):
        if claim.start_s >= until_s - TOUCH_S:
            number, until_s = number + 1, claim.end_s
    return number
