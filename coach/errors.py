"""The one exception family. Its message is one sentence that a person can act on."""


class CoachError(Exception):
    """Something that a person can mend; the message says what is wrong and what to do."""


class VideoError(CoachError):
    """The file cannot be read as a video, or is beyond the limits."""


class TrackError(CoachError):
    """The file cannot be read as a landmark track."""


class ExerciseError(CoachError):
    """The exercise is unknown, or its file is broken: names the file, the place and what was expected."""


class OutputError(CoachError):
    """A result could not be written (disk full, no permission)."""
