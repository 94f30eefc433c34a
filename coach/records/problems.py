"""What goes wrong with the records, as a sentence in every language that is spoken."""

from pathlib import Path

from coach.errors import CoachError
from coach.language import LANGUAGES, words


class RecordsError(CoachError):
    """The records cannot be opened, read or written, or refuse what was asked."""


class NotYours(RecordsError):
    """There is no such thing, or it belongs to somebody else: which of the two, nobody is told."""


class TracesLeft(RecordsError):
    """Somebody was deleted, and the database's files may still hold something of them."""


def problem(key: str, **values: object) -> RecordsError:
    """The error whose sentence is named by `key` in the message files beside this module."""
    told = _told(key, values)
    return RecordsError(told["en"], told)


def not_yours() -> NotYours:
    """The one sentence for what is not there and what belongs to somebody else."""
    told = _told("not_yours", {})
    return NotYours(told["en"], told)


def traces_left(place: str) -> TracesLeft:
    """Where they may be left, and what to do."""
    told = _told("traces", {"place": place})
    return TracesLeft(told["en"], told)


def _told(key: str, values: dict[str, object]) -> dict[str, str]:
    return {language: words(language, Path(__file__).parent)(key, **values) for language in LANGUAGES}
