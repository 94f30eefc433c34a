"""Sights without a pose model: whatever is sent, they see the next frame of a film."""

import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image as Pillow

from coach.live.wire import pack
from coach.pose import Image, PoseFrame


@dataclass
class Film:
    """See the frames of a film one after the other, at the times that are told."""

    frames: Iterable[PoseFrame]
    quicker: bool = False
    closed: int = 0
    threads: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._left = iter(self.frames)
        self._note()

    def _note(self) -> None:
        self.threads.add(threading.current_thread().name)

    def see(self, image: Image, t: float) -> PoseFrame:
        self._note()
        return replace(next(self._left, PoseFrame.empty(t, (image.shape[1], image.shape[0]))), t=t)

    def close(self) -> None:
        self._note()
        self.closed += 1


def picture(width: int = 64, height: int = 48, kind: str = "JPEG") -> bytes:
    """A picture as bytes."""
    out = io.BytesIO()
    ramp = np.linspace(0, 255, width).astype(np.uint8)
    Pillow.fromarray(np.repeat(np.repeat(ramp[None, :, None], height, 0), 3, 2)).save(out, kind)
    return out.getvalue()


def sent(number: int, t: float, jpeg: bytes | None = None) -> bytes:
    """A frame as the camera page sends it."""
    return pack(number, t, picture() if jpeg is None else jpeg)
