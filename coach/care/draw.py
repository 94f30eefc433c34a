"""A sample of repetitions to rate blindly, over many people: random, and always the same for the same records.  Pure.

Each set and each repetition has a place of its own in a fixed random order, so that what comes in later moves none of
the others.  Whoever may see the same people is given the same repetitions.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from coach.care.days import own_sets
from coach.care.types import SetSummary
from coach.judge import HeldPose, Judgement, Rep

SEED: Final = "blind"
EACH: Final = 12  # repetitions with a fault by the machine, and as many without: rated in ten minutes or so


def in_order(ids: Iterable[str]) -> tuple[str, ...]:
    """In the fixed random order."""
    return tuple(sorted(ids, key=_place))


def sets_in_order(summaries: Mapping[str, Iterable[SetSummary]]) -> tuple[SetSummary, ...]:
    """Person -> sets; of all of them those that can be rated, a set of everybody before the second of anybody."""
    placed: list[tuple[int, str, SetSummary]] = []
    for sets in summaries.values():
        done = (one for one in own_sets(tuple(sets)) if one.closed and one.attempts)
        ranked = sorted(done, key=lambda one: _place(one.id))
        placed += [(n, _place(one.id), one) for n, one in enumerate(ranked)]
    return tuple(one for _, _, one in sorted(placed, key=lambda told: told[:2]))


def pick(set_id: str, parts: Sequence[Rep | HeldPose], rated: Collection[int]) -> dict[bool, int]:
    """One part with a fault (True) and one without (False), of those that were not rated; what there is none of is not
    there.
    """
    found: dict[bool, int] = {}
    for n in sorted(range(len(parts)), key=lambda n: _place(f"{set_id} {n}")):
        verdicts = parts[n].verdicts.values()
        if verdicts and n not in rated:
            found.setdefault(any(one.verdict is Judgement.FAULT for one in verdicts), n)
    return found


def _place(what: str) -> str:
    return hashlib.sha256(f"{SEED} {what}".encode()).hexdigest()
