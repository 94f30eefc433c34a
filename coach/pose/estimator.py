"""The pose model behind a small protocol, so that nothing else knows MediaPipe.

MediaPipe Tasks: timestamps must rise strictly; an estimator that is not closed keeps its memory and its
threads.  Hence `with`.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from types import TracebackType
from typing import Any, BinaryIO, Final, Literal, Protocol, Self

import numpy as np

from coach.errors import CoachError
from coach.pose.kept_here import keep_here
from coach.pose.light import Image
from coach.pose.types import PoseFrame

ModelName = Literal["lite", "full", "heavy"]
MODELS: Final[tuple[ModelName, ...]] = ("lite", "full", "heavy")
MODEL_FOLDER: Final = Path(__file__).parent / "models"


# Lines of MediaPipe's core, and of TensorFlow Lite within it.  After its level a web server's log has several blanks.
OF_THE_CORE: Final = re.compile(rb"[IWEF]\d{4} \d\d:|(INFO|WARNING): \S")


class PoseEstimator(Protocol):
    """Pixels to landmarks of one person."""

    def estimate(self, image: Image, t: float) -> PoseFrame:
        """The person in an RGB picture (h, w, 3) uint8, at `t` seconds; without a pose, all NaN."""
        ...

    def close(self) -> None: ...


def model_path(model: ModelName) -> Path:
    """Where the model's file lies in the package.  Raises CoachError when it is missing."""
    path = MODEL_FOLDER / f"pose_landmarker_{model}.task"
    if not path.is_file():
        raise CoachError(
            f"The pose model '{model}' is missing from this installation: install Form Coach again."
        )
    return path


class MediaPipeEstimator:
    """MediaPipe Tasks PoseLandmarker in VIDEO mode, one person::

    with MediaPipeEstimator("full") as estimator:
        frame = estimator.estimate(image, t=0.0)
    """

    def __init__(self, model: ModelName = "full") -> None:
        self._model = model
        self._landmarker = _landmarker(model, video=True, num_poses=1)
        self._last_ms = -1

    def estimate(self, image: Image, t: float) -> PoseFrame:
        """See `PoseEstimator`.  A time that does not rise is moved up by a millisecond for the model."""
        ms = max(self._last_ms + 1, round(t * 1000))
        self._last_ms = ms
        found = _detected(self._landmarker.detect_for_video, _picture(image), ms)
        size = (image.shape[1], image.shape[0])
        if not found.pose_landmarks:
            return PoseFrame.empty(t, size)
        seen = _to_frame(found.pose_landmarks[0], found.pose_world_landmarks[0], t, size)
        return replace(seen, model=self._model)

    def close(self) -> None:
        """Free memory and threads; may be called again."""
        if self._landmarker is not None:
            self._landmarker.close()
            self._landmarker = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Scout:
    """Looks at single pictures for everybody in them: up to two people, in no order."""

    def __init__(self) -> None:
        self._landmarker = _landmarker("lite", video=False, num_poses=2)

    def look(self, image: Image, t: float) -> list[PoseFrame]:
        """Everybody in an RGB picture (h, w, 3)."""
        found = _detected(self._landmarker.detect, _picture(image))
        size = (image.shape[1], image.shape[0])
        return [
            _to_frame(pose, world, t, size)
            for pose, world in zip(found.pose_landmarks, found.pose_world_landmarks, strict=True)
        ]

    def close(self) -> None:
        """Free memory and threads; may be called again."""
        if self._landmarker is not None:
            self._landmarker.close()
            self._landmarker = None


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what MediaPipe's core writes to the process's stderr from the person: while a model is loaded, and until one
    of the process first found somebody, at which the core writes its last warning.

    It goes past Python; errors are raised all the same.  What others write to stderr meanwhile comes a moment later.
    """
    _silence.begin()
    try:
        yield
    finally:
        _silence.end()


class _Silence:
    """The process has one stderr and two threads that load models: the first in turns it away, the last out back.

    Each for itself, the second would keep the first one's nowhere as the old stderr, and put that back for good.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._within = 0
        self._turned: tuple[int, BinaryIO] | None = None
        self.over = False  # whether somebody was found, after which nothing is written any more

    def begin(self) -> None:
        with self._lock:
            if self._within == 0:
                self._turned = _turned_away()
            self._within += 1

    def end(self) -> None:
        with self._lock:
            self._within -= 1
            if self._within == 0 and self._turned is not None:
                stderr, written = self._turned
                os.dup2(stderr, 2)
                os.close(stderr)
                with written:
                    written.seek(0)
                    others = b"".join(line for line in written if not OF_THE_CORE.match(line))
                if others:
                    with suppress(OSError):  # nobody reads it: no reason to stop
                        os.write(2, others)


_silence: Final = _Silence()


def _turned_away() -> tuple[int, BinaryIO] | None:
    """Turn stderr into a file; the descriptor under which the old one is kept, and that file.

    None where there is no stderr, or no room for a file: then it stays where it is.
    """
    with suppress(OSError), ExitStack() as undo:
        stderr = os.dup(2)
        undo.callback(os.close, stderr)
        written = undo.enter_context(TemporaryFile())
        os.dup2(written.fileno(), 2)
        undo.pop_all()
        return stderr, written
    return None


def _detected(detect: Callable[..., Any], *given: Any) -> Any:
    """What a model finds."""
    with nullcontext() if _silence.over else quiet():
        found = detect(*given)
    _silence.over = _silence.over or bool(found.pose_landmarks)
    return found


def _picture(image: Image):  # type: ignore[no-untyped-def]  # MediaPipe ships no types
    import mediapipe as mp  # takes a second: only when a model is really used

    return mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(image))


def _landmarker(model: ModelName, *, video: bool, num_poses: int):  # type: ignore[no-untyped-def]
    from mediapipe.tasks.python import BaseOptions, vision

    mode = vision.RunningMode.VIDEO if video else vision.RunningMode.IMAGE
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model_path(model))),
        running_mode=mode,
        num_poses=num_poses,
    )
    keep_here()
    with quiet():
        return vision.PoseLandmarker.create_from_options(options)


def _to_frame(pose: Sequence, world: Sequence, t: float, size: tuple[int, int]) -> PoseFrame:  # type: ignore[type-arg]
    """MediaPipe's landmarks (shares of the picture, metres) as a PoseFrame (pixels, metres)."""
    table = np.array([(p.x, p.y, p.visibility) for p in pose], np.float32)
    metres = np.array([(p.x, p.y, p.z) for p in world], np.float32)
    return PoseFrame(t, table[:, :2] * np.array(size, np.float32), table[:, 2], metres, size)
