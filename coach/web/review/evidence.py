"""What shows a fault: the skeleton at that moment as a drawing, with the angle in question.

The video's own picture stands in its place where a video was kept.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from math import atan2, cos, degrees, hypot, isfinite, pi, radians, sin
from typing import Final

import numpy as np

from coach.judge import Exercise, Verdict
from coach.motion import MEASURES
from coach.pose import INDEX, PoseFrame, PoseTrack
from coach.pose.landmarks import BONES

TALL: Final = 300.0  # pixels of the drawing
WIDEST: Final = 460.0
MARGIN: Final = 34.0
FACE: Final = ("nose", "left_ear", "right_ear")
ARC: Final = 30.0
MARK: Final = 11.0
BELIEVED: Final = 0.3  # a joint that the model believes less in is not drawn
Point = tuple[float, float]


def frame_at(track: PoseTrack, t: float) -> PoseFrame | None:
    """The frame nearest to a moment; None where there is none."""
    return track[int(np.argmin(np.abs(track.t - t)))] if len(track) else None


LIGHT: Final = ("#16222b", "#c2501a", "#3d46b8", "#eef2f0")  # ink, mark, angle, paper
DARK: Final = ("#e8eeee", "#ff9a66", "#a9b0ff", "#1c262b")
STYLE: Final = (
    ".bone,.head{{stroke:{0};stroke-width:6;stroke-linecap:round;fill:none}}.left{{opacity:.5}}"
    ".lit{{stroke:{2};stroke-width:5;fill:none;stroke-linecap:round;stroke-linejoin:round}}"
    ".arc{{stroke:{2};stroke-width:3;fill:none}}.upright{{stroke:{2};stroke-width:2.5;stroke-dasharray:3 6}}"
    ".halo{{stroke:{3};stroke-width:7;fill:none}}.mark{{stroke:{1};stroke-width:3;fill:none}}"
    ".told{{font:650 20px system-ui,sans-serif;fill:{0};paint-order:stroke;stroke:{3};stroke-width:6;"
    "stroke-linejoin:round}}"
)


def picture_html(svg: str, title: str) -> str:
    """A drawing as a picture: the page takes no SVG within its text."""
    data = b64encode(svg.encode()).decode()
    return (
        f'<img class="evidence" alt="{escape(title)}" src="data:image/svg+xml;base64,{data}">' if svg else ""
    )


def skeleton_svg(
    frame: PoseFrame,
    joints: Sequence[str],
    lines: Sequence[Sequence[str]] = (),
    label: str = "",
    dark: bool = False,
) -> str:
    """A drawing of the body; empty where there is none to be seen.

    joints  full landmark names that get a ring and a cross
    lines   the angle: three landmarks, the middle one at its corner, or two, whose line is held to the vertical
    label   what is written beside it
    """
    places = _placed(frame)
    if not places:
        return ""
    left, right = min(x for x, _ in places.values()), max(x for x, _ in places.values())
    top, bottom = min(y for _, y in places.values()), max(y for _, y in places.values())
    scale = min((TALL - 2 * MARGIN) / max(bottom - top, 1.0), (WIDEST - 2 * MARGIN) / max(right - left, 1.0))
    at = {name: (MARGIN + (x - left) * scale, MARGIN + (y - top) * scale) for name, (x, y) in places.items()}
    width, height = (right - left) * scale + 2 * MARGIN, (bottom - top) * scale + 2 * MARGIN
    drawn = _bones(at) + _head(at)
    drawn += "".join(_angle(at, line) for line in lines[:1])
    drawn += "".join(_marked(at[name]) for name in joints if name in at)
    if label and lines and all(name in at for name in lines[0]):
        drawn += _label(at[lines[0][len(lines[0]) // 2]], label, width)
    style = STYLE.format(*(DARK if dark else LIGHT))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}"><style>{style}</style>{drawn}</svg>'
    )


def angle_of(check: str, verdict: Verdict, exercise: Exercise, side: str) -> tuple[tuple[str, ...], ...]:
    """The landmarks whose angle a check is about; nothing where it is no angle of three joints or of a line."""
    known = exercise.checks.get(check)
    if known is None or known.measure is None or known.measure not in MEASURES:
        return ()
    measure = MEASURES[known.measure]
    if measure.unit != "deg" or len(measure.needs) not in (2, 3):
        return ()
    working = side if side in ("left", "right") else _side_of(verdict)
    if known.side == "other":
        working = "right" if working == "left" else "left"
    return (measure.landmarks("left" if working == "left" else "right"),)


def _side_of(verdict: Verdict) -> str:
    return next((name.split("_")[0] for name in verdict.joints if name[:4] in ("left", "righ")), "right")


# --- the drawing ----------------------------------------------------------------------------------------


def _placed(frame: PoseFrame) -> dict[str, Point]:
    """The landmarks that are drawn, in pixels of the picture."""
    wanted = dict.fromkeys([name for bone in BONES for name in bone] + list(FACE))
    found: dict[str, Point] = {}
    for name in wanted:
        x, y = (float(value) for value in frame.xy[INDEX[name]])
        if isfinite(x) and isfinite(y) and float(frame.visibility[INDEX[name]]) >= BELIEVED:
            found[name] = (x, y)
    return found


def _bones(at: dict[str, Point]) -> str:
    return "".join(
        f'<path class="bone {a.split("_")[0]}" d="M{_xy(at[a])}L{_xy(at[b])}"/>'
        for a, b in BONES
        if a in at and b in at
    )


def _head(at: dict[str, Point]) -> str:
    face = [at[name] for name in FACE if name in at]
    if not face:
        return ""
    x, y = (sum(p[axis] for p in face) / len(face) for axis in (0, 1))
    return f'<circle class="head" cx="{x:.1f}" cy="{y:.1f}" r="14"/>'


def _angle(at: dict[str, Point], names: Sequence[str]) -> str:
    if not all(name in at for name in names):
        return ""
    points = [at[name] for name in names]
    if len(points) == 2:
        (x, y), (x0, y0) = points
        long = hypot(x - x0, y - y0)
        upright = f'<path class="upright" d="M{x0:.1f} {y0:.1f}V{y0 - long:.1f}"/>'
        return upright + _lit([(x, y), (x0, y0)]) + _arc((x0, y0), (x0, y0 - long), (x, y))
    a, b, c = points
    return _lit([a, b, c]) + _arc(b, a, c)


def _lit(points: Sequence[Point]) -> str:
    return f'<path class="lit" d="M{"L".join(_xy(p) for p in points)}"/>'


def _arc(corner: Point, a: Point, b: Point) -> str:
    """The shorter way round from one leg of the angle to the other."""
    start, end = (atan2(p[1] - corner[1], p[0] - corner[0]) for p in (a, b))
    turn = (end - start + pi) % (2 * pi) - pi
    if abs(degrees(turn)) < 1:
        return ""
    first = (corner[0] + ARC * cos(start), corner[1] + ARC * sin(start))
    last = (corner[0] + ARC * cos(start + turn), corner[1] + ARC * sin(start + turn))
    return f'<path class="arc" d="M{_xy(first)}A{ARC:g} {ARC:g} 0 0 {int(turn > 0)} {_xy(last)}"/>'


def _marked(p: Point) -> str:
    x, y = p
    c = MARK * cos(radians(45))
    cross = (
        f"M{x - c:.1f} {y - c:.1f}l{2 * c:.1f} {2 * c:.1f}M{x + c:.1f} {y - c:.1f}l{-2 * c:.1f} {2 * c:.1f}"
    )
    shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{MARK:g}"/><path d="{cross}"/>'
    return f'<g class="halo">{shape}</g><g class="mark">{shape}</g>'


def _label(p: Point, text: str, width: float) -> str:
    x, y = p
    to_right = x < width / 2
    x = x + 38 if to_right else x - 38
    anchor = "start" if to_right else "end"
    return f'<text class="told" x="{x:.1f}" y="{y - 14:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _xy(p: Point) -> str:
    return f"{p[0]:.1f} {p[1]:.1f}"
