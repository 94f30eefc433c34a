"""Learning from a demonstration: proposals for the ranges of an exercise's file that suit the demonstrator.

What comes out is for review, not for use unread.
"""

from collections.abc import Iterable
from typing import Final

from coach.errors import CoachError
from coach.judge.demonstration import Demonstration
from coach.judge.engine import Engine
from coach.judge.exercise import Exercise
from coach.judge.findings import are_apart, findings_of
from coach.judge.results import faults_of
from coach.judge.rewrite import copied, rewritten
from coach.judge.watched import SHORTEST_HOLD_S, Watched, eased, long_enough, result_of
from coach.motion import load_errors
from coach.pose import PoseFrame, Side

FEWEST_REPS: Final = 2
PLACES: Final = {"side": "at the side", "front": "in front", "back": "behind", "three_quarter": "half-way"}


def learn(base: Exercise, frames: Iterable[PoseFrame], side: Side | None = None) -> Demonstration:
    """Learn from the repaired landmarks of a demonstration.

    Raises CoachError, in one sentence, for a camera at the wrong place, and for too few repetitions or too short a
    hold.
    """
    errors = load_errors().of(base.measured_as)
    track = list(frames)
    watched = Watched(base, track, side, errors)
    if base.repetition is not None and len(watched.reps) < FEWEST_REPS:
        watched = Watched(base, track, side, errors, eased(base))
    _enough(base, watched)
    demonstration = Demonstration(
        base,
        watched.view,
        len(watched.parts),
        watched.passed_over(),
        watched.times_s(),
        findings_of(watched),
        sum(bool(faults_of([part])) for part in watched.parts),
        tuple(name for name, _ in faults_of(watched.parts).most_common()),
    )
    _apart(demonstration)
    return demonstration


def counted_of(exercise: Exercise, frames: Iterable[PoseFrame], side: Side | None = None) -> int:
    """How many repetitions of a demonstration an exercise counts, or holds that are long enough to learn from."""
    result = result_of(Engine(exercise, side), frames)
    return result.counted if exercise.repetition is not None else len(long_enough(result.holds))


def learnt_file(text: str, new_id: str, name: str, demonstration: Demonstration, source: str) -> str:
    """The text of the base file as a new exercise with what is proposed; `source` names the demonstration.

    Raises CoachError for a file whose ranges cannot be changed one by one.
    """
    seen_from = demonstration.view.replace("_", "-")
    named = "".join(
        sign if sign.isprintable() else " " for sign in source
    )  # a file of YAML has no control signs
    head = (
        f"# Learnt from {' '.join(named.split())}, which shows {demonstration.number(demonstration.parts)} from the "
        f"{seen_from}; the rest is that of {demonstration.exercise.id}.\n"
        '# What was changed has a comment that begins with "Seen": review each before you use it.\n'
    )
    try:
        return head + copied(rewritten(text.removeprefix("\ufeff"), demonstration.changes()), new_id, name)
    except KeyError as error:
        raise CoachError(
            f"The ranges of '{demonstration.exercise.id}' cannot be changed: {error.args[0]}."
        ) from None


# --- refusals ---------------------------------------------------------------------------------------


def _enough(base: Exercise, watched: Watched) -> None:
    view = watched.result.view
    if view is None and watched.result.seen_share:
        positions = " or ".join(name.replace("_", " ") for name in base.position)
        raise CoachError(
            f"Nobody was seen in it in the position of '{base.id}' ({positions}) for long enough to learn from; "
            "make sure that it shows that exercise."
        )
    if view is None:
        raise CoachError("Nobody was seen in it for long enough to learn from.")
    if view not in base.views:
        wanted = " or ".join(name.replace("_", "-") for name in base.views)
        raise CoachError(
            f"The camera stands {PLACES[view]} in it; to learn from, '{base.id}' must be seen from the {wanted}."
        )
    if base.repetition is not None and len(watched.reps) < FEWEST_REPS:
        seen = {0: "No repetition", 1: "Only one repetition"}[len(watched.reps)]
        raise CoachError(
            f"{seen} of '{base.id}' was seen in it; {FEWEST_REPS} or more are needed to learn from."
        )
    if base.hold is not None and not watched.holds:
        longest = max((hold.held_s for hold in watched.result.holds), default=0.0)
        raise CoachError(
            f"The pose of '{base.id}' was held for {longest:.0f} seconds in it, as its conditions tell it; "
            f"{SHORTEST_HOLD_S:g} or more are needed to learn from."
        )


def _apart(demonstration: Demonstration) -> None:
    """Refuse a movement so small that its rest and its end range would be one."""
    rep = demonstration.exercise.repetition
    if rep is None:
        return
    proposed = {finding.place[1]: finding.proposed for finding in demonstration.findings[:2]}
    rest, target = proposed.get("rest", rep.rest), proposed.get("target", rep.target)
    if not are_apart(rep, rest, target):
        raise CoachError(
            "The movement in it is so small that the camera cannot tell its end range from its rest: "
            "there is nothing to learn from it."
        )
