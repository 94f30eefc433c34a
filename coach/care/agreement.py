"""How well a therapist and the machine agree: percent, and Cohen's kappa with its interval."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from coach.care.faults import wilson
from coach.care.trends import CONFIDENCE
from coach.care.types import Correction, KeptSet, Rating
from coach.judge import Judgement

SURE: Final = (Judgement.PASS, Judgement.FAULT)
Pair = tuple[Judgement, Judgement]  # the machine's, the therapist's
Why = Literal["nothing", "both_constant", "one_constant"]


@dataclass(frozen=True, slots=True)
class Said:
    """What therapists said of one verdict: the newest word, which holds, and the newest comment that stands.

    A comment is its author's alone: it stands until they say something else, whatever others say meanwhile.
    """

    word: Correction
    remark: Correction | None = None

    @property
    def by_another(self) -> bool:
        """Whether the comment is not of who had the last word."""
        return self.remark is not None and self.remark.by != self.word.by

    def comment_of(self, who: str) -> str:
        """The comment of somebody whose word is the newest; "" of anybody else, whose word it is not."""
        return self.word.comment if self.word.by == who else ""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa and its 95 % interval, which is held within -1 and 1.

    value None: it has no meaning here; `why` then says so: nothing was rated by both; one of them said the same
    every time (chance alone explains every agreement: told rather than 0); or both did
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What came of the pairs on one check, or on all.

    n       pairs in which both were sure; same: those in which they said the same
    low, high  the 95 % interval of the share that is the same
    unsure  pairs that are left out since one of them could not tell
    table   machine, therapist -> how many, of those that are in
    """

    n: int
    same: int
    unsure: int
    low: float
    high: float
    kappa: Kappa
    table: dict[Pair, int]

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.same / self.n if self.n else None

    @property
    def left_out(self) -> float | None:
        """The share that is left out; None of nothing."""
        total = self.n + self.unsure
        return self.unsure / total if total else None


def cohens_kappa(table: Sequence[Sequence[int]]) -> Kappa:
    """Of a square table of counts: rows what the one said, columns the other.

    Cohen, Educational and Psychological Measurement 1960; the interval from the large-sample standard error of
    Fleiss, Cohen and Everitt, Psychological Bulletin 1969.

    >>> round(cohens_kappa([[20, 5], [10, 15]]).value, 3)
    0.4
    """
    total = sum(map(sum, table))
    if total == 0:
        return Kappa(None, why="nothing")
    rows = [sum(row) / total for row in table]
    columns = [sum(column) / total for column in zip(*table, strict=True)]
    constant = [sum(share > 0 for share in shares) == 1 for shares in (rows, columns)]
    if any(constant):
        return Kappa(None, why="both_constant" if all(constant) else "one_constant")
    seen = sum(table[i][i] for i in range(len(table))) / total
    chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    value = (seen - chance) / (1 - chance)
    error = _error(table, total, rows, columns, value, chance)
    return Kappa(value, max(-1.0, value - CONFIDENCE * error), min(1.0, value + CONFIDENCE * error))


def _error(
    table: Sequence[Sequence[int]],
    total: int,
    rows: Sequence[float],
    columns: Sequence[float],
    kappa: float,
    chance: float,
) -> float:
    each = range(len(table))
    on = sum(table[i][i] / total * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in each)
    off = sum(table[i][j] / total * (columns[i] + rows[j]) ** 2 for i in each for j in each if i != j)
    less = (kappa - chance * (1 - kappa)) ** 2
    return sqrt(max(0.0, on + (1 - kappa) ** 2 * off - less) / total) / (1 - chance)


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Of pairs of what the machine said and what the therapist said."""
    counts: dict[Pair, int] = defaultdict(int)
    for pair in pairs:
        counts[pair] += 1
    sure = {(a, b): counts.get((a, b), 0) for a in SURE for b in SURE}
    n, same = sum(sure.values()), sum(sure[one, one] for one in SURE)
    low, high = wilson(same, n)
    kappa = cohens_kappa([[sure[a, b] for b in SURE] for a in SURE])
    return Agreement(n, same, sum(counts.values()) - n, low, high, kappa, sure)


# --- from what is kept ----------------------------------------------------------------------------------


def pairs(
    words: Iterable[Correction | Rating], sets: Mapping[str, KeptSet]
) -> dict[tuple[str, str], list[Pair]]:
    """Exercise and check -> what the machine and the therapist said on the same repetition; the newest word holds.

    Whether a repetition counts (check None) is no check, and words on sets or parts that are gone are left out.
    """
    newest: dict[tuple[str, int, str, str], Correction | Rating] = {}
    for word in sorted(words, key=lambda one: one.at):
        if word.check is not None:
            newest[word.set, word.part, word.check, word.by] = word
    found: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for (set_id, part, check, _), word in newest.items():
        kept = sets.get(set_id)
        if kept is None or part >= len(kept.parts) or check not in kept.parts[part].verdicts:
            continue
        machine = kept.parts[part].verdicts[check].verdict
        found[kept.summary.exercise, check].append((machine, word.says))
    return dict(found)


def all_said(words: Iterable[Correction]) -> dict[tuple[str, int, str | None], Said]:
    """Set, part and check -> what holds of it."""
    by_place: dict[tuple[str, int, str | None], dict[str, Correction]] = defaultdict(dict)
    for word in sorted(words, key=lambda one: one.at):
        authors = by_place[word.set, word.part, word.check]
        authors.pop(word.by, None)  # so that the last one stands last
        authors[word.by] = word
    return {place: _said(list(authors.values())) for place, authors in by_place.items()}


def _said(newest: Sequence[Correction]) -> Said:
    """Of the newest word of each author, the last one last."""
    return Said(newest[-1], next((word for word in reversed(newest) if word.comment), None))
