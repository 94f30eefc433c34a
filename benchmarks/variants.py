"""The same clip at other frame rates, mirrored, scaled and shifted: made with PyAV, for tests and benchmarks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.video import VideoFrame, VideoReader, VideoWriter

Change = Callable[[Iterator[VideoFrame]], Iterator[VideoFrame]]


@dataclass(frozen=True, slots=True)
class Variant:
    """A name, what is done to the frames, and whether left and right are swapped by it."""

    name: str
    change: Change
    mirrors: bool = False


def at_rate(fps: float) -> Change:
    """Frames at a steady rate, each the last one that was shown at that time."""

    def change(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
        number, last = 0, None
        for frame in frames:
            while last is not None and number / fps < frame.t - 1e-9:
                yield VideoFrame(number / fps, last.image)
                number += 1
            last = frame
        if last is not None:
            yield VideoFrame(number / fps, last.image)

    return change


def mirrored(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    """As a mirror shows it."""
    for frame in frames:
        yield VideoFrame(frame.t, np.ascontiguousarray(frame.image[:, ::-1]))


def scaled(share: float) -> Change:
    """The person smaller: the picture shrunk into the middle of a grey one of the same size."""
    return _placed(share, 0.5, 0.5)


def shifted(right: float, down: float) -> Change:
    """The person elsewhere: the picture, at 80 %, moved to another place; 0.5, 0.5 is the middle."""
    return _placed(0.8, right, down)


def _placed(share: float, right: float, down: float) -> Change:
    def change(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
        for frame in frames:
            h, w = frame.image.shape[:2]
            rows = (np.arange(int(h * share)) / share).astype(int)
            columns = (np.arange(int(w * share)) / share).astype(int)
            small = frame.image[rows][:, columns]
            top, left = int((h - len(rows)) * down), int((w - len(columns)) * right)
            canvas = np.full_like(frame.image, 128)
            canvas[top : top + len(rows), left : left + len(columns)] = small
            yield VideoFrame(frame.t, canvas)

    return change


VARIANTS = (
    Variant("10 frames a second", at_rate(10)),
    Variant("15 frames a second", at_rate(15)),
    Variant("30 frames a second", at_rate(30)),
    Variant("60 frames a second", at_rate(60)),
    Variant("mirrored", mirrored, mirrors=True),
    Variant("at 70 %", scaled(0.7)),
    Variant("shifted", shifted(0.9, 0.8)),
)


def make(source: Path, variant: Variant, target: Path) -> Path:
    """Write a variant of a clip as MP4."""
    with VideoReader(source) as reader, VideoWriter(target) as writer:
        for frame in variant.change(reader.frames()):
            writer.write(frame.image, frame.t)
    return target
