"""Why a video cannot be read, in every language that is spoken."""

from pathlib import Path

from coach.errors import VideoError
from coach.language import LANGUAGES, words


def problem(key: str, **values: object) -> VideoError:
    """The error whose sentence is named by `key` in the message files beside this module."""
    told: dict[str, str] = {
        language: words(language, Path(__file__).parent)(key, **values) for language in LANGUAGES
    }
    return VideoError(told["en"], told)
