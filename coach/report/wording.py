"""Numbers, times and names as they are written in a report, in its language; the messages are in `words`."""

import math
import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from coach.judge import Judgement
from coach.judge.file_fields import Range
from coach.judge.holds import whole_seconds
from coach.judge.verdicts import judge
from coach.language import Language, Words, decimal, shortest, words

HERE: Final = Path(__file__).parent
ALMOST_A_YEAR: Final = timedelta(days=330)
NBSP: Final = "\N{NO-BREAK SPACE}"
_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
_POP: Final = "\N{POP DIRECTIONAL ISOLATE}"
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they turn round what stands beside a name
PERCENT: Final = 100.0  # a ratio is told in percent of what it is told by
_SIGNS: Final = {"deg": "°", "°": "°", "s": f"{NBSP}s", "ratio": f"{NBSP}%", "": ""}
_DECIMALS: Final = {"°": 0, f"{NBSP}s": 1, f"{NBSP}%": 0, "": 2}
FINER: Final = 2  # decimals more at most, where a value lies beside a limit
FINE: Final = 2.0  # percent: with an error below that a tenth tells something
SYMBOLS: Final = {
    Judgement.PASS: "✓",
    Judgement.FAULT: "✕",
    Judgement.UNSURE: "?",
    Judgement.CANNOT_JUDGE: "–",
}


def say(language: Language) -> Words:
    """The report's own sentences in a language.

    >>> say("de")("drawing.above")
    'Von oben'
    """
    return words(language, HERE)


# --- numbers ----------------------------------------------------------------------------------------


def clock(t_s: float) -> str:
    """Seconds as m:ss, from an hour on h:mm:ss.

    >>> clock(64.9)
    '1:04'
    """
    minutes, seconds = divmod(int(max(t_s, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def seconds(duration_s: float, language: Language = "en") -> str:
    """A duration: to a tenth under ten seconds, in whole seconds under two minutes, then m:ss min.

    Whole seconds are not rounded up: a hold of 29.7 seconds that did not reach 30 is told as 29.
    """
    if duration_s < 10:
        return f"{decimal(duration_s, language)}{NBSP}s"
    whole = whole_seconds(duration_s)
    return f"{whole}{NBSP}s" if whole < 120 else f"{clock(duration_s)}{NBSP}min"


def sign_of(unit: str) -> str:
    """What stands behind a number of this unit: "°" for "deg", "%" for a ratio, nothing for a plain number ("")."""
    return _SIGNS.get(unit, f"{NBSP}{unit}")


def scale_of(unit: str) -> float:
    """By how much a number of this unit is multiplied before it is told."""
    return PERCENT if unit == "ratio" else 1.0


def quantity(
    value: float | None,
    unit: str,
    band: float | None = None,
    language: Language = "en",
    wanted: Range | None = None,
) -> str:
    """A value with its error band, in two digits, and unit; empty when there is none.

    wanted  the range that it is judged by: no rounding takes it to the other side of a limit

    >>> quantity(170.6, "deg"), quantity(164.6, "deg", wanted=Range(min=165))
    ('171°', '164.6°')
    """
    if value is None or not math.isfinite(value):
        return ""
    sign, scaled = sign_of(unit), scale_of(unit)
    fine = unit == "ratio" and band is not None and band * scaled < FINE
    decimals = _as_judged(value, scaled, wanted, band or 0.0, 1 if fine else _DECIMALS.get(sign, 2))
    told = _minus(decimal(value * scaled, language, decimals))
    if band is None:
        return f"{told}{sign}"
    return f"{told}{NBSP}±{NBSP}{limit(float(f'{band:.2g}'), unit, language)}"


def _as_judged(value: float, scale: float, wanted: Range | None, band: float, decimals: int) -> int:
    """So many decimals, or more, that the value as it is told is judged as the value is."""
    if wanted is None:
        return decimals
    told = (
        d
        for d in range(decimals, decimals + FINER)
        if _same(value, round(value * scale, d) / scale, wanted, band)
    )
    return next(told, decimals + FINER)


def _same(value: float, told: float, wanted: Range, band: float) -> bool:
    return judge(told, wanted, band) is judge(value, wanted, band)


def number(value: float, language: Language = "en") -> str:
    """A number with no more decimals than it has.

    >>> number(-2.5, "de")
    '−2,5'
    """
    return _minus(shortest(value, language))


def limit(value: float, unit: str, language: Language = "en") -> str:
    """The end of a range, as exactly as its author wrote it: "12.5°"."""
    return f"{number(float(f'{value * scale_of(unit):.12g}'), language)}{sign_of(unit)}"


def asked(wanted: Range, unit: str, language: Language = "en") -> str:
    """A range in words: "at least 165°", "−12° to 12°"."""
    own = say(language)
    if wanted.min is None:
        return own("at_most", value=limit(wanted.max or 0.0, unit, language))
    low = limit(wanted.min, unit, language)
    if wanted.max is None:
        return own("at_least", value=low)
    return own("range", low=low, high=limit(wanted.max, unit, language))


def percent(share: float, language: Language = "en") -> str:
    """A share in whole percent; what is seen at all is never told as 0%."""
    own = say(language)
    return own("percent.under_one") if 0 < share < 0.01 else own("percent", n=f"{share:.0%}"[:-1])


def date_and_time(at: datetime, language: Language = "en") -> str:
    """In the report's language whatever the machine's locale: "22 November 2026, 16:20"."""
    own = say(language)
    zone = f" {at.tzname()}" if at.tzname() else ""
    return own("date", day=at.day, month=own(f"month.{at.month}"), year=at.year, time=f"{at:%H:%M}{zone}")


def of_years(days: Collection[date]) -> bool:
    """Whether days are told with their year: from about a year on, one without it could be that of another year.

    >>> of_years([date(2025, 11, 30), date(2026, 11, 29)]), of_years([date(2026, 3, 2), date(2026, 11, 29)])
    (True, False)
    """
    return bool(days) and max(days) - min(days) >= ALMOST_A_YEAR


def _minus(number: str) -> str:
    return re.sub(r"^-(?=[0.,]*$)", "", number).replace("-", "−")


# --- names ------------------------------------------------------------------------------------------


def check_name(check: str, language: Language = "en") -> str:
    """The name of a check for reading: "knees_over_ankles" is "Knees over ankles".

    One that only an own file has is told in that file's words, whatever the language.
    """
    return label(str(say(language).messages.get(f"check.{check}", check)))


def check_inside(check: str, language: Language = "en") -> str:
    """The same in the middle of a sentence.

    >>> check_inside("hips_low"), check_inside("hips_low", "de")
    ('hips low', 'Becken tief')
    """
    known = say(language).messages.get(f"check.{check}")
    if isinstance(known, str):
        return known
    return label(check) if language == "de" else inside(label(check))


def measure_name(measure: str, language: Language = "en") -> str:
    """What an angle is called, as in the middle of a sentence.

    >>> measure_name("hip_extension"), measure_name("hip_extension", "de")
    ('hip extension', 'Hüftstreckung')
    """
    return str(say(language).messages.get(f"measure.{measure}", measure.replace("_", " ")))


def view_name(view: str, language: Language = "en") -> str:
    """A view in a table; one that nobody knows as it is."""
    return str(say(language).messages.get(f"view.{view}", view.replace("_", "-")))


def label(name: str) -> str:
    """The name of a check or measure for reading: "knees_over_ankles" is "Knees over ankles"."""
    return isolated(opened(name.replace("_", " ").strip()))


def opened(words: str) -> str:
    """Begun with a capital."""
    return words[:1].upper() + words[1:]


def inside(words: str) -> str:
    """A name in the middle of a sentence: its first letter is small, unless an abbreviation begins it."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def shortened(text: str, length: int) -> str:
    """At most `length` characters, the last an ellipsis where something was left out."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def breakable(text: str, length: int = 40) -> str:
    """A name that a line can be broken in: places to do so in words of more letters than `length`.

    >>> breakable("abcdef", 3).replace("\N{ZERO WIDTH SPACE}", "|")
    'abc|def'
    """
    return re.sub(rf"(\S{{{length}}})(?=\S)", "\\1\N{ZERO WIDTH SPACE}", text)


def isolated(text: str) -> str:
    """Right-to-left text is set apart, so that what follows it stays in place; once is enough.

    A name's own marks of direction are left out: one that is never closed would turn the rest of the line round.

    >>> isolated("clip\N{RIGHT-TO-LEFT OVERRIDE}4pm.mp4")
    'clip4pm.mp4'
    """
    plain = _TURNING.sub("", text)
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in plain):
        return plain
    return f"{_ISOLATE}{plain}{_POP}"
