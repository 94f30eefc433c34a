"""From rendered pictures to the video file: exposure, noise, and H.264 with the same bytes each time."""

import platform
import secrets
from contextlib import ExitStack, suppress
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from sample_videos.studio.colours import decoded, encoded
from sample_videos.studio.errors import StudioError

Image = NDArray[np.uint8]

SEED: Final = 20  # of the noise, with the frame's number
TEMPORARY: Final = ".{}.part"
# One thread and no time stamps: else the bytes differ from run to run.
BIT_EXACT: Final = {"movflags": "+faststart", "fflags": "+bitexact"}
# With its widest vector code the encoder now and then gives other bytes on some machines.
X86: Final = platform.machine().lower() in ("x86_64", "amd64")
NARROW: Final = {"x264-params": "asm=MMX2,SSE2Fast,SSSE3,SSE4.2"} if X86 else {}


class PictureSettings(BaseModel):
    """What the camera makes of the light, and how the video is kept.

    light     exposure: a factor on the linear light
    noise     of the sensor: standard deviation in levels of 0 to 255
    crf       quality of H.264: less is better and larger
    mirrored  left and right swapped, as a phone's front camera does
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    light: float = Field(default=1.0, ge=0.02, le=8)
    noise: float = Field(default=0.0, ge=0, le=64)
    crf: int = Field(default=26, ge=10, le=45)
    fps: int = Field(default=20, ge=1, le=60)
    mirrored: bool = False


def develop(image: Image, settings: PictureSettings, number: int) -> Image:
    """A rendered picture (h, w, 3) as the camera gives it out; `number` counts the frames and seeds the noise."""
    if settings.light != 1:
        image = _exposure(settings.light).take(image)
    if settings.noise > 0:
        image = _noisy(image, settings.noise, number)
    return np.ascontiguousarray(image[:, ::-1] if settings.mirrored else image)


def _exposure(light: float) -> Image:
    """(256,) each level's level after exposing by `light`."""
    levels = np.clip(decoded(np.arange(256) / 255) * light, 0, 1)
    return np.asarray(np.rint(encoded(levels) * 255), np.uint8)


def _noisy(image: Image, sigma: float, number: int) -> Image:
    grain = _grain(image.size)
    start = np.random.default_rng((SEED, number)).integers(len(grain) - image.size)
    noisy = grain[start : start + image.size].reshape(image.shape) * np.float32(sigma)
    noisy += image
    return np.asarray(np.clip(np.rint(noisy, out=noisy), 0, 255, out=noisy), np.uint8)


@cache
def _grain(values: int) -> NDArray[np.float32]:
    """Normal deviates for two pictures of so many values; each frame takes its own stretch, which is quick to do."""
    return np.random.default_rng(SEED).standard_normal(2 * values, np.float32)


class Film:
    """The MP4 at `path`, frame n at n / fps seconds.  Use it with `with`: the file is there when the block ends.

    On any exception nothing is left behind, and a file that stood at `path` stays as it was.
    Raises StudioError for a picture size that H.264 cannot have, for no pictures, and when writing fails.
    """

    def __init__(self, path: str | Path, size: tuple[int, int], settings: PictureSettings) -> None:
        if size[0] % 2 or size[1] % 2:
            raise StudioError(f"A video needs an even width and height, not {size[0]} x {size[1]}.")
        self._path = Path(path)
        self._size, self._settings = size, settings
        self._stack = ExitStack()
        self._count = 0

    def __enter__(self) -> Self:
        self._temporary = self._path.with_name(TEMPORARY.format(secrets.token_hex(8)))
        with ExitStack() as stack:
            stack.callback(self._temporary.unlink, missing_ok=True)
            self._container: OutputContainer = self._open()
            stack.callback(self._close)
            self._stream = self._begin()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if kind is None:
                self._finish()

    def add(self, image: Image) -> None:
        """The next frame: RGB (height, width, 3) uint8."""
        if image.dtype != np.uint8 or image.shape != (*self._size[::-1], 3):
            raise ValueError(
                f"a picture of {self._size} pixels was expected, not {image.dtype} {image.shape}"
            )
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
        frame.pts, frame.time_base = self._count, Fraction(1, self._settings.fps)
        self._count += 1
        self._encode(frame)

    def _open(self) -> OutputContainer:
        try:
            self._temporary.open("xb").close()  # FFmpeg would only tell at the first frame
            # "file:", else a colon in the name would make it an address
            return av.open(f"file:{self._temporary}", "w", format="mp4", options=BIT_EXACT)
        except (OSError, av.FFmpegError) as error:
            raise self._error(error) from error

    def _begin(self) -> VideoStream:
        options = {"preset": "medium", "crf": str(self._settings.crf), "flags": "+bitexact"} | NARROW
        stream = self._container.add_stream("libx264", rate=self._settings.fps, options=options)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, self._settings.fps)
        stream.thread_count = 1
        return stream

    def _encode(self, frame: av.VideoFrame | None) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except av.FFmpegError as error:
            raise self._error(error) from error

    def _finish(self) -> None:
        if not self._count:
            raise StudioError(f"There is no picture to write to '{self._path.name}'.")
        self._encode(None)
        try:
            self._container.close()
            self._temporary.replace(self._path)
        except (OSError, av.FFmpegError) as error:
            raise self._error(error) from error

    def _close(self) -> None:
        with suppress(OSError, av.FFmpegError):  # the file goes away; what went wrong is being told already
            self._container.close()

    def _error(self, error: OSError | av.FFmpegError) -> StudioError:
        return StudioError(f"'{self._path}' could not be written: {error.strerror}.")
