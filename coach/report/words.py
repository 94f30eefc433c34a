"""Numbers, times and names as they are written in a report."""

import math
import re
import unicodedata
from datetime import datetime
from typing import Final

from coach.judge import Judgement
from coach.judge.exercise import Range

NBSP: Final = "\N{NO-BREAK SPACE}"
_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
_POP: Final = "\N{POP DIRECTIONAL ISOLATE}"
_SIGNS: Final = {"deg": "°", "°": "°", "s": f"{NBSP}s", "ratio": "", "": ""}
_DECIMALS: Final = {"°": 0, f"{NBSP}s": 1, "": 2}
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SYMBOLS: Final = {
    Judgement.PASS: "✓",
    Judgement.FAULT: "✕",
    Judgement.UNSURE: "?",
    Judgement.CANNOT_JUDGE: "–",
}
VERDICT_WORDS: Final = {
    Judgement.PASS: "pass",
    Judgement.FAULT: "fault",
    Judgement.UNSURE: "unsure",
    Judgement.CANNOT_JUDGE: "not judged",
}


def clock(t_s: float) -> str:
    """Seconds as m:ss, from an hour on h:mm:ss.

    >>> clock(64.9)
    '1:04'
    """
    minutes, seconds = divmod(int(max(t_s, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def seconds(duration_s: float) -> str:
    """A duration: to a tenth under ten seconds, in whole seconds under two minutes, then m:ss min."""
    if duration_s < 10:
        return f"{duration_s:.1f}{NBSP}s"
    return f"{duration_s:.0f}{NBSP}s" if duration_s < 120 else f"{clock(duration_s)}{NBSP}min"


def sign_of(unit: str) -> str:
    """What stands behind a number of this unit: "°" for "deg", nothing for a ratio."""
    return _SIGNS.get(unit, f"{NBSP}{unit}")


def quantity(value: float | None, unit: str, band: float | None = None) -> str:
    """A value with its error band and unit; empty when there is none.

    >>> quantity(170.6, "deg")
    '171°'
    """
    if value is None or not math.isfinite(value):
        return ""
    sign = sign_of(unit)
    number = _minus(f"{value:.{_DECIMALS.get(sign, 2)}f}")
    return f"{number}{sign}" if band is None else f"{number}{NBSP}±{NBSP}{limit(band, unit)}"


def limit(value: float, unit: str) -> str:
    """The end of a range, as exactly as its author wrote it: "12.5°"."""
    return f"{_minus(f'{round(value, 3):g}')}{sign_of(unit)}"


def asked(wanted: Range, unit: str) -> str:
    """A range in words: "at least 165°", "−12° to 12°"."""
    if wanted.min is None:
        return f"at most {limit(wanted.max or 0.0, unit)}"
    low = limit(wanted.min, unit)
    return f"at least {low}" if wanted.max is None else f"{low} to {limit(wanted.max, unit)}"


def percent(share: float) -> str:
    """A share in whole percent; what is seen at all is never told as 0%."""
    return "under 1%" if 0 < share < 0.01 else f"{share:.0%}"


def count(number: int, noun: str) -> str:
    """A number and its noun: "1 hold", "3 holds"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def label(check: str) -> str:
    """The name of a check or measure for reading: "knees_over_ankles" is "Knees over ankles"."""
    words = check.replace("_", " ").strip()
    return isolated(opened(words))


def opened(words: str) -> str:
    """Begun with a capital."""
    return words[:1].upper() + words[1:]


def inside(words: str) -> str:
    """A name in the middle of a sentence: its first letter is small, unless an abbreviation begins it."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def shortened(text: str, length: int) -> str:
    """At most `length` characters, the last an ellipsis where something was left out."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def isolated(text: str) -> str:
    """Right-to-left text is set apart, so that what follows it stays in place; once is enough."""
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return text
    return f"{_ISOLATE}{text.strip(_ISOLATE + _POP)}{_POP}"


def date_and_time(at: datetime) -> str:
    """In English whatever the machine's locale: "22 November 2026, 16:20"."""
    zone = f" {at.tzname()}" if at.tzname() else ""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}{zone}"


def _minus(number: str) -> str:
    return re.sub(r"^-(?=[0.]*$)", "", number).replace("-", "−")
