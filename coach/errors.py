"""The one exception family. Its message is one sentence that a person can act on."""

from collections.abc import Mapping


class CoachError(Exception):
    """Something that a person can mend; the message says what is wrong and what to do.

    told  the same sentence in other languages, by their codes, where there are any
    """

    def __init__(self, message: str, told: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self._told = told or {}

    def told(self, language: str) -> str:
        """The sentence in a language; in English where it is not known in it."""
        return self._told.get(language, str(self))


class VideoError(CoachError):
    """The file cannot be read as a video, or is beyond the limits."""


class TrackError(CoachError):
    """The file cannot be read as a landmark track."""


class ExerciseError(CoachError):
    """The exercise is unknown, or its file is broken: names the file, the place and what was expected."""


class OutputError(CoachError):
    """A result could not be written (disk full, no permission)."""


class PlanError(CoachError):
    """A plan, or a line of one, makes no sense: names the exercise and what was expected."""
