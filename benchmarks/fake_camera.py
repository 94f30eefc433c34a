"""A clip as the file that Chromium plays in place of a camera, each picture stamped with its number.

The stamp is a row of black and white blocks along the top edge: the number in binary, then the same inverted, so that
a picture that comes back can be told, and one that is blurred beyond reading is known as such.
"""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import av
import numpy as np

from benchmarks.variants import at_rate
from coach.pose import Image
from coach.video import VideoReader

FPS: Final = 30
BITS: Final = 10  # of the number; as many blocks again tell it inverted
STAMP_PX: Final = 16  # height of the blocks: one row of blocks of the usual codecs


def stamped(image: Image, number: int) -> Image:
    """The picture (h, w, 3) with a number below 2 ** BITS along its top edge."""
    bits = np.array([number >> i & 1 for i in range(BITS)], bool)
    blocks = np.concatenate([bits, ~bits])
    columns = np.arange(image.shape[1]) * len(blocks) // image.shape[1]
    marked = image.copy()
    marked[:STAMP_PX] = np.where(blocks[columns], 255, 0)[None, :, None]
    return marked


def read_stamp(image: Image) -> int | None:
    """The number of a stamped picture; None where it cannot be read."""
    width = image.shape[1] / (2 * BITS)
    middles = ((np.arange(2 * BITS) + 0.5) * width).astype(int)
    blocks = image[STAMP_PX // 2, middles].mean(axis=-1) > 127
    bits, inverted = blocks[:BITS], blocks[BITS:]
    return None if (bits == inverted).any() else int(sum(1 << int(i) for i in np.flatnonzero(bits)))


def write_camera(clip: Path, target: Path) -> Path:
    """Write a clip as Motion JPEG at FPS pictures a second; Chromium plays it over and over."""
    with VideoReader(clip) as reader:
        images = (frame.image for frame in islice(at_rate(FPS)(reader.frames()), 1 << BITS))
        write_mjpeg((stamped(image, number) for number, image in enumerate(images)), reader.size, target)
    return target


def write_mjpeg(images: Iterable[Image], size: tuple[int, int], target: Path) -> None:
    """Write RGB pictures of a size (width, height) as Motion JPEG, with little loss."""
    with av.open(str(target), "w", format="mjpeg") as container:
        stream = container.add_stream("mjpeg", rate=FPS, options={"qmin": "2", "qmax": "2"})
        stream.pix_fmt = "yuvj420p"
        stream.width, stream.height = size
        for image in images:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode(None))
