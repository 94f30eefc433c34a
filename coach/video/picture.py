"""A decoded frame as an upright RGB picture with square pixels, no larger than wanted."""

import math
from dataclasses import dataclass
from typing import Any, Final, Self

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

Image = NDArray[np.uint8]
STRANGEST_PIXEL: Final = 4.0  # a pixel more oblong than this is a mistake in the file


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a recorded picture is turned to be upright: so many quarter turns anticlockwise, then mirrored."""

    quarters: int = 0
    mirrored: bool = False

    @classmethod
    def of(cls, frame: av.VideoFrame) -> Self:
        """What the frame's display matrix asks for (ISO 14496-12, 8.5.2; FFmpeg libavutil/display.h)."""
        # A frame whose side data was asked for is in a circle of references, and stays until Python's next
        # full collection: it shall be a small one.
        small = frame.reformat(width=16, height=16, format="rgb24")
        data: Any = small.side_data.get("DISPLAYMATRIX")
        if data is None:
            return cls()
        a, b, _, c, d = (int(v) for v in np.frombuffer(bytes(data), np.int32)[:5])
        mirrored = a * d - b * c < 0
        if mirrored:
            a = -a
        return cls(round(-math.degrees(math.atan2(b, a)) / 90) % 4, mirrored)

    @property
    def sideways(self) -> bool:
        """Whether width and height change places."""
        return self.quarters % 2 == 1

    def apply(self, image: Image) -> Image:
        """The upright picture, in memory row by row."""
        image = np.rot90(image, self.quarters)
        return np.ascontiguousarray(image[:, ::-1] if self.mirrored else image)


class Converter:
    """From a decoded frame to the delivered picture; the same size for all pictures of a video.

    shown  width and height of the upright picture, its pixels made square
    size   width and height of what is delivered: as shown, the longer side at most `max_side`
    """

    def __init__(self, first: av.VideoFrame, pixel: float, max_side: int | None) -> None:
        """From a video's first frame; `pixel` is the width of a pixel by its height."""
        oblong = pixel != 1 and 1 / STRANGEST_PIXEL <= pixel <= STRANGEST_PIXEL
        width, height = (round(first.width * pixel) if oblong else first.width), first.height
        self._first, self._pixel = (first.width, first.height), pixel if oblong else 1.0
        self.orientation = Orientation.of(first)
        self._size = _within(width, height, max_side)
        self.shown = (height, width) if self.orientation.sideways else (width, height)
        self.size = self._size[::-1] if self.orientation.sideways else self._size
        self._scale, self._colour = VideoReformatter(), VideoReformatter()  # kept: setting up takes long

    def picture(self, frame: av.VideoFrame) -> Image:
        """RGB, (height, width, 3), upright.

        Measured on 1088 x 1920: 3 ms in two steps and on one thread, 8 ms in one step.
        """
        width, height = self._fitting(frame.width, frame.height)
        if (frame.width, frame.height) != (width, height):
            frame = self._scale.reformat(frame, width, height, "yuv420p", interpolation="AREA", threads=1)
        rgb: Any = self._colour.reformat(frame, format="rgb24", threads=1).to_ndarray()
        return self.orientation.apply(_within_black(rgb, self._size))

    def _fitting(self, width: int, height: int) -> tuple[int, int]:
        """The size of a frame within the picture; one that changed its shape keeps it, lest a body be squashed."""
        if (width, height) == self._first:
            return self._size
        wide, high = width * self._pixel, height
        scale = min(self._size[0] / wide, self._size[1] / high)
        return (
            min(self._size[0], max(2, round(wide * scale / 2) * 2)),
            min(self._size[1], max(2, round(high * scale / 2) * 2)),
        )


def _within_black(image: Image, size: tuple[int, int]) -> Image:
    """An image in the middle of a black one of this width and height; itself where it fills it."""
    width, height = size
    if image.shape[:2] == (height, width):
        return image
    whole = np.zeros((height, width, 3), np.uint8)
    top, left = (height - image.shape[0]) // 2, (width - image.shape[1]) // 2
    whole[top : top + image.shape[0], left : left + image.shape[1]] = image
    return whole


def _within(width: int, height: int, max_side: int | None) -> tuple[int, int]:
    """The size with its longer side at most `max_side`; even, where it changes, which is faster."""
    if max_side is None or max(width, height) <= max_side:
        return width, height
    scale = max_side / max(width, height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
