"""Opening a file as a video, and refusing what cannot or shall not be read, before anything is decoded."""

import math
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from coach.video.problems import problem

FORMATS: Final = (  # no playlists, no pictures, no text: a file must not make the reader open other files
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,asf,flv,ogg,gif,mxf,dv,"
    "mp3,wav,flac,aac,aiff,amr"
)
# Bare streams in which no picture has a time: at what rate they were taken, nobody knows.  Those of MPEG-1, -2 and -4
# (mpegvideo, m4v) tell it themselves.
TIMELESS: Final = frozenset({"h264", "hevc"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read: pixels a frame, seconds, bytes."""

    max_pixels: int = 4096 * 2304  # 4K, not 8K
    max_duration_s: float = 45 * 60
    max_bytes: int = 2 * 1024**3


DEFAULT_LIMITS: Final = Limits()


def source_name(source: str | Path | BinaryIO) -> str:
    """What a person knows the file by; an upload may have no name."""
    name = source if isinstance(source, str | Path) else getattr(source, "name", None)
    if not isinstance(name, str | Path):
        return "The uploaded file"
    return f"'{Path(name).name or Path(name)}'"  # the folder where one is has a place, and no name


@contextmanager
def opened(source: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """The source as a binary file; a caller's own file is rewound, and left open.

    FFmpeg never gets a path, since it takes some of them for addresses.  Raises VideoError.
    """
    name = source_name(source)
    if not isinstance(source, str | Path):
        if not source.seekable():
            raise problem("stream", name=name)
        yield source
        return
    with _open_path(Path(source), name) as file:
        yield file


def _open_path(path: Path, name: str) -> BinaryIO:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise problem("folder", name=name)
        if not stat.S_ISREG(mode):
            raise problem("not_a_file", name=name)
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a zero byte in the path
        raise problem("no_file", path=path) from None
    except PermissionError:
        raise problem("permission", name=name) from None
    except OSError as error:
        raise problem("not_opened", name=name, reason=error.strerror) from None


def check_bytes(file: BinaryIO, name: str, limits: Limits) -> None:
    """Neither empty nor too large; leaves the file at its beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        raise problem("empty", name=name)
    if size > limits.max_bytes:
        raise problem("too_large", name=name, gb=f"{size / 1e9:.1f}", most=f"{limits.max_bytes / 1e9:.1f}")


def open_container(file: BinaryIO, name: str) -> InputContainer:
    """The file as a container.  Raises VideoError where it is none, not a whole one, or one without times."""
    start = file.read(12)
    file.seek(0)
    try:
        container = av.open(file, "r", options={"format_whitelist": FORMATS}, metadata_errors="replace")
    except (av.FFmpegError, OSError):
        if start[4:8] == b"ftyp":
            raise problem("incomplete", name=name) from None
        raise problem("not_a_video", name=name) from None
    if container.format.name in TIMELESS:
        container.close()
        raise problem("no_times", name=name)
    return container


def video_stream(container: InputContainer, name: str) -> VideoStream:
    """The stream of moving pictures that players show: the first that is marked so, else the first; a cover picture
    is none.
    """
    moving = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not moving:
        raise problem("only_sound" if container.streams.audio else "no_pictures", name=name)
    shown = next((s for s in moving if s.disposition & Disposition.default), moving[0])
    if shown.codec_context is None:
        raise problem("unknown_format", name=name)
    return shown


def duration_s(container: InputContainer, stream: VideoStream, first_s: float | None = None) -> float:
    """Seconds as the file tells them; NaN where it does not.

    first_s  when the first picture is shown, where that is known.  Matroska and WebM tell when they end, on a clock
             that may have begun long before, and when the longest of their streams does: sound may outlast the picture
    """
    if stream.duration is not None and stream.time_base is not None and stream.duration > 0:
        return float(stream.duration * stream.time_base)
    if "matroska" in container.format.name and len(container.streams.audio):
        return _tagged_s(stream) - (first_s or 0.0)
    if container.duration is not None and container.duration > 0:
        begun_s = first_s if first_s is not None else (container.start_time or 0) / av.time_base
        ends_s = container.duration / av.time_base
        return max(0.0, ends_s - begun_s) if "matroska" in container.format.name else ends_s
    return math.nan


def _tagged_s(stream: VideoStream) -> float:
    """When a stream of Matroska or WebM ends, seconds, as its own tag tells; NaN where it has none."""
    told = re.fullmatch(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", stream.metadata.get("DURATION", "").strip("\0 "))
    return int(told[1]) * 3600 + int(told[2]) * 60 + float(told[3]) if told else math.nan


def average_fps(stream: VideoStream) -> float:
    """Frames a second as the file tells them; NaN where it does not."""
    rate = stream.average_rate or stream.guessed_rate
    return float(rate) if rate else math.nan


def check_stream(container: InputContainer, stream: VideoStream, name: str, limits: Limits) -> None:
    """Pixels and duration within the limits, as far as the file tells them."""
    check_pixels(stream.codec_context.width, stream.codec_context.height, name, limits)
    check_duration(duration_s(container, stream), name, limits)


def check_pixels(width: int, height: int, name: str, limits: Limits) -> None:
    """Raises VideoError for a picture beyond the limit."""
    if width * height > limits.max_pixels:
        raise problem("too_many_pixels", name=name, width=width, height=height)


def check_duration(seconds: float, name: str, limits: Limits) -> None:
    """Raises VideoError beyond the limit; NaN passes, since the clock is watched while reading."""
    if seconds > limits.max_duration_s:
        raise problem("too_long", name=name, minutes=f"{limits.max_duration_s / 60:.3g}")
