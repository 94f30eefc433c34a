"""What was measured on the frames of a repetition or a hold, kept until it is judged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.judge.exercise import Exercise
from coach.judge.file_fields import Condition
from coach.judge.file_movement import Measurement
from coach.judge.say import joint, say, views_told
from coach.judge.timing import HOLE_S
from coach.language import Language
from coach.motion import MEASURES, SEEN, Body, Measure, Situation, ViewName, landmark
from coach.pose import INDEX, Side, at, other

Floats = NDArray[np.floating[Any]]
# What tells how far the whole body went in the picture: in an exercise some of them stay, and some move.
ANCHORS: Final = (
    INDEX["nose"],
    *(at(side, joint) for side in ("left", "right") for joint in ("shoulder", "hip", "knee", "ankle")),
)
LEFT_ANKLE, RIGHT_ANKLE = (ANCHORS.index(at(side, "ankle")) for side in ("left", "right"))
STAYED: Final = 0.1  # by the body's scale: who is further away after a movement than before it went there
LEAST_FRAMES: Final = 3  # of a movement; with fewer nothing is known of it
ENOUGH: Final = 0.6  # share of a phase that must have been seen to judge it


@dataclass(frozen=True, slots=True)
class Probe:
    """A measure on one side of one person, with the indices of what it needs."""

    measure: Measure
    side: Side
    landmarks: tuple[str, ...]
    seen: float
    gated: tuple[int, ...]  # joints whose visibility must be believed; hips' and shoulders' says nothing

    @classmethod
    def of(cls, name: str, side: Side, seen: float = SEEN) -> "Probe":
        """The probe of a measure by name; `seen` is the visibility from which a joint is believed."""
        measure = MEASURES[name]
        landmarks = measure.landmarks(side)
        gated = tuple(INDEX[n] for n in landmarks if not n.endswith(("hip", "shoulder")))
        return cls(measure, side, landmarks, seen, gated)

    def value(self, body: Body) -> float:
        """The measured number; NaN where a joint it needs is not seen."""
        if not body.believed(self.gated, self.seen):
            return float("nan")
        return float(self.measure.value(body, self.side))

    def needs_any(self, landmarks: Collection[int]) -> bool:
        """Whether it needs one of these landmarks."""
        return not set(landmarks).isdisjoint(self.gated)

    def blocked_by(
        self, body: Body, situation: Situation, views: Sequence[str], language: Language = "en"
    ) -> str:
        """Why it cannot be judged here; "" when it can."""
        own = say(language)
        if situation.view not in views:
            place = own(f"place.{situation.view or 'nowhere'}")
            return own("reason.from", place=place, views=views_told(views, language))
        for name in self.landmarks:
            if not bool(body.seen((name,), self.seen)):
                key = "reason.toes_hidden" if name.endswith("foot_index") else "reason.hidden"
                return own(key, joint=joint(name, language))
        return ""


class Probes:
    """All measures an exercise asks for, on one side, each computed once a frame."""

    def __init__(self, exercise: Exercise, side: Side) -> None:
        self.exercise = exercise
        self.keys = _keys(exercise)
        self.probes = [
            Probe.of(name, other(side) if flip else side, exercise.seen) for name, flip in self.keys
        ]
        self.index = {key: i for i, key in enumerate(self.keys)}

    def values(self, body: Body, lost: Collection[int] = ()) -> tuple[float, ...]:
        """One number a probe; NaN where not seen, or where it needs one of the landmarks that are `lost`."""
        if lost:
            return tuple(float("nan") if p.needs_any(lost) else p.value(body) for p in self.probes)
        return tuple(probe.value(body) for probe in self.probes)

    def of_check(self, name: str) -> int:
        """Position of a check's probe."""
        check = self.exercise.checks[name]
        assert check.measure is not None  # times and unseen things have no probe
        return self.index[check.measure, check.side == "other"]

    def rest_of(self, name: str) -> int:
        """Position of the probe whose value at rest a check is told against."""
        check = self.exercise.checks[name]
        return self.of_check(name) if check.less is None else self.index[check.less, check.side == "other"]

    def of_condition(self, condition: Condition) -> int:
        """Position of a condition's probe."""
        return self.index[condition.measure, condition.side == "other"]

    def meets(self, condition: Condition, sample: "Sample") -> bool:
        """Whether a condition is met; one that the view hides is not asked."""
        i = self.of_condition(condition)
        hides = sample.view not in self.probes[i].measure.views
        return hides or condition.range.outside(sample.values[i]) <= 0

    def of_result(self, result: Measurement) -> int:
        """Position of a measurement's probe."""
        return self.index[result.measure, result.side == "other"]

    def of_measure(self, name: str) -> int:
        """Position of a measure on the working side."""
        return self.index[name, False]


def _keys(exercise: Exercise) -> list[tuple[str, bool]]:
    """Measure names and whether they are taken on the other side, without repeats, in order."""
    keys: list[tuple[str, bool]] = []
    if exercise.repetition is not None:
        rep = exercise.repetition
        keys += [(rep.signal, False), (rep.range_of_motion, False)]
        if rep.small is not None:
            keys.append((rep.small.measure, False))
        conditions = (*rep.only, *rep.rest_also, *rep.begin_also, *rep.reach_also)
        keys += [(c.measure, c.side == "other") for c in conditions]
    if exercise.hold is not None:
        entry = exercise.hold.entry.conditions if exercise.hold.entry is not None else ()
        keys += [(c.measure, c.side == "other") for c in (*exercise.hold.conditions, *entry)]
        keys += [(r.measure, r.side == "other") for r in exercise.hold.results.values()]
        if exercise.hold.range_of_motion is not None:
            keys.append((exercise.hold.range_of_motion, False))
    for check in exercise.checks.values():
        keys += [(name, check.side == "other") for name in (check.measure, check.less) if name is not None]
        if check.confirmed is not None:
            keys.append((check.confirmed.measure, check.confirmed.side == "other"))
        if check.shown is not None:
            keys.append((check.shown.measure, check.shown.side == "other"))
    return list(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class Sample:
    """One frame: time, the rising signal, the probes' values, where the followed joints were (pixels), the body's
    scale (pixels), the view, whether it is good enough to count only, and where the body's ANCHORS were (pixels)."""

    t: float
    x: float
    values: tuple[float, ...]
    places: tuple[complex, ...]
    scale: float
    view: ViewName
    unsteady: bool = False
    anchors: tuple[complex, ...] = ()


class Recording:
    """The samples of a repetition as arrays: t (n,), x (n,), values (n, probes), places (n, joints),
    anchors (n, len(ANCHORS)) or (n, 0); n >= 1.  `left_out` are those at which the legs were unsteady."""

    def __init__(self, samples: Sequence[Sample], left_out: Sequence[Sample] = ()) -> None:
        self.t = np.array([s.t for s in samples])
        self._left_out = np.array([s.t for s in left_out])
        self.x = np.array([s.x for s in samples])
        self.values = np.array([s.values for s in samples], dtype=float).reshape(len(samples), -1)
        self.places = np.array([s.places for s in samples], dtype=complex).reshape(len(samples), -1)
        self.anchors = np.array([s.anchors for s in samples], dtype=complex).reshape(len(samples), -1)
        self.scale = float(np.median([s.scale for s in samples]))
        views = [s.view for s in samples]
        self.view: ViewName = max(views, key=views.count)
        self.first_view, self.last_view = views[0], views[-1]

    def share_left_out(self, part: slice) -> float:
        """How much of a part of it was left out; 0 where the part is empty."""
        t = self.t[part]
        missing = np.count_nonzero((self._left_out >= t[0]) & (self._left_out <= t[-1])) if len(t) else 0
        return missing / (missing + len(t)) if missing else 0.0

    def share_hidden(self, part: slice, column: int) -> float:
        """Share of the time of a part of it in which a probe was not seen, moments apart; 0 where it hardly was at all.

        From the sample before the part and to the one after it, where these are further away than a moment.  What was
        left out was seen, though not steadily.
        """
        t = self.t[max(part.start - 1, 0) : part.stop + 1]
        own = self.t[part][np.isfinite(self.values[part, column])]
        if len(own) < LEAST_FRAMES:
            return 0.0
        usual = float(np.median(np.diff(self.t)))
        moment = max(HOLE_S, 2 * usual)
        begin, end = (
            out if abs(out - near) > moment else near
            for out, near in zip(t[[0, -1]], own[[0, -1]], strict=True)
        )
        seen = np.sort(
            np.concatenate([own, self._left_out[(self._left_out > begin) & (self._left_out < end)]])
        )
        steps = np.diff(seen, prepend=begin, append=end)
        return float((steps[steps > moment] - usual).sum() / (end - begin)) if end > begin else 0.0

    def shifts(self, column: int) -> NDArray[np.complexfloating[Any, Any]]:
        """(m,) how far a followed joint was from its own middle place, by the body's scale, where it was seen."""
        away = _from_middle(self.places[:, [column]])[:, 0]
        return np.asarray(away[np.isfinite(away.real)] / self.scale)

    def ways(self, column: int) -> list[tuple[Floats, NDArray[np.complexfloating[Any, Any]]]]:
        """When it was seen (m,), and the same (m,) in the picture, and against most of the body where that is at the
        end where it began.

        In the picture of a hand that trembles nothing keeps its place: a joint that goes somewhere does so in both.
        A body that goes away as a whole walks.
        """
        away = _from_middle(self.places[:, [column]])[:, 0]
        ways = [away] if self._body is None else [away, away - self._body]
        return [
            (self.t[seen], way[seen] / self.scale) for way in ways if (seen := np.isfinite(way.real)).any()
        ]

    @cached_property
    def _body(self) -> NDArray[np.complexfloating[Any, Any]] | None:
        """(n,) pixels by which most of the body was from its own middle place; None: unknown, or it went away."""
        if not self.anchors.shape[1]:
            return None
        body = _middle(_from_middle(self.anchors), axis=1)
        return body if abs(body[-1] - body[0]) < STAYED * self.scale else None


def _middle(z: NDArray[np.complexfloating[Any, Any]], axis: int) -> NDArray[np.complexfloating[Any, Any]]:
    """The median along an axis, of each coordinate by itself; NaN where nothing is seen.

    By sorting, which puts NaN last: np.nanmedian takes twenty times as long for the few joints of a repetition.
    """
    seen = np.count_nonzero(np.isfinite(z.real), axis=axis, keepdims=True)
    n = z.shape[axis]
    ordered = [np.sort(part, axis=axis) for part in (z.real, z.imag)]
    if seen.min(initial=n) == n > 0:  # mostly
        real, imag = ((part.take((n - 1) // 2, axis) + part.take(n // 2, axis)) / 2 for part in ordered)
        return np.asarray(real + 1j * imag)
    halves = np.maximum(seen - 1, 0) // 2, np.minimum(seen // 2, n - 1)
    real, imag = (sum(np.take_along_axis(part, half, axis) for half in halves) / 2 for part in ordered)
    return np.asarray(np.where(seen > 0, real + 1j * imag, complex(np.nan, np.nan)).squeeze(axis))


def _from_middle(z: NDArray[np.complexfloating[Any, Any]]) -> NDArray[np.complexfloating[Any, Any]]:
    """(n, joints) where each joint was, from its own middle place."""
    return np.asarray(z - _middle(z, axis=0))


def still_landmarks(exercise: Exercise, side: Side) -> tuple[int, ...]:
    """Indices of the joints that must stay where they are."""
    if exercise.repetition is None:
        return ()
    return tuple(INDEX[landmark(s.joint, side)] for s in exercise.repetition.still)


def travelling_landmarks(exercise: Exercise, side: Side) -> tuple[int, ...]:
    """Index of the joint that goes up or down in a repetition; empty where none is named."""
    rep = exercise.repetition
    if rep is None or rep.travels is None:
        return ()
    return (INDEX[landmark(rep.travels.joint, side)],)


def moving_landmarks(exercise: Exercise, side: Side) -> tuple[int, ...]:
    """Indices of the joint that moves in a repetition of this side, and of its fellow; empty where none is named."""
    rep = exercise.repetition
    if rep is None or rep.moves is None:
        return ()
    return tuple(INDEX[landmark(rep.moves, s)] for s in (side, other(side)))
