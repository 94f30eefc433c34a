"""Which of the claims of all exercises explain a recording best, and which of these belong to one set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from coach.judge.claims import SURE_HOLD_S, TOUCH_S, Claim, apart_s, counts
from coach.judge.exercise import Exercise
from coach.motion import turned

SAME_SET_S: Final = 20.0  # a longer pause ends a set
LONG_PAUSE_S: Final = 60.0  # but for a lone repetition of somebody who stayed on the floor
LASTS_S: Final = 15.0  # a single repetition on the floor that took so long is meant as a hold
CHANGE: Final = 0.5  # cost of a change of exercise: a lone repetition amid another exercise's is none
# The cost of one within HASTY_S, in which hardly anybody gets from one exercise to the next: by less than a repetition
# more, so that none is left out to save it.
HASTY: Final = 1.4
HASTY_S: Final = 3.0
FLOOR: Final = frozenset({"kneeling", "quadruped", "supine", "prone", "side_lying"})


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


def leads_into(rep: Claim, claims: Iterable[Claim]) -> bool:
    """Whether a repetition is the way into a pose, the holding of it, and the way out: then it is none."""
    least_s = max(SURE_HOLD_S, (rep.end_s - rep.start_s) / 2)
    return not rep.held and any(
        hold.held and hold.counted and min(rep.end_s, hold.end_s) - max(rep.start_s, hold.start_s) > least_s
        for hold in claims
        if hold.exercise != rep.exercise
    )


def runs_of(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
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


def rejoined(runs: Iterable[list[Claim]], exercises: Mapping[str, Exercise]) -> Iterator[list[Claim]]:
    """A lone repetition with the set beside it, where somebody stayed on the floor in between.

    Who stands may pick something up after a set.
    """
    last: list[Claim] = []
    for run in runs:
        lone = last and min(counts(last), counts(run)) == 1
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


def trimmed(run: Sequence[Claim]) -> list[Claim]:
    """Without the attempts before and after it that are none of this set.

    After a longer pause than any within it a single one is none: who gets down to the floor, or up from it, goes
    through half of a lunge or a squat.  Two and more are the set of somebody who tires, if they took half the time of
    a repetition, with pauses of no more than one or twice the longest.
    """
    counted = [i for i, claim in enumerate(run) if claim.counted]
    if len(counted) < 2:
        return list(run)
    first, last = counted[0], counted[-1]
    pauses_s = [apart_s(run[i], run[j]) for i, j in pairwise(counted)]
    took_s = [run[i].end_s - run[i].start_s for i in counted]

    def belong(*beside: Claim) -> int:
        several = _follow(beside, min(took_s) / 2, max(*took_s, 2 * max(pauses_s)))
        return max(_follow(beside, 0.0, max(pauses_s)), several if several > 1 else 0)

    before, after = belong(*run[first::-1]), belong(*run[last:])
    return list(run[first - before : last + after + 1])


def _follow(claims: Sequence[Claim], least_s: float, longest_s: float) -> int:
    """How many follow the first one, or go before it, with no longer pauses, and took so long at least."""
    follow = [b.end_s - b.start_s >= least_s and apart_s(a, b) <= longest_s for a, b in pairwise(claims)]
    return [*follow, False].index(False)


def repeated_in(run: Sequence[Claim], own: Exercise) -> bool:
    """Whether more than one repetition counted, or a hold; as one counts what lasted on the floor.

    Who stands sits down for as long.
    """
    on_floor = FLOOR.issuperset(own.position)
    return counts(run) > 1 or any(
        claim.counted and (claim.held or (on_floor and claim.end_s - claim.start_s >= LASTS_S))
        for claim in run
    )
