"""The text of an overlay: the caption bar and the counter, drawn once and kept while they are shown."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from coach.video.signs import BLUE, INK, WHITE, sign

PANEL_ALPHA: Final = 200  # of 255: text reads on any picture, which still shows through
MAX_LINES: Final = 3
SHRINK: Final = (1.0, 0.85, 0.7, 0.55)  # text sizes that are tried until a caption fits
ONE_LINE: Final = 3  # of these for the sake of a single line; what is smaller is hard to read from far
LINE: Final = 1.25  # from line to line, in letter sizes
FONT: Final = (
    Path(__file__).parent / "fonts" / "DejaVuSansCondensed-Bold.ttf"
)  # Pillow's own has neither ä nor ñ


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The letters of every language of the coach, of `size` pixels."""
    return ImageFont.truetype(FONT, max(8, size))


def wrap(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines no wider than `width` pixels; a word that is wider by itself is broken."""
    lines: list[str] = []
    for word in text.split():
        for part in _broken(word, face, width):
            if lines and face.getlength(f"{lines[-1]} {part}") <= width:
                lines[-1] += f" {part}"
            else:
                lines.append(part)
    return lines


def _broken(word: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and face.getlength(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


@lru_cache(maxsize=32)
def caption(text: str, kind: str, width: int, size: int) -> Image.Image:
    """A bar of `width` pixels: the kind's sign, and beside it the text with letters of `size` pixels.

    Smaller where the text then takes one line: a lower bar hides less of the person.
    """
    sizes = [round(size * share) for share in SHRINK[:ONE_LINE]]
    size = next((smaller for smaller in sizes if _is_one_line(text, width, smaller)), size)
    margin, icon = round(size * 0.5), round(size * 1.6)
    left = 2 * margin + icon
    lines, face = _fitted(text, width - left - margin, size)
    step = round(face.size * LINE)
    height = max(step * len(lines), icon) + margin
    bar = Image.new("RGBA", (width, height), (*INK, PANEL_ALPHA))
    bar.alpha_composite(sign(kind, icon), (margin, (height - icon) // 2))
    draw = ImageDraw.Draw(bar)
    top = (height - step * (len(lines) - 1)) / 2
    for i, line in enumerate(lines):
        _write(draw, (left, top + i * step), line, face, "lm")
    return bar


def _is_one_line(text: str, width: int, size: int) -> bool:
    beside = 3 * round(size * 0.5) + round(size * 1.6)
    return font(size).getlength(text) <= width - beside


def _write(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    face: ImageFont.FreeTypeFont,
    anchor: str,
    colour: tuple[int, int, int] = WHITE,
) -> None:
    draw.text(place, text, colour, face, anchor=anchor)


def _fitted(text: str, width: float, size: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
    for share in SHRINK:
        face = font(round(size * share))
        lines = wrap(text, face, width)
        if len(lines) <= MAX_LINES:
            break
    return lines[: 2 * MAX_LINES], face  # in the end it must not hide the person


@lru_cache(maxsize=32)
def counter(number: str, unit: str, below: tuple[str, ...], size: int) -> Image.Image:
    """A panel: a number with letters of `size` pixels, its unit beside it, and smaller lines below."""
    big, small = font(size), font(round(size * 0.34))
    margin, line = round(size * 0.16), round(small.size * LINE)
    _, top, right, _ = big.getbbox(number, anchor="ls")
    beside = margin + right + margin / 2
    width = max(beside + small.getlength(unit), *(margin + small.getlength(text) for text in below), 0)
    base = margin - top
    height = base + margin + line * len(below)
    panel = _rounded(round(width + margin), round(height), margin)
    draw = ImageDraw.Draw(panel)
    _write(draw, (margin, base), number, big, "ls")
    _write(draw, (beside, base), unit, small, "ls")
    for i, text in enumerate(below):
        place = (margin, base + margin / 2 + line * (i + 0.5))
        _write(draw, place, text, small, "lm", BLUE if i == 0 else WHITE)
    return panel


def _rounded(width: int, height: int, radius: float) -> Image.Image:
    large = Image.new("L", (width * 2, height * 2))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, width * 2 - 1, height * 2 - 1), radius * 2, PANEL_ALPHA)
    panel = Image.new("RGBA", (width, height), (*INK, 0))
    panel.putalpha(large.resize((width, height)))
    return panel
