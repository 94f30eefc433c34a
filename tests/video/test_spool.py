"""Landmarks on their way to disk come back as they went."""

import errno
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.errors import OutputError
from coach.pose import PoseFrame, PoseTrack
from coach.video.spool import TrackSpool


def frame(t: float) -> PoseFrame:
    rng = np.random.default_rng(round(t * 100))
    xy, seen, world = rng.random((33, 2)), rng.random(33), rng.random((33, 3))
    return PoseFrame(t, xy.astype("f4"), seen.astype("f4"), world.astype("f4"), (640, 480))


def test_what_is_spooled_comes_back(tmp_path: Path) -> None:
    frames = [frame(t / 10) for t in range(5)]
    with TrackSpool((640, 480)) as spool:
        for one in frames:
            spool.write(one)
        spool.track().save(tmp_path / "track.npz")
    track = PoseTrack.load(tmp_path / "track.npz")
    assert track.size == (640, 480)
    assert np.array_equal(track.xy, np.stack([one.xy for one in frames]))
    assert np.array_equal(track.t, [one.t for one in frames])


@pytest.mark.parametrize(
    ("models", "told"), [(["lite", "lite"], "lite"), (["full", "lite"], "lite"), ([], "")]
)
def test_the_model_that_saw_it_stays_known(models: list[str], told: str) -> None:
    """The quicker one errs more: what it saw is judged by its own errors, however it went."""
    with TrackSpool((640, 480)) as spool:
        for n, model in enumerate(models):
            spool.write(replace(frame(n / 10), model=model))
        spool.write(PoseFrame.empty(9.0, (640, 480)))
        assert {spool.track().model, *(one.model for one in spool.track())} == {told}


def test_nothing_spooled_is_an_empty_track() -> None:
    with TrackSpool((640, 480)) as spool:
        assert len(spool.track()) == 0


class Full:
    """A file in a folder without space."""

    def write(self, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    close = flush


def test_a_full_temporary_folder_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", Full)
    with (
        pytest.raises(OutputError, match=r"not enough space .* 'landmarks' in '"),
        TrackSpool((640, 480)) as spool,
    ):
        spool.write(frame(0.0))
    with pytest.raises(OutputError, match="not enough space"), TrackSpool((640, 480)) as spool:
        spool._count = 1
        spool.track()
