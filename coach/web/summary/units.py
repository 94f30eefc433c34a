"""Numbers with their unit and error, as they are written in a language."""

from typing import Final

from coach.language import Language, decimal

NBSP: Final = "\N{NO-BREAK SPACE}"


def quantity(value: float | None, unit: str, band: float | None, language: Language) -> str:
    """A measured value with its error; a dash where there is none.

    >>> quantity(12.4, "deg", 3.6, "de"), quantity(1.25, "ratio", 0.1, "de")
    ('12°\\xa0±\\xa04', '1,2\\xa0±\\xa00,1')
    """
    if value is None:
        return "–"
    digits, sign = (0, "°") if unit == "deg" else (1, f"{NBSP}s" if unit == "s" else "")
    number = decimal(value, language, digits).replace("-", "−") + sign
    return number if band is None else f"{number}{NBSP}±{NBSP}{decimal(band, language, digits)}"


def seconds(value: float, language: Language) -> str:
    """A duration to a tenth of a second.

    >>> seconds(1.53, "es")
    '1,5\\xa0s'
    """
    return f"{decimal(value, language)}{NBSP}s"
