"""The signs and joints of an overlay: small pictures, drawn once with smooth edges and kept.

Every sign differs from the others in its shape, so that its colour is never needed to tell them apart.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

from PIL import Image, ImageDraw

INK: Final = (13, 20, 28)
WHITE: Final = (255, 255, 255)
# Told apart with any kind of colour blindness (after Okabe and Ito 2008), and light enough on a dark panel.
BLUE: Final = (86, 180, 233)
ORANGE: Final = (228, 87, 46)
YELLOW: Final = (240, 228, 66)
GREEN: Final = (64, 201, 162)
FINE: Final = 4  # drawn so many times larger first


@cache
def sign(kind: str, size: int) -> Image.Image:
    """The sign of a kind of cue, `size` pixels square, transparent around it."""
    large = Image.new("RGBA", (size * FINE, size * FINE))
    SIGNS.get(kind, _camera)(ImageDraw.Draw(large), size * FINE)
    return large.resize((size, size), Image.Resampling.LANCZOS)


@cache
def joint(radius: int) -> Image.Image:
    """A white dot with a dark rim, 2 `radius` + 1 pixels square."""
    large, draw, middle = _canvas(radius)
    draw.circle((middle, middle), middle, INK)
    draw.circle((middle, middle), middle * 0.66, WHITE)
    return _small(large, radius)


@cache
def marked_joint(radius: int) -> Image.Image:
    """An orange ring around an orange diamond, with white and dark rims that show on any background."""
    large, draw, middle = _canvas(radius)
    for share, colour in ((1.0, INK), (0.94, WHITE), (0.88, ORANGE), (0.66, INK), (0.6, (0, 0, 0, 0))):
        draw.circle((middle, middle), middle * share, colour)
    for share, colour in ((0.48, INK), (0.42, WHITE), (0.34, ORANGE)):
        draw.regular_polygon((middle, middle, middle * share), 4, 45, colour)
    return _small(large, radius)


def _canvas(radius: int) -> tuple[Image.Image, ImageDraw.ImageDraw, float]:
    side = (2 * radius + 1) * FINE
    large = Image.new("RGBA", (side, side))
    return large, ImageDraw.Draw(large), (side - 1) / 2


def _small(large: Image.Image, radius: int) -> Image.Image:
    return large.resize((2 * radius + 1, 2 * radius + 1), Image.Resampling.LANCZOS)


def _triangle(draw: ImageDraw.ImageDraw, s: int) -> None:
    """A triangle with an exclamation mark."""
    draw.polygon([(0.5 * s, 0.04 * s), (0.98 * s, 0.92 * s), (0.02 * s, 0.92 * s)], ORANGE)
    draw.line([(0.5 * s, 0.34 * s), (0.5 * s, 0.64 * s)], WHITE, round(0.11 * s))
    draw.circle((0.5 * s, 0.78 * s), 0.065 * s, WHITE)


def _no_entry(draw: ImageDraw.ImageDraw, s: int) -> None:
    """A circle with a bar."""
    draw.circle((0.5 * s, 0.5 * s), 0.47 * s, YELLOW)
    draw.rectangle((0.22 * s, 0.42 * s, 0.78 * s, 0.58 * s), INK)


def _tick(draw: ImageDraw.ImageDraw, s: int) -> None:
    draw.line(
        [(0.08 * s, 0.55 * s), (0.38 * s, 0.84 * s), (0.94 * s, 0.18 * s)], GREEN, round(0.17 * s), "curve"
    )


def _clock(draw: ImageDraw.ImageDraw, s: int) -> None:
    draw.circle((0.5 * s, 0.5 * s), 0.46 * s, None, WHITE, round(0.09 * s))
    draw.line([(0.5 * s, 0.22 * s), (0.5 * s, 0.5 * s), (0.7 * s, 0.62 * s)], WHITE, round(0.08 * s), "curve")


def _camera(draw: ImageDraw.ImageDraw, s: int) -> None:
    draw.rounded_rectangle((0.03 * s, 0.26 * s, 0.97 * s, 0.86 * s), 0.1 * s, BLUE)
    draw.rectangle((0.34 * s, 0.14 * s, 0.66 * s, 0.3 * s), BLUE)
    draw.circle((0.5 * s, 0.56 * s), 0.2 * s, INK)


SIGNS: Final[dict[str, Callable[[ImageDraw.ImageDraw, int], None]]] = {
    "fault": _triangle,
    "why_not": _no_entry,
    "praise": _tick,
    "hold": _clock,
    "advice": _camera,
}
