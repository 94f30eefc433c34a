"""Reading a video: checked before anything is decoded, upright, on a clock that always rises.

One pass from the first frame to the last, one frame in memory at a time.
"""

import itertools
import threading
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import av
from av.packet import Packet
from av.video.stream import VideoStream

from coach.video import opening
from coach.video.clock import Clock
from coach.video.filmed import Pace, pace_of
from coach.video.opening import DEFAULT_LIMITS, Limits
from coach.video.picture import Converter, Image
from coach.video.problems import problem

MAX_SIDE: Final = 1280  # the model sees 256 pixels; more only costs time
THREADS: Final = (
    1  # measured: a second one saves 2 to 12 % of the time, and costs 35 to 55 % more of the processor
)

# Formats without an index end silently where they were cut.  Sound that outlasts the picture is no loss.
LOST_END_S: Final = 1.0
LOST_END_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What the file tells of itself.

    width, height  of the picture as shown: upright, pixels made square
    fps            average frames a second, NaN where unknown
    duration_s     NaN where unknown
    frames         0 where unknown
    rotation       degrees anticlockwise that turn the recorded picture upright: 0, 90, 180 or 270
    pace           "slower" or "quicker" than life, where the file tells that; None: nobody knows of it
    """

    width: int
    height: int
    fps: float
    duration_s: float
    frames: int
    rotation: int
    pace: Pace | None = None


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """One picture: `t` seconds since the first one, `image` (height, width, 3) uint8 RGB, upright."""

    t: float
    image: Image


class VideoReader:
    """A video file, or an uploaded one, as frames.  Opens at once; close it, or use it with `with`.

    info     what the file tells of itself
    size     width and height of the delivered pictures: as shown, the longer side at most `max_side`
    damaged  whether something could not be read; grows true while reading

    Raises VideoError, with one sentence for a person, when the file cannot be read or is beyond the limits.
    """

    def __init__(
        self,
        source: str | Path | BinaryIO,
        limits: Limits = DEFAULT_LIMITS,
        max_side: int | None = MAX_SIDE,
    ) -> None:
        self.damaged = False
        self._name = opening.source_name(source)
        self._limits = limits
        self._clock = Clock()
        self._lock = threading.Lock()
        self._closed = False
        with ExitStack() as stack:
            stream = self._open(source, stack)
            decoded = self._decode(stream)
            first = next(decoded, None)
            if first is None:
                raise problem("no_picture", name=self._name)
            second = next(decoded, None)
            if second is None:
                raise problem("one_picture", name=self._name)
            self._describe(stream, first, max_side)
            self._decoded = itertools.chain([first, second], decoded)
            self._stack = stack.pop_all()

    def _open(self, source: str | Path | BinaryIO, stack: ExitStack) -> VideoStream:
        file = stack.enter_context(opening.opened(source))
        opening.check_bytes(file, self._name, self._limits)
        container = stack.enter_context(opening.open_container(file, self._name))
        stream = opening.video_stream(container, self._name)
        opening.check_stream(container, stream, self._name, self._limits)
        stream.thread_count = THREADS
        stream.codec_context.options = {"max_pixels": str(self._limits.max_pixels)}  # they can grow midway
        self._container = container
        return stream

    def _describe(self, stream: VideoStream, first: av.VideoFrame, max_side: int | None) -> None:
        with self._known_pictures():
            self._converter = Converter(first, float(stream.sample_aspect_ratio or 1), max_side)
        self.info = VideoInfo(
            *self._converter.shown,
            fps=opening.average_fps(stream),
            duration_s=opening.duration_s(self._container, stream, first.time),
            frames=stream.frames,
            rotation=90 * self._converter.orientation.quarters,
            pace=pace_of(self._container, opening.average_fps(stream)),
        )
        self.size = self._converter.size
        self._clock = Clock(self.info.fps)

    def frames(self) -> Generator[VideoFrame, None, None]:
        """The frames, once: a second call goes on where the first one stopped.

        Damaged parts, and pictures that grow beyond the limit, are left out (see `damaged`).  Raises
        VideoError where the video turns out longer than the limit.
        """
        while (picture := self._next()) is not None:
            t = self._clock.tick(picture.time)
            opening.check_duration(t, self._name, self._limits)
            with self._known_pictures():
                image = self._converter.picture(picture)
            yield VideoFrame(t, image)
        if not self._closed:
            lost_s = self.info.duration_s - self._clock.now
            self.damaged |= lost_s > LOST_END_S + LOST_END_SHARE * self.info.duration_s

    @contextmanager
    def _known_pictures(self) -> Iterator[None]:
        try:
            yield
        except av.FFmpegError:
            raise problem("unknown_pictures", name=self._name) from None

    def _next(self) -> av.VideoFrame | None:
        with self._lock:  # so that nobody closes the file while another thread decodes
            return None if self._closed else next(self._decoded, None)

    def _decode(self, stream: VideoStream) -> Iterator[av.VideoFrame]:
        for packet in self._packets(stream):
            try:
                pictures = stream.decode(packet)
            except av.FFmpegError:
                self.damaged = True
                continue
            for picture in pictures:
                self.damaged |= picture.is_corrupt
                yield picture

    def _packets(self, stream: VideoStream) -> Iterator["Packet[VideoStream] | None"]:
        """What is to be decoded; None at the end, where the decoder still holds frames.

        A packet of no bytes says that the picture before stays (in Theora); decoders call it an error.
        """
        try:
            yield from (packet for packet in self._container.demux(stream) if packet.size)
        except (av.FFmpegError, OSError):
            self.damaged = True
        yield None

    def close(self) -> None:
        """Close the file; a file of the caller's stays open.  A reading thread sees the end of the video."""
        with self._lock:
            self._closed = True
            self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
