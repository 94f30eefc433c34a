"""Evidence: which moment shows a fault, and the picture of it."""

import io
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from PIL import Image as Pillow

from coach.judge import Feedback, HeldPose, Judgement, Rep, SetResult
from coach.pose import PoseFrame
from coach.video.overlay import Overlay
from coach.video.picture import Image
from coach.video.reader import VideoReader

RECENT_S: Final = 60.0  # a repetition lasts no longer
SPARSE_S: Final = 0.5  # between the poses kept of longer holds
SPARSE_MOST: Final = 1200
PER_CHECK: Final = 2  # pictures of one fault that a reader looks at
MOST: Final = 10
JPEG_QUALITY: Final = 82

Part = Rep | HeldPose


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A fault: the check, its repetition's or hold's number from 1, the pose at that time, joints at fault."""

    check: str
    number: int
    frame: PoseFrame
    joints: tuple[str, ...]


class MomentCollector:
    """Keeps the poses of the last minute, and of each fault the one that shows it."""

    def __init__(self) -> None:
        self._recent: deque[PoseFrame] = deque()
        self._sparse: deque[PoseFrame] = deque(maxlen=SPARSE_MOST)
        self._found: dict[tuple[float, str, str], PoseFrame] = {}
        self._count: dict[str, int] = {}

    def take(self, frame: PoseFrame, feedback: Feedback) -> None:
        """Take a repaired frame and what was made of it."""
        self._recent.append(frame)
        while self._recent[0].t < frame.t - RECENT_S:
            self._recent.popleft()
        if not self._sparse or frame.t - self._sparse[-1].t >= SPARSE_S:
            self._sparse.append(frame)
        for part in (feedback.rep, feedback.held):
            if part is not None:
                self._keep(part)

    def finish(self, result: SetResult) -> tuple[Moment, ...]:
        """The moments of a finished set, numbered as its repetitions or holds are."""
        moments: list[Moment] = []
        for number, part in enumerate(result.parts, start=1):
            self._keep(part)
            moments += self._moments(number, part)
        return tuple(moments[:MOST])

    def _moments(self, number: int, part: Part) -> Iterable[Moment]:
        for check, verdict in part.verdicts.items():
            frame = self._found.get((part.start_s, part.side, check))
            if frame is not None:
                yield Moment(check, number, frame, verdict.joints)

    def _keep(self, part: Part) -> None:
        for check, verdict in part.verdicts.items():
            key = (part.start_s, part.side, check)
            if verdict.verdict is not Judgement.FAULT or key in self._found or verdict.at_s is None:
                continue
            if self._count.get(check, 0) < PER_CHECK and (frame := self._at(verdict.at_s)) is not None:
                self._count[check] = self._count.get(check, 0) + 1
                self._found[key] = frame

    def _at(self, t: float) -> PoseFrame | None:
        poses = self._recent if self._recent and self._recent[0].t <= t else self._sparse
        return min(poses, key=lambda pose: abs(pose.t - t), default=None)


def pictures(source: str | Path | BinaryIO, moments: Iterable[Moment]) -> list[tuple[Moment, bytes]]:
    """The JPEG of each moment: the video's frame with the skeleton, the joints at fault marked.

    Reads the video once more, up to the last moment; a moment beyond a damaged end has none.
    """
    waiting = deque(sorted(moments, key=lambda moment: moment.frame.t))
    found: list[tuple[Moment, bytes]] = []
    if not waiting:
        return found
    with VideoReader(source) as reader:
        for frame in reader.frames():
            while waiting and frame.t >= waiting[0].frame.t - 1e-6:
                moment = waiting.popleft()
                found.append((moment, _jpeg(frame.image, moment)))
            if not waiting:
                break
    return found


def _jpeg(image: Image, moment: Moment) -> bytes:
    overlay = Overlay((image.shape[1], image.shape[0]))
    out = io.BytesIO()
    picture = Pillow.fromarray(overlay.evidence(image, moment.frame, moment.joints))
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
