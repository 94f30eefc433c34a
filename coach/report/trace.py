"""A measured series as the path of a line: gaps stay open, and no more points than the picture can show."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.report.axes import Scale
from coach.report.model import Curve

GAP_S: Final = 0.5  # a longer step of the clock means that nothing was seen, whatever stands on either side
_SLOW_STEPS: Final = 3.0  # except in a recording whose usual step is that long

Floats = NDArray[np.float64]


def path(curve: Curve, x: Scale, y: Scale) -> str:
    """The `d` of an SVG path; a value seen alone is a dot.  Empty when nothing was seen."""
    return "".join(_line(*_thinned(*piece, x), x, y) for piece in pieces(curve))


def pieces(curve: Curve) -> Iterator[tuple[Floats, Floats]]:
    """The series between its gaps: times and values, all finite, each at least one long."""
    seen = np.flatnonzero(np.isfinite(curve.value) & np.isfinite(curve.t))
    if not seen.size:
        return
    step_s = np.diff(curve.t[seen])
    usual_s = float(np.median(step_s)) if step_s.size else 0.0
    apart = (np.diff(seen) > 1) | (step_s > max(GAP_S, _SLOW_STEPS * usual_s))
    for part in np.split(seen, np.flatnonzero(apart) + 1):
        yield curve.t[part], curve.value[part]


def _thinned(t: Floats, value: Floats, x: Scale) -> tuple[Floats, Floats]:
    """Of each pixel column the lowest and the highest value, so that no peak is lost."""
    column = np.floor((t - t[0]) / (x.high - x.low) * abs(x.last_px - x.first_px)).astype(int)
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    if t.size <= 4 * starts.size:
        return t, value
    keep = {0, t.size - 1}
    for part in np.split(np.arange(t.size), starts[1:]):
        keep.update((int(part[np.argmin(value[part])]), int(part[np.argmax(value[part])])))
    kept = sorted(keep)
    return t[kept], value[kept]


def _line(t: Floats, value: Floats, x: Scale, y: Scale) -> str:
    points = [f"{x(float(at)):g} {y(float(v)):g}" for at, v in zip(t, value, strict=True)]
    return f"M{points[0]}h0" if len(points) == 1 else f"M{'L'.join(points)}"
