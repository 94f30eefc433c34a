"""Writing an H.264 MP4 that every browser plays, with the true time of every frame."""

from contextlib import ExitStack, suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream

from coach.errors import OutputError
from coach.video.files import output_error, personal_write
from coach.video.picture import Image

TICK: Final = Fraction(1, 90_000)  # the usual video clock: 24, 25, 30 and 60 frames a second are whole ticks
# g: a key frame about every second, to jump to evidence.  bf: frames out of order would give the video a
# wrong duration where its times are uneven.
QUALITY: Final = {"preset": "veryfast", "crf": "23", "g": "30", "bf": "0"}
USUAL_FPS: Final = 30  # a hint for the encoder; the frames' own times are what is written
THREADS: Final = 2  # measured: 5 ms a frame of 640 x 480, 7 with one thread, for the same processor time


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
        temporary = self._stack.enter_context(personal_write(self._path))
        # "file:", else a colon in the name would make it an address
        self._container: OutputContainer = av.open(
            f"file:{temporary}", "w", format="mp4", options={"movflags": "+faststart"}
        )
        self._stack.push(self._finish)
        return self

    def write(self, image: Image, t: float) -> None:
        """Add a frame: RGB (height, width, 3) uint8, at `t` seconds, later than the one before.

        All have the size of the first one; an odd width or height gets its last column or row twice.
        The file's clock starts at 0 with the first frame.  Raises ValueError for another size or type.
        """
        if image.dtype != np.uint8 or image.shape[2:] != (3,):
            raise ValueError(f"an RGB picture of uint8 was expected, not {image.dtype} {image.shape}")
        size = (image.shape[1], image.shape[0])
        if self._stream is None:
            self._size, self._start = size, t
            self._stream = self._begin(*size)
        if size != self._size:
            raise ValueError(f"the picture has {size} pixels, the video {self._size}")
        frame = av.VideoFrame.from_ndarray(_even(image), format="rgb24")
        self._last = max(round((t - self._start) / TICK), self._last + 1)
        frame.pts, frame.time_base = self._last, TICK
        self._encode(self._stream, frame)

    def _begin(self, width: int, height: int) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=USUAL_FPS, options=dict(QUALITY))
        stream.width, stream.height = width + width % 2, height + height % 2
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = TICK
        stream.thread_count = THREADS
        return stream

    def _encode(self, stream: VideoStream, frame: av.VideoFrame | None) -> None:
        try:
            self._container.mux(stream.encode(frame))
        except av.FFmpegError as error:
            raise output_error(self._path, error.errno, error.strerror) from error

    def _finish(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            with suppress(av.FFmpegError):  # the file goes away, and `error` is what is told
                self._container.close()
            return
        if self._stream is None:
            self._container.close()
            raise OutputError(f"There is no picture to write to '{self._path.name}'.")
        try:
            self._encode(self._stream, None)
        finally:
            self._container.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)


def _even(image: Image) -> Image:
    """With an even width and height, which H.264 asks for: the last column or row twice."""
    height, width = image.shape[:2]
    if height % 2 or width % 2:
        return np.pad(image, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return image
