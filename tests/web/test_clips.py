"""Sample clips in place of the camera."""

from pathlib import Path

import pytest

from coach.judge import exercise_ids
from coach.web.clips import clip_path, clips
from tests.conftest import SAMPLES


def test_each_clip_is_one_of_its_exercise() -> None:
    assert set(clips()) <= set(exercise_ids())
    for exercise, names in clips().items():
        assert names and all(name.startswith(f"{exercise}_") for name in names)
        assert [clip_path(name) for name in names] == [SAMPLES / name for name in names]


def test_every_clip_is_of_one_exercise() -> None:
    told = [name for names in clips().values() for name in names]
    assert sorted(told) == sorted(path.name for path in SAMPLES.glob("*.mp4"))


def test_one_with_something_to_hear_comes_first() -> None:
    assert clips()["squat"][0] == "squat_faulty.mp4"
    assert clips()["bridge"][-1] == "bridge_wrong_view.mp4"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../README.md", "../sample_videos/squat_clean.mp4", "/etc/passwd", "squat_clean",
     "squat_clean.json", "squat_clean.mp4/", "SQUAT_CLEAN.MP4 ", "library", "%2e%2e", "\x00"],
)  # fmt: skip
def test_nothing_else_is_given_out(name: str) -> None:
    assert clip_path(name) is None


def test_an_installation_may_have_none(tmp_path: Path) -> None:
    assert dict(clips(tmp_path / "nowhere")) == {}
