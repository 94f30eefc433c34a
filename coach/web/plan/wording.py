"""The words of these pages, and how amounts and days are told in them."""

from datetime import date
from pathlib import Path
from typing import Final

from coach.language import Language, Words, words

HERE: Final = Path(__file__).parent


def messages(language: Language) -> Words:
    """The messages of these pages."""
    return words(language, HERE)


def day_and_month(day: date, say: Words) -> str:
    """A date without its year, as it is written in the language."""
    return say("day_and_month", day=day.day, month=say(f"month.{day.month}"))


def full_date(day: date, say: Words) -> str:
    """A date."""
    return say("full_date", day=day.day, month=say(f"month.{day.month}"), year=day.year)


def weekday(n: int, say: Words, short: bool = False) -> str:
    """The name of a day of the week, 0 for Monday."""
    return say(f"{'short' if short else 'weekday'}.{n}")
