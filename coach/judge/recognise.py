"""Which exercise is this?  Every exercise of the library watches, and what each of them counted is laid side by side.

No model is trained for it: a file that says when a repetition counts says with that how it is told from others.
What it is not: a guess.  Where two exercises explain a stretch about equally well, or none counted anything in it,
it is "not sure", with the candidates named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, Literal

from pydantic import Field

from coach.judge.engine import Engine
from coach.judge.exercise import Exercise
from coach.judge.results import FORMAT_VERSION, HeldPose, Plain, Rep, SetResult, SidedOrBoth
from coach.judge.say import say
from coach.language import Language
from coach.motion import Body, position_of, turned
from coach.pose import PoseFrame

LOOK_EVERY_S: Final = 0.062  # 10 to 15 looks a second at any usual frame rate; counts are the same from 10 on
FORGET_S: Final = 10.0  # who was not in position for so long begins anew: rest and levels are learnt again
SAME_SET_S: Final = 20.0  # a longer pause ends a set
LONG_PAUSE_S: Final = 60.0  # but for a lone repetition of somebody who stayed on the floor
LASTS_S: Final = 15.0  # a single repetition on the floor that took so long is meant as a hold
ATTEMPT: Final = 0.2  # worth of an attempt; a repetition that counted is worth 1
HOLD_A_SECOND: Final = 0.1  # worth of a held second: ten of them are as good as a repetition
STILL_A_SECOND: Final = 0.02  # and of a pose in which nothing is judged, which anybody takes who rests in it
SHORTEST_HOLD_S: Final = 3.0  # whoever moves through a pose is in it for less
SURE_HOLD_S: Final = 5.0  # whoever stays for so long means it, whatever the dose
CHANGE: Final = 0.5  # cost of a change of exercise: a lone repetition amid another exercise's is none
# The cost of one within HASTY_S, in which hardly anybody gets from one exercise to the next: by less than a repetition
# more, so that none is left out to save it.
HASTY: Final = 1.4
HASTY_S: Final = 3.0
TOUCH_S: Final = 0.5  # by so much may one exercise's claim reach into the next one's
NEARLY: Final = 0.6  # of the worth of the best one: about equally good
LEAST: Final = 0.4  # worth of a stretch of attempts that is told at all
MORE_THAN_ONE: Final = 1.5  # worth of what is more than one repetition and an attempt
NAMED: Final = 3  # candidates; more of them help nobody
FLOOR: Final = frozenset({"kneeling", "quadruped", "supine", "prone", "side_lying"})
LYING: Final = frozenset({"supine", "prone", "side_lying"})
MANY: Final = 2  # times as many movements: what saw those, and counted none, may be right all the same
DOUBLED: Final = 1.5  # times as many counted as there are movements
LAY_S: Final = 2.0  # who was seen to lie for so long lay
GETS_UP_S: Final = 10.0  # and takes no longer to get up or down

Confidence = Literal["sure", "not_sure"]
Doubt = Literal["alike", "uncounted", "only_one", "not_judged"]


# --- what is told -----------------------------------------------------------------------------------


class FoundSet(Plain):
    """One set in a workout.

    exercise    its id, and `name` its name; None where it is not sure
    sides       the sides that moved, or that were held, in the order in which they began
    start_s     where its first repetition or hold begins, `end_s` where the last one ends (video's clock)
    candidates  what else it could be, the likeliest first; `why` says what kept it from being sure
    result      the set as it was judged; None where it is not sure
    """

    exercise: str | None
    name: str
    sides: tuple[SidedOrBoth, ...]
    start_s: float
    end_s: float
    confidence: Confidence
    candidates: tuple[str, ...] = ()
    why: str = ""
    result: SetResult | None = None


class Rest(Plain):
    """The time between two sets."""

    start_s: float
    end_s: float


class WorkoutResult(Plain):
    """A whole recording: its sets in the order in which they were done, and the rests between them.

    damaged  whether the video is, so that only a part of it was read
    """

    format_version: int = FORMAT_VERSION
    duration_s: float
    sets: tuple[FoundSet, ...] = ()
    rests: tuple[Rest, ...] = ()
    damaged: bool = False
    versions: dict[str, str] = Field(default_factory=dict)


def workout_schema() -> dict[str, Any]:
    """The JSON Schema of a WorkoutResult as JSON."""
    schema = WorkoutResult.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Form Coach workout result"
    return schema


# --- what each exercise saw -------------------------------------------------------------------------


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


# --- who is right -----------------------------------------------------------------------------------


def sets_of(
    claims: Sequence[Claim], exercises: Mapping[str, Exercise], lying: Sequence[tuple[float, float]] = ()
) -> list[FoundSet]:
    """The sets that explain most of what was claimed; `claims` are in the order of time.

    lying  when the person lay on the floor, seconds
    """
    told = [replace(c, counted=False, worth=ATTEMPT) if _leads_into(c, claims) else c for c in claims]
    runs = [run for run in map(_trimmed, _runs(best_explanation(told))) if _worth(run) >= LEAST]
    runs = list(_rejoined(runs, exercises))

    def repeated(run: Sequence[Claim]) -> bool:
        return _repeated(run, exercises[run[0].exercise])

    beside_sets = any(map(repeated, runs))
    if beside_sets:
        runs = [run for run in runs if _worth(run) >= MORE_THAN_ONE or repeated(run) or not _counts(run)]
    found = []
    for run in (_of_own(run, told, exercises) for run in runs):
        lone = not repeated(run) and (beside_sets or _gets_up(run, exercises[run[0].exercise], lying))
        found.append(_found(run, told, exercises, lone))
    return list(_joined(found))


def _gets_up(run: Sequence[Claim], own: Exercise, lying: Iterable[tuple[float, float]]) -> bool:
    """Whether somebody gets up from the floor about then, or down to it: that looks like half a lunge or a squat."""
    start_s, end_s = run[0].start_s, max(claim.end_s for claim in run)
    return not LYING & set(own.position) and any(
        0 <= start_s - up_s <= GETS_UP_S or 0 <= down_s - end_s <= GETS_UP_S for down_s, up_s in lying
    )


def _of_own(
    run: Sequence[Claim], claims: Sequence[Claim], exercises: Mapping[str, Exercise]
) -> Sequence[Claim]:
    """The run as somebody's own copy of its exercise saw it, where that fits about as well: it was made to be used."""
    start_s, end_s = run[0].start_s, max(claim.end_s for claim in run)
    copies = [
        c for c in claims if exercises[c.exercise].like == run[0].exercise and _inside(c, start_s, end_s)
    ]
    for name, about_equal in _rivals(run, copies):
        own = [claim for claim in copies if claim.exercise == name]
        if about_equal and _worth(own) >= NEARLY * _worth(run):
            return own
    return run


def _leads_into(rep: Claim, claims: Iterable[Claim]) -> bool:
    """Whether a repetition is the way into a pose, the holding of it, and the way out: then it is none."""
    least_s = max(SURE_HOLD_S, (rep.end_s - rep.start_s) / 2)
    return not rep.held and any(
        hold.held and hold.counted and min(rep.end_s, hold.end_s) - max(rep.start_s, hold.start_s) > least_s
        for hold in claims
        if hold.exercise != rep.exercise
    )


def best_explanation(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of greatest worth of which those of different exercises do not overlap; a change costs CHANGE."""
    best: list[tuple[float, float, int | None]] = []  # worth up to here, end of the run, the claim before
    for i, claim in enumerate(claims):
        worth, reach, before = 0.0, claim.end_s, None
        for j in range(i):
            earlier, earlier_reach, _ = best[j]
            same = claims[j].exercise == claim.exercise
            if not same and claim.start_s < earlier_reach - TOUCH_S:
                continue
            cost = 0.0 if same else HASTY if claim.start_s < earlier_reach + HASTY_S else CHANGE
            if earlier - cost > worth:
                worth, before = earlier - cost, j
                reach = max(claim.end_s, earlier_reach) if same else claim.end_s
        best.append((worth + claim.worth, reach, before))
    chosen: list[Claim] = []
    at = max(range(len(best)), key=lambda i: best[i][0], default=None)
    while at is not None:
        chosen.append(claims[at])
        at = best[at][2]
    return chosen[::-1]


def _runs(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Claims of one exercise with short pauses and from one view: the person's own level at rest is another's else."""
    run: list[Claim] = []
    for claim in claims:
        if run and not _continues(run, claim):
            yield run
            run = []
        run.append(claim)
    if run:
        yield run


def _continues(run: Sequence[Claim], claim: Claim) -> bool:
    pause_s = claim.start_s - max(c.end_s for c in run)
    return (
        run[-1].exercise == claim.exercise and pause_s <= SAME_SET_S and not turned(run[-1].view, claim.view)
    )


def _rejoined(runs: Iterable[list[Claim]], exercises: Mapping[str, Exercise]) -> Iterator[list[Claim]]:
    """A lone repetition with the set beside it, where somebody stayed on the floor in between.

    Who stands may pick something up after a set.
    """
    last: list[Claim] = []
    for run in runs:
        lone = last and min(_counts(last), _counts(run)) == 1
        if lone and FLOOR.issuperset(exercises[run[0].exercise].position) and _stayed(last, run):
            last = [*last, *run]
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _stayed(last: Sequence[Claim], run: Sequence[Claim]) -> bool:
    """Whether one engine saw both without beginning anew, repetitions from one view, with no longer pause."""
    pause_s = run[0].start_s - max(claim.end_s for claim in last)
    seen_by = {(claim.exercise, claim.watch, claim.held) for claim in (*last, *run)}
    return (
        len(seen_by) == 1
        and not run[0].held
        and not turned(last[-1].view, run[0].view)
        and pause_s <= LONG_PAUSE_S
    )


def _trimmed(run: Sequence[Claim]) -> list[Claim]:
    """Without the attempts before and after it that are none of this set.

    After a longer pause than any within it a single one is none: who gets down to the floor, or up from it, goes
    through half of a lunge or a squat.  Two and more are the set of somebody who tires, if they took half the time of
    a repetition, with pauses of no more than one or twice the longest.
    """
    counted = [i for i, claim in enumerate(run) if claim.counted]
    if len(counted) < 2:
        return list(run)
    first, last = counted[0], counted[-1]
    pauses_s = [_apart_s(run[i], run[j]) for i, j in pairwise(counted)]
    took_s = [run[i].end_s - run[i].start_s for i in counted]

    def belong(*beside: Claim) -> int:
        several = _follow(beside, min(took_s) / 2, max(*took_s, 2 * max(pauses_s)))
        return max(_follow(beside, 0.0, max(pauses_s)), several if several > 1 else 0)

    before, after = belong(*run[first::-1]), belong(*run[last:])
    return list(run[first - before : last + after + 1])


def _follow(claims: Sequence[Claim], least_s: float, longest_s: float) -> int:
    """How many follow the first one, or go before it, with no longer pauses, and took so long at least."""
    follow = [b.end_s - b.start_s >= least_s and _apart_s(a, b) <= longest_s for a, b in pairwise(claims)]
    return [*follow, False].index(False)


def _apart_s(a: Claim, b: Claim) -> float:
    return max(a.start_s - b.end_s, b.start_s - a.end_s)


def _worth(claims: Iterable[Claim]) -> float:
    return sum(claim.worth for claim in claims)


def _repeated(run: Sequence[Claim], own: Exercise) -> bool:
    """Whether more than one repetition counted, or a hold; as one counts what lasted on the floor.

    Who stands sits down for as long.
    """
    on_floor = FLOOR.issuperset(own.position)
    return _counts(run) > 1 or any(
        claim.counted and (claim.held or (on_floor and claim.end_s - claim.start_s >= LASTS_S))
        for claim in run
    )


def _counts(run: Sequence[Claim]) -> int:
    return sum(claim.counted for claim in run)


def _found(
    run: Sequence[Claim], claims: Sequence[Claim], exercises: Mapping[str, Exercise], lone: bool
) -> FoundSet:
    """A run as a set; `lone`: one repetition which is not enough there to be sure."""
    own = exercises[run[0].exercise]
    start_s, end_s = run[0].start_s, max(claim.end_s for claim in run)
    alike = (own.id, own.like)  # what a copy was made of is no rival of it
    rivals = _rivals(run, [c for c in claims if _inside(c, start_s, end_s) and c.exercise not in alike])
    near = [name for name, about_equal in rivals if about_equal or _tried_more(run, claims, name)]
    doubt = _doubt(run, own, near, lone)
    candidates = (own.id, *(near if doubt == "alike" and near else (name for name, _ in rivals)))
    return FoundSet(
        exercise=None if doubt else own.id,
        name=say(own.language)("doubt.name") if doubt else own.name,
        sides=tuple(dict.fromkeys(claim.side for claim in run if claim.counted or not _counts(run))),
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
    return _movements(theirs) >= MANY * _movements(run)


def _doubled(run: Sequence[Claim]) -> bool:
    """Whether most counted on both sides at once: nobody moves one leg at a time so, and both are moved in another."""
    counted = [claim for claim in run if claim.counted]
    return len(counted) >= DOUBLED * _movements(counted)


def _movements(claims: Iterable[Claim]) -> int:
    """How many there are that follow each other; of both sides at once they are one."""
    number, until_s = 0, -float("inf")
    for claim in sorted(claims, key=lambda claim: claim.end_s):
        if claim.start_s >= until_s - TOUCH_S:
            number, until_s = number + 1, claim.end_s
    return number


def _doubt(run: Sequence[Claim], own: Exercise, near: Sequence[str], lone: bool) -> Doubt | None:
    """Why nobody can be sure; None where one can."""
    if not own.judged:
        return "not_judged"
    if not _counts(run):
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


def _inside(claim: Claim, start_s: float, end_s: float) -> bool:
    """Whether a claim and a stretch lie within each other by more than half."""
    shared = min(claim.end_s, end_s) - max(claim.start_s, start_s)
    return shared > 0.5 * min(claim.end_s - claim.start_s, end_s - start_s)


def _rivals(run: Sequence[Claim], others: Iterable[Claim]) -> list[tuple[str, bool]]:
    """The other exercises that saw something there, the best first, and whether they are about as good.

    About as good is who counted nearly as much and explains nearly as much of the time.
    """
    by_exercise: dict[str, list[Claim]] = {}
    for claim in others:
        by_exercise.setdefault(claim.exercise, []).append(claim)
    ordered = sorted(by_exercise.items(), key=lambda item: (-_worth(item[1]), item[0]))
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
        return their_s >= NEARLY * own_s or _counts(own) == 1
    if own_hold:
        return their_s >= NEARLY * own_s and _counts(theirs) > 1
    return their_worth >= NEARLY * own_worth and their_s >= NEARLY * own_s


def _counted(claims: Sequence[Claim]) -> tuple[float, float]:
    """The worth, and the seconds, of what counted."""
    counted = [claim for claim in claims if claim.counted]
    return _worth(counted), sum(claim.end_s - claim.start_s for claim in counted)


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


def rests_between(sets: Sequence[FoundSet]) -> tuple[Rest, ...]:
    """From the end of each set to the beginning of the next."""
    return tuple(Rest(start_s=a.end_s, end_s=b.start_s) for a, b in pairwise(sets) if b.start_s > a.end_s)


def likeness_to_any(exercises: Sequence[Exercise]) -> Callable[[PoseFrame], float]:
    """How much somebody looks like one doing any of these: 1 on the floor, half upright, where bystanders are too."""
    positions = {position for exercise in exercises for position in exercise.position}

    def likeness(frame: PoseFrame) -> float:
        position = str(position_of(Body.of(frame)))
        return 0.0 if position not in positions else 1.0 if position in FLOOR else 0.5

    return likeness
