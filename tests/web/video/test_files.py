"""The routes: a video comes in to its ticket alone, and only a job's own files go out."""

from pathlib import Path

import pytest

from coach.web.video.jobs import Jobs
from coach.web.video.uploads import KEPT_S, TICKET_S, Uploads
from coach.web.video.work import Task
from tests.web.video.asgi import ask
from tests.web.video.conftest import Clock

HERE = {"origin": "http://coach"}


@pytest.fixture(autouse=True)
def _routes(monkeypatch: pytest.MonkeyPatch, queue: Jobs, tickets: Uploads) -> None:
    monkeypatch.setattr("coach.web.video.files.jobs", lambda: queue)
    monkeypatch.setattr("coach.web.video.files.uploads", lambda: tickets)


@pytest.fixture
def done(queue: Jobs, video: Path) -> str:
    token = queue.submit(Task(video))
    queue.work_once()
    return token


def test_a_file_of_a_job(done: str) -> None:
    answer = ask("GET", f"/files/{done}/result.json")
    assert (answer.status, answer.body) == (200, b"{}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "private, no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].startswith("inline")


def test_to_save_it_has_a_telling_name(done: str) -> None:
    disposition = ask("GET", f"/files/{done}/result.json?download").headers["content-disposition"]
    assert disposition == 'attachment; filename="bridge-result.json"'


def test_a_part_of_a_file(done: str) -> None:
    answer = ask("GET", f"/files/{done}/result.json", {"range": "bytes=1-1"})
    assert (answer.status, answer.body, answer.headers["content-range"]) == (206, b"}", "bytes 1-1/2")


@pytest.mark.parametrize(
    "name", ["bridge.mp4", "coached.mp4", "..", "../bridge.mp4", "%2e%2e/bridge.mp4", ""]
)
def test_no_other_file(done: str, name: str) -> None:
    assert ask("GET", f"/files/{done}/{name}").status == 404


def test_no_other_job(done: str, queue: Jobs) -> None:
    assert ask("GET", "/files/another/result.json").status == 404
    queue.drop(done)
    assert ask("GET", f"/files/{done}/result.json").status == 404


def test_a_video_comes_in(tickets: Uploads) -> None:
    token = tickets.ticket()
    assert tickets.video(token) is None
    assert ask("PUT", f"/uploads/{token}?name=my%20bridge.mp4", HERE, [b"ab", b"cd"]).status == 201
    video = tickets.video(token)
    assert video is not None and (video.name, video.read_bytes()) == ("my bridge.mp4", b"abcd")


def test_a_second_one_takes_its_place(tickets: Uploads, tmp_path: Path) -> None:
    token = tickets.ticket()
    for name in ("one.mp4", "two.mp4"):
        ask("PUT", f"/uploads/{token}?name={name}", HERE, [b"x"])
    video = tickets.video(token)
    assert video is not None and video.name == "two.mp4"
    assert len(list(tmp_path.glob("upload-*"))) == 1


@pytest.mark.parametrize("headers", [{}, {"origin": "http://elsewhere"}, {"origin": "null"}])
def test_not_from_a_page_of_somebody_else(tickets: Uploads, headers: dict[str, str]) -> None:
    token = tickets.ticket()
    assert ask("PUT", f"/uploads/{token}", headers, [b"x"]).status == 403
    assert tickets.video(token) is None


def test_not_without_a_ticket(tmp_path: Path) -> None:
    assert ask("PUT", "/uploads/none", HERE, [b"x"]).status == 404
    assert list(tmp_path.glob("upload-*")) == []


def test_not_more_than_the_limit(tickets: Uploads, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("coach.web.video.files.MAX_BYTES", 3)
    told = ask("PUT", f"/uploads/{tickets.ticket()}", {**HERE, "content-length": "4"}, [b"abcd"])
    untold = ask("PUT", f"/uploads/{tickets.ticket()}", HERE, [b"ab", b"cd"])
    assert (told.status, untold.status) == (413, 413)
    assert list(tmp_path.glob("upload-*")) == []


def test_not_on_a_full_disk(tickets: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Uploads, "has_room", lambda self, size: False)
    assert ask("PUT", f"/uploads/{tickets.ticket()}", HERE, [b"x"]).status == 507


def test_one_that_breaks_off_leaves_nothing(tickets: Uploads, tmp_path: Path) -> None:
    token = tickets.ticket()
    ask("PUT", f"/uploads/{token}?name=a.mp4", HERE, [b"ab", None])
    assert tickets.video(token) is None
    assert list(tmp_path.glob("upload-*")) == []


def test_after_an_hour_a_video_is_gone_and_after_a_day_its_ticket(
    tickets: Uploads, clock: Clock, tmp_path: Path
) -> None:
    token = tickets.ticket()
    ask("PUT", f"/uploads/{token}?name=a.mp4", HERE, [b"x"])
    clock.now += KEPT_S + 1
    assert tickets.known(token)
    assert list(tmp_path.glob("upload-*")) == []
    clock.now += TICKET_S
    assert not tickets.known(token)


def test_cleared(tickets: Uploads, tmp_path: Path) -> None:
    token = tickets.ticket()
    ask("PUT", f"/uploads/{token}?name=a.mp4", HERE, [b"x"])
    tickets.clear(token)
    assert tickets.video(token) is None and list(tmp_path.glob("upload-*")) == []
