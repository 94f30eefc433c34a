"""The queue: one at a time, the others in line, stopped when nobody wants them, and nothing kept for long."""

import math
from pathlib import Path
from threading import Event

import pytest

from coach.errors import VideoError
from coach.web.video.jobs import KEPT_S, WAITING_MOST, Jobs, QueueFull, Status, time_left
from coach.web.video.work import Task
from tests.web.video.conftest import Clock, Work


def folders(root: Path) -> list[Path]:
    return sorted(root.glob("job-*"))


def test_jobs_are_done_in_the_order_in_which_they_came(queue: Jobs, work: Work, video: Path) -> None:
    tokens = [queue.submit(Task(video)) for _ in range(3)]
    assert [queue.status(token) for token in tokens] == [Status("waiting", n) for n in range(3)]
    assert queue.work_once()
    assert [queue.status(token) for token in tokens] == [
        Status("done", share=1.0),
        Status("waiting", 0),
        Status("waiting", 1),
    ]
    assert queue.work_once() and queue.work_once() and not queue.work_once()
    assert [task.video.parent for task in work.done] == [
        queue.task(token).video.parent  # type: ignore[union-attr]
        for token in tokens
    ]


def test_a_video_that_cannot_be_taken_over_leaves_nothing_behind(
    queue: Jobs, video: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half of it")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("coach.web.video.jobs.same_file", full)
        with pytest.raises(OSError, match="No space"):
            queue.submit(Task(video))
    with pytest.raises(FileNotFoundError):
        queue.submit(Task(video.with_name("gone.mp4")))
    assert not list(tmp_path.rglob("job-*")) and not queue.work_once()


def test_the_running_one_counts_among_those_ahead(queue: Jobs, work: Work, video: Path) -> None:
    first, second, third = (queue.submit(Task(video)) for _ in range(3))
    seen: list[Status | None] = []
    work.during = lambda share: seen.extend(queue.status(token) for token in (first, second, third))
    work.shares = (0.25,)
    queue.work_once()
    assert seen == [Status("running", share=0.25), Status("waiting", 1), Status("waiting", 2)]


def test_progress_and_the_time_left_at_the_speed_so_far(
    queue: Jobs, work: Work, clock: Clock, video: Path
) -> None:
    token = queue.submit(Task(video))
    seen: list[Status | None] = []

    def during(share: float) -> None:
        seen.append(queue.status(token))
        clock.now += 10

    work.shares, work.during = (0.0, 0.25, 0.5), during
    queue.work_once()
    assert seen == [
        Status("running", share=0.0),
        Status("running", share=0.25, left_s=30.0),
        Status("running", share=0.5, left_s=20.0),
    ]


def test_too_early_to_tell_the_time_left() -> None:
    assert time_left((0.0, 0.0), 1.0, 0.5) is None
    assert time_left((0.0, 0.5), 10.0, 0.5) is None


def test_a_video_that_hides_its_length_has_no_share(queue: Jobs, work: Work, video: Path) -> None:
    token = queue.submit(Task(video))
    seen: list[Status | None] = []
    work.shares, work.during = (math.nan,), lambda share: seen.append(queue.status(token))
    queue.work_once()
    assert seen == [Status("running")]


def test_a_running_job_is_stopped_at_its_next_frame(queue: Jobs, work: Work, video: Path) -> None:
    token = queue.submit(Task(video))
    work.during = lambda share: queue.cancel(token)
    queue.work_once()
    assert queue.status(token) == Status("cancelled")
    assert work.done == []


def test_cancelled_while_the_report_was_written_is_cancelled_too(
    queue: Jobs, work: Work, video: Path
) -> None:
    token = queue.submit(Task(video))
    work.shares, work.during = (1.0,), lambda share: queue.cancel(token)
    queue.work_once()
    assert (queue.status(token), queue.outcome(token)) == (Status("cancelled"), None)


def test_a_cancelled_one_leaves_the_line(queue: Jobs, work: Work, video: Path) -> None:
    first, second = queue.submit(Task(video)), queue.submit(Task(video))
    queue.cancel(first)
    assert queue.status(first) == Status("cancelled")
    assert queue.status(second) == Status("waiting", 0)
    queue.work_once()
    assert len(work.done) == 1 and not queue.work_once()


def test_a_failure_is_told_and_the_next_one_goes_on(queue: Jobs, work: Work, video: Path) -> None:
    first, second = queue.submit(Task(video)), queue.submit(Task(video))
    work.error = VideoError("'bridge.mp4' is not a video.")
    queue.work_once()
    status = queue.status(first)
    assert status is not None and status.state == "failed"
    assert str(status.problem) == "'bridge.mp4' is not a video."
    work.error = None
    queue.work_once()
    assert queue.status(second) == Status("done", share=1.0)


def test_what_nobody_foresaw_is_kept_from_the_person(
    queue: Jobs, work: Work, video: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = queue.submit(Task(video))
    work.error = RuntimeError("index 7 is out of bounds")
    queue.work_once()
    assert queue.status(token) == Status("failed")
    assert "index 7 is out of bounds" in caplog.text


def test_a_dropped_job_leaves_nothing(queue: Jobs, work: Work, video: Path, tmp_path: Path) -> None:
    done, waiting = queue.submit(Task(video)), queue.submit(Task(video))
    queue.work_once()
    queue.drop(waiting)
    queue.drop(done)
    queue.drop("no such one")
    assert folders(tmp_path) == []
    assert (queue.status(done), queue.outcome(done), queue.task(done)) == (None, None, None)
    assert not queue.work_once()


def test_a_running_job_that_is_dropped_is_stopped_and_leaves_nothing(
    queue: Jobs, work: Work, video: Path, tmp_path: Path
) -> None:
    token = queue.submit(Task(video))
    work.during = lambda share: queue.drop(token)
    queue.work_once()
    assert folders(tmp_path) == [] and work.done == []


def test_after_an_hour_without_a_look_it_is_gone(
    queue: Jobs, clock: Clock, video: Path, tmp_path: Path
) -> None:
    old = queue.submit(Task(video))
    queue.work_once()
    clock.now += KEPT_S - 1
    assert queue.status(old) is not None  # which is a look
    clock.now += KEPT_S - 1
    fresh = queue.submit(Task(video))
    assert len(folders(tmp_path)) == 2
    clock.now += 2
    queue.status(fresh)
    queue.submit(Task(video))
    assert queue.status(old) is None
    assert len(folders(tmp_path)) == 2


def test_the_line_has_an_end(queue: Jobs, video: Path) -> None:
    for _ in range(WAITING_MOST):
        queue.submit(Task(video))
    with pytest.raises(QueueFull):
        queue.submit(Task(video))


def test_the_video_is_kept_by_the_job_itself(queue: Jobs, work: Work, video: Path) -> None:
    token = queue.submit(Task(video))
    video.unlink()
    queue.work_once()
    task = queue.task(token)
    assert task is not None and task.video.read_bytes() == b"not really"


def test_only_the_files_of_the_outcome_are_given(queue: Jobs, video: Path) -> None:
    token = queue.submit(Task(video))
    assert queue.file(token, "result.json") is None
    queue.work_once()
    found = queue.file(token, "result.json")
    assert found is not None and found.is_file()
    assert queue.file(token, "bridge.mp4") is None
    assert queue.file("no such one", "result.json") is None


def test_a_thread_does_them_as_they_come(tmp_path: Path, video: Path, clock: Clock) -> None:
    ended = Event()
    work = Work(shares=(1.0,), during=lambda share: ended.set())
    queue = Jobs(tmp_path, work, clock)
    assert queue.start().daemon
    queue.submit(Task(video))
    assert ended.wait(10)


def test_a_video_waits_while_somebody_exercises(
    work: Work, clock: Clock, video: Path, tmp_path: Path
) -> None:
    seen: list[Status | None] = []
    token = ""

    def busy() -> bool:
        seen.append(queue.status(token))
        return len(seen) < 3

    queue = Jobs(tmp_path / "jobs", work, clock, busy=busy, pause_s=0.001)
    token = queue.submit(Task(video))
    work.shares = (0.5,)
    queue.work_once()
    assert [status.gives_way for status in seen if status] == [False, True, True]
    assert queue.status(token) == Status("done", share=1.0)


def test_a_waiting_video_can_be_cancelled(work: Work, clock: Clock, video: Path, tmp_path: Path) -> None:
    token = ""

    def busy() -> bool:
        queue.cancel(token)
        return True

    queue = Jobs(tmp_path / "jobs", work, clock, busy=busy, pause_s=0.001)
    token = queue.submit(Task(video))
    work.shares = (0.5,)
    queue.work_once()
    assert queue.status(token) == Status("cancelled")
