"""What the model sees in a mirror is told of the film itself."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from benchmarks import mirrored
from benchmarks.clips import Clip
from coach.pose import INDEX, PoseFrame
from coach.pose.landmarks import COUNT
from coach.video import VideoFrame, VideoWriter

SIZE = (128, 64)
LEFT, RIGHT = INDEX["left_wrist"], INDEX["right_wrist"]


class Model:
    """Takes the light in the picture for a left hand; stands in for all that is done to a frame."""

    looks = 0

    def __init__(self, *_: object, **__: object) -> None: ...

    def step(self, shown: VideoFrame) -> "Model":
        self.shown = shown
        return self

    def seen_by(self, _: object) -> PoseFrame:
        Model.looks += 1
        xy = np.zeros((COUNT, 2), np.float32)
        xy[LEFT] = np.argwhere(self.shown.image[..., 0] > 128).mean(axis=0)[::-1]
        return PoseFrame(self.shown.t, xy, np.ones(COUNT, np.float32), np.zeros((COUNT, 3), np.float32), SIZE)

    def close(self) -> None: ...


@pytest.fixture
def clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clip:
    for name in ("MediaPipeEstimator", "PersonLock", "Preparation"):
        monkeypatch.setattr(mirrored, name, Model)
    image = np.zeros((*SIZE[::-1], 3), np.uint8)
    image[16:32, 16:32] = 255
    film = tmp_path / "film.mp4"
    with VideoWriter(film) as writer:
        for i in range(3):
            writer.write(image, i / 10)
    film.with_suffix(".json").write_text("{}", "utf-8")
    return cast(Clip, SimpleNamespace(video=film, name="film", exercise=None))


def test_a_hand_in_the_mirror_is_the_other_one_and_is_told_where_it_is(clip: Clip) -> None:
    track: Any = mirrored.looked_at(clip, "full")
    assert len(track) == 3
    assert track.xy[:, RIGHT] == pytest.approx(np.full((3, 2), 24.0), abs=1.5)


def test_a_film_goes_along_and_is_looked_at_once(clip: Clip, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    mirrored.look(clip, out)
    assert {path.name for path in out.iterdir()} == {"film.mp4", "film.json", "film.full.npz"}
    looks = Model.looks
    mirrored.look(clip, out)
    assert Model.looks == looks
