"""What somebody's measures read at rest: against that, and not against a textbook, changes are told."""

from collections import Counter, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from coach.judge.exercise import Exercise
from coach.judge.samples import Probes
from coach.motion import ViewName

BASELINE_S: Final = 3.0
AGAIN_S: Final = 1.0  # what was learnt in less is learnt anew
LAST_S: Final = 0.3  # the last moment of a rest
BEFORE_S: Final = 0.7  # and one before it
HALF_WAY: Final = "half-way"
FACING: Final[dict[ViewName, str]] = {
    "side": "side", "front": "frontal", "back": "frontal", "three_quarter": HALF_WAY,
}  # fmt: skip
TURNED_S: Final = 1.0  # half-way is told from front and side by a few degrees: for so long it must be seen
STEPPED: Final = 0.05  # by the body's scale, in the picture; feet that stay read within 0.03 in 9 of 10 films
ASTRIDE: Final = 0.15  # the same of a single foot, which may hang free
NEARER: Final = 0.015  # of the scale, in nine of ten films within 0.013: at three metres 5 cm
NAN: Final = float("nan")
Unknown = Literal["", "sizes", "all"]


@dataclass(frozen=True, slots=True)
class Stance:
    """Where somebody stands: the left and the right ankle, and the body's scale, in pixels; NaN: not known."""

    left: complex = complex(NAN, NAN)
    right: complex = complex(NAN, NAN)
    scale: float = NAN

    @classmethod
    def mostly(cls, stances: Sequence["Stance"]) -> "Stance":
        """The median of some."""
        lx, ly, rx, ry, scale = _medians(
            [(s.left.real, s.left.imag, s.right.real, s.right.imag, s.scale) for s in stances]
        )
        return cls(complex(lx, ly), complex(rx, ry), scale)

    def stepped_from(self, other: "Stance") -> bool:
        """Whether both feet are elsewhere, or one so far that the other must do otherwise; NaN is where it was."""
        left, right = self.left - other.left, self.right - other.right
        return min(abs(left), abs(right)) > STEPPED * other.scale or abs(left - right) > ASTRIDE * other.scale

    def changed_size_from(self, other: "Stance") -> bool:
        """Whether the body is larger in the picture, or smaller."""
        return abs(self.scale - other.scale) > NEARER * other.scale


NOWHERE: Final = Stance()


@dataclass(frozen=True, slots=True)
class AtRest:
    """A frame at rest."""

    t: float
    values: tuple[float, ...]
    view: ViewName
    stance: Stance


@dataclass(frozen=True, slots=True)
class Rules:
    """Of what an exercise tells against rest.

    bands   of each probe whose value at rest is used: by how much one may read otherwise and be the same, or where a
            share is told, as of sizes in the picture, by what share of it
    stands  whether somebody stands: who steps rests anew, and reads otherwise
    """

    bands: Mapping[int, tuple[float, bool]]
    stands: bool = False

    @classmethod
    def of(cls, exercise: Exercise, probes: Probes) -> "Rules":
        """The rules of an exercise.

        Who stands rests on the feet; who kneels or lies puts them down elsewhere each time, and nothing else moved.
        """
        checks = {name: c for name, c in exercise.checks.items() if c.told_as != "zero"}
        bands = {probes.rest_of(name): (c.band, c.told_as == "share_of_rest") for name, c in checks.items()}
        return cls(bands, exercise.position[0] == "standing")

    def alike(self, one: Sequence[float], two: Sequence[float]) -> bool:
        """Whether two rows of values read the same; what is not seen reads as the other."""
        return not any(
            abs(one[i] - two[i]) > (band * abs(two[i]) if share else band)
            for i, (band, share) in self.bands.items()
        )


class Baseline:
    """The person's own values at rest: medians of the last BASELINE_S before the first movement.

    Who turns round begins anew: what a measure reads from the front says nothing of it from the side.  So does who
    steps, as soon as they rest: of feet that are wider apart, or farther away, the knees read otherwise.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or Rules({})
        self._facing = ""
        self.restart()

    def restart(self) -> None:
        """Nothing is known."""
        self._rows: deque[AtRest] = deque()
        self._fixed: list[float] | None = None
        self._view: ViewName | None = None  # from which it was taken
        self._stance = NOWHERE  # in which it was taken
        self._glimpsed = False  # whether it was taken in less than AGAIN_S
        # What it tells nothing of, since somebody was elsewhere when they rested for a moment.
        self._unknown: Unknown = ""
        self._turned_s: float | None = None

    def add(self, t: float, values: tuple[float, ...], view: ViewName, stance: Stance = NOWHERE) -> None:
        """Take a frame at rest."""
        if self._turns(t, FACING[view]):
            return
        if self._fixed is not None and not self._rules.stands:
            return
        self._rows.append(AtRest(t, values, view, stance))
        while self._rows[0].t < t - BASELINE_S:
            self._rows.popleft()

    def _turns(self, t: float, facing: str) -> bool:
        """Whether this frame is from elsewhere than those before, for a moment as yet; who stays turned begins anew."""
        if facing == self._facing:
            self._turned_s = None
            return False
        self._turned_s = t if self._turned_s is None else self._turned_s
        if self._facing and HALF_WAY in (facing, self._facing) and t - self._turned_s < TURNED_S:
            return True
        self.restart()
        self._facing = facing
        return False

    def fix(self) -> None:
        """A movement begins: the baseline stays as it is until somebody rests who stepped."""
        rows = self._settled()
        if len(rows) >= 3:
            self._learn(rows)
        if self._fixed is not None:
            self._rows.clear()

    def _learn(self, rows: Sequence[AtRest]) -> None:
        """What is to be held against from now on, after these frames of rest.

        Somebody stepped, or the last rest was but a glimpse: all of it.  Who is only nearer: sizes, and no angle, which
        the model reads otherwise each time anyway.
        """
        now = Stance.mostly([row.stance for row in rows])
        glimpsed = rows[-1].t - rows[0].t < AGAIN_S
        stepped, nearer = now.stepped_from(self._stance), now.changed_size_from(self._stance)
        self._unknown = "" if not glimpsed else "all" if stepped else "sizes" if nearer else ""
        values = _medians([row.values for row in rows])
        if self._fixed is None or (not glimpsed and (self._glimpsed or stepped)):
            self._fixed = values
            self._view = Counter(row.view for row in rows).most_common(1)[0][0]
            self._stance, self._glimpsed = now, glimpsed
        elif not glimpsed and nearer:
            sizes = [i for i, (_, share) in self._rules.bands.items() if share]
            self._fixed = [values[i] if i in sizes else old for i, old in enumerate(self._fixed)]
            self._stance = now

    def _settled(self) -> list[AtRest]:
        """The frames in which somebody rested as at the end of it: before that they were getting into position.

        Where the feet are is told by the last moment.  What else they read, by one before it: in the last the movement
        begins, as yet within what is rest.
        """
        rows = list(self._rows)
        if not rows:
            return rows
        end = rows[-1].t
        if self._rules.stands:
            now = Stance.mostly([row.stance for row in rows if row.t >= end - LAST_S])
            return [row for row in rows if not row.stance.stepped_from(now)]
        before = [row.values for row in rows if end - BEFORE_S <= row.t < end - LAST_S]
        if not before:
            return rows
        middle = _medians(before)
        return [row for row in rows if self._rules.alike(row.values, middle)]

    def release(self) -> None:
        """The movement was none: what was taken for rest before it may have been the way to it."""
        if self._fixed is not None:
            self.restart()

    @property
    def is_fixed(self) -> bool:
        """Whether the baseline was taken."""
        return self._fixed is not None

    def of(self, i: int, views: Collection[ViewName]) -> float:
        """The baseline of probe i; NaN before it was seen, from other views than these, and where it holds no more."""
        if self._fixed is None or self._view not in views or self._unknown == "all":
            return NAN
        is_size = self._unknown == "sizes" and self._rules.bands.get(i, (0.0, False))[1]
        return NAN if is_size else self._fixed[i]


def _medians(rows: Sequence[Sequence[float]]) -> list[float]:
    """Of rows of n values the median of each, where it was seen three times or more; else NaN."""
    table = np.array(rows, dtype=float)
    out = np.full(table.shape[1], np.nan)
    for i in range(table.shape[1]):
        column = table[:, i][np.isfinite(table[:, i])]
        if len(column) >= 3:
            out[i] = np.median(column)
    return [float(value) for value in out]
