"""Landmarks on their way to disk, so that memory stays flat however long the video is."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from coach.pose import PoseFrame, PoseTrack, seen_by
from coach.pose.landmarks import COUNT
from coach.video.files import output_error


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        folder = Path(tempfile.gettempdir())
        raise output_error(folder / "landmarks", error.errno, error.strerror) from error


RECORD: Final = np.dtype(
    [
        ("t", "<f8"),
        ("xy", "<f4", (COUNT, 2)),
        ("visibility", "<f4", (COUNT,)),
        ("world", "<f4", (COUNT, 3)),
        ("light", "<f4"),
    ]
)


class TrackSpool:
    """Takes frames one by one into a temporary file; `track` gives them back as one PoseTrack.

    Raises OutputError where the temporary folder has no place for them.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size, self._count = size, 0
        self._models: set[str] = set()

    def __enter__(self) -> Self:
        with _told():
            self._file = tempfile.TemporaryFile()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what could not be written was told; closing tries once more
            self._file.close()

    def write(self, frame: PoseFrame) -> None:
        """Add a frame."""
        record = np.array((frame.t, frame.xy, frame.visibility, frame.world, frame.light), RECORD)
        with _told():
            self._file.write(record.tobytes())
        self._count += 1
        if frame.found:
            self._models.add(frame.model)

    def track(self) -> PoseTrack:
        """All frames; read from disk where they are used."""
        if self._count == 0:
            return replace(PoseTrack.of([]), size=self._size)
        with _told():
            self._file.flush()
        kept = np.memmap(self._file, RECORD, "r", shape=(self._count,))
        return PoseTrack(
            kept["t"],
            kept["xy"],
            kept["visibility"],
            kept["world"],
            self._size,
            kept["light"],
            model=seen_by(self._models),
        )
