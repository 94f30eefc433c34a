"""The thread of one connection: answers frame by frame, ends with its set, its camera, or another page."""

import json
import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import cv2
import pytest

from coach.errors import CoachError
from coach.live import Dose, Hub, LiveSession, Screen
from coach.live.worker import Sight, Worker
from coach.pose import PoseFrame
from tests.judge.films import squats
from tests.live.sets import asked
from tests.live.sights import Film, sent

LONG_S = 60.0
WORDS = {"quicker_model": "Quicker now", "interrupted": "It went wrong."}


@dataclass
class Line:
    """A worker and what it answered; `answers` waits for the next."""

    session: LiveSession
    make: Callable[[], Sight]
    idle_s: float = LONG_S
    told: "queue.Queue[Any]" = field(default_factory=queue.Queue)
    ended: int = 0

    def __post_init__(self) -> None:
        self.worker = Worker(
            self.session,
            self.make,
            lambda text: self.told.put(json.loads(text)),
            self._end,
            WORDS.__getitem__,
            self.idle_s,
        )
        self.worker.start()

    def _end(self) -> None:
        self.ended += 1
        self.told.put(None)

    def answer(self) -> Any:
        """The next answer; None at the end."""
        return self.told.get(timeout=10.0)

    def send(self, number: int, t: float, jpeg: bytes | None = None) -> None:
        self.worker.mailbox.put(sent(number, t, jpeg))

    def ask(self, number: int, t: float, jpeg: bytes | None = None) -> Any:
        self.send(number, t, jpeg)
        return self.answer()

    def over(self) -> None:
        """It ended once, and its thread is gone."""
        self.worker.join()
        assert self.ended == 1 and not self.worker._thread.is_alive()


@pytest.fixture
def session() -> LiveSession:
    return Hub().open(asked("squat", Dose(2, None)))


@pytest.fixture
def taken(session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> list[PoseFrame]:
    """The frames that the session was given."""
    frames, take = list[PoseFrame](), session.take

    def kept(frame: PoseFrame, owner: object) -> tuple[PoseFrame, Screen]:
        answer = take(frame, owner)
        frames.append(frame)
        return answer

    monkeypatch.setattr(session, "take", kept)
    return frames


@pytest.fixture
def line(session: LiveSession) -> Iterator[Callable[..., Line]]:
    lines: list[Line] = []

    def make(sight: Sight | None = None, **keys: Any) -> Line:
        film = sight or Film(squats(2))
        lines.append(Line(session, lambda: film, **keys))
        return lines[-1]

    yield make
    for each in lines:
        each.worker.close()
        each.worker.join()


def test_each_frame_is_answered(line: Callable[..., Line]) -> None:
    own = line()
    assert own.answer() == {"ready": True}
    first, second = own.ask(1, 5.0), own.ask(2, 5.1)
    assert (first["number"], second["number"]) == (1, 2)
    assert first["stage"] == "placing" and len(first["pose"]) == 66
    assert "notice" not in first


def test_the_set_ends_it(line: Callable[..., Line], session: LiveSession) -> None:
    film = Film(squats(3))
    own = line(film)
    own.answer()
    stages = []
    for i in range(200):
        answer = own.ask(i, i / 12)
        if answer is None:
            break
        stages.append(answer["stage"])
        if answer["stage"] == "done":
            break
    assert stages[-1] == "done"
    assert own.answer() is None
    own.over()
    assert session.done and not session.connected
    assert session.coached.results[0].counted == 2
    assert film.closed == 1 and film.threads == {"MainThread", "coach-live"}, (
        "made here, used and closed there"
    )


def test_the_sight_is_made_and_closed_on_the_workers_own_thread(session: LiveSession) -> None:
    made: list[Film] = []

    def make() -> Film:
        made.append(Film(squats(1)))
        return made[-1]

    own = Line(session, make)
    own.answer()
    own.worker.close()
    own.over()
    assert made[0].threads == {"coach-live"} and made[0].closed == 1


def test_stop_is_answered_with_the_end(line: Callable[..., Line], session: LiveSession) -> None:
    own = line()
    own.answer()
    own.ask(1, 0.0)
    own.worker.stop_set()
    last = own.answer()
    assert (last["stage"], last["number"], last["pose"]) == ("done", 0, [])
    assert last["say"] == "The set has ended. Nothing was counted"
    assert own.answer() is None
    own.over()
    assert session.done


def test_stop_before_the_first_frame(line: Callable[..., Line], session: LiveSession) -> None:
    own = line()
    own.worker.stop_set()
    assert [own.answer(), own.answer()["stage"], own.answer()] == [{"ready": True}, "done", None]
    assert session.done


def test_a_connection_that_ends_leaves_the_set_as_it_is(
    line: Callable[..., Line], session: LiveSession
) -> None:
    own = line()
    own.answer()
    own.ask(1, 0.0)
    own.worker.close()
    assert own.answer() is None
    own.over()
    assert not session.done and not session.connected


def test_a_camera_that_sends_nothing_ends_it(line: Callable[..., Line], session: LiveSession) -> None:
    own = line(idle_s=0.01)
    assert [own.answer(), own.answer()] == [{"ready": True}, None]
    own.over()
    assert not session.done and not session.connected


@pytest.mark.parametrize("jpeg", [b"no picture", b"\xff\xd8\xff", b"\x00" * 100])
def test_a_bad_picture_is_told_in_one_sentence(
    jpeg: bytes, line: Callable[..., Line], session: LiveSession
) -> None:
    own = line()
    own.answer()
    assert own.ask(1, 0.0, jpeg) == {"error": "The camera's picture cannot be read."}
    assert own.answer() is None
    own.over()
    assert not session.connected


def test_what_is_no_frame_is_told_in_one_sentence(line: Callable[..., Line]) -> None:
    own = line()
    own.answer()
    own.worker.mailbox.put(b"hello")
    assert own.answer() == {"error": "That is no frame."}
    assert own.answer() is None


def test_a_missing_model_is_told_in_one_sentence(session: LiveSession) -> None:
    def missing() -> Film:
        raise CoachError("The pose model 'full' is missing.")

    own = Line(session, missing)
    assert [own.answer(), own.answer()] == [{"error": "The pose model 'full' is missing."}, None]
    own.over()
    assert not session.connected


class Broken(Film):
    """Fails, from some moment on, as the pose model or OpenCV may."""

    error: Exception | None = None

    def see(self, image: Any, t: float) -> PoseFrame:
        if self.error is not None:
            raise self.error
        return super().see(image, t)


@pytest.mark.parametrize("error", [RuntimeError("graph"), cv2.error("imdecode"), MemoryError()])
def test_what_nobody_expected_is_told_in_one_sentence_and_what_was_counted_stays(
    error: Exception, line: Callable[..., Line], session: LiveSession, caplog: pytest.LogCaptureFixture
) -> None:
    film = Broken(squats(2))
    own = line(film)
    own.answer()
    assert any(own.ask(i, i / 12)["count"] == 1 for i in range(100))
    film.error = error
    assert own.ask(100, 100 / 12) == {"error": "It went wrong."}, "and nothing of what it was"
    assert own.answer() is None
    own.over()
    assert film.closed == 1 and not session.connected and not session.done
    assert type(error).__name__ in caplog.text and "Traceback" in caplog.text
    assert session.stop().stage == "done" and session.coached.results[0].counted == 1


def test_a_model_that_does_not_load_is_told_in_one_sentence(
    session: LiveSession, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Film:
        raise RuntimeError("no graph")

    own = Line(session, broken)
    assert [own.answer(), own.answer()] == [{"error": "It went wrong."}, None]
    own.over()
    assert not session.connected and "no graph" in caplog.text


def test_of_two_pages_the_last_has_the_say(
    line: Callable[..., Line], session: LiveSession, taken: list[PoseFrame]
) -> None:
    first = line()
    first.answer()
    first.ask(1, 9000.0)
    second = line()
    second.answer()
    first.send(2, 9001.0)
    assert first.answer() is None
    first.over()
    assert session.connected and len(taken) == 1
    begun = session.time_of(3.0)
    assert session.time_of(4.0) == pytest.approx(begun + 1.0, abs=0.1), "the clock is the second page's"
    assert second.ask(3, 5.0)["number"] == 3


def test_who_is_taken_over_while_looking_answers_no_more(
    line: Callable[..., Line], session: LiveSession, taken: list[PoseFrame]
) -> None:
    class Slow(Film):
        def see(self, image: Any, t: float) -> PoseFrame:
            session.connect(other)
            return super().see(image, t)

    other = object()
    own = line(Slow(squats(1)))
    own.answer()
    assert own.ask(1, 0.0) is None
    assert taken == [] and session.belongs_to(other)


def test_the_quicker_model_is_told_once(line: Callable[..., Line]) -> None:
    own = line(Film(squats(1), quicker=True))
    own.answer()
    first, second = own.ask(1, 0.0), own.ask(2, 0.1)
    assert first["notice"] == "Quicker now" and "notice" not in second
