"""Which exercise is this?  Every exercise of the library watches, and what each of them counted is laid side by side.

No model is trained for it: a file that says when a repetition counts says with that how it is told from others.
What it is not: a guess.  Where two exercises explain a stretch about equally well, or none counted anything in it,
it is "not sure", with the candidates named.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from coach.judge.claims import ATTEMPT, Claim, claims_of, counts, inside, movements, worth_of
from coach.judge.engine import Engine
from coach.judge.exercise import Exercise
from coach.judge.runs import (
    FLOOR,
    SAME_SET_S,
    best_explanation,
    leads_into,
    rejoined,
    repeated_in,
    runs_of,
    trimmed,
)
from coach.judge.say import say
from coach.judge.workout_results import FoundSet
from coach.language import Language
from coach.motion import Body, position_of
from coach.pose import Likeness, PoseFrame

LOOK_EVERY_S: Final = 0.062  # 10 to 15 looks a second at any usual frame rate; counts are the same from 10 on
FORGET_S: Final = 10.0  # who was not in position for so long begins anew: rest and levels are learnt again
NEARLY: Final = 0.6  # of the worth of the best one: about equally good
LEAST: Final = 0.4  # worth of a stretch of attempts that is told at all
MORE_THAN_ONE: Final = 1.5  # worth of what is more than one repetition and an attempt
NAMED: Final = 3  # candidates; more of them help nobody
LYING: Final = frozenset({"supine", "prone", "side_lying"})
MANY: Final = 2  # times as many movements: what saw those, and counted none, may be right all the same
DOUBLED: Final = 1.5  # times as many counted as there are movements
LAY_S: Final = 2.0  # who was seen to lie for so long lay
GETS_UP_S: Final = 10.0  # and takes no longer to get up or down
POSE_S: Final = 10.0  # one repetition that takes longer may be a pose that is held, as a runner's lunge

Doubt = Literal["alike", "uncounted", "only_one", "not_judged"]


class _Watch:
    """One exercise's engine, begun anew where the person did something else in between."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._claims: list[Claim] = []
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._engine, self._ready_s, self._used = Engine(self._exercise), 0.0, False
        self._number += 1

    def step(self, frame: PoseFrame) -> None:
        ready = self._engine.step(frame).ready
        if ready:
            self._ready_s, self._used = frame.t, True
        if frame.cut or (self._used and frame.t - self._ready_s > FORGET_S):
            self._end()

    def _end(self) -> None:
        ended = claims_of(self._exercise, self._engine.finish())
        self._claims += (replace(claim, watch=self._number) for claim in ended)
        self._begin()

    def finish(self) -> list[Claim]:
        self._end()
        return self._claims


class Recogniser:
    """Watches a recording for all exercises at once::

    recogniser = Recogniser([load_exercise(name) for name in exercise_ids()])
    for frame in repaired:
        recogniser.step(frame)
    sets = recogniser.finish()
    """

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self._exercises = {exercise.id: exercise for exercise in exercises}
        self._watches = [_Watch(exercise) for exercise in exercises]
        self._next_s = -float("inf")
        self._cut = False
        self._lying: list[tuple[float, float]] = []
        self._lies = False

    def step(self, frame: PoseFrame) -> None:
        """Take the next repaired frame; not every one is looked at."""
        self._cut = self._cut or frame.cut
        if frame.t < self._next_s:
            return
        self._next_s = frame.t + LOOK_EVERY_S
        seen, self._cut = replace(frame, cut=self._cut), False
        for watch in self._watches:
            watch.step(seen)
        self._watch_lying(seen)

    def _watch_lying(self, frame: PoseFrame) -> None:
        lay, self._lies = self._lies, str(position_of(Body.of(frame))) in LYING
        if self._lies:
            start_s = self._lying.pop()[0] if lay and not frame.cut else frame.t
            self._lying.append((start_s, frame.t))

    def finish(self) -> list[FoundSet]:
        """The end of the recording: the sets, not yet judged."""
        return sets_of(self.claims(), self._exercises, [(a, b) for a, b in self._lying if b - a >= LAY_S])

    def claims(self) -> list[Claim]:
        """What all exercises saw, by time."""
        seen = [claim for watch in self._watches for claim in watch.finish()]
        return sorted(seen, key=lambda claim: (claim.start_s, claim.end_s))


def sets_of(
    claims: Sequence[Claim], exercises: Mapping[str, Exercise], lying: Sequence[tuple[float, float]] = ()
) -> list[FoundSet]:
    """The sets that explain most of what was claimed; `claims` are in the order of time.

    lying  when the person lay on the floor, seconds
    """
    told = [replace(c, counted=False, worth=ATTEMPT) if leads_into(c, claims) else c for c in claims]
    runs = [run for run in map(trimmed, runs_of(best_explanation(told))) if worth_of(run) >= LEAST]
    runs = list(rejoined(runs, exercises))

    def repeated(run: Sequence[Claim]) -> bool:
        return repeated_in(run, exercises[run[0].exercise])

    beside_sets = any(map(repeated, runs))
    if beside_sets:
        runs = [run for run in runs if worth_of(run) >= MORE_THAN_ONE or repeated(run) or not counts(run)]
    found = []
    for run in (_of_own(run, told, exercises) for run in runs):
        own = exercises[run[0].exercise]
        lone = not repeated(run) and (beside_sets or _gets_up(run, own, lying) or _stays(run, own))
        found.append(_found(run, told, exercises, lone))
    return list(_joined(found))


def _gets_up(run: Sequence[Claim], own: Exercise, lying: Iterable[tuple[float, float]]) -> bool:
    """Whether somebody gets up from the floor about then, or down to it: that looks like half a lunge or a squat."""
    start_s, end_s = run[0].start_s, max(claim.end_s for claim in run)
    return not LYING & set(own.position) and any(
        0 <= start_s - up_s <= GETS_UP_S or 0 <= down_s - end_s <= GETS_UP_S for down_s, up_s in lying
    )


def _stays(run: Sequence[Claim], own: Exercise) -> bool:
    """Whether somebody stayed at the end range for long where nobody is asked to."""
    moving = [claim for claim in run if not claim.held]
    asked_to = any(check.time == "hold" for check in own.checks.values())
    return bool(moving) and not asked_to and max(c.end_s - c.start_s for c in moving) > POSE_S


def _of_own(
    run: Sequence[Claim], claims: Sequence[Claim], exercises: Mapping[str, Exercise]
) -> Sequence[Claim]:
    """The run as somebody's own copy of its exercise saw it, where that fits about as well: it was made to be used."""
    start_s, end_s = run[0].start_s, max(claim.end_s for claim in run)
    copies = [
        c for c in claims if exercises[c.exercise].like == run[0].exercise and inside(c, start_s, end_s)
    ]
    for name, about_equal in _rivals(run, copies):
        own = [claim for claim in copies if claim.exercise == name]
        if about_equal and worth_of(own) >= NEARLY * worth_of(run):
            return own
    return run


def _found(
    run: Sequence[Claim], claims: Sequence[Claim], exercises: Mapping[str, Exercise], lone: bool
) -> FoundSet:
    """A run as a set; `lone`: one repetition which is not enough there to be sure."""
    own = exercises[run[0].exercise]
    start_s, end_s = run[0].start_s, max(claim.end_s for claim in run)
    alike = (own.id, own.like)  # what a copy was made of is no rival of it
    rivals = _rivals(run, [c for c in claims if inside(c, start_s, end_s) and c.exercise not in alike])
    near = [name for name, about_equal in rivals if about_equal or _tried_more(run, claims, name)]
    doubt = _doubt(run, own, near, lone)
    candidates = (own.id, *(near if doubt == "alike" and near else (name for name, _ in rivals)))
    return FoundSet(
        exercise=None if doubt else own.id,
        name=say(own.language)("doubt.name") if doubt else own.name,
        sides=tuple(dict.fromkeys(claim.side for claim in run if claim.counted or not counts(run))),
        start_s=start_s,
        end_s=end_s,
        confidence="not_sure" if doubt else "sure",
        candidates=candidates[:NAMED] if doubt else (),
        why=doubted(doubt, own.language) if doubt else "",
    )


def _tried_more(run: Sequence[Claim], claims: Iterable[Claim], name: str) -> bool:
    """Whether another exercise saw many more movements there and about: it may be that, done too little to count."""
    if any(claim.held for claim in run):
        return False
    start_s, end_s = run[0].start_s - SAME_SET_S, max(claim.end_s for claim in run) + SAME_SET_S
    theirs = [
        c for c in claims if c.exercise == name and not c.held and start_s <= c.start_s and c.end_s <= end_s
    ]
    return movements(theirs) >= MANY * movements(run)


def _doubled(run: Sequence[Claim]) -> bool:
    """Whether most counted on both sides at once: nobody moves one leg at a time so, and both are moved in another."""
    counted = [claim for claim in run if claim.counted]
    return len(counted) >= DOUBLED * movements(counted)


def _doubt(run: Sequence[Claim], own: Exercise, near: Sequence[str], lone: bool) -> Doubt | None:
    """Why nobody can be sure; None where one can."""
    if not own.judged:
        return "not_judged"
    if not counts(run):
        return "uncounted"
    if near or _doubled(run):
        return "alike"
    return "only_one" if lone else None


def doubted(doubt: Doubt, language: Language = "en") -> str:
    """Why nobody can be sure, for people.

    >>> doubted("uncounted")
    'nothing in it counted'
    """
    return say(language)(f"doubt.{doubt}")


def nothing_counted(found: FoundSet, own: Exercise) -> FoundSet:
    """A set of which nothing counted when it was judged: unsure after all."""
    return found.model_copy(
        update={
            "exercise": None,
            "name": say(own.language)("doubt.name"),
            "confidence": "not_sure",
            "candidates": (own.id,),
            "why": doubted("uncounted", own.language),
        }
    )


def _rivals(run: Sequence[Claim], others: Iterable[Claim]) -> list[tuple[str, bool]]:
    """The other exercises that saw something there, the best first, and whether they are about as good.

    About as good is who counted nearly as much and explains nearly as much of the time.
    """
    by_exercise: dict[str, list[Claim]] = {}
    for claim in others:
        by_exercise.setdefault(claim.exercise, []).append(claim)
    ordered = sorted(by_exercise.items(), key=lambda item: (-worth_of(item[1]), item[0]))
    return [(name, _about_equal(theirs, run)) for name, theirs in ordered]


def _about_equal(theirs: Sequence[Claim], own: Sequence[Claim]) -> bool:
    """Of two poses the one held for longer may only be the looser one, so neither is sure.

    Repetitions and holds are compared by their time; one repetition that is as long as a hold is the way into it.
    """
    (their_worth, their_s), (own_worth, own_s) = _counted(theirs), _counted(own)
    they_hold, own_hold = (any(c.held and c.counted for c in claims) for claims in (theirs, own))
    if they_hold and own_hold:
        return True
    if they_hold:
        return their_s >= NEARLY * own_s or counts(own) == 1
    if own_hold:
        return their_s >= NEARLY * own_s and counts(theirs) > 1
    return their_worth >= NEARLY * own_worth and their_s >= NEARLY * own_s


def _counted(claims: Sequence[Claim]) -> tuple[float, float]:
    """The worth, and the seconds, of what counted."""
    counted = [claim for claim in claims if claim.counted]
    return worth_of(counted), sum(claim.end_s - claim.start_s for claim in counted)


def _joined(found: Iterable[FoundSet]) -> Iterator[FoundSet]:
    """Neighbouring stretches that nobody is sure of become one."""
    last: FoundSet | None = None
    for one in found:
        if last is None:
            last = one
        elif last.confidence == one.confidence == "not_sure" and one.start_s - last.end_s <= SAME_SET_S:
            last = last.model_copy(
                update={
                    "end_s": max(last.end_s, one.end_s),
                    "sides": tuple(dict.fromkeys((*last.sides, *one.sides))),
                    "candidates": tuple(dict.fromkeys((*last.candidates, *one.candidates))),
                }
            )
        else:
            yield last
            last = one
    if last is not None:
        yield last


def likeness_to_any(exercises: Sequence[Exercise]) -> Likeness:
    """How much somebody looks like one doing any of these: 1 on the floor, half upright, where bystanders are too."""
    positions = {position for exercise in exercises for position in exercise.position}

    def likeness(frame: PoseFrame) -> float:
        position = str(position_of(Body.of(frame)))
        return 0.0 if position not in positions else 1.0 if position in FLOOR else 0.5

    return likeness
