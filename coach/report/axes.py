"""Axes of a chart: from values to pixels, and round numbers for the ticks."""

import math
from dataclasses import dataclass
from typing import Final

from coach.language import Language
from coach.report.wording import NBSP, clock, limit

_TIME_STEPS_S: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MINUTES_FROM_S: Final = 100.0  # seconds are read more easily below
MAX_TICKS: Final = 9


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from values (low to high) to pixels (first to last).

    >>> Scale(0, 10, 100, 300)(5)
    200.0
    """

    low: float
    high: float
    first_px: float
    last_px: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.first_px + share * (self.last_px - self.first_px), 1)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten that enclose low to high, about `most` of them.

    >>> ticks(97, 171)
    [80.0, 100.0, 120.0, 140.0, 160.0, 180.0]
    """
    rough = (high - low) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(k * step, 6) for k in range(first, last + 1)]


def time_ticks(low_s: float, high_s: float) -> list[float]:
    """Round times within low to high, at most MAX_TICKS of them."""
    span = high_s - low_s
    step = next((s for s in _TIME_STEPS_S if span / s < MAX_TICKS), math.ceil(span / MAX_TICKS / 3600) * 3600)
    first, last = math.ceil(low_s / step - 1e-9), math.floor(high_s / step + 1e-9)
    return [round(k * step, 3) for k in range(first, last + 1)]


def time_label(t_s: float, longest_s: float, language: Language = "en") -> str:
    """Seconds in a short recording, else m:ss."""
    return limit(t_s, "s", language) if longest_s < _MINUTES_FROM_S else clock(t_s)


def value_label(value: float, unit: str, language: Language = "en") -> str:
    """A number with its unit, such as "120°"."""
    return limit(value, unit, language).replace(NBSP, " ")
