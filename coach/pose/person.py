"""The lock on one person: the one who exercises, who is not always the biggest, nearest or first.

Asking the model for two people on every frame costs 60 % more.  So one person is tracked, and a scout
looks at a single picture now and then.  Where it sees somebody else, the other one's place is painted
grey before tracking, so that the tracker cannot wander; to change over, the wrong one is painted instead.
So too the scout finds who lies beside somebody who stands, whom alone it sees at first.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

import cv2
import numpy as np

from coach.pose.estimator import PoseEstimator
from coach.pose.landmarks import BONES, INDEX
from coach.pose.light import Image
from coach.pose.scale import body_scale
from coach.pose.types import PoseFrame

GREY = 114
# Body scales between what is one person: from look to look, after a step in between, and in one picture.
NEAR, STEP, TWICE = 1.0, 2.0, 0.4
JUST_NOW_S = 1.0
LIMBS = [(INDEX[a], INDEX[b]) for a, b in BONES]
TRUNK = [INDEX[name] for name in ("left_shoulder", "right_shoulder", "right_hip", "left_hip")]
HEAD = [INDEX[name] for name in ("nose", "left_ear", "right_ear")]
BOX_SCALES, OWN_SCALES = (
    0.3,
    0.45,
)  # margin of a painted box, and thickness of a limb that is kept, in body scales


class Lookout(Protocol):
    """Finds everybody in one picture."""

    def look(self, image: Image, t: float) -> list[PoseFrame]: ...

    def close(self) -> None: ...


Likeness = Callable[[PoseFrame], float]  # how much somebody looks like one doing the exercise, 0 to 1


@dataclass(slots=True, eq=False)
class Candidate:
    """Somebody seen by the scout: where, and how the hips moved from look to look."""

    frame: PoseFrame
    hips: deque[complex] = field(default_factory=lambda: deque(maxlen=10))  # pixels
    scales: deque[float] = field(default_factory=lambda: deque(maxlen=10))
    seen: float = 0.0

    def update(self, frame: PoseFrame) -> None:
        """Where the scout sees them."""
        self.seen = frame.t
        self.follow(frame)

    def follow(self, frame: PoseFrame) -> None:
        """Where they are by the tracker, whom the scout overlooked."""
        self.frame = frame
        self.hips.append(_hips(frame))
        self.scales.append(body_scale(frame.xy))

    @property
    def scale(self) -> float:
        """Pixels, the middle of all looks: a squat changes a look's own, and places divided by that would wander."""
        return float(np.median(self.scales))

    def exercise(self) -> float:
        """How much the hips go up and down in place, or there and back as in a lunge: 0 to 1.  Who walks does not."""
        if len(self.hips) < 2:
            return 0.0
        places = np.array(self.hips) / self.scale
        up_down = float(np.ptp(places.imag))
        half = len(places) // 2
        wandered = abs(float(np.median(places.real[half:]) - np.median(places.real[:half])))
        return min(1.0, up_down / 0.5) if wandered < 1.0 else 0.0

    def in_the_middle(self) -> float:
        """How near the picture's middle somebody stays, 0 to 1: the camera was put up for the one who exercises.

        Who steps to and fro stays there too; who walks through does not.
        """
        lately = [place.real for place in list(self.hips)[-5:]]
        if len(lately) < 3 or np.ptp(lately) > 1.5 * self.scale:
            return 0.0
        return _centred(float(np.median(lately)), self.frame.size[0])


class Sentry:
    """Looks at a picture now and then for everybody in it: more often while there is more than one person.

    It needs nothing of the tracking, so it may keep watch in another thread than the tracker's.

    likeness  where nobody who is seen looks quite like exercising, or all of them stand aside, they are painted over to
              see who else is there and looks more like it, or as much; without it all of them do
    """

    LOOK_EVERY_S = 2.0
    LOOK_EVERY_ALONE_S = 5.0  # from the second look on that found one person only, who is in the middle
    LOOK_EVERY_CROWDED_S = 0.4
    FORGET_S = 3.0
    MIDDLE = 0.6  # who stands further aside may not be the one who will exercise

    def __init__(self, scout: Callable[[], Lookout], likeness: Likeness = lambda frame: 1.0) -> None:
        self._make_scout, self._likeness = scout, likeness
        self._overlooked: list[PoseFrame] = []
        self._scout: Lookout | None = None
        self._next_look = -float("inf")
        self._crowded_until = -float("inf")
        self._alone = 0

    def look_if_due(self, image: Image, t: float) -> list[PoseFrame] | None:
        """Everybody in the picture, or None when it is not yet time to look again."""
        if t < self._next_look:
            return None
        if self._scout is None:
            self._scout = self._make_scout()
        people = self._everybody(self._scout, image, t)
        if len(people) > 1 or self._overlooked:
            self._crowded_until = t + self.FORGET_S
        alone = len(people) == 1 and self._in_the_middle(people[0])
        self._next_look = t + self._pause_s(alone=alone, crowded=t < self._crowded_until)
        return people

    def _everybody(self, scout: Lookout, image: Image, t: float) -> list[PoseFrame]:
        """All that the scout sees, and who exercises and was overlooked for them.

        The scout has two places.  What is found in one look only, where others are painted over, was made up.
        """
        seen = scout.look(image, t)
        people = _each_once(seen)
        likest = max(map(self._likeness, people), default=1.0)
        # A body seen twice takes the place of another, and who stands aside may be no more than company.
        doubtful = len(people) < len(seen) or (len(people) > 0 and not any(map(self._in_the_middle, people)))
        before, self._overlooked = self._overlooked, []
        if doubtful or likest < 1.0:
            more = [p for p in _each_once(scout.look(_painted(image, people), t)) if not _is_among(p, people)]
            as_likely = [p for p in more if doubtful and self._likeness(p) == likest > 0]
            self._overlooked = as_likely + [p for p in more if self._likeness(p) > likest]
        return people + [person for person in self._overlooked if _is_among(person, before)]

    def _in_the_middle(self, person: PoseFrame) -> bool:
        return _centred(_hips(person).real, person.size[0]) > self.MIDDLE

    def _pause_s(self, *, alone: bool, crowded: bool) -> float:
        self._alone = self._alone + 1 if alone and not crowded else 0
        if crowded:
            return self.LOOK_EVERY_CROWDED_S
        return self.LOOK_EVERY_ALONE_S if self._alone > 1 else self.LOOK_EVERY_S

    def close(self) -> None:
        """Close the scout."""
        if self._scout is not None:
            self._scout.close()
            self._scout = None


class PersonLock:
    """A PoseEstimator that keeps to one person.

    sentry    looks for everybody now and then; without one, `estimate` is told who was seen

    likeness  how much a person looks like one doing this exercise, 0 to 1 (body position); this is what
              tells somebody on the mat from a helper who stands nearer the camera.
    """

    MARGIN = 0.4  # a change of person needs this much more evidence, at CHANGE_AFTER looks in a row
    CHANGE_AFTER = 3

    def __init__(
        self,
        estimator: PoseEstimator,
        sentry: Sentry | None = None,
        likeness: Likeness = lambda frame: 0.0,
    ) -> None:
        self._estimator = estimator
        self._sentry = sentry
        self._likeness = likeness
        self._people: list[Candidate] = []
        self._own: Candidate | None = None
        self._better = 0
        self._last: PoseFrame | None = None

    def estimate(self, image: Image, t: float, people: list[PoseFrame] | None = None) -> PoseFrame:
        """The locked person; `others` says how many more were seen.

        people  everybody in this picture, where somebody has looked; None: not looked, or the own sentry does
        """
        if self._sentry is not None:
            people = self._sentry.look_if_due(image, t)
        if people is not None:
            self._take(people, t)
        others = [p for p in self._people if p is not self._own]
        if others and self._own is not None:
            own = self._last if self._follows() and self._last is not None else self._own.frame
            image = _without(image, [p.frame for p in others], own)
        frame = self._estimator.estimate(image, t)
        self._last = frame
        if self._own is not None and frame.found and not self._follows():
            # Still on the wrong one: no landmarks are better than somebody else's.
            frame = PoseFrame.empty(t, frame.size)
        return replace(frame, others=max(0, len(self._people) - 1))

    def change(self, estimator: PoseEstimator) -> None:
        """Go on with another pose model; whom it keeps to stays the same."""
        self._estimator.close()
        self._estimator = estimator

    def close(self) -> None:
        """Close the estimator and the sentry."""
        self._estimator.close()
        if self._sentry is not None:
            self._sentry.close()

    def _take(self, people: list[PoseFrame], t: float) -> None:
        followed = None
        if self._people and self._last is not None and self._last.found:
            # Since the last look a squat may have taken the body a trunk's length down.
            followed = self._tracked()
            followed.frame = self._last
        seen = self._remember(people, t)
        if followed is not None and self._last is not None and followed not in seen:
            followed.follow(self._last)
        self._people = [p for p in self._people if t - p.seen < Sentry.FORGET_S]
        if self._own is None and len(seen) == 1:
            # Who went to the mat while the tracker saw nobody is no second one beside who stood at the door.
            self._people = [p for p in self._people if p in (followed, *seen)]
        if self._own not in self._people:
            self._own = None
        self._choose()

    def _remember(self, people: list[PoseFrame], t: float) -> list[Candidate]:
        """Who of those known each one is; who is left of both may have made a step since the last look."""
        lately = [p for p in self._people if t - p.seen < JUST_NOW_S]
        found: dict[int, Candidate] = {}
        for known, reach in ((self._people, NEAR), (lately, STEP)):
            for i, frame in enumerate(people):
                left = [] if i in found else [p for p in known if p not in found.values()]
                near = min(left, key=lambda p: _distance(p.frame, frame), default=None)
                if near is not None and _distance(near.frame, frame) < reach:
                    found[i] = near
        new = {i: Candidate(frame) for i, frame in enumerate(people) if i not in found}
        self._people += new.values()
        seen = [(found | new)[i] for i in range(len(people))]
        for person, frame in zip(seen, people, strict=True):
            person.update(frame)
        return seen

    def _choose(self) -> None:
        if len(self._people) < 2:
            self._own, self._better = None, 0
            return
        tracked = self._tracked()
        best = max(self._people, key=self._evidence)
        if self._own is None:
            first = best if self._evidence(best) > self._evidence(tracked) + self.MARGIN else tracked
            self._own, self._better = first, 0
            return
        if best is not self._own and self._evidence(best) > self._evidence(self._own) + self.MARGIN:
            self._better += 1
            if self._better >= self.CHANGE_AFTER:
                self._own, self._better = best, 0
        else:
            self._better = 0

    def _evidence(self, person: Candidate) -> float:
        return 2 * self._likeness(person.frame) + person.exercise() + person.in_the_middle()

    def _tracked(self) -> Candidate:
        """Who the tracker follows just now; before it started, the one in the middle of the picture."""
        last = self._last
        if last is None or not last.found:
            return max(self._people, key=lambda p: _centred(_hips(p.frame).real, p.frame.size[0]))
        return min(self._people, key=lambda p: _distance(p.frame, last))

    def _follows(self) -> bool:
        """Whether the tracker is on the own person, and not on another."""
        if self._last is None or not self._last.found or self._own is None:
            return False
        return self._tracked() is self._own


def _hips(frame: PoseFrame) -> complex:
    x, y = (frame.xy[23] + frame.xy[24]) / 2
    return complex(x, y)


def _centred(x: float, width: float) -> float:
    """1 in the middle of the picture, 0 at its edges and beyond."""
    return max(0.0, 1 - abs(2 * x / width - 1))


def _is_among(person: PoseFrame, people: list[PoseFrame]) -> bool:
    return any(_distance(person, other) < NEAR for other in people)


def _each_once(people: list[PoseFrame]) -> list[PoseFrame]:
    """Without bodies that were found twice."""
    once: list[PoseFrame] = []
    for person in people:
        if all(_distance(person, other) >= TWICE for other in once):
            once.append(person)
    return once


def _distance(a: PoseFrame, b: PoseFrame) -> float:
    """Between two bodies: median over shoulders, hips, knees, in body scales."""
    joints = [11, 12, 23, 24, 25, 26]
    scale = min(body_scale(a.xy), body_scale(b.xy))
    return float(np.nanmedian(np.hypot(*(a.xy[joints] - b.xy[joints]).T)) / scale)


def _without(image: Image, others: list[PoseFrame], own: PoseFrame) -> Image:
    """A copy in which the others are grey, and the own body is kept where they overlap.

    The others go under a box, since a grey body is still one to the model; of the own surroundings no more is kept
    than the body itself, since somebody else's foot beside one's own would be taken for it.
    """
    kept = np.zeros(image.shape[:2], np.uint8)
    _mark_body(kept, own)
    painted = _painted(image, others)
    np.copyto(painted, image, where=kept[..., None] == 1)
    return painted


def _painted(image: Image, people: list[PoseFrame]) -> Image:
    """A copy of a picture (h, w, 3) in which a box around each person is grey."""
    painted = image.copy()
    for person in people:
        x0, y0, x1, y1 = _box(person)
        painted[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = GREY
    return painted


def _box(frame: PoseFrame) -> tuple[int, int, int, int]:
    """x0, y0, x1, y1 around a person, with a margin."""
    grow = BOX_SCALES * body_scale(frame.xy)
    (x0, y0), (x1, y1) = np.nanmin(frame.xy, axis=0) - grow, np.nanmax(frame.xy, axis=0) + grow
    return round(float(x0)), round(float(y0)), round(float(x1)), round(float(y1))


def _mark_body(mask: Image, frame: PoseFrame) -> None:
    """Put trunk, limbs and head of a body into a mask (h, w), as ones."""
    thick = max(1, round(OWN_SCALES * body_scale(frame.xy)))
    places = np.clip(np.nan_to_num(frame.xy, nan=-1e4), -1e4, 1e4).round().astype(int)
    seen = np.isfinite(frame.xy[:, 0])
    if seen[TRUNK].all():
        cv2.fillPoly(mask, [places[TRUNK]], [1])
    for a, b in LIMBS:
        if seen[a] and seen[b]:
            cv2.line(mask, places[a].tolist(), places[b].tolist(), [1], thick)
    if seen[HEAD].all():
        cv2.circle(mask, places[HEAD].mean(axis=0).astype(int).tolist(), thick, [1], -1)
