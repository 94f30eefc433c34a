"""A set of an uploaded video goes into the records when somebody says so: once, and all of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.days import day_of
from coach.care.types import Consent
from coach.live.desk_keeper import set_id
from coach.pose import PoseTrack
from coach.records import Desk
from coach.records.problems import problem
from coach.web.plan import uploaded
from coach.web.plan.uploaded import name_of
from coach.web.plan.wording import full_date
from coach.web.video.work import Task
from tests.judge.films import squats
from tests.web.plan.acting import EN, NOW, done, labels, press


def _script(track: str, video: str) -> None:
    from pathlib import Path

    from coach.web.plan import uploaded
    from coach.web.video.work import Task
    from tests.web.plan.acting import done

    uploaded.offer(Task(Path(video)), done("squat", 3), Path(track), "en")


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


def shown(track: Path, video: Path) -> AppTest:
    told = {"track": str(track), "video": str(video)}
    return AppTest.from_function(_script, kwargs=told, default_timeout=60).run()


def kept(track: Path, video: Path) -> AppTest:
    """Press the button."""
    return press(shown(track, video), EN("video.keep"))


def failing_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The next time that the desk is asked for it, the records are busy."""
    whole = getattr(Desk, name)

    def fails(*_: Any, **__: Any) -> None:
        monkeypatch.setattr(Desk, name, whole)
        raise problem("locked", place="the records")

    monkeypatch.setattr(Desk, name, fails)


def test_it_is_kept_with_its_landmarks_and_without_the_video(desk: Desk, track: Path, video: Path) -> None:
    app = kept(track, video)
    assert app.success[0].value == EN("video.kept") and EN("video.keep") not in labels(app)
    (only,) = desk.summaries(desk.me().id)
    assert only.source == "video" and only.closed and only.counted == done("squat", 3).counted
    assert desk.track(only.id) is not None and desk.video(only.id) is None


def test_uploaded_again_it_is_in_the_records_already(desk: Desk, track: Path, video: Path) -> None:
    kept(track, video)
    other = video.with_name("the same under another name.mp4")
    other.write_bytes(video.read_bytes())
    assert shown(track, other).success[0].value == EN("video.kept")
    other.write_bytes(b"another video")
    kept(track, other)
    assert len(desk.summaries(desk.me().id)) == len(desk.sessions(desk.me().id)) == 2


@pytest.mark.parametrize("said", [True, False])
def test_a_film_of_another_day_is_kept_with_its_day_unless_somebody_says_no(
    desk: Desk, track: Path, video: Path, monkeypatch: pytest.MonkeyPatch, said: bool
) -> None:
    filmed = NOW() - timedelta(days=12)
    monkeypatch.setattr(uploaded, "filmed_at", lambda video, now: filmed)
    app = shown(track, video)
    (box,) = app.checkbox
    assert box.value and full_date(day_of(filmed), EN) in box.label
    press(app if said else box.uncheck().run(), EN("video.keep"))
    (only,), (session,) = desk.summaries(desk.me().id), desk.sessions(desk.me().id)
    day = day_of(filmed if said else NOW())
    assert session.ended is not None and session.started <= session.ended
    assert [day_of(at) for at in (only.started, session.started, session.ended)] == [day] * 3


def test_a_film_of_today_or_of_nobody_knows_when_asks_nothing(
    desk: Desk, track: Path, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not shown(track, video).checkbox
    monkeypatch.setattr(uploaded, "filmed_at", lambda video, now: now)
    assert not shown(track, video).checkbox


def test_each_set_of_a_video_has_a_name_of_its_own(video: Path) -> None:
    whole = Task(video)
    others = (replace(whole, side="left"), replace(whole, side="right"), replace(whole, between=(1.0, 20.0)))
    names = [name_of("ana", task, "squat") for task in (whole, *others)]
    names += [name_of("ben", whole, "squat"), name_of("ana", whole, "plie_squat")]
    assert len(set(names)) == len(names)


def test_a_video_that_is_gone_is_told(desk: Desk, track: Path, tmp_path: Path) -> None:
    app = shown(track, tmp_path / "gone.mp4")
    assert "gone.mp4" in app.warning[0].value and not labels(app)


def test_consent_decides_what_is_kept_of_it(desk: Desk, track: Path, video: Path) -> None:
    person = desk.me().id
    desk.save_consent(Consent(person, "tracks", False, NOW()))
    desk.save_consent(Consent(person, "video", True, NOW(), 30))
    kept(track, video)
    (only,) = desk.summaries(person)
    assert only.id == set_id(name_of(person, Task(video), "squat"), 1)
    found = desk.video(only.id)
    assert desk.track(only.id) is None and found is not None and found.read_bytes() == b"a video"


@pytest.mark.parametrize("failing", ["begin_set", "keep_track", "close_set", "end_session", "keep_video"])
def test_what_could_not_be_kept_is_not_told_as_kept_and_goes_on_where_it_was(
    failing: str, desk: Desk, track: Path, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = desk.me().id
    desk.save_consent(Consent(person, "video", True, NOW(), 30))
    failing_once(monkeypatch, failing)
    app = kept(track, video)
    assert app.warning and not app.success and EN("video.keep") in labels(app)
    if failing != "begin_set":
        assert not shown(track, video).success, "nor in another visit"
    press(app, EN("video.keep"))
    assert app.success[0].value == EN("video.kept")
    (only,), (session,) = desk.summaries(person), desk.sessions(person)
    assert only.closed and only.counted == 3 and only.session == session.id and session.ended is not None
    seen = desk.track(only.id)
    assert seen is not None and len(seen) == len(squats(3)) and desk.video(only.id) is not None


def test_after_everything_was_erased_it_can_be_kept_again(desk: Desk, track: Path, video: Path) -> None:
    app = kept(track, video)
    desk.erase(desk.me().id)
    app.run()
    assert not app.success
    press(app, EN("video.keep"))
    assert app.success and len(desk.summaries(desk.me().id)) == 1


def test_records_that_cannot_be_read_are_told(
    desk: Desk, track: Path, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_once(monkeypatch, "summaries")
    app = shown(track, video)
    assert app.warning and not app.success


def test_landmarks_that_are_gone_cost_no_set(desk: Desk, tmp_path: Path, video: Path) -> None:
    kept(tmp_path / "gone.npz", video)
    assert len(desk.summaries(desk.me().id)) == 1
