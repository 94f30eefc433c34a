"""When a film says that it was taken, and whether it runs as quick as life did then."""

from contextlib import closing
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Final, Literal

from av.container import InputContainer

from coach.errors import CoachError
from coach.video.opening import open_container, opened, source_name

# Apple's is in the zone of the camera, the other one of MP4, MOV and Matroska in UTC.
TAGS: Final = ("com.apple.quicktime.creationdate", "creation_time")
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a clock that was never set says 1904 or 1970

# What Android writes into slow motion and time-lapse, and into other films too: pictures a second while it was taken.
TAKEN_FPS: Final = "com.android.capture.fps"
# Times the film's own.  In poor light a phone takes as few as half of the pictures that it says.
MOST: Final = 2.5
LEAST: Final = 0.8
Pace = Literal["slower", "quicker"]


def filmed_at(video: Path, now: datetime) -> datetime | None:
    """When it was filmed, by the clock of the camera; None where it does not say, or what cannot be.

    What was cut or sent since may tell that day instead: whoever knows better is to be asked.
    """
    try:
        with opened(video) as file, closing(open_container(file, source_name(video))) as container:
            known = [container.metadata, *(stream.metadata for stream in container.streams.video)]
            told = [tags.get(name, "") for name in TAGS for tags in known]
    except CoachError:
        return None
    moments = (_moment(text) for text in told)
    return next((at for at in moments if at is not None and EARLIEST <= at <= now), None)


def _moment(text: str) -> datetime | None:
    """A moment with its zone, in UTC; without one nobody knows the day.

    >>> _moment("2026-11-03T01:30:00+0200"), _moment("2026-11-03T10:00:00"), _moment("yesterday")
    (datetime.datetime(2026, 11, 2, 23, 30, tzinfo=datetime.timezone.utc), None, None)
    """
    try:
        at = datetime.fromisoformat(text)
        return None if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def pace_of(container: InputContainer, fps: float) -> Pace | None:
    """Whether a film of `fps` pictures a second (NaN: not known) is slow motion or a time-lapse, where it says so."""
    try:
        taken = float(container.metadata.get(TAKEN_FPS, ""))
    except ValueError:
        return None
    if not 0 < taken < inf:
        return None
    return "slower" if taken > MOST * fps else "quicker" if taken < LEAST * fps else None
