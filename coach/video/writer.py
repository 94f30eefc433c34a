"""Writing an H.264 MP4 that every browser plays, with the true time of every frame."""

from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream

from coach.errors import OutputError
from coach.video.files import atomic_write, output_error
from coach.video.picture import Image

TICK: Final = Fraction(1, 90_000)  # the usual video clock: 24, 25, 30 and 60 frames a second are whole ticks
# g: a key frame a second, to jump to evidence.  bf: frames out of order would shorten the last ones of a video
# with uneven times.
QUALITY: Final = {"preset": "veryfast", "crf": "23", "g": "30", "bf": "0"}
USUAL_FPS: Final = 30  # a hint for the encoder; the frames' own times are what is written
THREADS: Final = 2  # measured: 5 ms a frame of 640 x 480, 7 with one, for the same processor time


class VideoWriter:
    """Frames into the MP4 at `path`.  Use it with `with`: the file is there when the block ends well.

    On any exception nothing is left behind, and a file that stood at `path` stays as it was.
    Raises OutputError, with one sentence for a person, when the file cannot be written.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._stack = ExitStack()
        self._stream: VideoStream | None = None
        self._size = (0, 0)
        self._start = 0.0
        self._last = -1

    def __enter__(self) -> Self:
        self._temporary = self._stack.enter_context(atomic_write(self._path))
        return self

    def write(self, image: Image, t: float) -> None:
        """Add a frame: RGB (height, width, 3) uint8, at `t` seconds, later than the one before.

        All have the size of the first one; an odd width or height gets its last column or row twice.
        Times are told from the first frame on.  Raises ValueError for another size or type.
        """
        if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
            raise ValueError(f"an RGB picture of uint8 was expected, not {image.dtype} {image.shape}")
        if self._stream is None:
            self._begin(image, t)
        if image.shape[1::-1] != self._size:
            raise ValueError(f"the picture is {image.shape[1::-1]}, the video {self._size}")
        frame = av.VideoFrame.from_ndarray(_even(image), format="rgb24")
        self._last = max(round((t - self._start) / TICK), self._last + 1)
        frame.pts, frame.time_base = self._last, TICK
        self._encode(frame)

    def _begin(self, image: Image, t: float) -> None:
        path = f"file:{self._temporary}"  # else a colon in the name would make it an address
        self._container = self._stack.enter_context(_container(path))
        self._size, self._start = (image.shape[1], image.shape[0]), t
        stream = self._container.add_stream("libx264", rate=USUAL_FPS, options=dict(QUALITY))
        stream.width, stream.height = (side + side % 2 for side in self._size)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = TICK
        stream.thread_count = THREADS
        self._stream = stream

    def _encode(self, frame: av.VideoFrame | None) -> None:
        if self._stream is not None:
            self._container.mux(self._stream.encode(frame))

    def _finish(self) -> None:
        if self._stream is None:
            raise OutputError(f"There is no picture to write to '{self._path.name}'; read a video first.")
        self._encode(None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            pass

