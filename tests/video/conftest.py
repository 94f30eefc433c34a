"""Small videos, made where a test needs them."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

TICK = Fraction(1, 1000)
PIXELS = {"libx264": "yuv420p", "libvpx": "yuv420p", "mjpeg": "yuvj420p", "mpeg4": "yuv420p"}
Clip = Callable[..., Path]


def picture(width: int, height: int, i: int = 0) -> Any:
    """Noise that does not compress to nothing, red in the left upper quarter."""
    image = np.random.default_rng(i).integers(0, 64, (height, width, 3), dtype=np.uint8)
    image[: height // 2, : width // 2] = (255, 0, 0)
    return image


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    """A function that writes a video and gives its path; `times` are in seconds."""

    def make(
        name: str = "clip.mp4",
        times: Sequence[float] = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25),
        size: tuple[int, int] = (64, 48),
        codec: str = "libx264",
        turn: dict[str, Any] | None = None,
        pixel: Fraction | None = None,
        sound_s: float = 0.0,
        **options: str,
    ) -> Path:
        path = tmp_path / name
        with av.open(str(path), "w", options=options) as container:
            stream: Any = container.add_stream(codec, rate=20)
            stream.width, stream.height = size
            stream.pix_fmt = PIXELS[codec]
            if codec != "mjpeg":
                stream.gop_size, stream.max_b_frames = 5, 0
            if codec != "mpeg4":
                stream.codec_context.time_base = TICK
            if turn:
                stream.set_display_rotation(**turn)
            if pixel:
                stream.codec_context.sample_aspect_ratio = pixel
            if sound_s:
                _add_sound(container, sound_s)
            container.start_encoding()  # else without frames there is no file
            for i, t in enumerate(times):
                frame = av.VideoFrame.from_ndarray(picture(*size, i), format="rgb24")
                frame.pts, frame.time_base = round(t / TICK), TICK
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return make


def bare_stream(path: Path, codec: str, kind: str, rate: int) -> Path:
    """Thirty pictures and nothing around them."""
    with av.open(str(path), "w", format=kind) as container:
        stream: Any = container.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for i in range(30):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture(64, 48, i), format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.fixture
def sound_file(tmp_path: Path) -> Path:
    """A second of silence."""
    path = tmp_path / "sound.wav"
    with av.open(str(path), "w") as container:
        _add_sound(container, 1.0)
    return path


@pytest.fixture
def sound_with_cover(tmp_path: Path) -> Path:
    """A piece of music with a picture of its cover, which is stored as a video stream of one frame."""
    path = tmp_path / "song.mp3"
    with av.open(str(path), "w") as container:
        sound: Any = container.add_stream("libmp3lame", rate=44100)
        cover: Any = container.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 48, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        silence: Any = av.AudioFrame.from_ndarray(np.zeros((2, 1152), np.int16), "s16p", "stereo")
        silence.rate, silence.pts = 44100, 0
        container.mux(sound.encode(silence))
        container.mux(sound.encode(None))
        container.mux(cover.encode(av.VideoFrame.from_ndarray(picture(64, 48), format="rgb24")))
        container.mux(cover.encode(None))
    return path


def _add_sound(container: Any, seconds: float) -> None:
    stream = container.add_stream("pcm_s16le", rate=8000)
    stream.layout = "mono"
    silence: Any = av.AudioFrame.from_ndarray(np.zeros((1, round(8000 * seconds)), np.int16), "s16", "mono")
    silence.rate, silence.pts = 8000, 0
    container.mux(stream.encode(silence))
    container.mux(stream.encode(None))
