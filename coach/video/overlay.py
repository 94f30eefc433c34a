"""What the coach knows, drawn on the picture: skeleton, counter, phase and the last cue.

Readable from three metres, and without colours: what is at fault has another shape too.
"""

import math
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from coach.judge import Cue, Exercise, Feedback, HeldPose
from coach.judge.holds import whole_seconds
from coach.language import Words, decimal, words
from coach.pose import INDEX, PoseFrame
from coach.pose.landmarks import BONES
from coach.video.panels import caption, counter
from coach.video.picture import Image as Pixels
from coach.video.signs import BLUE, INK, joint, marked_joint

CUE_S: Final = 3.0  # how long a caption stays
SEEN: Final = 0.5  # the model's belief below which a joint is not drawn
BONE_ENDS: Final = tuple((INDEX[a], INDEX[b]) for a, b in BONES)
JOINTS: Final = sorted({i for ends in BONE_ENDS for i in ends})
FEET: Final = {
    INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("ankle", "heel", "foot_index")
}
Point = tuple[float, float]

# Shares of the picture's height (of its width, where that is smaller)
BONE: Final = 0.011
DOT: Final = 0.013
MARK: Final = 0.045
COUNT: Final = 0.17
CAPTION: Final = 0.064
NARROW: Final = 0.3  # of the picture's width: a caption beside the counter that has less would be unreadable


class Overlay:
    """Draws on pictures of one size, (width, height) in pixels, in the order of their times.

    It keeps the last cue, so that its caption stays for a while, and where that caption is.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._unit = min(size[1], round(1.1 * size[0]))
        self._cue: Cue | None = None
        self._cue_t = -math.inf
        self._held: HeldPose | None = None
        self._captioned: Cue | None = None
        self._on_top = self._moved = False
        self._beside = 0  # where on top a caption begins: right of the widest counter so far

    def draw(
        self, image: Pixels, frame: PoseFrame, feedback: Feedback, exercise: Exercise, scale: float = 1.0
    ) -> Pixels:
        """A copy of the RGB picture (height, width, 3) uint8 with everything drawn on it.

        `scale` is this picture's size by that of the picture in whose pixels `frame.xy` is told.
        Raises ValueError for a picture of another size.
        """
        if image.shape != (self.size[1], self.size[0], 3):
            raise ValueError(f"the overlay is for pictures of {self.size}, not {image.shape[1::-1]}")
        self._remember(feedback)
        drawn = image.copy()
        points = self._points(frame, scale)
        self._skeleton(drawn, points, feedback.highlight)
        self._counter(drawn, feedback, exercise)
        self._caption(drawn, feedback, points)
        return drawn

    def evidence(self, image: Pixels, frame: PoseFrame, joints: tuple[str, ...]) -> Pixels:
        """A copy of the picture with the skeleton alone, `joints` (full landmark names) marked as at fault."""
        drawn = image.copy()
        self._skeleton(drawn, self._points(frame, 1.0), joints)
        return drawn

    def _remember(self, feedback: Feedback) -> None:
        if feedback.cue is not None:
            self._cue, self._cue_t = feedback.cue, feedback.t
        self._held = feedback.held or self._held

    def _points(self, frame: PoseFrame, scale: float) -> dict[int, Point]:
        """The joints that are seen, in and just around the picture, by their index."""
        xy = frame.xy * scale
        with np.errstate(invalid="ignore"):
            near = (np.abs(xy / self.size - 0.5) < 1.0).all(axis=1)  # NaN is not
            seen = near & (frame.visibility >= SEEN)
        return {i: (float(xy[i, 0]), float(xy[i, 1])) for i in JOINTS if seen[i]}

    def _skeleton(self, drawn: Pixels, points: dict[int, Point], highlight: tuple[str, ...]) -> None:
        """Bones and joints, on the part of the picture where they are: faster than on all of it."""
        mark = marked_joint(max(6, round(MARK * self._unit)))
        left, top, right, bottom = _box(points, mark.width, self.size)
        if right <= left or bottom <= top:
            return
        part = Image.fromarray(drawn[top:bottom, left:right])
        moved = {i: (x - left, y - top) for i, (x, y) in points.items()}
        self._bones(part, moved)
        marked = {INDEX[name] for name in highlight} & points.keys()
        for i in points.keys() - marked:
            _stamp(part, joint(max(2, round(DOT * self._unit))), moved[i])
        for point in _apart([moved[i] for i in sorted(marked)], mark.width):
            _stamp(part, mark, point)
        drawn[top:bottom, left:right] = np.asarray(part)

    def _bones(self, part: Image.Image, points: dict[int, Point]) -> None:
        width = max(2, round(BONE * self._unit))
        lines = [(points[a], points[b]) for a, b in BONE_ENDS if a in points and b in points]
        draw = ImageDraw.Draw(part)
        for line in lines:
            draw.line(line, INK, width + max(2, width // 2))
        for line in lines:
            draw.line(line, BLUE, width)

    def _counter(self, drawn: Pixels, feedback: Feedback, exercise: Exercise) -> None:
        number, unit, below = counted(feedback, exercise, self._held)
        margin = round(0.03 * self._unit)
        panel = counter(number, unit, below, round(COUNT * self._unit))
        _paste(drawn, panel, (margin, margin))
        self._beside = max(self._beside, panel.width + 2 * margin)

    def _caption(self, drawn: Pixels, feedback: Feedback, points: dict[int, Point]) -> None:
        cue = self._shown(feedback)
        if cue is not None:
            places = self._places(cue)
            self._settle(cue, [_covers(bar, corner, points, self.size) for bar, corner in places])
            bar, corner = places[self._on_top]
            _paste(drawn, bar, corner)
        self._captioned = cue

    def _places(self, cue: Cue) -> tuple[tuple[Image.Image, tuple[int, int]], ...]:
        """The caption and its corner at the bottom; and where there is room, on top beside the counter."""
        (width, height), size = self.size, round(CAPTION * self._unit)
        bottom = caption(cue.text, cue.kind, width, size)
        low = bottom, (0, max(0, height - bottom.height))
        if width - self._beside < NARROW * width:
            return low, low
        return low, (caption(cue.text, cue.kind, width - self._beside, size), (self._beside, 0))

    def _settle(self, cue: Cue, covered: list[int]) -> None:
        """Stay, unless more is hidden here than there; a caption that is being read moves once at most."""
        self._moved = self._moved and cue == self._captioned
        if covered[self._on_top] > covered[not self._on_top] and not self._moved:
            self._moved = cue == self._captioned
            self._on_top = not self._on_top

    def _shown(self, feedback: Feedback) -> Cue | None:
        """Advice while nothing can be judged, else the last cue while it is fresh, else that it is only counted."""
        if not feedback.ready and feedback.advice is not None:
            return feedback.advice
        fresh = 0 <= feedback.t - self._cue_t < CUE_S
        return self._cue if fresh else feedback.advice


def counted(
    feedback: Feedback, exercise: Exercise, held: HeldPose | None = None
) -> tuple[str, str, tuple[str, ...]]:
    """The large number, its unit, and the lines below it: "3", "reps", ("At the top", "Hold 2 of 3 s").

    held  the last hold that ended: its time stays until another one is under way
    """
    say = words(exercise.language, Path(__file__).parent)
    begun = feedback.attempts > 0 or feedback.hold_s > 0 or feedback.phase not in ("", "rest", "away")
    over = held if held is not None and feedback.hold_s == 0 else None
    of_side = over.side if over is not None else feedback.side
    side = (say(f"overlay.{of_side}"),) if begun and of_side != "both" else ()
    if exercise.hold is not None:
        below = say(f"overlay.{feedback.phase}") if feedback.phase in ("hold", "away") else None
        unit = say("overlay.of", seconds=f"{exercise.hold.target_s:g}")
        held_s = feedback.hold_s if over is None else over.held_s
        return f"{whole_seconds(held_s)}", unit, (*_some(below), *side)
    phases = exercise.repetition.phases if exercise.repetition else None
    phase = getattr(phases, feedback.phase, None)
    lines = (*_some(phase), *_some(_hold_time(feedback, exercise, say)), *side)
    return f"{feedback.count}", say("overlay.reps", n=feedback.count), lines


def _hold_time(feedback: Feedback, exercise: Exercise, say: Words) -> str | None:
    """The seconds at the end range, where the exercise asks for some."""
    wanted = next((check.range for check in exercise.checks.values() if check.time == "hold"), None)
    if wanted is None or feedback.phase != "peak":
        return None
    held = int(feedback.hold_s)
    if wanted.min is None:
        return say("overlay.held", held=held)
    return say(
        "overlay.held_of",
        held=held,
        wanted=decimal(wanted.min, exercise.language, 1 if wanted.min % 1 else 0),
    )


def _some(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def _apart(points: list[Point], distance: float) -> list[Point]:
    """Those of the points that do not lie on an earlier one: both heels from the side get one mark."""
    kept: list[Point] = []
    for point in points:
        if all(math.dist(point, other) >= distance for other in kept):
            kept.append(point)
    return kept


def _box(points: dict[int, Point], margin: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is around the points, within the picture; empty without points."""
    if not points:
        return 0, 0, 0, 0
    xs, ys = zip(*points.values(), strict=True)
    left, top = max(0, int(min(xs)) - margin), max(0, int(min(ys)) - margin)
    return left, top, min(size[0], int(max(xs)) + margin), min(size[1], int(max(ys)) + margin)


def _covers(
    bar: Image.Image, corner: tuple[int, int], points: dict[int, Point], size: tuple[int, int]
) -> int:
    """What lies under a bar, in the picture: 0 nothing that is seen, 1 a joint, 2 a foot, which most checks look at."""
    left, top, right, bottom = *corner, corner[0] + bar.width, corner[1] + bar.height
    under = {
        i
        for i, (x, y) in points.items()
        if left <= x <= right and top <= y <= bottom and 0 <= x <= size[0] and 0 <= y <= size[1]
    }
    return 2 if under & FEET else min(1, len(under))


def _stamp(part: Image.Image, stamp: Image.Image, point: Point) -> None:
    corner = (round(point[0] - stamp.width / 2), round(point[1] - stamp.height / 2))
    part.paste(stamp, corner, stamp)


def _paste(drawn: Pixels, panel: Image.Image, corner: tuple[int, int]) -> None:
    """Lay a panel over a picture, as far as it is in it."""
    under = drawn[corner[1] : corner[1] + panel.height, corner[0] : corner[0] + panel.width]
    part = Image.fromarray(under)
    part.paste(panel, (0, 0), panel)
    under[:] = np.asarray(part)
