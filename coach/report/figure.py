"""An exercise as a drawing: its start and its end range as a figure, and where the camera stands.  SVG without script.

The postures are kept as landmarks (poses/figures), by body height, x to the person's left as they stand, y behind
them, z up.  The nearer limbs are darker; light and dark follow the reader's setting.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.judge import Exercise
from coach.motion import ViewName
from coach.pose import INDEX, Side
from coach.report.svg import escaped, text
from coach.report.wording import number, say

Floats = NDArray[np.float64]
Shape = NDArray[np.complex128]  # (n,) corners of an outline: x to the right, y up
Part = tuple[float, str, list[Shape]]  # depth, class, outlines
SIDES: Final[tuple[Side, Side]] = ("left", "right")

STYLE: Final = """<style>
.pose{--sheet:#f6f7f5;--near:#22505a;--trunk:#3c7984;--far:#9fbcc2;--ghost:#dde5e5;--floor:#e8e6de;--top:#d3ccba;
--edge:#bdb59f;--move:#bf5518;--ink:#1b2529;--muted:#52616a}
@media (prefers-color-scheme:dark){.pose{--sheet:#1b2124;--near:#b3e0e5;--trunk:#72b0b9;--far:#46686f;--ghost:#2b3539;
--floor:#262c2d;--top:#4b4a42;--edge:#3a3933;--move:#ff9f61;--ink:#e7ecec;--muted:#a5b2b6}}
.pose text{font:13px system-ui,sans-serif;fill:var(--muted)}.pose .name{font-weight:600;fill:var(--ink)}
.pose .sheet{fill:var(--sheet)}.pose .floor{fill:var(--floor)}.pose .top{fill:var(--top)}.pose .edge{fill:var(--edge)}
.pose .near,.pose .far,.pose .trunk{stroke:var(--sheet);stroke-width:2.4;paint-order:stroke;stroke-linejoin:round}
.pose .near{fill:var(--near)}.pose .far{fill:var(--far)}.pose .trunk{fill:var(--trunk)}.pose .ghost{fill:var(--ghost)}
.pose .move{stroke:var(--move);stroke-width:2.6;fill:none;stroke-linecap:round;stroke-linejoin:round}
.pose .halo{stroke:var(--sheet);stroke-width:6.5;fill:none;stroke-linecap:round;stroke-linejoin:round}
.pose .zone{fill:var(--move);fill-opacity:.16}.pose .way{stroke:var(--muted);stroke-dasharray:2 5;stroke-linecap:round}
.pose .line{stroke:var(--muted);fill:none}.pose .camera{fill:var(--move)}.pose .lens{fill:var(--sheet)}
</style>"""

SCALE: Final = 185.0  # pixels by body height
MARGIN: Final = 26.0
TOP: Final = 42.0  # the same with the line that tells the view
GAP: Final = 34.0  # between two postures
CAPTION: Final = 30.0
RISE_DEG: Final = 9.0  # how far the eye stands above what it looks at: mats and steps get a top
AHEAD: Final = 0.045  # by body height: a limb so much further away than its counterpart is a far one
BEFORE: Final = 0.15  # a head so much nearer than the trunk, or further, is set off from it
ALIKE: Final = 0.05  # postures nearer than this are one
# The direction to the camera, degrees anticlockwise from the person's left, as they stand.
DIRECTIONS: Final[dict[ViewName, float]] = {"side": 0.0, "front": 270.0, "back": 90.0, "three_quarter": 318.0}

# Radii of the rounded parts, by body height.
LEG: Final = (("hip", 0.05), ("knee", 0.034), ("ankle", 0.022))
FOOT: Final = (("ankle", 0.022), ("heel", 0.016), ("foot_index", 0.012))
ARM: Final = (("shoulder", 0.03), ("elbow", 0.023), ("wrist", 0.017))
HAND: Final = (("wrist", 0.017), ("index", 0.011), ("pinky", 0.011))
SHOULDER, HIP, NECK, HEAD, NOSE = 0.038, 0.052, 0.026, 0.056, 0.014
CIRCLE: Final = np.exp(2j * np.pi * np.arange(20) / 20)


@dataclass(frozen=True, eq=False)
class Prop:
    """A box that stands about: its lower and its upper corner (2, 3), turned about its middle."""

    what: str
    box: Floats
    turned_deg: float

    def corners(self) -> Floats:
        """(8, 3): the four of the bottom, then those of the top, each going round."""
        (x0, y0, z0), (x1, y1, z1) = self.box
        flat = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
        middle, turn = flat.mean(0), np.radians(self.turned_deg)
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        flat = middle + (flat - middle) @ rotation.T
        return np.concatenate([np.column_stack([flat, np.full(4, z)]) for z in (z0, z1)])


@dataclass(frozen=True, eq=False)
class Figure:
    """Landmarks (33, 3) of the start and of the end range; height_m is that of who stands upright.

    toward_deg  the direction to the camera, anticlockwise from the person's left
    """

    height_m: float
    toward_deg: float
    start: Floats
    end: Floats
    props: tuple[Prop, ...]

    @property
    def moves(self) -> bool:
        """Whether start and end differ so much that both are worth drawing."""
        return float(np.linalg.norm(self.end - self.start, axis=1).max()) > ALIKE


def main_view(exercise: Exercise) -> ViewName:
    """The view from which most is judged, of those from which the exercise is counted: of equals the file's first."""

    def judged(view: ViewName) -> int:
        seen = (check for check in exercise.checks.values() if check.unseen is None)
        return sum(view in (check.views or exercise.views) for check in seen)

    return max(exercise.views, key=judged)


@cache
def load_figure(exercise_id: str) -> Figure | None:
    """The figure of an exercise; None where it has none, as one's own have."""
    file = files("poses").joinpath("figures", f"{exercise_id}.json")
    if not file.is_file():
        return None
    data = json.loads(file.read_text("utf-8"))
    props = tuple(Prop(p["what"], np.array(p["box"]), p["turned_deg"]) for p in data["props"])
    return Figure(data["height_m"], data["toward_deg"], np.array(data["start"]), np.array(data["end"]), props)


# --- looking ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Eye:
    """Looks from a direction, from so far above, without perspective."""

    toward_deg: float
    rise_deg: float = RISE_DEG

    def picture(self, points: Floats) -> Shape:
        """Points (..., 3) in the picture: x to the right, y up, as complex numbers."""
        right, up, _ = self._axes()
        return np.asarray(points @ right + 1j * (points @ up))

    def depth(self, points: Floats) -> Floats:
        """How near points (..., 3) are: greater is nearer."""
        return np.asarray(points @ self._axes()[2])

    def _axes(self) -> tuple[Floats, Floats, Floats]:
        a, e = np.radians(self.toward_deg), np.radians(self.rise_deg)
        right = np.array([-np.sin(a), np.cos(a), 0.0])
        near = np.array([np.cos(a) * np.cos(e), np.sin(a) * np.cos(e), np.sin(e)])
        up = np.array([-np.cos(a) * np.sin(e), -np.sin(a) * np.sin(e), np.cos(e)])
        return right, up, near


# --- a body -----------------------------------------------------------------------------------------


def body_parts(landmarks: Floats, eye: Eye) -> list[Part]:
    """The parts of a body, the furthest first: depth, class, and hulls (n,) complex by body height."""
    z, depth = eye.picture(landmarks), eye.depth(landmarks)

    def chain(side: Side, joints: Sequence[tuple[str, float]]) -> list[Shape]:
        circles = [(z[INDEX[f"{side}_{name}"]], radius) for name, radius in joints]
        return [hull(pair) for pair in zip(circles, circles[1:])]  # noqa: B905  the last has no next

    def whole(side: Side, joints: Sequence[tuple[str, float]]) -> Shape:
        return hull([(z[INDEX[f"{side}_{name}"]], radius) for name, radius in joints])

    def near(side: Side, joints: Iterable[tuple[str, float]]) -> float:
        return float(np.mean([depth[INDEX[f"{side}_{name}"]] for name, _ in joints]))

    parts: list[Part] = []
    for limb, ending in ((LEG, FOOT), (ARM, HAND)):
        at = {side: near(side, (*limb[1:], *ending)) for side in SIDES}
        for side in SIDES:
            far = at[side] < max(at.values()) - AHEAD
            shapes = [*chain(side, limb), whole(side, ending)]
            parts.append((at[side], "far" if far else "near", shapes))
    trunk = [INDEX[f"{side}_{name}"] for side in SIDES for name in ("shoulder", "hip")]
    radii = [SHOULDER, HIP, SHOULDER, HIP]
    ears = [INDEX["left_ear"], INDEX["right_ear"]]
    head = z[ears].mean()
    neck = z[[INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean()
    nose = z[INDEX["nose"]]
    shapes = [
        hull(list(zip(z[trunk], radii, strict=True))),
        hull([(neck, NECK), (head, NECK)]),
    ]
    face = [hull([(head, HEAD)]), hull([(head, NOSE), (head + (nose - head) * 0.93, NOSE)])]
    at_trunk, at_head = float(depth[trunk].mean()), float(depth[ears].mean())
    if abs(at_head - at_trunk) < BEFORE:  # neither before the other: one shape with it
        shapes += face
    else:
        parts.append((at_head, "trunk", face))
    parts.append((at_trunk, "trunk", shapes))
    return sorted(parts, key=lambda part: part[0])


def hull(circles: Sequence[tuple[complex, float]]) -> Shape:
    """The convex hull (n,) of circles given by middle and radius, anticlockwise."""
    points = np.concatenate([middle + radius * CIRCLE for middle, radius in circles])
    return convex(points)


def convex(points: Shape) -> Shape:
    """The convex hull of points (n,), anticlockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points.round(6).tolist()), key=lambda p: (p.real, p.imag))

    def half(row: Iterable[complex]) -> list[complex]:
        kept: list[complex] = []
        for p in row:
            while len(kept) > 1 and ((kept[-1] - kept[-2]).conjugate() * (p - kept[-1])).imag <= 0:
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return np.array(half(ordered) + half(reversed(ordered)))


# --- on paper ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """Where a picture's points come to: `origin` is the place of 0 in pixels, y down."""

    x: float
    y: float
    scale: float = SCALE

    def at(self, point: complex) -> tuple[float, float]:
        """Pixels of a point."""
        return self.x + self.scale * point.real, self.y - self.scale * point.imag

    def path(self, shapes: Iterable[Shape], kind: str) -> str:
        """Filled outlines of shapes (n,), as one path."""
        d = "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in map(self.at, shape))}Z" for shape in shapes)
        return f'<path class="{kind}" d="{d}"/>'


def _body(sheet: Sheet, landmarks: Floats, eye: Eye, ghost: bool = False) -> str:
    parts = body_parts(landmarks, eye)
    if ghost:
        return sheet.path((shape for _, _, shapes in parts for shape in shapes), "ghost")
    return "".join(sheet.path(shapes, kind) for _, kind, shapes in parts)


def _prop(sheet: Sheet, prop: Prop, eye: Eye) -> str:
    corners = eye.picture(prop.corners())
    kinds = ("floor", "floor") if prop.what == "mat" else ("edge", "top")
    drawn = ""
    if prop.what == "table":
        low = prop.corners()[:4]
        for corner in low + 0.12 * (low.mean(0) - low):
            foot = corner * np.array([1.0, 1.0, 0.0])
            ends = [(complex(p), 0.012) for p in eye.picture(np.stack([corner, foot]))]
            drawn += sheet.path([hull(ends)], "edge")
    return drawn + sheet.path([convex(corners)], kinds[0]) + sheet.path([corners[4:]], kinds[1])


def _floor(landmarks: Floats, eye: Eye) -> Shape:
    """An ellipse under a body that stands on no mat."""
    middle = landmarks[:, :2].mean(0)
    wide = np.abs(landmarks[:, :2] - middle).max() + 0.18
    turn = np.linspace(0, 2 * np.pi, 49)[:-1]
    ring = np.column_stack([middle[0] + wide * np.cos(turn), middle[1] + wide * np.sin(turn), 0 * turn])
    return convex(eye.picture(ring))


def _ground(sheet: Sheet, figure: Figure, eye: Eye) -> str:
    """Floor and props."""
    props = sorted(figure.props, key=lambda prop: prop.box[1, 2])
    floor = ""
    if not any(prop.what == "mat" for prop in props):
        floor = sheet.path([_floor(np.concatenate([figure.start, figure.end]), eye)], "floor")
    return floor + "".join(_prop(sheet, prop, eye) for prop in props)


def _extent(figure: Figure, eye: Eye) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of everything that is drawn, by body height."""
    shapes = [s for pose in (figure.start, figure.end) for part in body_parts(pose, eye) for s in part[2]]
    shapes += [eye.picture(prop.corners()) for prop in figure.props]
    if not any(prop.what == "mat" for prop in figure.props):
        shapes.append(_floor(np.concatenate([figure.start, figure.end]), eye))
    points = np.concatenate(shapes)
    return (
        float(points.real.min()),
        float(points.real.max()),
        float(points.imag.min()),
        float(points.imag.max()),
    )


MOVING: Final = (("hip", 1.0), ("knee", 1.05), ("ankle", 1.2), ("shoulder", 0.8))
SHORTEST_ARROW: Final = 0.025


def _arrow(sheet: Sheet, figure: Figure, eye: Eye) -> str:
    """From where the part that moves most was to where it is; nothing where hardly anything moves."""
    start, end = eye.picture(figure.start), eye.picture(figure.end)

    def moved(i: int, weight: float) -> float:
        return weight * float(abs(end[i] - start[i]))

    joints = [(INDEX[f"{side}_{name}"], weight) for name, weight in MOVING for side in SIDES]
    depth = eye.depth(figure.end)
    most = max(moved(*joint) for joint in joints)
    # Of two that move alike the nearer one.
    i, _ = max((j for j in joints if moved(*j) > 0.97 * most), key=lambda j: depth[j[0]])
    way = end[i] - start[i]
    if abs(way) < SHORTEST_ARROW:
        return ""
    bow = start[i] + way / 2 + 0.14j * way
    (x0, y0), (xb, yb), (x1, y1) = (sheet.at(p) for p in (start[i], bow, end[i]))
    barbs = []
    back = bow - end[i]
    for turn in (0.45, -0.45):
        barbs.append(sheet.at(end[i] + min(0.045, 0.6 * abs(way)) * back / abs(back) * np.exp(1j * turn)))
    (ax, ay), (bx, by) = barbs
    d = f"M{x0:.1f} {y0:.1f}Q{xb:.1f} {yb:.1f} {x1:.1f} {y1:.1f}M{ax:.1f} {ay:.1f}L{x1:.1f} {y1:.1f}L{bx:.1f} {by:.1f}"
    return "".join(f'<path class="{kind}" d="{d}"/>' for kind in ("halo", "move"))


def pose_svg(exercise: Exercise, figure: Figure) -> str:
    """Start and end range side by side; one picture of a pose that is only held."""
    eye = Eye(figure.toward_deg)
    left, right, bottom, top = _extent(figure, eye)
    wide, high = (right - left) * SCALE, (top - bottom) * SCALE
    poses = [figure.start, figure.end] if figure.moves else [figure.end]
    width = max(2 * MARGIN + len(poses) * wide + (len(poses) - 1) * GAP, 250.0)
    height = TOP + high + CAPTION + MARGIN
    inset = (width - len(poses) * wide - (len(poses) - 1) * GAP) / 2
    drawn = ""
    names = _names(exercise, len(poses))
    for i, (pose, name) in enumerate(zip(poses, names, strict=True)):
        x = inset + i * (wide + GAP)
        sheet = Sheet(x - left * SCALE, TOP + top * SCALE)
        drawn += _ground(sheet, figure, eye)
        if i:
            drawn += _body(sheet, figure.start, eye, ghost=True)
        drawn += _body(sheet, pose, eye)
        if i:
            drawn += _arrow(sheet, figure, eye)
        drawn += text(x + wide / 2, height - MARGIN + 2, name, "name", "middle")
    own = say(exercise.language)
    view = own(f"drawing.{main_view(exercise)}")
    drawn += _camera_sign(MARGIN - 8, 13) + text(MARGIN + 14, 22, own("drawing.seen", view=view))
    return _svg(width, height, _title(exercise, names, view), drawn)


def _names(exercise: Exercise, poses: int) -> list[str]:
    if exercise.repetition is not None and poses == 2:
        return [exercise.repetition.phases.rest, exercise.repetition.phases.peak]
    own = say(exercise.language)
    return [own("drawing.pose")] if poses == 1 else [own("drawing.coming"), own("drawing.pose")]


def _title(exercise: Exercise, names: Sequence[str], view: str) -> str:
    """The drawing in a sentence, where German keeps the capitals of its nouns."""
    own = say(exercise.language)
    told = list(names) if exercise.language == "de" else [name.lower() for name in names]
    if len(told) == 1:
        return own("drawing.still", name=exercise.name, pose=told[0], view=view)
    return own("drawing.moving", name=exercise.name, start=told[0], end=told[1], view=view)


def _svg(width: float, height: float, title: str, content: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pose" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}">\n<title>{escaped(title)}</title>{STYLE}\n'
        f'<rect class="sheet" width="100%" height="100%" rx="10"/>\n{content}\n</svg>\n'
    )


def _camera_sign(x: float, y: float) -> str:
    """A small camera, 16 by 11 pixels."""
    return (
        f'<rect class="camera" x="{x:g}" y="{y:g}" width="16" height="11" rx="2.5"/>'
        f'<circle class="lens" cx="{x + 8:g}" cy="{y + 5.5:g}" r="2.8"/>'
    )


# --- where the camera stands ------------------------------------------------------------------------

PLAN_SCALE: Final = 60.0  # pixels by metre
SECTOR_DEG: Final = 15.0  # to each side of the right direction


def camera_svg(exercise: Exercise, figure: Figure) -> str:
    """Two plans: from above, with the camera at the bottom; and from the side, with its distance and height."""
    above, high_a, wide_a = _from_above(exercise, figure)
    beside, high_b, wide_b = _from_beside(exercise, figure, MARGIN + wide_a + GAP)
    height = max(high_a, high_b) + 2 * MARGIN
    width = 2 * MARGIN + wide_a + GAP + wide_b
    title = say(exercise.language)("drawing.camera", name=exercise.name, how=exercise.camera.how)
    return _svg(width, height, title, above + beside)


def _from_above(exercise: Exercise, figure: Figure) -> tuple[str, float, float]:
    """What is drawn, its height and its width."""
    near, far = exercise.camera.distance_m
    view, language = main_view(exercise), exercise.language
    own = say(language)
    eye = Eye(DIRECTIONS[view], 90.0)
    metre = figure.height_m * PLAN_SCALE
    body = eye.picture(np.concatenate([figure.start, figure.end])) * figure.height_m
    props = [eye.picture(prop.corners()) * figure.height_m for prop in figure.props]
    middle = complex((body.real.max() + body.real.min()) / 2, (body.imag.max() + body.imag.min()) / 2)
    around = np.concatenate([body, *props]) - middle
    behind = max(float(around.imag.max()), 0.6)
    aside = max(float(np.abs(around.real).max()), far * np.sin(np.radians(SECTOR_DEG)), 1.7)
    x, y = MARGIN + aside * PLAN_SCALE, MARGIN + 22 + behind * PLAN_SCALE
    sheet = Sheet(x - middle.real * PLAN_SCALE, y + middle.imag * PLAN_SCALE, metre)
    plan = Sheet(x, y, PLAN_SCALE)
    drawn = text(MARGIN, MARGIN, own("drawing.above"), "name")
    drawn += "".join(_prop(sheet, prop, eye) for prop in figure.props)
    drawn += plan.path([_sector(270.0, near, far)], "zone")
    (cx, cy), (_, end_y) = plan.at(-1j * (near + far) / 2), plan.at(-1j * far)
    drawn += f'<path class="way" d="M{cx:.1f} {cy:.1f}V{y:.1f}"/>'
    drawn += _body(sheet, _shown(exercise, figure), eye) + _camera_sign(cx - 8, cy - 5.5)
    away = own("drawing.away", near=number(near, language), far=number(far, language))
    for row, words in enumerate((away, own(f"drawing.{view}"))):
        drawn += text(x, end_y + 20 + 17 * row, words, anchor="middle")
    return drawn, end_y + 41 - MARGIN, 2 * aside * PLAN_SCALE


def _shown(exercise: Exercise, figure: Figure) -> Floats:
    """The posture in which the camera is set up: that of rest, or the pose that is held."""
    return figure.end if exercise.hold is not None else figure.start


def _sector(toward_deg: float, near: float, far: float) -> Shape:
    """A part of a ring about a direction, metres."""
    turn = np.radians(np.linspace(toward_deg - SECTOR_DEG, toward_deg + SECTOR_DEG, 13))
    return np.concatenate([near * np.exp(1j * turn), far * np.exp(1j * turn[::-1])])


def _from_beside(exercise: Exercise, figure: Figure, left: float) -> tuple[str, float, float]:
    """The same from the side: the person on the left, the camera's place on the right."""
    (near, far), (low, high) = exercise.camera.distance_m, exercise.camera.height_m
    own, language = say(exercise.language), exercise.language
    eye = Eye(DIRECTIONS[main_view(exercise)] - 90.0, 0.0)
    metre = figure.height_m * PLAN_SCALE
    body = eye.picture(np.concatenate([figure.start, figure.end])) * figure.height_m
    half = max(float(np.ptp(body.real)) / 2 + 0.15, 0.45)
    tall = max(float(body.imag.max()) + 0.15, high + 0.25)
    middle = float(body.real.max() + body.real.min()) / 2
    x, floor = left + half * PLAN_SCALE, MARGIN + 22 + tall * PLAN_SCALE
    sheet = Sheet(x - middle * PLAN_SCALE, floor, metre)
    plan = Sheet(x, floor, PLAN_SCALE)
    wide = (half + far + 0.35) * PLAN_SCALE
    zone = np.array([complex(near, low), complex(far, low), complex(far, high), complex(near, high)])
    cx, cy = plan.at(complex((near + far) / 2, (low + high) / 2))
    drawn = text(left, MARGIN, own("drawing.beside"), "name")
    drawn += f'<path class="line" d="M{left:.1f} {floor:.1f}H{left + wide:.1f}"/>'
    drawn += "".join(_prop(sheet, prop, eye) for prop in figure.props if prop.what != "mat")
    drawn += plan.path([zone], "zone") + _body(sheet, _shown(exercise, figure), eye)
    drawn += f'<path class="line" d="M{cx:.1f} {cy + 5:.1f}V{floor:.1f}"/>' + _camera_sign(cx - 8, cy - 5.5)
    height = own("drawing.high", low=number(low, language), high=number(high, language))
    drawn += text(cx, floor + 20, height, anchor="middle")
    return drawn, floor + 24 - MARGIN, wide
