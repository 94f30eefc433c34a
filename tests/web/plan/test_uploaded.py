"""A set of an uploaded video goes into the records when somebody says so, and once."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.types import Consent
from coach.live.desk_keeper import set_id
from coach.pose import PoseTrack
from coach.records import Desk
from tests.judge.films import squats
from tests.web.plan.acting import EN, NOW, done, press


def _script(track: str, video: str) -> None:
    from pathlib import Path

    from coach.web.plan import uploaded
    from tests.web.plan.acting import done

    uploaded.offer("job", done("squat", 3), Path(track), Path(video), "en")


@pytest.fixture
def track(tmp_path: Path) -> Path:
    path = tmp_path / "track.npz"
    PoseTrack.of(list(squats(3))).save(path)
    return path


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "squat.mp4"
    path.write_bytes(b"a video")
    return path


def kept(track: Path, video: Path) -> AppTest:
    """Press the button."""
    told = {"track": str(track), "video": str(video)}
    app = AppTest.from_function(_script, kwargs=told, default_timeout=60).run()
    return press(app, EN("video.keep"))


def test_it_is_kept_with_its_landmarks_and_without_the_video(desk: Desk, track: Path, video: Path) -> None:
    assert kept(track, video).success[0].value == EN("video.kept")
    (only,) = desk.summaries(desk.me().id)
    assert only.source == "video" and only.closed and only.counted == done("squat", 3).counted
    assert desk.track(only.id) is not None and desk.video(only.id) is None
    kept(track, video)
    assert len(desk.summaries(desk.me().id)) == len(desk.sessions(desk.me().id)) == 1


def test_consent_decides_what_is_kept_of_it(desk: Desk, track: Path, video: Path) -> None:
    person = desk.me().id
    desk.save_consent(Consent(person, "tracks", False, NOW()))
    desk.save_consent(Consent(person, "video", True, NOW(), 30))
    kept(track, video)
    assert desk.track(set_id("job", 1)) is None
    found = desk.video(set_id("job", 1))
    assert found is not None and found.read_bytes() == b"a video"


def test_landmarks_that_are_gone_cost_no_set(desk: Desk, tmp_path: Path, video: Path) -> None:
    kept(tmp_path / "gone.npz", video)
    assert len(desk.summaries(desk.me().id)) == 1
