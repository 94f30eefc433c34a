"""When a film says that it was taken, and how quick, and when nobody knows."""

from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest

from coach.judge import load_exercise
from coach.language import LANGUAGES, Language, words
from coach.video import VideoReader, analyse, filmed
from coach.video.filmed import Pace, filmed_at

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def film(folder: Path, ending: str = "mp4", **tags: str) -> Path:
    path = folder / f"film.{ending}"
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as container:
        container.metadata.update({name.replace("__", "."): told for name, told in tags.items()})
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"  # type: ignore[union-attr]
        frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        for one in (frame, frame):
            container.mux(stream.encode(one))  # type: ignore[union-attr]
        container.mux(stream.encode(None))  # type: ignore[union-attr]
    return path


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv"])
def test_the_moment_that_the_camera_wrote(tmp_path: Path, ending: str) -> None:
    path = film(tmp_path, ending, creation_time="2026-11-03T10:11:12.000000Z")
    assert filmed_at(path, NOW) == datetime(2026, 11, 3, 10, 11, 12, tzinfo=UTC)


def test_of_two_moments_that_of_the_filming_and_not_of_the_file(tmp_path: Path) -> None:
    tags = {"com__apple__quicktime__creationdate": "2026-11-02T01:30:00+0200"}
    path = film(tmp_path, "mov", creation_time="2026-11-03T10:11:12.000000Z", **tags)
    assert filmed_at(path, NOW) == datetime(2026, 11, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("told", ["1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-11-20T12:00:01Z"])
def test_a_moment_that_cannot_be_is_none(tmp_path: Path, told: str) -> None:
    assert filmed_at(film(tmp_path, creation_time=told), NOW) is None


def test_what_does_not_say_and_what_is_no_film(tmp_path: Path) -> None:
    assert filmed_at(film(tmp_path), NOW) is None
    text = tmp_path / "text.mp4"
    text.write_text("no film")
    assert filmed_at(text, NOW) is filmed_at(tmp_path / "gone.mp4", NOW) is None


@pytest.mark.parametrize("ending", ["mp4", "mov"])
@pytest.mark.parametrize(
    ("taken", "pace"),
    [("40", "slower"), ("20", None), ("10", None), ("9", None), ("1.000000", "quicker")]
    + [(nothing, None) for nothing in ("", "fast", "nan", "inf", "0", "-1")],
)
def test_whether_it_runs_as_quick_as_life(tmp_path: Path, ending: str, taken: str, pace: Pace | None) -> None:
    """A film of ten pictures a second."""
    with VideoReader(film(tmp_path, ending, com__android__capture__fps=taken)) as reader:
        assert reader.info.fps == 10 and reader.info.pace == pace


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_film_that_does_not_is_told_so_and_watched_all_the_same(tmp_path: Path, language: Language) -> None:
    path = film(tmp_path, com__android__capture__fps="80")
    exercise = load_exercise("squat", language=language)
    told = words(language, Path(filmed.__file__).parent)("slower")
    assert told in analyse(path, exercise).result.advice
    assert told not in analyse(film(tmp_path), exercise).result.advice
